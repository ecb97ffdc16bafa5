"""Reminding mails that several tests share: one of each kind, to the same people as the letters."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.adapters.letter_examples import CONTACT, DHAKA, JUDGE, MUMBAI, OFFICIAL, SERVICE, START
from vctestimony.domain.letters import Invitee
from vctestimony.domain.people import Duty
from vctestimony.domain.reminders.letters import Callee, Matter, ReminderLetter, ReminderReader, StepLine
from vctestimony.domain.reminders.notices import Rule

WRITTEN = datetime(2026, 12, 4, 3, 0, tzinfo=UTC)
BASE = "https://testimony.example"


def reader(one: Invitee) -> ReminderReader:
    return ReminderReader(one.name, one.address, one.language, one.end, one.city, one.zone)


def matter(rule: Rule, one: Invitee = OFFICIAL, **facts: object) -> Matter:
    plain = Matter(
        rule=rule,
        reference="H-7K3F9QW2",
        to=reader(one),
        court=MUMBAI,
        remote=DHAKA,
        start_at=START,
        url=f"{BASE}/hearings/H-7K3F9QW2",
        contact=CONTACT,
        duty=one.duty,
    )
    return replace(plain, **facts)  # type: ignore[arg-type]  # facts of a test


ASKING = matter(Rule.ANSWER, answer_by=datetime(2026, 12, 4, 11, 0, tzinfo=UTC), url=f"{BASE}/answer/a-token")
SILENT = matter(
    Rule.NO_ANSWER,
    JUDGE,
    callees=(
        Callee("মোহাম্মদ রফিকুল ইসলাম", Duty.REMOTE_COORDINATOR, "+880 2 5550 0100"),
        Callee("Anjali Sen", Duty.INTERPRETER, ""),
    ),
)
STEPS = matter(
    Rule.STEP_DUE,
    url=f"{BASE}/hearings/H-7K3F9QW2/checklist",
    steps=tuple(
        StepLine(f"Test picture and sound with the other end, line {number}.", datetime(2026, 12, 6, 6, 0, tzinfo=UTC))
        for number in range(1, 11)
    ),
)
UNREADY = matter(Rule.NOT_READY, lacking=(Duty.INTERPRETER,), open_steps=4)


def letter(*matters: Matter, **facts: object) -> ReminderLetter:
    plain = ReminderLetter(
        to=matters[0].to,
        written_at=WRITTEN,
        organizer=SERVICE,
        matters=matters,
        choices_url=f"{BASE}/reminders/a-token",
    )
    return replace(plain, **facts)  # type: ignore[arg-type]  # facts of a test


REMINDER = letter(ASKING)
DIGEST = letter(ASKING, STEPS, UNREADY)
ESCALATION = letter(SILENT)
REMINDER_LETTERS = {"reminder": REMINDER, "digest": DIGEST, "escalation": ESCALATION}
