"""The one place for what a coordinator asks of a plan: limits, what matters how much, and the deadline of a child."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum

from vctestimony.domain.backlog.problem import Weights
from vctestimony.domain.wording import N_

PRIORITIES = (1, 2, 3, 4, 5)
USUAL_PRIORITY = 3
CHILD_DAYS = timedelta(days=30)
CHILD_RULE = N_("POCSO Act s. 35: a child's evidence within 30 days of cognizance")


class Importance(StrEnum):
    """How much something matters."""

    NOT = "not"
    SOME = "some"
    USUAL = "usual"
    MUCH = "much"


IMPORTANCE_LABELS: dict[Importance, str] = {
    Importance.NOT: N_("does not matter"),
    Importance.SOME: N_("matters a little"),
    Importance.USUAL: N_("matters"),
    Importance.MUCH: N_("matters much"),
}
_FACTOR = {Importance.NOT: 0, Importance.SOME: 1, Importance.USUAL: 2, Importance.MUCH: 6}
_WAITING, _LATE, _TRAVEL, _SPREAD, _SHARE = 1, 25, 10, 3, 20


class Deadlines(StrEnum):
    """What a deadline means to the plan."""

    SOFT = "soft"
    HARD = "hard"


DEADLINE_LABELS: dict[Deadlines, str] = {
    Deadlines.SOFT: N_("Rather late than not at all; every day late counts against the plan"),
    Deadlines.HARD: N_("Never after the deadline; better no time"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a plan is asked to heed, but for the hearings and the days. None means no limit."""

    deadlines: Deadlines = Deadlines.SOFT
    apart_minutes: int = 30
    per_day: int | None = 3
    per_week: int | None = 12
    per_court: int | None = None
    waiting: Importance = Importance.USUAL
    late: Importance = Importance.USUAL
    travel: Importance = Importance.USUAL
    spread: Importance = Importance.SOME
    share: Importance = Importance.SOME
    seed: int = 1
    rounds: int = 40
    seconds: int = 60

    def weights(self) -> Weights:
        """What the search counts."""
        return Weights(
            waiting=_WAITING * _FACTOR[self.waiting],
            late=_LATE * _FACTOR[self.late],
            travel=_TRAVEL * _FACTOR[self.travel],
        )

    @property
    def crowding(self) -> int:
        """What the second and every further hearing of a day at one Remote Point costs."""
        return _SPREAD * _FACTOR[self.spread]

    @property
    def unfairness(self) -> int:
        """What a hearing beyond a court's share of a Remote Point's week costs."""
        return _SHARE * _FACTOR[self.share]

    def to_raw(self) -> dict[str, object]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def from_raw(cls, raw: Mapping[str, object]) -> "Asked":
        """The same again."""
        words = {name: Importance(str(raw[name])) for name in ("waiting", "late", "travel", "spread", "share")}
        return cls(**{**raw, **words, "deadlines": Deadlines(str(raw["deadlines"]))})  # type: ignore[arg-type]


def child_deadline(cognizance_on: date) -> date:
    """The last day for a child's evidence.

    >>> child_deadline(date(2026, 9, 1))
    datetime.date(2026, 10, 1)
    """
    return cognizance_on + CHILD_DAYS
