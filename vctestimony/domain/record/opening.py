"""The one place for what is logged before the witness is examined: readiness, test, room, presence, identity, oath."""

from types import MappingProxyType

from vctestimony.domain.record.kinds import Answer, Asked, Entry, Kind, yes_no
from vctestimony.domain.wording import N_

_FOUND = MappingProxyType(
    {
        "none": N_("none found"),
        "removed": N_("found and taken out of the room"),
        "leave": N_("left with leave of the court"),
    }
)
_ACCUSED = Asked(
    name="accused",
    label=N_("The accused"),
    answer=Answer.CHOICE,
    choices=MappingProxyType(
        {
            "present": N_("present at the Court Point"),
            "advocate": N_("attending through an advocate"),
            "link": N_("on the same link from the place of custody"),
        }
    ),
)
OPENING: tuple[tuple[Kind, Entry], ...] = (
    (
        Kind.READY_REMOTE,
        Entry(label=N_("Everybody is ready at the Remote Point"), key="r", by_remote=True, before_start=True),
    ),
    (
        Kind.LINK_TESTED,
        Entry(
            label=N_("Trial of the link"),
            key="1",
            by_remote=True,
            before_start=True,
            asks=(
                Asked(
                    name="result",
                    label=N_("Result"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType(
                        {"good": N_("picture and sound good, both ways"), "faults": N_("with faults")}
                    ),
                ),
                Asked(name="by_whom", label=N_("Tested by")),
                Asked(
                    name="faults",
                    label=N_("Faults, and what was done"),
                    answer=Answer.TEXT,
                    needed=False,
                    needed_if=MappingProxyType({"result": ("faults",)}),
                    hint=N_("Needed if there were faults."),
                ),
            ),
        ),
    ),
    (
        Kind.ROOM_SWEPT,
        Entry(
            label=N_("Room of the witness looked through: only persons allowed, no device, no notes"),
            key="2",
            by_remote=True,
            before_start=True,
            asks=(
                Asked(
                    name="persons",
                    label=N_("Who is in the room"),
                    answer=Answer.TEXT,
                    hint=N_("The witness by pseudonym only."),
                ),
                Asked(
                    name="devices",
                    label=N_("Telephones, recorders, other devices"),
                    answer=Answer.CHOICE,
                    choices=_FOUND,
                ),
                Asked(name="notes", label=N_("Documents, scripts, notes"), answer=Answer.CHOICE, choices=_FOUND),
                Asked(
                    name="found",
                    label=N_("What was found, and where it is now"),
                    answer=Answer.TEXT,
                    needed=False,
                    needed_if=MappingProxyType({"devices": ("removed", "leave"), "notes": ("removed", "leave")}),
                    hint=N_("Needed if anything was found."),
                ),
            ),
        ),
    ),
    (
        Kind.LOBBY_LOCKED,
        Entry(label=N_("In camera: lobby locked, public link closed"), key="4", before_start=True),
    ),
    (Kind.LINK_CONNECTED, Entry(label=N_("Link connected by order of the court"), key="c", by_remote=True)),
    (Kind.SEEN_AND_HEARD, Entry(label=N_("Everybody sees and hears everybody, both ways"), key="v")),
    (Kind.PHONES_OFF, Entry(label=N_("Telephones off or in flight mode, at both points"), key="3")),
    (
        Kind.PRESENCE_COURT,
        Entry(
            label=N_("Persons present at the Court Point"),
            key="p",
            asks=(
                Asked(name="persons", label=N_("Who is present, and as what"), answer=Answer.TEXT),
                _ACCUSED,
            ),
        ),
    ),
    (
        Kind.PRESENCE_REMOTE,
        Entry(
            label=N_("Persons present at the Remote Point"),
            key="h",
            by_remote=True,
            asks=(
                Asked(
                    name="persons",
                    label=N_("Who is present, as what, for what purpose, by which order"),
                    answer=Answer.TEXT,
                    hint=N_("The witness by pseudonym only."),
                ),
            ),
        ),
    ),
    (
        Kind.ACCUSED,
        Entry(
            label=N_("The accused, and the line to counsel"),
            key="5",
            asks=(
                _ACCUSED,
                Asked(
                    name="counsel",
                    label=N_("How the accused and counsel talk in private"),
                    hint=N_("Before, during and after: a room, or a line of their own."),
                ),
            ),
        ),
    ),
    (
        Kind.IDENTITY_SEEN,
        Entry(
            label=N_("Identity of the witness confirmed"),
            key="i",
            by_remote=True,
            asks=(
                Asked(
                    name="document",
                    label=N_("Document and who issued it"),
                    hint=N_("Without a recognised one: the affidavit that it is the same person, and who attested it."),
                ),
                Asked(
                    name="ending",
                    label=N_("Last characters of its number"),
                    needed=False,
                    hint=N_(
                        "At most four; never the whole number. Leave it empty where there is none, as on an affidavit."
                    ),
                ),
                Asked(name="compared_by", label=N_("Compared by")),
                yes_no("copy_given", N_("Copy given to the other side")),
            ),
        ),
    ),
    (
        Kind.COERCION_CHECKED,
        Entry(
            label=N_("Witness asked whether anybody forces or prompts"),
            key="k",
            by_remote=True,
            asks=(
                Asked(name="asked_by", label=N_("Asked by")),
                Asked(
                    name="question",
                    label=N_("What was asked"),
                    answer=Answer.TEXT,
                    hint=N_(
                        "For example: Does anybody force you, or tell you what to say? Who is in the room with you?"
                    ),
                ),
                Asked(name="answer", label=N_("What the witness answered"), answer=Answer.TEXT),
                yes_no("free", N_("By this answer nobody forces or prompts the witness")),
            ),
        ),
    ),
    (
        Kind.INTERPRETER_SWORN,
        Entry(
            label=N_("Interpreter sworn"),
            key="t",
            asks=(
                Asked(name="name", label=N_("Name of the interpreter")),
                Asked(name="languages", label=N_("From which language into which")),
                yes_no("independent", N_("Not a police officer and without an interest in the case")),
            ),
        ),
    ),
    (
        Kind.OATH,
        Entry(
            label=N_("Oath or affirmation of the witness"),
            key="o",
            asks=(
                Asked(
                    name="form",
                    label=N_("Form"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType(
                        {
                            "oath": N_("oath"),
                            "affirmation": N_("solemn affirmation"),
                            "none": N_("none: a child under twelve who does not understand it; opinion recorded"),
                        }
                    ),
                ),
                Asked(
                    name="administered_by",
                    label=N_("Administered by"),
                    hint=N_("The presiding officer, or the Court Point Coordinator on the officer's direction."),
                ),
                Asked(name="language", label=N_("Language of the oath")),
                Asked(
                    name="opinion",
                    label=N_("Opinion of the court on a child who is not sworn"),
                    answer=Answer.TEXT,
                    needed=False,
                    needed_if=MappingProxyType({"form": ("none",)}),
                    hint=N_(
                        "Needed only without an oath: that the child understands the duty of speaking the truth, "
                        "though not the nature of an oath, and what was asked to learn it."
                    ),
                ),
            ),
        ),
    ),
)
