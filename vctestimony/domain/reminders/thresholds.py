"""The one table of how many days or hours reminders wait, and which of these numbers a rule gives.

Only a number with an authority has one; every other is a planning default of this service, binds nobody, and may be
changed here.
"""

from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.wording import N_


class Counted(StrEnum):
    """What is counted. Own working days are those of the person concerned, by the calendar and clock they work by."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number: what it is for, how many of what, and the rule that gives it; empty for our own."""

    label: str
    amount: int
    counted: Counted
    authority: str = ""


FIRST_REMINDER = Threshold(
    N_("First reminder of an invitation that is not answered, after it"), 2, Counted.WORKING_DAYS
)
SECOND_REMINDER = Threshold(N_("Second reminder, after the invitation"), 4, Counted.WORKING_DAYS)
ANSWER_AFTER_INVITATION = Threshold(
    N_("The answer is wanted at the latest, after the invitation"), 5, Counted.WORKING_DAYS
)
ANSWER_BEFORE_HEARING = Threshold(N_("or, if that is earlier, before the hearing"), 3, Counted.WORKING_DAYS)
SHORTEST_TO_ANSWER = Threshold(
    N_("A hearing that is very near leaves to answer, after the invitation"), 1, Counted.WORKING_DAYS
)
LINK_MISSING = Threshold(N_("The video link is missing: reminder before the hearing"), 2, Counted.WORKING_DAYS)
NOT_READY_FIRST = Threshold(
    N_("Order, nomination or a step before confirming is missing: first reminder before the hearing"),
    10,
    Counted.WORKING_DAYS,
)
NOT_READY_SECOND = Threshold(N_("the same, second reminder"), 5, Counted.WORKING_DAYS)
NOT_READY_LAST = Threshold(N_("the same, last reminder"), 2, Counted.WORKING_DAYS)
STEP_DUE = Threshold(N_("A step of the checklist is due: reminder before the day"), 1, Counted.WORKING_DAYS)
STEP_OVERDUE = Threshold(N_("A step of the checklist is overdue: reminder after the day"), 1, Counted.WORKING_DAYS)
IN_A_WEEK = Threshold(N_("The hearing comes up: before it"), 7, Counted.DAYS)
TOMORROW = Threshold(N_("The hearing is the next day: before it"), 1, Counted.WORKING_DAYS)
IN_TWO_HOURS = Threshold(N_("The hearing begins soon: before it"), 2, Counted.HOURS)
HARD_COPY = Threshold(
    N_("The signed copy is not received: after the hearing"),
    3,
    Counted.DAYS,
    N_("Model Rules r. 8.8.1 and 8.8.2, as adopted: the hard copy is sent preferably within three days"),
)
PAPER_WAITS = Threshold(
    N_("A transcript waits to be signed or sent on, and a whole day was quiet: reminder, after it came"),
    2,
    Counted.WORKING_DAYS,
)

THRESHOLDS: tuple[Threshold, ...] = (
    FIRST_REMINDER,
    SECOND_REMINDER,
    ANSWER_AFTER_INVITATION,
    ANSWER_BEFORE_HEARING,
    SHORTEST_TO_ANSWER,
    LINK_MISSING,
    NOT_READY_FIRST,
    NOT_READY_SECOND,
    NOT_READY_LAST,
    STEP_DUE,
    STEP_OVERDUE,
    IN_A_WEEK,
    TOMORROW,
    IN_TWO_HOURS,
    HARD_COPY,
    PAPER_WAITS,
)

USUAL_HOUR, FIRST_HOUR, LAST_HOUR = 9, 6, 12
"""The hour of the morning at which a reminder comes, by the reader's own clock, and what may be chosen."""
QUIET_HOUR = 18
"""From this hour on nobody is reminded of anything that can wait for the morning."""
OVERDUE_DAYS = 7
"""So long a step that is overdue is worth a reminder that was held up."""
COPY_DAYS = 30
"""So long the missing copy is."""
