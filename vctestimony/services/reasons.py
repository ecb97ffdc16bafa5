"""The one place that turns causes of the slot search into what people read: whose rule, in which city, and who."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vctestimony.domain.calendars import REASON_LABELS, STATUS_LABELS, Reason, Status
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import from_min, wall_of
from vctestimony.domain.slots import CAUSE_LABELS, Cause, CauseRule
from vctestimony.services.timetables import Timetable

_SAID_AT = {CauseRule.DAYLIGHT: End.REMOTE, CauseRule.DAY_FULL: End.REMOTE, CauseRule.COURT_HOURS: End.COURT}


@dataclass(frozen=True, slots=True)
class WhyNot:
    """One reason: the city whose calendar says so, the rule, the name of a holiday, and whom it keeps away.

    `rule`, `status` and the entries of `who` are marked texts, to be translated where they are shown; `resources`
    are the keys of the same in the timetable. `times` is what a limit of the order leaves of the day, by the clock of
    `place`.
    """

    code: CauseRule
    place: str
    rule: str
    holiday: str = ""
    status: str = ""
    who: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    times: str = ""


def told(causes: Iterable[Cause], timetable: Timetable) -> tuple[WhyNot, ...]:
    """Every cause, those of one rule in one place joined, with everybody they concern."""
    lanes = {lane.key: lane for lane in timetable.lanes}
    joined: dict[tuple[CauseRule, str, str], tuple[WhyNot, dict[str, str]]] = {}
    for cause in causes:
        lane = lanes.get(cause.resource or "")
        place = lane.city if lane else timetable.cities[_SAID_AT[cause.rule]] if cause.rule in _SAID_AT else ""
        why = WhyNot(cause.rule, place, _rule(cause), holiday=cause.label, status=_status(cause), times=_times(cause))
        _, who = joined.setdefault((cause.rule, place, cause.label), (why, {}))
        if lane is not None:
            who[lane.key] = lane.label
    return tuple(
        replace(why, who=tuple(dict.fromkeys(who.values())), resources=tuple(who)) for why, who in joined.values()
    )


def _times(cause: Cause) -> str:
    if cause.allowed is None or cause.rule is not CauseRule.DAYLIGHT:
        return ""
    first, last = (wall_of(from_min(minute), cause.zone) for minute in cause.allowed)
    return f"{first:%H:%M}–{last:%H:%M}"


def _rule(cause: Cause) -> str:
    if cause.reason is None or cause.reason is Reason.CLOSED:
        return CAUSE_LABELS[cause.rule]
    return REASON_LABELS[cause.reason]


def _status(cause: Cause) -> str:
    return "" if cause.status in {None, Status.CONFIRMED} else STATUS_LABELS[Status(str(cause.status))]
