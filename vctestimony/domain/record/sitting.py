"""The one place for what is logged while the witness is examined: stages, interruptions, documents, objections."""

from types import MappingProxyType

from vctestimony.domain.record.kinds import POINTS, REFUSED, RESERVED, Answer, Asked, Entry, Kind, yes_no
from vctestimony.domain.wording import N_

_POINT = Asked(name="point", label=N_("At which point"), answer=Answer.CHOICE, choices=POINTS)
_ON = Asked(name="of", label=N_("Which entry (its number)"), answer=Answer.ENTRY)
_RULINGS = {"allowed": N_("sustained"), "overruled": N_("overruled")}
_WORDS = Asked(name="words", label=N_("Words of the court"), answer=Answer.TEXT, needed=False)
_CAUSE = Asked(name="cause", label=N_("Cause"), needed=False)
SITTING: tuple[tuple[Kind, Entry], ...] = (
    (
        Kind.STAGE_BEGAN,
        Entry(
            label=N_("Stage of the examination began"),
            key="x",
            asks=(
                Asked(
                    name="stage",
                    label=N_("Stage"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType(
                        {
                            "chief": N_("Examination in chief"),
                            "cross": N_("Cross-examination"),
                            "re": N_("Re-examination"),
                            "court": N_("Questions by the court"),
                        }
                    ),
                ),
            ),
        ),
    ),
    (Kind.LINK_LOST, Entry(label=N_("Link lost"), key="l", by_remote=True, asks=(_CAUSE,))),
    (
        Kind.LINK_RESTORED,
        Entry(
            label=N_("Link restored"),
            key="u",
            by_remote=True,
            asks=(
                Asked(name="cause", label=N_("Cause of the loss and what was done")),
                yes_no("undisturbed", N_("The room of the witness stayed undisturbed")),
                yes_no("repeated", N_("The last answer was repeated")),
            ),
        ),
    ),
    (Kind.BREAK_BEGAN, Entry(label=N_("Break began"), key="b", by_remote=True, asks=(_CAUSE,))),
    (Kind.BREAK_ENDED, Entry(label=N_("Break ended"), key="e", by_remote=True)),
    (
        Kind.DOCUMENT_SHOWN,
        Entry(
            label=N_("Document or object shown"),
            key="d",
            by_remote=True,
            asks=(
                Asked(name="what", label=N_("What it is")),
                Asked(name="original", label=N_("Where the original is")),
                Asked(name="mark", label=N_("Exhibit or mark")),
                Asked(name="manner", label=N_("How it was shown")),
                Asked(
                    name="leave",
                    label=N_("Leave of the court"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType(
                        {
                            "given": N_("given"),
                            "not_needed": N_("not needed: see the next answer"),
                            REFUSED: N_("refused: it was offered and not shown"),
                        }
                    ),
                    hint=N_("No document is put to the witness without it."),
                ),
                Asked(
                    name="leave_why",
                    label=N_("Why no leave was needed"),
                    needed=False,
                    needed_if={"leave": ("not_needed",)},
                ),
            ),
        ),
    ),
    (
        Kind.IDENTIFIED,
        Entry(
            label=N_("The witness was asked to identify the accused"),
            key="6",
            asks=(
                Asked(
                    name="manner",
                    label=N_("How the accused was shown"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType(
                        {
                            "zoom": N_("camera zoomed on the accused in the court room"),
                            "line": N_("camera led along several persons"),
                            "other": N_("otherwise: see the next answer"),
                        }
                    ),
                ),
                Asked(
                    name="outcome",
                    label=N_("What the witness said or did, and the note of the court"),
                    answer=Answer.TEXT,
                ),
            ),
        ),
    ),
    (
        Kind.OBJECTION,
        Entry(
            label=N_("Objection"),
            key="j",
            asks=(
                Asked(name="raised_by", label=N_("Raised by")),
                Asked(name="ground", label=N_("Ground"), answer=Answer.TEXT),
                Asked(
                    name="ruling",
                    label=N_("Ruling"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType({**_RULINGS, RESERVED: N_("reserved")}),
                ),
                _WORDS,
            ),
        ),
    ),
    (
        Kind.RULING,
        Entry(
            label=N_("Ruling on an objection that was reserved"),
            key="0",
            asks=(
                _ON,
                Asked(name="ruling", label=N_("Ruling"), answer=Answer.CHOICE, choices=MappingProxyType(_RULINGS)),
                _WORDS,
            ),
        ),
    ),
    (
        Kind.DEMEANOUR,
        Entry(
            label=N_("Demeanour of the witness"),
            key="m",
            asks=(Asked(name="remark", label=N_("Remark of the court"), answer=Answer.TEXT),),
        ),
    ),
    (
        Kind.PERSON_ENTERED,
        Entry(
            label=N_("Somebody entered"),
            key="n",
            by_remote=True,
            asks=(
                Asked(name="who", label=N_("Who"), hint=N_("The name as it is to stand in the record.")),
                _POINT,
                Asked(name="purpose", label=N_("Purpose, and by whose leave")),
            ),
        ),
    ),
    (
        Kind.PERSON_LEFT,
        Entry(
            label=N_("Somebody left"),
            key="f",
            by_remote=True,
            asks=(
                Asked(name="who", label=N_("Who"), hint=N_("The name as it was logged on entering, or as present.")),
                _POINT,
            ),
        ),
    ),
    (
        Kind.SOFTWARE_CHANGED,
        Entry(
            label=N_("Other software used"),
            key="w",
            asks=(
                Asked(name="software", label=N_("Software used in place of the designated one")),
                Asked(name="reason", label=N_("Reason of the court"), answer=Answer.TEXT),
            ),
        ),
    ),
    (
        Kind.GRIEVANCE,
        Entry(
            label=N_("Grievance about the link"),
            key="7",
            by_remote=True,
            after_end=True,
            asks=(
                Asked(name="raised_by", label=N_("Raised by"), hint=N_("The witness by pseudonym only.")),
                Asked(name="matter", label=N_("What harmed them, and since when"), answer=Answer.TEXT),
            ),
        ),
    ),
    (
        Kind.GRIEVANCE_DECIDED,
        Entry(
            label=N_("Decision of the court on the grievance"),
            key="8",
            after_end=True,
            asks=(
                _ON,
                Asked(
                    name="decision",
                    label=N_("Decision"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType(
                        {
                            "unfounded": N_("nobody was harmed; the hearing stands"),
                            "again": N_("that part is heard again"),
                            "incomplete": N_("the hearing is incomplete: connect again, or attend in person"),
                        }
                    ),
                ),
                Asked(name="reason", label=N_("Reasons of the court"), answer=Answer.TEXT),
            ),
        ),
    ),
)
