"""The one place that knows what a foreign calendar's entries take of somebody's time (RFC 5545, 5546).

Zones are pytz's by their IANA or Windows name; a zone that only the file knows is taken from its own description, and
one that nobody knows is refused. Where a wall time happened twice, the reading is the one that takes more.
"""

import warnings
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any

import icalendar
import recurring_ical_events
from icalendar.timezone import tzp

from vctestimony.adapters.busy_sifting import Component, Sifted, head_of
from vctestimony.domain.busy import BusyTimes, CalendarBroken, Scope, TooManyEntries, UnknownTimeZone
from vctestimony.domain.instants import earlier_min, from_min, later_min, to_min, to_min_up
from vctestimony.domain.intervals import Span, course, without

MOST = 100_000
MOST_STRETCHES = 10_000
Untyped = Any  # what the library reads: a property may be anything that its text makes it
_DAY = timedelta(days=1)
_AROUND = timedelta(days=2)  # no zone is that far from UTC
_TIMED = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
_PERIODS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
_PERIOD: Untyped = icalendar.vPeriod
_MOMENT: Untyped = icalendar.vDDDTypes
_UNCERTAIN = frozenset({"TENTATIVE", "NEEDS-ACTION"})
_NOT_TAKING = frozenset({"DECLINED", "DELEGATED"})
_HEAD, _FOOT = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sifted//EN\r\n", "END:VCALENDAR\r\n"


class Unreadable(Exception):
    """An entry that says no time one could rely on."""


def expand(sifted: Sifted, scope: Scope) -> BusyTimes:
    """What is taken in the minutes asked; entries that cannot be understood are counted, not guessed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _learn_zones(sifted)
        groups, unreadable = _groups([] if sifted.cancels else sifted.events)
        _check_amount(groups, scope)
        taken: list[Span] = []
        tentative: list[Span] = []
        for group in groups:
            try:
                for span, is_uncertain in _spans(group, scope):
                    (tentative if is_uncertain else taken).append(span)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001  # a foreign entry can break the library in any way; it is counted
                unreadable += len(group)
        until_min = _read_freebusy(sifted, scope, taken, tentative)
    if unreadable and unreadable == len(sifted.events):
        raise CalendarBroken()
    window = (scope.from_min, until_min)
    certain = course(_clipped(taken, window))
    uncertain = without(course(_clipped(tentative, window)), certain)
    if len(certain) + len(uncertain) > MOST_STRETCHES:
        raise TooManyEntries(most=MOST_STRETCHES)
    return BusyTimes(
        taken=tuple(certain),
        tentative=tuple(uncertain),
        unreadable=unreadable,
        covers_until_min=until_min,
    )


def _learn_zones(sifted: Sifted) -> None:
    """Make every zone that a time refers to known, or refuse and name it."""
    described = {part.value("TZID"): part for part in sifted.described}
    for name in sorted(sifted.zones):
        if tzp.timezone(name) is not None:
            continue
        try:
            icalendar.Calendar.from_ical(_HEAD + described[name].text() + _FOOT)
            known = tzp.timezone(name) is not None
        except (LookupError, ValueError, TypeError, OverflowError, AttributeError):
            known = False
        if not known:
            raise UnknownTimeZone(zone=_printable(name))


def _printable(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[:60]


def _groups(events: Iterable[Component]) -> tuple[list[list[Untyped]], int]:
    """Entries with the exceptions to their recurrences, and how many cannot be understood."""
    groups: dict[str, list[Untyped]] = {}
    unreadable = 0
    for number, event in enumerate(events):
        try:
            read = _checked(icalendar.Event.from_ical(event.text()))
        except (Unreadable, ValueError, LookupError, TypeError, AttributeError, OverflowError):
            unreadable += 1
            continue
        groups.setdefault(event.value("UID") or f" {number}", []).append(read)
    return list(groups.values()), unreadable


def _checked(event: Untyped) -> Untyped:
    if any(name is None or str(name).upper() in _TIMED for name, _ in event.errors):
        raise Unreadable
    start, end = event["DTSTART"].dt, event.get("DTEND")
    if end is not None and (_is_day(start) != _is_day(end.dt) or _before(end.dt, start)):
        raise Unreadable
    length = event.get("DURATION")
    if length is not None and length.dt < timedelta():
        raise Unreadable
    for rule in _rules(event):
        if rule.get("FREQ", [""])[0] not in _PERIODS or rule.get("INTERVAL", [1])[0] < 1:
            raise Unreadable
        if "UNTIL" in rule:
            rule["UNTIL"] = [_settled(rule["UNTIL"][0], start)]
    return event


def _settled(until: date, start: date) -> date:
    """The end of a rule in the kind of its start (RFC 5545 3.3.10); where programs leave it open, the later reading."""
    if _is_day(start) or not isinstance(start, datetime):
        return until
    wall = until if isinstance(until, datetime) else datetime.combine(until, time(23, 59, 59))
    if start.tzinfo is None:
        return wall.replace(tzinfo=None)
    if wall.tzinfo is None:
        localize = getattr(start.tzinfo, "localize", None)
        wall = localize(wall) if localize else wall.replace(tzinfo=start.tzinfo)
    return wall.astimezone(UTC)


def _is_day(when: date) -> bool:
    return not isinstance(when, datetime)


def _before(one: date, other: date) -> bool:
    """Whether it is earlier; where one has a zone and one has none, the wall times tell."""
    if isinstance(one, datetime) and isinstance(other, datetime) and (one.tzinfo is None) != (other.tzinfo is None):
        return one.replace(tzinfo=None) < other.replace(tzinfo=None)
    return one < other


def _rules(event: Untyped) -> list[Untyped]:
    found = event.get("RRULE", [])
    return found if isinstance(found, list) else [found]


def _check_amount(groups: list[list[Untyped]], scope: Scope) -> None:
    """Refuse before anything is expanded when the rules alone promise more than can be read."""
    days = (scope.until_min - scope.from_min) // 1440 + 5
    amount = sum(_at_most(rule, days) for event in chain.from_iterable(groups) for rule in _rules(event))
    if amount > MOST:
        raise TooManyEntries(most=MOST)


def _at_most(rule: Untyped, days: int) -> int:
    times, interval = 1, int(rule.get("INTERVAL", [1])[0])
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= max(1, len(rule.get(name, ())))
    frequency = str(rule["FREQ"][0])
    if frequency in {"MONTHLY", "YEARLY"} and any(name in rule for name in ("BYDAY", "BYMONTHDAY", "BYYEARDAY")):
        return days * times
    within = len(rule.get("BYDAY", ())) if frequency == "WEEKLY" else 1
    return (days // (_PERIODS[frequency] * interval) + 1) * max(1, within) * times


def _spans(group: list[Untyped], scope: Scope) -> Iterator[tuple[Span, bool]]:
    """What each occurrence takes, and whether only tentatively."""
    calendar = icalendar.Calendar()
    for event in group:
        calendar.add_component(event)
    first, last = (from_min(edge).replace(tzinfo=None) for edge in (scope.from_min, scope.until_min))
    for found in recurring_ical_events.of(calendar).between(first - _AROUND, last + _AROUND):
        if _takes(found):
            yield _minutes(found["DTSTART"].dt, found["DTEND"].dt, zone=scope.zone), _is_uncertain(found)


def _takes(event: Untyped) -> bool:
    told = _told(event)
    return not (
        str(event.get("TRANSP", "")).upper() == "TRANSPARENT" or "CANCELLED" in told or "FREE" in told
    ) and not (_NOT_TAKING & told)


def _is_uncertain(event: Untyped) -> bool:
    return bool(_UNCERTAIN & _told(event))


def _told(event: Untyped) -> set[str]:
    """The state of the entry, the answer of the person, and what Outlook says of the time."""
    attendees = event.get("ATTENDEE", [])
    own = attendees if isinstance(attendees, list) else [attendees]
    words = [str(one.params.get("PARTSTAT", "NEEDS-ACTION")) for one in own]
    words += [str(event.get(name, "")) for name in ("STATUS", "X-MICROSOFT-CDO-BUSYSTATUS")]
    return {word.upper() for word in words}


def _minutes(start: date, end: date, *, zone: str) -> Span:
    """Started minutes count in full. A date is the whole local date of the person; no clock: by the person's own."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        last = max(end, start + _DAY)
        return earlier_min(_midnight(start), zone), later_min(_midnight(last), zone)
    if start.tzinfo is None or end.tzinfo is None:
        if end.replace(tzinfo=None) <= start.replace(tzinfo=None):
            return 0, 0
        return earlier_min(start.replace(tzinfo=None), zone), later_min(end.replace(tzinfo=None), zone)
    if end <= start:
        return 0, 0
    return to_min(_first_reading(start).astimezone(UTC)), to_min_up(end.astimezone(UTC))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _first_reading(at: datetime) -> datetime:
    """The earlier of two instants that the wall time may mean (RFC 5545 3.3.5); the library takes the later one."""
    localize = getattr(at.tzinfo, "localize", None)
    if localize is None:
        return at
    wall = at.replace(tzinfo=None)
    other: datetime = localize(wall, is_dst=True)
    is_a_reading = other.tzinfo is not None and other.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None) == wall
    return min(at, other) if is_a_reading else at


