"""The one place that says in words why a hearing has no time in a plan, and what would help."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from vctestimony.domain.backlog.obstacles import Obstacle, ObstacleRule
from vctestimony.domain.errors import Refusal
from vctestimony.domain.slots import SlotRefusal
from vctestimony.domain.wording import N_
from vctestimony.services.reasons import told
from vctestimony.services.timetables import Lane, Timetable

MOST = 3
NEVER = N_("No time in these weeks suits everybody, whatever else is planned.")
TOO_CLOSE = N_("The times that are left lie too close to another witness of the same case, or after the deadline.")
SHORTER = N_("It would fit if the examination took at most {more} minutes.")
ON_DAYS = N_("{place}: {who} on {more} days.")
WOULD_HELP = N_("{who} ({place}): if free at all hours, {more} more times.")
_TEXTS = {
    ObstacleRule.TAKEN: N_("{who} ({place}) is taken at the times that are left; otherwise {more} times."),
    ObstacleRule.APART: N_("Another witness of the case is heard there at these times; otherwise {more} times."),
    ObstacleRule.QUOTA: N_("The limit of hearings is reached ({who}); otherwise {more} times."),
    ObstacleRule.TOGETHER: N_("{who} ({place}) together with others: each stands in the way of some times."),
}
QUOTA_LABELS: Mapping[str, str] = {
    "day": N_("a day at the Remote Point"),
    "week": N_("a week at the Remote Point"),
    "court": N_("a week of one court at the Remote Point"),
}
_APART = N_("the pause between witnesses of one case")


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: a marked text whose braces the facts fill; `who` and `place` are marked texts themselves."""

    text: str
    who: str = ""
    place: str = ""
    more: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)

    def to_raw(self) -> dict[str, object]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def from_raw(cls, raw: Mapping[str, object]) -> "Why":
        """The same again."""
        return cls(**raw)  # type: ignore[arg-type]  # our own writing


def of_refusal(refusal: Refusal) -> Why:
    """The refusal's own sentence."""
    return Why(refusal.text, facts={name: str(value) for name, value in refusal.facts.items()})


def of_search(helps: Sequence[tuple[str, int]], lanes: Mapping[str, Lane]) -> tuple[Why, ...]:
    """No start at all: what the slot search says would help."""
    found = [(*_named(key, lanes), more) for key, more in helps if more > 0][:MOST]
    return tuple(Why(WOULD_HELP, who, place, more) for who, place, more in found)


def of_days(refusals: Iterable[SlotRefusal], timetable: Timetable) -> tuple[Why, ...]:
    """Which rules of which place keep most days away."""
    days: Counter[tuple[str, str]] = Counter()
    for refusal in refusals:
        days.update({(one.place, one.rule) for one in told(refusal.causes, timetable)})
    return tuple(Why(ON_DAYS, rule, place, more) for (place, rule), more in days.most_common(MOST) if place)


def of_obstacles(found: Sequence[Obstacle], lanes: Mapping[str, Lane]) -> tuple[Why, ...]:
    """What the rest of the plan leaves in the way."""
    return tuple(_of_obstacle(one, lanes) for one in found)


def _of_obstacle(one: Obstacle, lanes: Mapping[str, Lane]) -> Why:
    if one.rule is ObstacleRule.NO_START:
        return Why(TOO_CLOSE)
    who, place = _named(one.what, lanes, one.members)
    return Why(_TEXTS[one.rule], who, place, one.more)


def _named(what: str, lanes: Mapping[str, Lane], members: Sequence[str] = ()) -> tuple[str, str]:
    lane = next((lanes[key] for key in (what, *members) if key in lanes), None)
    if lane is not None:
        return lane.label, lane.city
    kind, _, rest = what.partition("|")
    if kind in QUOTA_LABELS:
        return QUOTA_LABELS[kind], rest.partition("|")[0]
    return (_APART, "") if kind == "apart" else (what, "")
