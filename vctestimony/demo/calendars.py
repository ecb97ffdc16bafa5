"""The calendars that are kept in the demonstration: a court's, a mission's in Ramadan, and one person's own hours."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from vctestimony.demo import casework
from vctestimony.demo.people import KEEPER
from vctestimony.demo.stage import Stage, Story
from vctestimony.demo.stories import KOLKATA, MUMBAI, SHORT, court_seats, registered
from vctestimony.domain.access import Actor
from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendars import DatedException, Kind, Reason, Status
from vctestimony.domain.people import Duty
from vctestimony.services import calendar_entries
from vctestimony.services.calendar_entries import Owner

MISSION, PERSON = "hci-dhaka", f"{MUMBAI}/second-interpreter"
_WITH_RAMADAN_HOURS = "bd-jashore-magistrates"
_DAY = timedelta(days=1)
_SATURDAY = 5
# Holidays of West Bengal on which a criminal court can well decide to sit.
_OPTIONAL = frozenset(
    {
        "Swami Vivekananda's Birthday",
        "Netaji Subhas Chandra Bose's Birthday",
        "Maha Shivaratri",
        "Mahavira's Birthday",
        "Dr. B. R. Ambedkar's Birthday",
        "Buddha Purnima",
        "Mahalaya",
        "Bhai Duj",
        "Chhath Puja",
        "Guru Nanak's Birthday",
    }
)


def of_a_court(stage: Stage) -> Story:
    """Kolkata sits in the mornings from next month on, and must close on a day for which a hearing is booked."""
    yield stage.day(-18, 12)
    known = registered(stage, KOLKATA, casework.KOLKATA_SYLHET, days=-21)
    seats = court_seats(KOLKATA) | {"ahci-sylhet/consular": Duty.REMOTE_COORDINATOR}
    hearing = stage.plan(KOLKATA, "ahci-sylhet", known, seats, lengths=SHORT, link=2)
    yield stage.day(-10, 15)
    start_wall = stage.offered(KOLKATA, hearing, first=24, last=70)[0]
    stage.book(KOLKATA, hearing, start_wall)
    by = stage.actor(f"{KOLKATA}/coordinator")
    yield stage.day(-1, 17, 5)
    _enter(stage, Owner(post_code=KOLKATA), _morning_court(_next_month(stage.on(0))), by=by)
    yield stage.day(-1, 17, 15)
    _enter(stage, Owner(post_code=KOLKATA), _of_the_year(stage), by=by)
    yield stage.day(-1, 17, 25)
    closure = CalendarEntry(
        kind=EntryKind.CLOSED,
        first_on=start_wall.date(),
        last_on=start_wall.date(),
        label="Polling station in the court building",
        source="Letter of the District Election Officer (invented)",
    )
    _enter(stage, Owner(post_code=KOLKATA), [closure], by=by)


def of_a_mission(stage: Stage) -> Story:
    """The High Commission in Dhaka works shorter hours in the coming Ramadan; its dates are those of the moon."""
    yield stage.day(-35, 12)
    with stage.units.reading() as unit:
        shared = unit.ports.calendars.get(_WITH_RAMADAN_HOURS)
    seasons = (one for one in shared.exceptions if one.kind is Kind.SEASON and one.last_on > stage.on(0))
    season = min(seasons, key=lambda one: one.first_on, default=None)
    if season is None:
        return
    hours = CalendarEntry(
        kind=EntryKind.SEASON,
        first_on=season.first_on,
        last_on=season.last_on,
        label="Ramadan hours",
        source="Circular of the Head of Chancery (invented); the dates follow the moon",
        stretches=((570, 780), (795, 900)),
        status=Status.ESTIMATED,
    )
    _enter(stage, Owner(post_code=MISSION), [hours], by=stage.actor(KEEPER))


def of_a_person(stage: Stage) -> Story:
    """The part-time interpreter in Mumbai comes on three days of the week."""
    yield stage.day(-34, 12)
    first_on = stage.on(-34)
    week = [
        _week(
            first_on, (1, 3), ((660, 840), (900, 1020)), label="Part-time", source="Her contract, clause 3 (invented)"
        ),
        _week(first_on, (2,), ((660, 840),), label="Part-time", source="Her contract, clause 3 (invented)"),
    ]
    owner = Owner(official_id=stage.people.officials[PERSON])
    _enter(stage, owner, week, by=stage.actor(f"{MUMBAI}/coordinator"))


def _enter(stage: Stage, owner: Owner, entries: Iterable[CalendarEntry], *, by: Actor) -> None:
    with stage.units.writing() as unit:
        calendar_entries.enter_all(unit, owner, tuple(entries), by=by)


def _next_month(on: date) -> date:
    """The first day of the month after.

    >>> _next_month(date(2026, 12, 29))
    datetime.date(2027, 1, 1)
    """
    return (on.replace(day=1) + timedelta(days=32)).replace(day=1)


def _morning_court(first_on: date) -> Iterator[CalendarEntry]:
    """The week from then on, with the first and third Saturday."""
    source = "Order of the Chief Judge on the timing of courts (invented)"
    yield _week(first_on, (0, 1, 2, 3, 4), ((450, 600), (630, 750)), label="Morning court", source=source)
    saturday = _week(first_on, (_SATURDAY,), ((450, 600),), label="Morning court", source=source)
    yield replace(saturday, weeks=(1, 3))


def _week(
    first_on: date, weekdays: tuple[int, ...], stretches: tuple[tuple[int, int], ...], *, label: str, source: str
) -> CalendarEntry:
    return CalendarEntry(
        kind=EntryKind.HOURS,
        first_on=first_on,
        last_on=None,
        label=label,
        source=source,
        weekdays=weekdays,
        stretches=stretches,
    )


def _of_the_year(stage: Stage) -> Iterator[CalendarEntry]:
    """A vacation, an extra Saturday, a feast that the moon may move, and a holiday on which the court sits."""
    vacation_on, saturday_on = stage.on(75), _next_saturday(stage.on(12))
    yield CalendarEntry(
        kind=EntryKind.CLOSED,
        first_on=vacation_on,
        last_on=vacation_on + 6 * _DAY,
        label="Vacation of the Sessions Court",
        source="List of vacations of the High Court at Calcutta (invented dates)",
        reason=Reason.VACATION,
    )
    yield CalendarEntry(
        kind=EntryKind.OPEN,
        first_on=saturday_on,
        last_on=saturday_on,
        label="Extra sitting for cases older than a year",
        source="Office order of the Chief Judge (invented)",
        stretches=((630, 810),),
    )
    holidays = _holidays_ahead(stage)
    moon = next((one for one in holidays if one.status is Status.ESTIMATED), None)
    if moon is not None:
        yield CalendarEntry(
            kind=EntryKind.CLOSED,
            first_on=moon.last_on + _DAY,
            last_on=moon.last_on + _DAY,
            label=f"{moon.label}, if the moon is seen a day later",
            source="The gazette names both days (invented)",
            status=Status.TENTATIVE,
            reason=Reason.PUBLIC_HOLIDAY,
        )
    kept = next((one for one in holidays if one.label in _OPTIONAL and one.first_on.weekday() < _SATURDAY), None)
    if kept is not None:
        yield CalendarEntry(
            kind=EntryKind.OBSERVED_NOT,
            first_on=kept.first_on,
            last_on=kept.first_on,
            label=kept.label,
            source="Resolution of the judges: the court sits (invented)",
        )


def _next_saturday(on: date) -> date:
    return on + (_SATURDAY - on.weekday()) % 7 * _DAY


def _holidays_ahead(stage: Stage) -> list[DatedException]:
    """The public holidays from tomorrow on that the court's calendar has without its own entries."""
    with stage.units.reading() as unit:
        exceptions = calendar_entries.kept_by(
            unit, Owner(post_code=KOLKATA), by=stage.actor(f"{KOLKATA}/coordinator")
        ).below.exceptions
    found = [one for one in exceptions if one.reason is Reason.PUBLIC_HOLIDAY and one.first_on > stage.on(0)]
    return sorted(found, key=lambda one: one.first_on)


def told(stage: Stage) -> Iterator[Story]:
    """Every story of a calendar."""
    yield from (tell(stage) for tell in (of_a_court, of_a_mission, of_a_person))
