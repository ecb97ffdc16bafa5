"""People and hearings that tests of reminders share: Mumbai with its closed Saturdays, Dhaka with another weekend."""

from datetime import UTC, date, datetime, timedelta

from vctestimony.domain.calendars import DatedException, Kind, Rule, WorkingCalendar
from vctestimony.domain.instants import resolve
from vctestimony.domain.people import Duty
from vctestimony.domain.reminders.days import OwnDays
from vctestimony.domain.reminders.notices import HearingFacts, Named, Reader, Way

KOLKATA, DHAKA, KATHMANDU, LONDON = "Asia/Kolkata", "Asia/Dhaka", "Asia/Kathmandu", "Europe/London"
ODD_SATURDAYS = (1, 3, 5)


def calendar_of(
    zone: str, days: tuple[int, ...], *closed: tuple[date, date], saturdays: tuple[int, ...] = ()
) -> WorkingCalendar:
    """Office hours from 10:30 to 17:00 on those weekdays, and on those Saturdays of the month."""
    rules = [Rule(day, 630, 1020) for day in days]
    rules += [Rule(5, 630, 1020, weeks=saturdays)] if saturdays else []
    exceptions = tuple(DatedException(first, last, Kind.CLOSED) for first, last in closed)
    return WorkingCalendar(id=zone, version="1", zone=zone, rules=tuple(rules), exceptions=exceptions)


MUMBAI = calendar_of(KOLKATA, (0, 1, 2, 3, 4), saturdays=ODD_SATURDAYS)
MISSION = calendar_of(DHAKA, (6, 0, 1, 2, 3))
NEPAL = calendar_of(KATHMANDU, (6, 0, 1, 2, 3, 4))
ENGLAND = calendar_of(LONDON, (0, 1, 2, 3, 4))


def reader(key: str, calendar: WorkingCalendar = MUMBAI, *, hour: int = 9, way: Way = Way.DIGEST) -> Reader:
    return Reader(key, OwnDays(calendar, hour), way)


def at(text: str, zone: str = KOLKATA) -> datetime:
    """A wall time of 2026: "09-14 11:00"."""
    return resolve(datetime.fromisoformat(f"2026-{text.replace(' ', 'T')}"), zone)


MINUTE = timedelta(minutes=1)
COORDINATOR = reader("official:1")
CONSUL = reader("official:2", MISSION)
START = at("09-14 11:00")
"""A Monday; 11:30 in Dhaka."""
ASKED = datetime(2026, 8, 24, 5, 0, tzinfo=UTC)
"""A Monday, three weeks before."""


def named(one: Reader, *, asked_at: datetime | None = ASKED, starts_at: datetime = START, **facts: object) -> Named:
    values = {"duty": Duty.REMOTE_COORDINATOR, "participant": f"p-{one.key}", **facts}
    return Named(reader=one, asked_at=asked_at, starts_at=starts_at, **values)  # type: ignore[arg-type]  # test facts


def hearing(*people: Named, starts_at: datetime = START, **facts: object) -> HearingFacts:
    values = {"reference": "H-1", "is_ahead": True, "coordinators": (COORDINATOR,), **facts}
    return HearingFacts(people=people, starts_at=starts_at, **values)  # type: ignore[arg-type]  # test facts
