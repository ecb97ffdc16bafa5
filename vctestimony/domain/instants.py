"""The one place where wall times and instants meet, and the only one that knows pytz.

An instant is aware UTC (`…_at`) or whole minutes since 1970-01-01T00:00Z (`…_min`). A wall time is naive (`…_wall`)
and means nothing without its zone. A wall time that happened twice or never is refused with both readings, not guessed.
"""

import difflib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import pytz
from pytz.tzinfo import BaseTzInfo

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

FIRST_YEAR = 1970
LAST_YEAR = 2037  # pytz applies no clock change after it: London in July 2038 would read one hour wrong

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_RENAMED = {
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Dacca": "Asia/Dhaka",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Asia/Thimbu": "Asia/Thimphu",
}
_BY_LOWER_CASE = {name.lower(): name for name in pytz.all_timezones}
_SAYS_VERSION = ("+VERSION", "tzdata.zi")


def _edition() -> str:
    """Which edition of the clock rules is read: the one its folder names (PYTZ_TZDATADIR may point at another one)."""
    for name in _SAYS_VERSION:
        try:
            with vars(pytz)["open_resource"](name) as file:
                said: list[str] = file.readline().decode("ascii", "replace").split()
        except OSError:
            continue
        if said and said[-1] != "unknown":
            return said[-1][:20]
    return str(vars(pytz)["OLSON_VERSION"])


TZ_VERSION = _edition()


@dataclass(frozen=True, slots=True)
class Reading:
    """One instant as a clock in one place shows it; what every page prints."""

    at: datetime
    wall: datetime
    zone: str
    city: str
    offset: str

    def __str__(self) -> str:
        """For programs and operators; pages write it in their own way (web/saying.py)."""
        return f"{self.wall:%Y-%m-%d %H:%M} {self.city} ({self.offset})"


class UnknownZone(Invalid):
    """The name is not an IANA zone of a place."""

    text = N_("“{zone}” is not a time zone this service can use. {hint}")


class AmbiguousWallTime(Invalid):
    """The clocks went back over this wall time; `facts["readings"]` holds both instants, the earlier first."""

    text = N_(
        "{wall} happens twice in {zone}, because the clocks go back: once at {first} and once at {second}. "
        "Choose a time outside the repeated hour."
    )


class NonexistentWallTime(Invalid):
    """The clocks jumped over this wall time; `facts["readings"]` holds what each of the offsets makes of it."""

    text = N_(
        "{wall} does not exist in {zone}, because the clocks go forward over it. It could be meant as {first} "
        "or as {second}. Choose one of the two, or another time."
    )


class OutsideKnownTime(Invalid):
    """No trustworthy clock rules exist for the year."""

    text = N_(
        "{when} lies outside the years {first} to {last}, for which clock changes are known. Choose a date within them."
    )


def _zone_hint(name: str) -> str:
    right_case = _BY_LOWER_CASE.get(name.lower())
    if right_case is not None and right_case != name and "/" in right_case:
        return N_("Write it exactly as {name}.").format(name=_RENAMED.get(right_case, right_case))
    places = sorted(zone for zone in pytz.common_timezones_set if "/" in zone)
    close = difflib.get_close_matches(name, places, n=1, cutoff=0.75)
    if close:
        return N_("Did you mean {name}?").format(name=close[0])
    return N_("Write the zone of a city, such as Asia/Kolkata, Asia/Dhaka, Asia/Kathmandu or Europe/London.")


@lru_cache(maxsize=1024)
def canonical_zone(name: str) -> str:
    """The zone's present IANA name. Abbreviations, other spellings, `Etc/…` and `Factory` are refused with a hint.

    >>> canonical_zone("Asia/Calcutta")
    'Asia/Kolkata'
    """
    known = name in pytz.all_timezones_set
    of_a_place = "/" in name and not name.startswith("Etc/")
    if name == "UTC" or (known and of_a_place):
        return _RENAMED.get(name, name)
    raise UnknownZone(field="zone", zone=name, hint=_zone_hint(name))


@lru_cache(maxsize=1024)
def _rules_of(zone: str) -> BaseTzInfo:
    return pytz.timezone(canonical_zone(zone))


def is_readable(zone: str) -> bool:
    """Whether the clock rules of the zone are there at all."""
    try:
        pytz.timezone(zone)
    except (pytz.UnknownTimeZoneError, OSError, ValueError):
        return False
    return True


