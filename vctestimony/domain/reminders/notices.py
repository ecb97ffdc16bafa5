"""The one place for what a reminder is: the rules by name, what they know of a hearing, and the notice with its key.

The key says of which hearing and which state of it, for whom, by which rule and about what; whatever has the same key
is the same notice and is given once.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vctestimony.domain.people import Duty
from vctestimony.domain.reminders.days import OwnDays
from vctestimony.domain.wording import N_


class Rule(StrEnum):
    """Why somebody is reminded; the most pressing first, as in a mail about several things."""

    IN_TWO_HOURS = "in_two_hours"
    NO_ANSWER = "no_answer"
    TOMORROW = "tomorrow"
    ANSWER = "answer"
    LINK_MISSING = "link_missing"
    NOT_READY = "not_ready"
    PAPER_WAITS = "paper_waits"
    STEP_OVERDUE = "step_overdue"
    STEP_DUE = "step_due"
    HARD_COPY = "hard_copy"
    IN_A_WEEK = "in_a_week"


RULE_LABELS: dict[Rule, str] = {
    Rule.ANSWER: N_("Your answer is missing"),
    Rule.NO_ANSWER: N_("Somebody has not answered: telephone"),
    Rule.LINK_MISSING: N_("The video link is missing"),
    Rule.NOT_READY: N_("Not ready to be confirmed"),
    Rule.STEP_DUE: N_("A step of the checklist is due"),
    Rule.STEP_OVERDUE: N_("A step of the checklist is overdue"),
    Rule.IN_A_WEEK: N_("The hearing comes up"),
    Rule.TOMORROW: N_("The hearing is the next day"),
    Rule.IN_TWO_HOURS: N_("The hearing begins soon"),
    Rule.HARD_COPY: N_("The signed copy is not received"),
    Rule.PAPER_WAITS: N_("A paper of the hearing waits for you"),
}

EXACT = frozenset({Rule.IN_TWO_HOURS})
"""Comes at its minute, whatever the hour and the day."""
ALONE = frozenset({Rule.IN_TWO_HOURS, Rule.TOMORROW, Rule.NO_ANSWER})
"""Too urgent to stand among others."""
NO_CHOICE = frozenset({Rule.IN_TWO_HOURS, Rule.NO_ANSWER})
"""Is mailed whatever the person has chosen."""


class Way(StrEnum):
    """How a person wants to be reminded."""

    EACH = "each"
    DIGEST = "digest"
    PAGE = "page"


WAY_LABELS: dict[Way, str] = {
    Way.DIGEST: N_("By one mail a day that holds everything"),
    Way.EACH: N_("By a mail for each"),
    Way.PAGE: N_("Only on the page of my account"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is reminded: an official, or an account without one; `key` tells which."""

    key: str
    days: OwnDays
    way: Way = Way.DIGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody on a hearing. `asked_at` is when they were asked for its present time, None when they never were;
    who does not sign in (`signs_in`) is told of their steps but cannot tick them."""

    participant: str
    reader: Reader
    duty: Duty
    starts_at: datetime
    asked_at: datetime | None
    asked_since: int = 0
    has_answered: bool = False
    declined: bool = False
    is_required: bool = True
    signs_in: bool = True


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step of the checklist that nobody has settled, with whose it is."""

    id: str
    due_at: datetime
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """A transcript that somebody is to sign or send on: who, since when, and which of its steps that is."""

    duty: Duty
    since_at: datetime
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingFacts:
    """A hearing as the rules see it. `coordinators` are those of its court, `deputies` the others there;
    `copy_owed_since` is its end while the record says nothing of the signed copy; `paper` is a transcript on its way.
    """

    reference: str
    starts_at: datetime
    is_ahead: bool
    people: tuple[Named, ...]
    coordinators: tuple[Reader, ...]
    deputies: tuple[Reader, ...] = ()
    is_ready: bool = True
    has_link: bool = True
    steps: tuple[DueStep, ...] = ()
    copy_owed_since: datetime | None = None
    paper: WaitingPaper | None = None

    @property
    def told_at(self) -> datetime | None:
        """When the first of its people were asked for its present time."""
        return min((one.asked_at for one in self.people if one.asked_at is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One reminder of one person. It is worth giving from `due_at` on and no more from `until_at` on.

    `revision` is the state of the hearing that matters to the rule; `about` a participant or a step.
    """

    rule: Rule
    reference: str
    revision: str
    reader: str
    due_at: datetime
    until_at: datetime
    about: str = ""
    occurrence: int = 1

    @property
    def key(self) -> str:
        """Stable over every computation."""
        parts = (self.reference, self.revision, self.reader, self.rule.value, self.about, str(self.occurrence))
        return "|".join(parts)


def stamp(at: datetime) -> str:
    """A minute as part of a key.

    >>> stamp(datetime.fromisoformat("2026-12-07T05:30:00+00:00"))
    '202612070530'
    """
    return f"{at:%Y%m%d%H%M}"
