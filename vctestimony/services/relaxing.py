"""The use-case of what would help: every single change is searched as if it were made, and the best come first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from vctestimony.domain.calendars import HolidayYearMissing, NeverOpen
from vctestimony.domain.hearing import Part
from vctestimony.domain.instants import read, wall_of
from vctestimony.domain.slots import Need, PatternPart, Search, Slot, SlotResource, every_start, leave_one_out
from vctestimony.services.claims import Alternative
from vctestimony.services.finding import Question
from vctestimony.services.order_limits import limits_of
from vctestimony.services.standins import Change, Idea, ideas_of, place_candidates, places_of, pool_of
from vctestimony.services.timetables import Timetable, with_taken
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A change that opens times: how many there would be in all, how many more than now, and the first of them.

    `label` is a marked text or a name, `other` a name; `main_minutes` is set where the change is a shorter examination.
    """

    change: Change
    label: str
    other: str
    city: str
    people: tuple[str, ...]
    main_minutes: int
    starts: tuple[int, ...]
    more: int
    first: Alternative


def what_would_help(unit: Unit, question: Question) -> tuple[Relaxation, ...]:
    """The changes that open most times, by how many; what all the candidates have taken is read in one more query."""
    hearing, search, timetable = question.hearing, question.search, question.timetable
    now = len(every_start(search, timetable.pattern, timetable.resources))
    alone = leave_one_out(search, timetable.pattern, timetable.resources)
    pool = pool_of(unit, hearing)
    ideas = list(ideas_of(hearing, pool, barring=frozenset(key for key, more in alone if more > 0)))
    others = place_candidates(hearing, pool)
    busy = _taken(unit, question, (*others, *(one for idea in ideas for one in idea.added)))
    minutes = {key: sum(end - start for start, end in one.busy) for key, one in busy.items()}
    ideas += places_of(hearing, pool, lambda key: minutes.get(key, 0))
    found = (_computed(unit, question, idea, busy, now=now) for idea in ideas)
    order = sorted((one for one in found if one is not None), key=lambda one: -one.more)
    return tuple(order[:MOST_SHOWN])


def _taken(unit: Unit, question: Question, candidates: Iterable[SlotResource]) -> Mapping[str, SlotResource]:
    """What is taken of every candidate, in one query."""
    wanted = {one.key: one for one in candidates}
    if not wanted:
        return {}
    pattern = question.timetable.pattern
    asked = Timetable(replace(pattern, parts=tuple(replace(part, needs=()) for part in pattern.parts)), wanted, ())
    search = question.search
    filled = with_taken(unit, question.hearing, asked, first_on=search.from_on, last_on=search.to_on)
    return filled.resources


def _computed(
    unit: Unit, question: Question, idea: Idea, busy: Mapping[str, SlotResource], *, now: int
) -> Relaxation | None:
    """The idea with what it opens; None when that is nothing, or when a calendar there is not entered."""
    changed = _changed(question.timetable, idea, busy)
    try:
        slots = every_start(_search(unit, question, idea), changed.pattern, changed.resources)
    except (HolidayYearMissing, NeverOpen):
        return None
    if len(slots) <= now:
        return None
    return Relaxation(
        change=idea.change,
        label=idea.label,
        other=idea.other,
        city=idea.city,
        people=idea.people,
        main_minutes=idea.lengths.main if idea.lengths else 0,
        starts=tuple(slot.start_min for slot in slots),
        more=len(slots) - now,
        first=_read(question.hearing, idea, slots[0]),
    )


def _search(unit: Unit, question: Question, idea: Idea) -> Search:
    """The search as it would be: another place may ask for other notice, and a limit may look at the length."""
    hearing, search = question.hearing, question.search
    if idea.place is not None:
        return replace(search, notice_minutes=max(hearing.court.notice_minutes, idea.place.notice_minutes))
    if idea.notice_minutes is not None:
        return replace(search, notice_minutes=idea.notice_minutes)
    if idea.lengths is not None and search.limits:
        limits = limits_of(unit, hearing, first_on=search.from_on, last_on=search.to_on, main_minutes=idea.lengths.main)
        return replace(search, limits=limits)
    return search


def _changed(timetable: Timetable, idea: Idea, busy: Mapping[str, SlotResource]) -> Timetable:
    """The hearing's timetable as it would be."""
    if idea.change is Change.OFF_HOURS:
        return _outside_court_hours(timetable)
    parts = timetable.pattern.parts
    if idea.lengths is not None:
        lengths = idea.lengths
        parts = tuple(replace(part, minutes=lengths.of(Part(part.part))) for part in parts)
    parts = tuple(replace(part, needs=_swapped(part, idea.swaps)) for part in parts)
    come = {one.key: busy[one.key] for one in idea.added}
    return replace(
        timetable, pattern=replace(timetable.pattern, parts=parts), resources={**timetable.resources, **come}
    )


def _outside_court_hours(timetable: Timetable) -> Timetable:
    opened = {
        key: replace(one, calendar=timetable.off_hours.get(key, one.calendar))
        for key, one in timetable.resources.items()
    }
    return replace(timetable, resources=opened)


def _swapped(part: PatternPart, swaps: Mapping[str, str | None]) -> tuple[Need, ...]:
    """The needs of a part after the exchange; where there was a choice already, it becomes wider."""
    found: list[Need] = []
    for need in part.needs:
        if isinstance(need, str):
            other = swaps.get(need, need)
            found += [] if other is None else [other]
        else:
            wider = (swaps.get(member) for member in need)
            found.append(tuple(dict.fromkeys((*need, *(one for one in wider if one is not None)))))
    return tuple(found)


def _read(hearing: HearingRow, idea: Idea, slot: Slot) -> Alternative:
    """The slot on the clocks of the two ends as they would be."""
    court, remote = hearing.court, idea.place or hearing.remote
    return Alternative(
        start_wall=wall_of(slot.start_at, court.zone),
        court=read(slot.start_at, court.zone, court.city),
        court_ends=read(slot.end_at, court.zone, court.city),
        remote=read(slot.start_at, remote.zone, remote.city),
        remote_ends=read(slot.end_at, remote.zone, remote.city),
    )
