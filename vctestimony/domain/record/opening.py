"""The one place for what is logged before the witness is examined: readiness, presence, identity, oath."""

from types import MappingProxyType

from vctestimony.domain.record.kinds import Answer, Asked, Entry, Kind, yes_no
from vctestimony.domain.wording import N_

OPENING: tuple[tuple[Kind, Entry], ...] = (
    (
        Kind.READY_REMOTE,
        Entry(
            label=N_("Remote Point ready: only persons allowed in the room, telephones and recorders put away"),
            key="r",
            by_remote=True,
        ),
    ),
    (Kind.LINK_CONNECTED, Entry(label=N_("Link connected by order of the court"), key="c", by_remote=True)),
    (Kind.SEEN_AND_HEARD, Entry(label=N_("Everybody sees and hears everybody, both ways"), key="v")),
    (
        Kind.PRESENCE_COURT,
        Entry(
            label=N_("Persons present at the Court Point"),
            key="p",
            asks=(
                Asked(name="persons", label=N_("Who is present, and as what"), answer=Answer.TEXT),
                Asked(
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
                ),
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
        Kind.IDENTITY_SEEN,
        Entry(
            label=N_("Identity of the witness confirmed"),
            key="i",
            by_remote=True,
            asks=(
                Asked(name="document", label=N_("Document and who issued it")),
                Asked(
                    name="ending",
                    label=N_("Last characters of its number"),
                    hint=N_("At most four; never the whole number."),
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
                Asked(name="answer", label=N_("What the witness answered"), answer=Answer.TEXT),
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
            ),
        ),
    ),
)
