"""The one place that says on which whole dates an event of a calendar file lies, by the clock of the place."""

import re
from datetime import date, datetime, time, timedelta

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from vctestimony.adapters.calendar_cells import Bad
from vctestimony.adapters.ics_lines import Event, Property
from vctestimony.domain.calendar_files import LONGEST_DAYS
from vctestimony.domain.errors import Invalid
from vctestimony.domain.instants import FIRST_YEAR, LAST_YEAR, UnknownZone, canonical_zone, resolve, wall_of
from vctestimony.domain.wording import N_

DAY = timedelta(days=1)
ADVICE = N_("Enter its dates in a table, or ask for a file with events of whole days.")
_DATE = re.compile(r"\d{8}")
_TIMED = re.compile(r"(\d{8}T\d{6})(Z?)")
_LASTS = re.compile(r"\+?P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?")
Moment = date | datetime
"""A whole date, or a wall time at the place."""


class BadLine(Bad):
    """A property that cannot be used, with its name and where it stands."""

    def __init__(self, line: int, name: str, bad: Bad) -> None:
        super().__init__(bad.reason, bad.fix, **bad.values)
        self.line, self.name = line, name


def dates_of(event: Event, zone: str) -> tuple[date, int]:
    """The first date of the event and how many it has; refuses what does not begin and end at midnight.

    Without an end an event of whole days has one (RFC 5545 3.6.1). An end on the first day itself, as some programs
    write it, is read the same.
    """
    begins = event.one("DTSTART")
    if begins is None:
        raise BadLine(event.line, "DTSTART", Bad(N_("It does not say when it begins."), ADVICE))
    start = moment(begins, "DTSTART", zone)
    _check_year(begins.line, _on(start))
    end, named = _end(event, start, zone)
    if isinstance(start, datetime) is not isinstance(end, datetime):
        raise BadLine(event.line, named, Bad(N_("Beginning and end are of two kinds, a date and a time."), ADVICE))
    if isinstance(start, datetime) and not (_is_midnight(start) and _is_midnight(end) and start < end):
        text = N_("It has a time of day, so it does not say that a whole day is closed.")
        raise BadLine(begins.line, "DTSTART", Bad(text, ADVICE))
    days = max((_on(end) - _on(start)).days, 0 if _on(end) < _on(start) else 1)
    if not 1 <= days <= LONGEST_DAYS:
        text = N_("It ends before it begins, or lasts longer than {days} days.")
        raise BadLine(event.line, named, Bad(text, ADVICE, days=LONGEST_DAYS))
    _check_year(event.line, _on(start) + days * DAY)
    return _on(start), days


def moment(prop: Property, name: str, zone: str) -> Moment:
    """What a line says: a date, or the wall time at the place; a time without a zone is by the place's clock."""
    try:
        return _moment(prop.value.strip(), prop.params, zone)
    except UnknownZone:
        text = N_("The time zone “{zone}” is not known.")
        raise BadLine(prop.line, name, Bad(text, ADVICE, zone=prop.params.get("TZID", "")[:60])) from None
    except Invalid as refusal:
        raise BadLine(prop.line, name, Bad(refusal.text, ADVICE, **refusal.facts)) from None
    except (ValueError, OverflowError):
        text = N_("“{value}” is no date or time of a calendar file.")
        raise BadLine(prop.line, name, Bad(text, ADVICE, value=prop.value[:40])) from None


def each_date(prop: Property, name: str, zone: str) -> list[date]:
    """The dates of a line that may list several."""
    values = prop.value.split(",")
    return [_on(moment(Property(prop.line, prop.params, value), name, zone)) for value in values]


def keeps_the_clock(prop: Property, zone: str) -> bool:
    """Whether what repeats from here repeats by the place's own clock; by another one its dates could shift."""
    if prop.value.endswith("Z"):
        return False
    return "TZID" not in prop.params or _zone(prop.params["TZID"]) == zone


def _moment(value: str, params: dict[str, str], zone: str) -> Moment:
    if _DATE.fullmatch(value):
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    found = _TIMED.fullmatch(value)
    if found is None:
        raise ValueError(value)
    wall = datetime.strptime(found[1], "%Y%m%dT%H%M%S")
    own = "UTC" if found[2] else _zone(params["TZID"]) if "TZID" in params else zone
    return wall if own == zone else wall_of(resolve(wall, own), zone)


def _zone(name: str) -> str:
    """The zone's IANA name, also of the names that Windows and libical write."""
    known = WINDOWS_TO_OLSON.get(name, name)
    return canonical_zone("/".join(known.split("/")[-2:]) if known.startswith("/") else known)


def _end(event: Event, start: Moment, zone: str) -> tuple[Moment, str]:
    if ends := event.one("DTEND"):
        return moment(ends, "DTEND", zone), "DTEND"
    lasts = event.one("DURATION")
    if lasts is None:
        return (start if isinstance(start, datetime) else start + DAY), "DTSTART"
    found = _LASTS.fullmatch(lasts.value.strip())
    if found is None or not any(found.groups()):
        bad = Bad(N_("“{value}” is no length of time."), ADVICE, value=lasts.value[:40])
        raise BadLine(lasts.line, "DURATION", bad)
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in found.groups())
    return start + timedelta(days, seconds, 0, 0, minutes, hours, weeks), "DURATION"


def _check_year(line: int, on: date) -> None:
    if not FIRST_YEAR < on.year < LAST_YEAR:
        text = N_("The year must lie between {first} and {last}.")
        bad = Bad(text, N_("Correct the year."), first=FIRST_YEAR + 1, last=LAST_YEAR - 1)
        raise BadLine(line, "DTSTART", bad)


def _on(found: Moment) -> date:
    return found.date() if isinstance(found, datetime) else found


def _is_midnight(found: Moment) -> bool:
    return isinstance(found, datetime) and found.time() == time.min
