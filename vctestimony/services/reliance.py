"""The one place that says how far a search may rely on officials' own calendars: which are old, failed or not read."""

from dataclasses import dataclass

from vctestimony.domain.busy import HEALTH_LABELS, Health
from vctestimony.services.busy_views import freshness
from vctestimony.services.finding import Question
from vctestimony.services.unit import Unit


@dataclass(frozen=True, slots=True)
class Doubt:
    """Whose calendar, and what is wrong with it: its state (a marked text) unless it is up to date, how many entries
    could not be read, and whether it ends before the search does."""

    label: str
    city: str
    health: str
    unreadable: int
    short: bool


def doubts_of(unit: Unit, question: Question) -> tuple[Doubt, ...]:
    """What the page must say beside its times; nothing where every calendar is fresh and reaches far enough."""
    timetable = question.timetable
    lanes = {lane.key: lane for lane in timetable.lanes}
    found = []
    for one in freshness(unit, timetable.resource_ids):
        lane = lanes[str(one.resource_id)]
        short = one.covers_until is not None and one.covers_until.date() < question.search.to_on
        if short or not one.is_reliable:
            health = "" if one.health is Health.FRESH else HEALTH_LABELS[one.health]
            found.append(Doubt(lane.label, lane.city, health, one.unreadable, short))
    return tuple(found)
