"""The one place that turns causes of the slot search into what people read: whose rule, in which city, and who."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from vctestimony.domain.calendars import REASON_LABELS, STATUS_LABELS, Reason, Status
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import from_min, wall_of
from vctestimony.domain.people import COURTS
from vctestimony.domain.slots import CAUSE_LABELS, Cause, CauseRule
from vctestimony.domain.wording import N_
from vctestimony.services.timetables import Timetable
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, ParticipantRow

_NOT_FREE, _SOMEBODY = N_("Not free or not at work then: {who}."), N_("somebody needed")
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


def people_of(hearing: HearingRow, whys: Iterable[WhyNot]) -> tuple[str, ...]:
    """The people with whom it lies; empty for one who is kept apart, or is of a court that has no part in this."""
    keys = {key for why in whys for key in why.resources}
    found = [p for p in hearing.participants if p.removed_at is None and str(p.official.resource_id) in keys]
    return tuple(p.official.name if _may_be_named(hearing, p) else "" for p in found)


def not_free(who: Iterable[str], translate: Callable[[str], str]) -> str:
    """Who is not free, in a sentence; of whom nobody is told, only that there is somebody."""
    named = dict.fromkeys(name or translate(_SOMEBODY) for name in who)
    return translate(_NOT_FREE).format(who=", ".join(named)) if named else ""


def _may_be_named(hearing: HearingRow, person: ParticipantRow) -> bool:
    post = person.official.post
    is_of_another = post.kind in COURTS and post.id not in (hearing.court_id, hearing.remote_id)
    return not is_of_another and not hearings.kept_apart(hearing, person)


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
