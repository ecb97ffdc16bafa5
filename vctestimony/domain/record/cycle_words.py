"""The one place that says of each step of a transcript's way: its words, who does it where, and what it asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vctestimony.domain.entered import Missing
from vctestimony.domain.hearing import End
from vctestimony.domain.people import Duty
from vctestimony.domain.record.answers import NotAnAnswer
from vctestimony.domain.record.cycle import Rung
from vctestimony.domain.record.kinds import Answer, Asked, yes_no
from vctestimony.domain.wording import N_

INTERPRETED, NONE, SIGNED = "interpreted", "none", "signed"
TOLD_BY_MAIL = N_("Told by mail that it waits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A step: `label` when it is done, `to_do` while it is not, by whom and at which end, and its questions.

    `scan` asks for a file, `mails` tells the other end that a paper waits, `field` names the electronic signature that
    shows the step done, `timed` asks when it began.
    """

    label: str
    to_do: str
    duty: Duty
    end: End
    asks: tuple[Asked, ...] = ()
    scan: bool = False
    mails: bool = False
    field: str = ""
    timed: bool = False


_PRESENT: Mapping[str, str] = MappingProxyType(
    {
        "accused": N_("the accused in attendance"),
        "advocate": N_("the accused's advocate"),
        "both": N_("the accused and the advocate"),
    }
)
_MANNER: Mapping[str, str] = MappingProxyType(
    {"read": N_("read over"), INTERPRETED: N_("read over through the interpreter")}
)
_CORRECTIONS: Mapping[str, str] = MappingProxyType(
    {
        NONE: N_("nothing to correct"),
        "corrected": N_("corrected as the witness asked"),
        "memorandum": N_("not corrected; memorandum of the objection with the court's remarks"),
    }
)
_HOST: Mapping[str, str] = MappingProxyType(
    {SIGNED: N_("signed"), "not_named": N_("not called for: neither the order nor the host's law names anybody")}
)
_CARRIERS: Mapping[str, str] = MappingProxyType(
    {"courier": N_("recognised courier"), "post": N_("registered speed post")}
)
_SENT_TO = Asked(
    name="sent_to",
    label=N_("Address to which you sent it from your own official mailbox"),
    needed=False,
    hint=N_("The other end is told by mail that a paper waits on this page. Nothing of the paper is in that mail."),
)


def _who(label: str) -> Asked:
    return Asked(name="who", label=label)


