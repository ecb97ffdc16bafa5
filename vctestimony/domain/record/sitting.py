"""The one place for what is logged while the witness is examined: stages, interruptions, documents, objections."""

from types import MappingProxyType

from vctestimony.domain.record.kinds import Answer, Asked, Entry, Kind, yes_no
from vctestimony.domain.wording import N_

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
                Asked(name="leave", label=N_("Leave of the court"), needed=False),
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
                Asked(name="ruling", label=N_("Ruling"), answer=Answer.TEXT),
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
                Asked(name="who", label=N_("Who, and at which point")),
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
            asks=(Asked(name="who", label=N_("Who, and from which point")),),
        ),
    ),
    (
        Kind.SOFTWARE_CHANGED,
        Entry(
            label=N_("Other software used"),
            key="w",
            asks=(
                Asked(name="software", label=N_("Software")),
                Asked(name="reason", label=N_("Reason of the court"), answer=Answer.TEXT),
            ),
        ),
    ),
)
