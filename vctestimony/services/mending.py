"""The one place that says where a cause can be mended: whose calendar, whose page, the hearing's rooms, the order."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.access import Action, Actor, may_ever, may_manage
from vctestimony.domain.hearing import End
from vctestimony.domain.slots import CauseRule
from vctestimony.services.access import may_do
from vctestimony.services.reasons import WhyNot
from vctestimony.services.timetables import Timetable, sits_off_hours
from vctestimony.store.models import HearingRow

_OF_A_CALENDAR = frozenset({CauseRule.WEEKLY_HOLIDAY, CauseRule.CLOSED, CauseRule.OUTSIDE_HOURS})
_OF_THE_ORDER = frozenset({CauseRule.DAYLIGHT, CauseRule.COURT_HOURS, CauseRule.DAY_FULL})


class MendKind(StrEnum):
    """What page it is."""

    CALENDAR = "calendar"
    OFFICIAL = "official"
    PEOPLE = "people"
    ROOMS = "rooms"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Mend:
    """A page for the person who looks. `key` is the post's code, the official's number or the reference; `who` is
    the marked text of whom it concerns, where it concerns one."""

    kind: MendKind
    key: str
    who: str = ""


class Mends:
    """Knows the hearing's people, and what this person may do about them."""

    def __init__(self, hearing: HearingRow, timetable: Timetable, *, by: Actor) -> None:
        self._hearing, self._by = hearing, by
        self._ends = {lane.key: lane.end for lane in timetable.lanes}
        self._labels = {lane.key: lane.label for lane in timetable.lanes}
        self._officials = {str(p.official.resource_id): p.official for p in hearing.participants}
        self._plans = may_do(hearing, Action.PLAN, by=by)
        self._orders = may_do(hearing, Action.REGISTER, by=by)
        self._sees_places = by.role is not None and may_ever(by.role, Action.SEE_PLACES)

    def of(self, why: WhyNot) -> tuple[Mend, ...]:
        """Where this cause can be mended, each page once; nothing for those who may not."""
        found: list[Mend] = []
        if why.code in _OF_THE_ORDER and self._orders:
            found.append(Mend(MendKind.ORDER, self._hearing.case.reference))
        for key in why.resources:
            found += self._calendar(why, key) if why.code in _OF_A_CALENDAR else self._taken(key)
        return tuple(dict.fromkeys(found))

    def _calendar(self, why: WhyNot, key: str) -> Iterable[Mend]:
        official = self._officials.get(key)
        at_court = self._ends[key] is End.COURT
        post = official.post if official else (self._hearing.court if at_court else self._hearing.remote)
        if self._sees_places:
            yield Mend(MendKind.CALENDAR, post.code)
        extends = why.code is CauseRule.OUTSIDE_HOURS and at_court and not sits_off_hours(self._hearing)
        if extends and self._orders:
            yield Mend(MendKind.ORDER, self._hearing.case.reference)

    def _taken(self, key: str) -> Iterable[Mend]:
        official = self._officials.get(key)
        if official is not None and may_manage(self._by, post_id=official.post_id):
            yield Mend(MendKind.OFFICIAL, str(official.id), self._labels[key])
        if not self._plans:
            return
        if official is not None:
            yield Mend(MendKind.PEOPLE, self._hearing.reference)
        elif key in {str(self._hearing.court_room_id), str(self._hearing.remote_room_id), str(self._hearing.link_id)}:
            yield Mend(MendKind.ROOMS, self._hearing.reference)