_READING: dict[Rung, Words] = {
    Rung.READ_OVER: Words(
        label=N_("Read over to the witness"),
        to_do=N_("Read the deposition over to the witness, with the accused or the advocate present"),
        duty=Duty.JUDGE,
        end=End.COURT,
        asks=(
            Asked(name="manner", label=N_("How"), answer=Answer.CHOICE, choices=_MANNER),
            _who(N_("Who read it over, and who interpreted")),
            Asked(name="present", label=N_("In the presence of"), answer=Answer.CHOICE, choices=_PRESENT),
        ),
        timed=True,
    ),
    Rung.CORRECTED: Words(
        label=N_("Corrections, or a memorandum of objection"),
        to_do=N_("Correct the deposition as the witness asks, or note a memorandum of the objection"),
        duty=Duty.JUDGE,
        end=End.COURT,
        asks=(
            Asked(name="outcome", label=N_("What came of it"), answer=Answer.CHOICE, choices=_CORRECTIONS),
            Asked(
                name="text",
                label=N_("Lines corrected, or the memorandum"),
                answer=Answer.TEXT,
                needed=False,
                hint=N_("May stay empty only where there was nothing to correct."),
            ),
        ),
    ),
    Rung.ADMITTED: Words(
        label=N_("Admitted to be correct"),
        to_do=N_("Ask the witness whether the deposition is correct"),
        duty=Duty.JUDGE,
        end=End.COURT,
        asks=(_who(N_("Who asked")),),
    ),
}
_COURT: dict[Rung, Words] = {
    Rung.OFFERED: Words(
        label=N_("Soft copy made ready to be signed"),
        to_do=N_("Make the soft copy of the transcript ready for the electronic signature"),
        duty=Duty.COURT_COORDINATOR,
        end=End.COURT,
    ),
    Rung.JUDGE_E_SIGNED: Words(
        label=N_("Soft copy signed electronically by the presiding officer"),
        to_do=N_("Sign the soft copy electronically"),
        duty=Duty.JUDGE,
        end=End.COURT,
        field="sig_judge",
    ),
    Rung.JUDGE_SIGNED: Words(
        label=N_("Printed, and signed by the presiding officer"),
        to_do=N_("Print the transcript, initial its pages and sign it"),
        duty=Duty.JUDGE,
        end=End.COURT,
        asks=(_who(N_("Who signed")), yes_no("initialled", N_("Every page initialled, and the certificate signed"))),
    ),
    Rung.PARTIES_SIGNED: Words(
        label=N_("Signed by the representatives of the parties"),
        to_do=N_("Have the representatives of the parties sign the printed transcript"),
        duty=Duty.COURT_COORDINATOR,
        end=End.COURT,
        asks=(Asked(name="who", label=N_("Who signed, and for whom"), answer=Answer.TEXT),),
    ),
    Rung.SCANNED_AT_COURT: Words(
        label=N_("Scanned at the court, not editable"),
        to_do=N_("Scan the signed transcript into a file that cannot be edited"),
        duty=Duty.COURT_COORDINATOR,
        end=End.COURT,
        scan=True,
    ),
    Rung.SENT: Words(
        label=N_("Sent to the official mailbox of the Remote Point"),
        to_do=N_("Send the transcript to the official mailbox of the Remote Point"),
        duty=Duty.COURT_COORDINATOR,
        end=End.COURT,
        asks=(_SENT_TO,),
        mails=True,
    ),
}
_REMOTE: dict[Rung, Words] = {
    Rung.WITNESS_SIGNED: Words(
        label=N_("Printed at the Remote Point, and signed by the witness"),
        to_do=N_("Print the transcript and have the witness sign it"),
        duty=Duty.REMOTE_COORDINATOR,
        end=End.REMOTE,
        asks=(_who(N_("In whose presence")), yes_no("in_full", N_("Signed in full on the last page"))),
    ),
    Rung.COUNTERSIGNED: Words(
        label=N_("Countersigned by the Remote Point Coordinator"),
        to_do=N_("Countersign the transcript"),
        duty=Duty.REMOTE_COORDINATOR,
        end=End.REMOTE,
        asks=(_who(N_("Who countersigned")),),
    ),
    Rung.HOST_SIGNED: Words(
        label=N_("Signature of the host's magistrate or the mission's official"),
        to_do=N_("Have the magistrate or official sign whom the order or the host's law names"),
        duty=Duty.REMOTE_COORDINATOR,
        end=End.REMOTE,
        asks=(
            Asked(
                name="outcome",
                label=N_("Whether it was signed"),
                answer=Answer.CHOICE,
                choices=_HOST,
                hint=N_("Recommended; no rule that we read asks for it. The order of the court or the host's law may."),
            ),
            Asked(name="who", label=N_("Who signed, and in what office"), needed=False),
        ),
    ),
    Rung.SCANNED_AT_REMOTE: Words(
        label=N_("Scanned at the Remote Point"),
        to_do=N_("Scan the paper that the witness signed"),
        duty=Duty.REMOTE_COORDINATOR,
        end=End.REMOTE,
        scan=True,
    ),
    Rung.COORDINATOR_E_SIGNED: Words(
        label=N_("Scan signed electronically by the Remote Point Coordinator"),
        to_do=N_("Sign the scan electronically"),
        duty=Duty.REMOTE_COORDINATOR,
        end=End.REMOTE,
        field="sig_coordinator",
    ),
    Rung.SENT_BACK: Words(
        label=N_("Sent back to the official mailbox of the court"),
        to_do=N_("Send the signed scan back to the official mailbox of the court"),
        duty=Duty.REMOTE_COORDINATOR,
        end=End.REMOTE,
        asks=(_SENT_TO,),
        mails=True,
    ),
}
_END: dict[Rung, Words] = {
    Rung.RECEIVED: Words(
        label=N_("Received at the court, printed, and put on the record"),
        to_do=N_("Look at what came back, print it and put it on the record"),
        duty=Duty.COURT_COORDINATOR,
        end=End.COURT,
        asks=(_who(N_("Who put it on the record")),),
    ),
    Rung.DISPATCHED: Words(
        label=N_("Hard copy handed to the carrier"),
        to_do=N_("Send the hard copy by recognised courier or registered speed post"),
        duty=Duty.REMOTE_COORDINATOR,
        end=End.REMOTE,
        asks=(
            Asked(name="means", label=N_("How it is sent"), answer=Answer.CHOICE, choices=_CARRIERS),
            Asked(name="carrier", label=N_("Name of the carrier")),
            Asked(name="consignment", label=N_("Number of the consignment")),
        ),
    ),
    Rung.COPY_RECEIVED: Words(
        label=N_("Hard copy received at the court"),
        to_do=N_("Confirm that the hard copy has come"),
        duty=Duty.COURT_COORDINATOR,
        end=End.COURT,
        asks=(
            Asked(name="who", label=N_("Who received it")),
            Asked(name="found", label=N_("How it was found, where anything was wrong"), needed=False),
        ),
    ),
}
RUNGS: Mapping[Rung, Words] = MappingProxyType({**_READING, **_COURT, **_REMOTE, **_END})
_NEEDED_UNLESS: Mapping[Rung, tuple[str, str]] = MappingProxyType(
    {Rung.CORRECTED: ("text", NONE), Rung.HOST_SIGNED: ("who", "not_named")}
)
"""What may stay empty for one outcome only."""


def answered(rung: Rung, answers: Mapping[str, str]) -> dict[str, str]:
    """What the step asks, each fit to be kept; refuses what is missing or was not offered."""
    found = {}
    for asked in RUNGS[rung].asks:
        value = answers.get(asked.name, "").strip()
        if asked.needed and not value:
            raise Missing(field=asked.name)
        if value and asked.answer is Answer.CHOICE and value not in asked.choices:
            raise NotAnAnswer(field=asked.name)
        if value:
            found[asked.name] = value
    name, outcome = _NEEDED_UNLESS.get(rung, ("", ""))
    if name and name not in found and found["outcome"] != outcome:
        raise Missing(field=name)
    return found


def details(rung: Rung, facts: Mapping[str, str], *, translate: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """What was answered about a step, as pairs of words in the order of the questions, and who was told of it."""
    answers = tuple(
        (translate(asked.label), translate(asked.choices[value]) if value in asked.choices else value)
        for asked in RUNGS[rung].asks
        if (value := facts.get(asked.name, ""))
    )
    told = facts.get("mailed_to", "")
    return (*answers, (translate(TOLD_BY_MAIL), told)) if told else answers
