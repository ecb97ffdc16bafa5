"""The one place that reads waiting hearings as a planning problem: their possible starts, limits, deadlines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain

from vctestimony.domain.backlog.asked import Asked, Deadlines, child_deadline
from vctestimony.domain.backlog.problem import Job, Need, Problem, Quota
from vctestimony.domain.errors import Refusal
from vctestimony.domain.hearing import Part
from vctestimony.domain.instants import from_min, to_min, wall_of
from vctestimony.domain.intervals import Span, course, overlap
from vctestimony.domain.local_days import local_day
from vctestimony.domain.slot_board import SlotBoard
from vctestimony.domain.slots import Pattern, Search, find, leave_one_out
from vctestimony.services.backlog_reasons import NEVER, SHORTER, Why, of_days, of_refusal, of_search
from vctestimony.services.timetables import Lane, Timetable, lengths_of, search_of, timetable_of
from vctestimony.services.unit import Unit
from vctestimony.store import backlog, occupancy
from vctestimony.store.models import HearingRow, PostRow

_DAY, _WEEK, _QUARTER = timedelta(days=1), 7, 15
STEP_MINUTES = 30
PER_DAY, PER_WEEK, PER_COURT, SPREAD, SHARE = "day", "week", "court", "spread", "share"


@dataclass(frozen=True, slots=True)
class Window:
    """The days that may be planned, both included."""

    from_on: date
    to_on: date


@dataclass(slots=True)
class Built:
    """The problem; by hearing, how its needs are named, and why there is no start where there is none."""

    problem: Problem
    lanes: dict[str, Mapping[str, Lane]] = field(default_factory=dict)
    hopeless: dict[str, tuple[Why, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Question:
    """One hearing as a question to the slot search."""

    row: HearingRow
    search: Search
    timetable: Timetable


def built(unit: Unit, rows: Sequence[HearingRow], window: Window, asked: Asked) -> Built:
    """Ask the slot search for every hearing; what is taken is read once for all of them."""
    answer = Built(Problem((), 0))
    questions = _filled(unit, list(_questions(unit, rows, window, answer)))
    standing = _standing(unit, rows, window)
    jobs = tuple(_job(one, standing, asked, answer) for one in questions)
    zone = rows[0].court.zone if rows else "UTC"
    answer.problem = Problem(
        jobs=jobs,
        origin=local_day(window.from_on, zone).start_min,
        quotas=tuple(_quotas(questions, standing, window, asked)),
        weights=asked.weights(),
        apart_minutes=asked.apart_minutes,
    )
    return answer


def deadline_on(row: HearingRow) -> date | None:
    """The last day for the evidence, where the law sets one and the day it counts from is known."""
    return child_deadline(row.case.cognizance_on) if has_child_deadline(row) and row.case.cognizance_on else None


def has_child_deadline(row: HearingRow) -> bool:
    """Whether the law sets a time for the evidence: a child in a case under the POCSO Act, unless said not to be."""
    return row.case.facts.get("pocso", True) and row.witness.facts.get("child", True)


def lacks_cognizance(row: HearingRow) -> bool:
    """Whether the day from which that time counts must be asked for first."""
    return has_child_deadline(row) and row.case.cognizance_on is None


def _questions(unit: Unit, rows: Iterable[HearingRow], window: Window, answer: Built) -> Iterable[_Question]:
    for row in rows:
        try:
            timetable = timetable_of(unit, row)
            search = search_of(unit, row, from_on=window.from_on, to_on=window.to_on, step_minutes=STEP_MINUTES)
            SlotBoard(search, timetable.pattern, timetable.resources).free_starts()
        except Refusal as refusal:
            answer.hopeless[row.reference] = (of_refusal(refusal),)
        else:
            yield _Question(row, search, timetable)


def _filled(unit: Unit, questions: list[_Question]) -> list[_Question]:
    """Each with what is taken of its people and rooms; one query for all."""
    if not questions:
        return []
    first_on = min(one.search.from_on for one in questions) - _DAY
    last_on = max(one.search.to_on for one in questions) + 3 * _DAY
    taken: dict[str, list[tuple[int, int, bool]]] = {}
    for number, start, end, by in occupancy.taken(
        unit.session,
        sorted(set(chain.from_iterable(one.timetable.resource_ids for one in questions))),
        from_min=local_day(first_on, "UTC").start_min,
        to_min=local_day(last_on, "UTC").start_min,
        now=unit.now,
    ):
        taken.setdefault(str(number), []).append((start, end, by is not None))
    return [replace(one, timetable=one.timetable.with_busy(taken)) for one in questions]


def _job(one: _Question, standing: Sequence[HearingRow], asked: Asked, answer: Built) -> Job:
    row, timetable = one.row, one.timetable
    board = SlotBoard(one.search, timetable.pattern, timetable.resources)
    starts = tuple(start for _, found in board.offered(board.free_starts()) for start in found)
    lanes = {lane.key: lane for lane in (*timetable.lanes, *timetable.choices)}
    answer.lanes[row.reference] = lanes
    if not starts:
        answer.hopeless[row.reference] = _why_never(one, lanes)
    last_on = deadline_on(row)
    deadline = None if last_on is None else local_day(last_on + _DAY, row.court.zone).start_min
    is_hard = asked.deadlines is Deadlines.HARD
    kept = tuple(start for start in starts if _may_be(row, start, standing, asked.apart_minutes))
    if is_hard and deadline is not None:
        kept = tuple(start for start in kept if start < deadline)
    return Job(
        key=row.reference,
        starts=kept,
        minutes=timetable.pattern.minutes,
        needs=tuple(_needs(board, kept)),
        priority=row.priority,
        deadline=deadline,
        is_hard=is_hard,
        case=str(row.case_id),
        place=str(row.remote_id),
        witness=str(row.witness_id),
        near=tuple(_start(other) for other in standing if other.witness_id == row.witness_id),
    )


def _why_never(one: _Question, lanes: Mapping[str, Lane]) -> tuple[Why, ...]:
    """What the slot search says of a hearing that fits nowhere: what would help, and which rules keep most days."""
    search, timetable = one.search, one.timetable
    helps = of_search(leave_one_out(search, timetable.pattern, timetable.resources), lanes)
    if shorter := _shorter(one):
        return (Why(NEVER), Why(SHORTER, more=shorter), *helps)
    found = find(search, timetable.pattern, timetable.resources)
    return (Why(NEVER), *(helps or of_days(found.refusals, timetable)))


def _shorter(one: _Question) -> int:
    """The longest examination, in steps of a quarter of an hour, that would fit somewhere; 0 when none would."""
    parts, resources = one.timetable.pattern.parts, one.timetable.resources
    main = next(part.minutes for part in parts if part.part == Part.MAIN)
    for minutes in range(main - main % _QUARTER - _QUARTER * (main % _QUARTER == 0), 0, -_QUARTER):
        shorter = Pattern(tuple(replace(part, minutes=minutes) if part.part == Part.MAIN else part for part in parts))
        board = SlotBoard(one.search, shorter, resources)
        if any(starts for _, starts in board.offered(board.free_starts())):
            return minutes
    return 0


def _needs(board: SlotBoard, starts: Sequence[int]) -> Iterable[Need]:
    """What each need takes, its turnaround behind it, so that two hearings keep it between them."""
    wanted = set(starts)
    for demand in board.demands:
        free: tuple[tuple[int, ...], ...] = ()
        if len(demand.members) > 1:
            alone = (board.member_starts(member, demand.spans) for member in demand.members)
            free = tuple(tuple(sorted(m for b, e in spans for m in wanted if b <= m < e)) for spans in alone)
        gap = max(board.resources[member].gap_minutes for member in demand.members)
        spans = tuple(course((begin, end + gap) for begin, end in demand.spans))
        yield Need(demand.name, demand.members, spans, free)


def kept_apart(row: HearingRow, start: int, other: HearingRow, minutes: int) -> bool:
    """Whether the pause lies between this hearing and another witness of the same case at the same place."""
    if (other.case_id, other.remote_id) != (row.case_id, row.remote_id) or other.witness_id == row.witness_id:
        return True
    theirs = _start(other)
    mine = (start, start + lengths_of(row).total + minutes)
    return not overlap(mine, (theirs, theirs + lengths_of(other).total + minutes))


def _may_be(row: HearingRow, start: int, standing: Sequence[HearingRow], minutes: int) -> bool:
    return not minutes or all(kept_apart(row, start, other, minutes) for other in standing)


def _standing(unit: Unit, rows: Sequence[HearingRow], window: Window) -> Sequence[HearingRow]:
    from_at = from_min(local_day(window.from_on - _WEEK * _DAY, "UTC").start_min)
    to_at = from_min(local_day(window.to_on + _WEEK * _DAY, "UTC").start_min)
    return backlog.standing(unit.session, remote_ids=[row.remote_id for row in rows], from_at=from_at, to_at=to_at)


def _start(row: HearingRow) -> int:
    if row.starts_at is None:
        raise ValueError("a hearing that stands has a time")
    return to_min(row.starts_at)


def _quotas(
    questions: Sequence[_Question], standing: Sequence[HearingRow], window: Window, asked: Asked
) -> Iterable[Quota]:
    """Limits of every Remote Point by its own days and weeks, and what crowding and unfairness cost."""
    posts: dict[int, PostRow] = {one.row.remote_id: one.row.remote for one in questions}
    for post in posts.values():
        there = [one.row for one in questions if one.row.remote_id == post.id]
        stands = [row for row in standing if row.remote_id == post.id]
        for on, days in _stretches(window):
            during = (local_day(on, post.zone).start_min, local_day(on + days * _DAY, post.zone).start_min)
            yield from _limits(there, stands, during, asked, f"{post.name}|{on}", is_week=days > 1)


def _stretches(window: Window) -> Iterable[tuple[date, int]]:
    first = window.from_on - window.from_on.weekday() * _DAY
    for number in range((window.to_on - first).days + 1):
        on = first + number * _DAY
        if on >= window.from_on:
            yield on, 1
        if on.weekday() == 0:
            yield on, _WEEK


def _limits(
    there: Sequence[HearingRow], stands: Sequence[HearingRow], during: Span, asked: Asked, name: str, *, is_week: bool
) -> Iterable[Quota]:
    keys = frozenset(row.reference for row in there)
    inside = [row for row in stands if during[0] <= _start(row) < during[1]]
    limit, kind = (asked.per_week, PER_WEEK) if is_week else (asked.per_day, PER_DAY)
    if limit is not None and len(keys) + len(inside) > limit:
        yield Quota(f"{kind}|{name}", limit, keys, during, len(inside))
    if not is_week and asked.crowding and len(keys) + len(inside) > 1:
        yield Quota(f"{SPREAD}|{name}", 1, keys, during, len(inside), asked.crowding)
    if is_week:
        yield from _fair(there, inside, during, asked, name)


def _fair(
    there: Sequence[HearingRow], inside: Sequence[HearingRow], during: Span, asked: Asked, name: str
) -> Iterable[Quota]:
    courts = {row.court_id for row in (*there, *inside)}
    for court_id in sorted({row.court_id for row in there}):
        keys = frozenset(row.reference for row in there if row.court_id == court_id)
        used = sum(1 for row in inside if row.court_id == court_id)
        if asked.per_court is not None and len(keys) + used > asked.per_court:
            yield Quota(f"{PER_COURT}|{name}", asked.per_court, keys, during, used)
        if asked.unfairness and asked.per_week is not None and len(courts) > 1:
            yield Quota(f"{SHARE}|{name}", -(-asked.per_week // len(courts)), keys, during, used, asked.unfairness)


def wall_on(row: HearingRow, start: int) -> datetime:
    """The start on the Court Point's clock."""
    return wall_of(from_min(start), row.court.zone)