def _read_freebusy(sifted: Sifted, scope: Scope, taken: list[Span], tentative: list[Span]) -> int:
    """Add the periods of VFREEBUSY components (RFC 5545 3.6.4); gives the minute until which the calendar speaks."""
    reaches: list[int] = []
    for component in sifted.freebusy:
        for name, line in component.lines:
            if name != "FREEBUSY":
                continue
            kind = _kind_of(head_of(line))
            periods = [_period(text) for text in line[len(head_of(line)) + 1 :].split(",")]
            reaches += [end for _, end in periods]
            if kind != "FREE":
                (tentative if kind == "BUSY-TENTATIVE" else taken).extend(periods)
        if component.value("DTEND"):
            reaches.append(_instant_min(component.value("DTEND")))
    if sifted.events or not reaches:
        return scope.until_min
    return max(scope.from_min, min(scope.until_min, max(reaches)))


def _kind_of(head: str) -> str:
    """The FBTYPE; one that is not known counts as busy (RFC 5545 3.2.9)."""
    parameters = dict(part.partition("=")[::2] for part in head.upper().split(";")[1:])
    return parameters.get("FBTYPE", "BUSY").strip('"')


def _period(text: str) -> Span:
    try:
        start, end = _PERIOD.from_ical(text.strip())
        end_at = start + end if isinstance(end, timedelta) else end
        return to_min(start.astimezone(UTC)), to_min_up(end_at.astimezone(UTC))
    except (ValueError, TypeError, AttributeError, OverflowError):
        raise CalendarBroken() from None


def _instant_min(text: str) -> int:
    try:
        read = _MOMENT.from_ical(text)
        return to_min(read.astimezone(UTC) if isinstance(read, datetime) else _midnight(read).replace(tzinfo=UTC))
    except (ValueError, TypeError, AttributeError, OverflowError):
        raise CalendarBroken() from None


def _clipped(spans: Iterable[Span], window: Span) -> Iterator[Span]:
    return ((max(start, window[0]), min(end, window[1])) for start, end in spans)
