"""The one place for the neutral slot problem: a JSON document in, the same search as everywhere, a JSON answer out."""

import json
from datetime import date, datetime
from typing import Any

from vctestimony.domain.calendars import DatedException, Kind, Rule, WorkingCalendar
from vctestimony.domain.errors import Invalid
from vctestimony.domain.instants import earlier_min, from_min, later_min, to_min, to_min_up, wall_of
from vctestimony.domain.intervals import Span, course
from vctestimony.domain.slot_document import BrokenProblem, Entry
from vctestimony.domain.slots import (
    Cause,
    CauseRule,
    Limit,
    Need,
    Pattern,
    PatternPart,
    Search,
    Slot,
    SlotAnswer,
    SlotRefusal,
    SlotResource,
    find,
)
from vctestimony.domain.wording import N_

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MOST_DAYS = 3660
_MOST_MINUTES = 10_080
_LONGEST_GAP = 1440
_SEARCH = frozenset({"from", "to", "zone", "step_minutes"})
_SEARCH_OPTIONAL = frozenset({"day", "now", "notice_minutes", "limit", "preferred_wall", "limits"})
_RESOURCE_OPTIONAL = frozenset({"hours", "closed", "open", "busy", "booked", "gap_minutes"})
_LIMITS = tuple(rule.value for rule in (CauseRule.DAYLIGHT, CauseRule.COURT_HOURS, CauseRule.DAY_FULL))

Question = tuple[Search, Pattern, dict[str, SlotResource]]


def solve_text(text: str) -> str:
    """The answer to a problem, or to each of a list of them, as JSON text. Refuses with the key that is wrong."""
    try:
        document = json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_such_number)
    except (json.JSONDecodeError, RecursionError) as fault:
        where = f"line {fault.lineno}" if isinstance(fault, json.JSONDecodeError) else "its nesting"
        raise Entry("", None).broken(N_("is not JSON ({where}).").format(where=where)) from None
    return json.dumps(solve(document), indent=2, ensure_ascii=False)


def solve(document: object) -> object:
    """The answer to one problem, or the list of answers to a list of problems; no clock, file or database is asked."""
    if isinstance(document, list):
        return [_solve_one(entry) for entry in Entry("", document).items()]
    return _solve_one(Entry("", document))


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for name, value in pairs:
        if name in seen:
            raise Entry(name, None).broken(N_("is given twice."))
        seen[name] = value
    return seen


def _no_such_number(name: str) -> None:
    raise Entry(name, None).broken(N_("is not a number."))


def question_of(document: object) -> Question:
    """What one problem asks, or a refusal with the key that is wrong."""
    return _read(Entry("", document))


def _read(problem: Entry) -> Question:
    parts = problem.fields(frozenset({"search", "pattern", "resources"}))
    search = _search(parts["search"])
    resources = {key: _resource(key, entry) for key, entry in parts["resources"].members().items()}
    return search, _pattern(parts["pattern"], resources), resources


def _solve_one(problem: Entry) -> dict[str, object]:
    search, pattern, resources = _read(problem)
    try:
        return _answer(search, pattern, resources, find(search, pattern, resources))
    except BrokenProblem:
        raise
    except Invalid as refusal:
        raise problem.broken(N_("cannot be searched. {reason}").format(reason=refusal.sentence())) from None


def _search(entry: Entry) -> Search:
    given = entry.fields(_SEARCH, _SEARCH_OPTIONAL)
    from_on, to_on = given["from"].on(), given["to"].on()
    if to_on < from_on:
        raise given["to"].broken(N_("lies before the first date."))
    if (to_on - from_on).days >= _MOST_DAYS:
        raise given["to"].broken(N_("lies more than {days} days after the first date.").format(days=_MOST_DAYS))
    notice = given["notice_minutes"].whole(0, 5_256_000) if "notice_minutes" in given else 0
    if notice and "now" not in given:
        raise Entry(f"{entry.key}.now", None).broken(N_("is missing, so the notice cannot be counted."))
    return Search(
        from_on=from_on,
        to_on=to_on,
        zone=given["zone"].zone(),
        step_minutes=given["step_minutes"].whole(1, 1440),
        day=given["day"].stretch() if "day" in given else None,
        now=given["now"].instant() if "now" in given else None,
        notice_minutes=notice,
        limit=given["limit"].whole(1, 100_000) if "limit" in given else None,
        preferred_wall=given["preferred_wall"].minute() if "preferred_wall" in given else None,
        limits=tuple(_limit(item) for item in given["limits"].items()) if "limits" in given else (),
    )


def _limit(entry: Entry) -> Limit:
    """What the court's order allows: its stretches are rounded inward to whole minutes."""
    given = entry.fields(frozenset({"rule", "zone", "allowed"}))
    rule, zone = given["rule"].text(), given["zone"].zone()
    if rule not in _LIMITS:
        raise given["rule"].broken(N_("must be one of {rules}.").format(rules=", ".join(_LIMITS)))
    return Limit(CauseRule(rule), zone, tuple(course(_inward(item, zone) for item in given["allowed"].items())))


def _pattern(entry: Entry, resources: dict[str, SlotResource]) -> Pattern:
    parts = [_part(item, resources) for item in entry.items()]
    if [part.part for part in parts].count("main") != 1:
        raise entry.broken(N_("must have exactly one part called main."))
    if sum(part.minutes for part in parts) > _MOST_MINUTES:
        raise entry.broken(N_("is longer than a week."))
    return Pattern(tuple(parts))


