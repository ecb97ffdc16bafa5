"""The one place for what is logged at the end of the examination and after it, and for what other actions log."""

from types import MappingProxyType

from vctestimony.domain.record.causes import CAUSE_LABELS
from vctestimony.domain.record.gate_names import GATE_LABELS
from vctestimony.domain.record.kinds import REPORTED_BY, STANDS, WITHDRAWN, Answer, Asked, Entry, Kind
from vctestimony.domain.wording import N_

_CAUSES = MappingProxyType({cause.value: label for cause, label in CAUSE_LABELS.items()})
CLOSING: tuple[tuple[Kind, Entry], ...] = (
    (
        Kind.READ_OVER,
        Entry(
            label=N_("Deposition read over to the witness"),
            key="g",
            asks=(
                Asked(
                    name="manner",
                    label=N_("How"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType(
                        {"read": N_("read over"), "interpreted": N_("read over through the interpreter")}
                    ),
                ),
                Asked(
                    name="corrections",
                    label=N_("Corrections, or memorandum of an objection"),
                    answer=Answer.TEXT,
                    hint=N_("Write “none” if there was none."),
                ),
            ),
        ),
    ),
    (Kind.ADMITTED_CORRECT, Entry(label=N_("The witness admitted the deposition to be correct"), key="a")),
    (
        Kind.QUALITY_SATISFIED,
        Entry(label=N_("The court is satisfied with clarity, sound and connection at both points"), key="q"),
    ),
    (
        Kind.QUALITY_ASKED,
        Entry(
            label=N_("Everybody on the link asked whether its quality harmed them"),
            key="9",
            asks=(
                Asked(
                    name="answers",
                    label=N_("What they answered"),
                    answer=Answer.TEXT,
                    hint=N_("Log a grievance of its own for whoever was harmed."),
                ),
            ),
        ),
    ),
    (
        Kind.REMOTE_CLOSING,
        Entry(
            label=N_("Remote Point at the end: nobody else was in the room, nobody prompted the witness"),
            key="y",
            by_remote=True,
            of_remote=True,
            asks=(REPORTED_BY,),
        ),
    ),
    (
        Kind.RECORDING_STOPPED,
        Entry(
            label=N_("Recording of the court stopped and sealed"),
            key="s",
            after_end=True,
            asks=(
                Asked(name="file_id", label=N_("File number")),
                Asked(
                    name="sha256",
                    label=N_("SHA-256 of the file"),
                    answer=Answer.HASH,
                    hint=N_("64 characters, 0-9 and a-f"),
                ),
                Asked(name="duration", label=N_("Length of the recording")),
                Asked(name="custodian", label=N_("Custodian, and how it is encrypted")),
            ),
        ),
    ),
    (
        Kind.NOTE,
        Entry(
            label=N_("Note"),
            key="z",
            by_remote=True,
            before_start=True,
            after_end=True,
            asks=(Asked(name="text", label=N_("What happened"), answer=Answer.TEXT),),
        ),
    ),
)
UNPROMPTED: tuple[tuple[Kind, Entry], ...] = (
    (Kind.OPENED, Entry(label=N_("The court opened the hearing"))),
    (
        Kind.GATE_PASSED,
        Entry(
            label=N_("Passed by the presiding officer, though open"),
            before_start=True,
            after_end=True,
            asks=(
                Asked(
                    name="gate", label=N_("What was open"), answer=Answer.CHOICE, choices=MappingProxyType(GATE_LABELS)
                ),
                Asked(name="reason", label=N_("Reason of the presiding officer"), answer=Answer.TEXT),
            ),
        ),
    ),
    (
        Kind.CORRECTION,
        Entry(
            label=N_("Correction"),
            by_remote=True,
            before_start=True,
            after_end=True,
            asks=(
                Asked(name="text", label=N_("What is right"), answer=Answer.TEXT),
                Asked(
                    name="effect",
                    label=N_("The entry that is corrected"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType(
                        {STANDS: N_("stands, with this correction"), WITHDRAWN: N_("does not count")}
                    ),
                ),
            ),
        ),
    ),
    (Kind.CLOSED, Entry(label=N_("The court closed the hearing"))),
    (
        Kind.ADJOURNED,
        Entry(
            label=N_("The court adjourned the hearing, part-heard"),
            asks=(
                Asked(name="cause", label=N_("Cause"), answer=Answer.CHOICE, needed=False, choices=_CAUSES),
                Asked(name="about", label=N_("What is known of it"), needed=False),
                Asked(name="next_on", label=N_("Next date that the court named"), answer=Answer.DAY, needed=False),
            ),
        ),
    ),
)