def check_year(moment: date) -> None:
    """Refuse a date, wall time or instant (in UTC) in a year without trustworthy clock rules."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise OutsideKnownTime(when=date(moment.year, moment.month, moment.day), first=FIRST_YEAR, last=LAST_YEAR)


def _both(wall: datetime, zone: str) -> tuple[datetime, datetime]:
    """What the two offsets in force around a gap or fold make of the wall time, the earlier instant first."""
    rules = _rules_of(zone)
    first, second = sorted(rules.localize(wall, is_dst=guess).astimezone(UTC) for guess in (True, False))
    return first, second


def _said(reading: Reading) -> str:
    return f"{reading.wall:%Y-%m-%d %H:%M} ({reading.offset})"


def resolve(wall: datetime, zone: str) -> datetime:
    """The instant, in UTC, at which clocks in `zone` show `wall`.

    >>> resolve(datetime(2026, 9, 14, 11, 0), "Asia/Kolkata").isoformat()
    '2026-09-14T05:30:00+00:00'
    """
    if wall.tzinfo is not None:
        raise ValueError("a wall time carries no zone of its own")
    check_year(wall)
    try:
        at = _rules_of(zone).localize(wall, is_dst=None).astimezone(UTC)
    except pytz.AmbiguousTimeError:
        raise _doubt(AmbiguousWallTime, wall, zone) from None
    except pytz.NonExistentTimeError:
        raise _doubt(NonexistentWallTime, wall, zone) from None
    check_year(at)
    return at


def _doubt(kind: type[Invalid], wall: datetime, zone: str) -> Invalid:
    readings = tuple(read(at, zone, zone) for at in _both(wall, zone))
    return kind(
        wall=wall.replace(tzinfo=None),
        zone=zone,
        first=_said(readings[0]),
        second=_said(readings[1]),
        readings=readings,
    )


def wall_of(at: datetime, zone: str) -> datetime:
    """What clocks in `zone` show at the instant, naive.

    >>> wall_of(datetime(2026, 9, 14, 5, 30, tzinfo=UTC), "Asia/Dhaka").isoformat()
    '2026-09-14T11:30:00'
    """
    return _localised(at, zone).replace(tzinfo=None)


def offset_minutes(at: datetime, zone: str) -> int:
    """Minutes that clocks in `zone` are ahead of UTC at the instant.

    >>> offset_minutes(datetime(2026, 9, 14, tzinfo=UTC), "Asia/Kathmandu")
    345
    """
    offset = _localised(at, zone).utcoffset()
    return 0 if offset is None else offset // _MINUTE


def offset_label(at: datetime, zone: str) -> str:
    """The offset as printed beside every time.

    >>> offset_label(datetime(2026, 9, 14, tzinfo=UTC), "Asia/Kolkata")
    'UTC+05:30'
    """
    return _label(offset_minutes(at, zone))


def _label(ahead: int) -> str:
    hours, minutes = divmod(abs(ahead), 60)
    return f"UTC{'-' if ahead < 0 else '+'}{hours:02}:{minutes:02}"


def _localised(at: datetime, zone: str) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant carries its zone")
    check_year(at.astimezone(UTC))
    return at.astimezone(_rules_of(zone))


def read(at: datetime, zone: str, city: str) -> Reading:
    """The instant as people in `city` read it off their clock."""
    return Reading(at=at.astimezone(UTC), wall=wall_of(at, zone), zone=zone, city=city, offset=offset_label(at, zone))


def read_as_told(at: datetime, zone: str, city: str, *, ahead: int) -> Reading:
    """The instant as it was read when clocks in `zone` were so many minutes ahead of UTC, whatever today's rules say.

    >>> read_as_told(datetime(2026, 9, 14, 5, 30, tzinfo=UTC), "Asia/Dhaka", "Dhaka", ahead=420).wall.isoformat()
    '2026-09-14T12:30:00'
    """
    wall = (at.astimezone(UTC) + ahead * _MINUTE).replace(tzinfo=None)
    return Reading(at=at.astimezone(UTC), wall=wall, zone=zone, city=city, offset=_label(ahead))


def to_min(at: datetime) -> int:
    """Whole minutes since 1970-01-01T00:00Z; seconds are cut off.

    >>> to_min(datetime(1970, 1, 2, 0, 1, 59, tzinfo=UTC))
    1441
    """
    return (at - _EPOCH) // _MINUTE


def to_min_up(at: datetime) -> int:
    """Whole minutes since 1970-01-01T00:00Z, a started minute counted in full.

    >>> to_min_up(datetime(1970, 1, 2, 0, 1, 1, tzinfo=UTC))
    1442
    """
    return -((_EPOCH - at) // _MINUTE)


def from_min(minutes: int) -> datetime:
    """The instant so many minutes after 1970-01-01T00:00Z.

    >>> from_min(1441).isoformat()
    '1970-01-02T00:01:00+00:00'
    """
    return _EPOCH + minutes * _MINUTE


def _first_after_the_gap(wall: datetime, zone: str) -> int:
    rules = _rules_of(zone)
    before, after = (to_min(at) for at in _both(wall, zone))
    old_offset = from_min(before).astimezone(rules).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if from_min(middle).astimezone(rules).utcoffset() == old_offset:
            before = middle
        else:
            after = middle
    return after


def earlier_min(wall: datetime, zone: str) -> int:
    """The instant of an edge that must not come too late: first occurrence in a fold, the end of a gap."""
    return _edge(wall, zone)[0]


def later_min(wall: datetime, zone: str) -> int:
    """The instant of an edge that must not come too early: second occurrence in a fold, the end of a gap."""
    return _edge(wall, zone)[1]


def _edge(wall: datetime, zone: str) -> tuple[int, int]:
    try:
        only = to_min(_rules_of(zone).localize(wall, is_dst=None).astimezone(UTC))
    except pytz.AmbiguousTimeError:
        first, second = _both(wall, zone)
        return to_min(first), to_min(second)
    except pytz.NonExistentTimeError:
        only = _first_after_the_gap(wall, zone)
    return only, only