def _part(entry: Entry, resources: dict[str, SlotResource]) -> PatternPart:
    given = entry.fields(frozenset({"part", "minutes", "needs"}))
    needs = tuple(_need(need, resources) for need in given["needs"].items())
    return PatternPart(given["part"].text(), given["minutes"].whole(1, _MOST_MINUTES), needs)


def _need(entry: Entry, resources: dict[str, SlotResource]) -> Need:
    if not isinstance(entry.value, list):
        return _named(entry, resources)
    members = tuple(_named(item, resources) for item in entry.items())
    if not members or len(set(members)) < len(members):
        raise entry.broken(N_("must list at least one resource, and none twice."))
    return members


def _named(entry: Entry, resources: dict[str, SlotResource]) -> str:
    name = entry.text()
    if name not in resources:
        raise entry.broken(N_("names “{name}”, which is not among the resources.").format(name=name))
    return name


def _resource(key: str, entry: Entry) -> SlotResource:
    given = entry.fields(frozenset({"zone"}), _RESOURCE_OPTIONAL)
    zone = given["zone"].zone()
    busy = [_busy(item, zone) for item in given["busy"].items()] if "busy" in given else []
    booked = [_busy(item, zone) for item in given["booked"].items()] if "booked" in given else []
    gap = given["gap_minutes"].whole(0, _LONGEST_GAP) if "gap_minutes" in given else 0
    busy += booked
    rules = _rules(given["hours"]) if "hours" in given else None
    exceptions = (*_closed(given.get("closed")), *_opened(given.get("open")))
    if rules is None and not exceptions:
        return SlotResource(key, None, busy, own_zone=zone, booked=booked, gap_minutes=gap)
    calendar = WorkingCalendar(id=key, version="problem", zone=zone, rules=rules, exceptions=exceptions)
    return SlotResource(key, calendar, busy, booked=booked, gap_minutes=gap)


def _rules(entry: Entry) -> tuple[Rule, ...]:
    week = entry.fields(frozenset(), frozenset(_WEEKDAYS))
    return tuple(
        Rule(_WEEKDAYS.index(day), *stretch.stretch())
        for day, stretches in week.items()
        for stretch in stretches.items()
    )


def _closed(entry: Entry | None) -> list[DatedException]:
    return [] if entry is None else [_closure(item) for item in entry.items()]


def _closure(entry: Entry) -> DatedException:
    if not isinstance(entry.value, list):
        return DatedException(entry.on(), entry.on(), Kind.CLOSED)
    first, last = entry.pair()
    if last.on() < first.on():
        raise entry.broken(N_("ends before it begins."))
    return DatedException(first.on(), last.on(), Kind.CLOSED)


def _opened(entry: Entry | None) -> list[DatedException]:
    opened = {} if entry is None else entry.members()
    return [
        DatedException(on, on, Kind.OPEN, tuple(stretch.stretch() for stretch in stretches.items()))
        for name, stretches in opened.items()
        for on in [Entry(stretches.key, name).on()]
    ]


def _busy(entry: Entry, zone: str) -> Span:
    """Half-open and rounded outward to whole minutes; a doubtful wall time is read the way that takes more."""
    first, last = (item.moment() for item in entry.pair())
    start = to_min(first) if first.tzinfo else earlier_min(first, zone)
    end = to_min_up(last) if last.tzinfo else later_min(last, zone) + (last.second > 0)
    if end < start:
        raise entry.broken(N_("ends before it begins."))
    return start, end


def _inward(entry: Entry, zone: str) -> Span:
    """Half-open and rounded inward to whole minutes; a doubtful wall time is read the way that offers less."""
    first, last = (item.moment() for item in entry.pair())
    start = to_min_up(first) if first.tzinfo else later_min(first, zone) + (first.second > 0)
    end = to_min(last) if last.tzinfo else earlier_min(last, zone)
    return start, max(start, end)


def _answer(
    search: Search, pattern: Pattern, resources: dict[str, SlotResource], found: SlotAnswer
) -> dict[str, object]:
    needed = [member for demand in pattern.demands() for member in demand.members]
    zones = list(dict.fromkeys([search.zone, *(resources[member].zone for member in resources if member in needed)]))
    answer: dict[str, object] = {} if found.match is None else {"match": found.match}
    answer["slots"] = [_slot(slot, zones) for slot in found.slots]
    answer["refusals"] = [_refusal(refusal) for refusal in found.refusals]
    return answer


def _slot(slot: Slot, zones: list[str]) -> dict[str, object]:
    return {
        "start_at": _instant(slot.start_at),
        "end_at": _instant(slot.end_at),
        "main_at": _instant(slot.main_at),
        "chosen": dict(slot.chosen),
        "walls": {zone: _minute(wall_of(slot.start_at, zone)) for zone in zones},
    }


def _refusal(refusal: SlotRefusal) -> dict[str, object]:
    said: dict[str, object] = {"date": _day(refusal.on)}
    if refusal.wall is not None:
        said["preferred_wall"] = _minute(refusal.wall)
    said["causes"] = [_cause(cause) for cause in refusal.causes]
    return said


def _cause(cause: Cause) -> dict[str, object]:
    said: dict[str, object] = {"resource": cause.resource, "rule": cause.rule.value, "zone": cause.zone}
    if cause.label:
        said["label"] = cause.label
    if cause.allowed:
        said["allowed"] = [_instant(from_min(minute)) for minute in cause.allowed]
    return said


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _minute(wall: datetime) -> str:
    return wall.isoformat(timespec="minutes")


def _day(on: date) -> str:
    return on.isoformat()
