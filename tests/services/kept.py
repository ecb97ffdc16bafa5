"""What tests of kept calendars share: entries over the calendars of the tests' world, and how they are entered."""

from dataclasses import replace
from datetime import date

from vctestimony.domain.access import Actor
from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendars import DatedException, Kind, Reason, Status, WorkingCalendar
from vctestimony.services import calendar_entries
from vctestimony.services.calendar_entries import Owner
from vctestimony.services.ports import Ports
from vctestimony.services.stranded import Stranded
from vctestimony.services.unit import Units
from vctestimony.store import calendar_entries as store

MUMBAI, DHAKA = Owner("mumbai-court"), Owner("dhaka-mission")
MONDAY = date(2026, 9, 14)
EID = DatedException(
    MONDAY, MONDAY, Kind.CLOSED, label="Eid", source="list", status=Status.ESTIMATED, reason=Reason.PUBLIC_HOLIDAY
)


def entry(kind: EntryKind, first_on: date = MONDAY, last_on: date | None = MONDAY, **values: object) -> CalendarEntry:
    filled = {"label": "Repairs", "source": "circular 7", **values}
    return CalendarEntry(kind=kind, first_on=first_on, last_on=last_on, **filled)  # type: ignore[arg-type]  # any field


CLOSED = entry(EntryKind.CLOSED)
MORNINGS = entry(EntryKind.HOURS, date(2026, 9, 7), None, label="", weekdays=(0, 1, 2, 3, 4), stretches=((420, 720),))


def entered(units: Units, owner: Owner, by: Actor, *entries: CalendarEntry) -> tuple[Stranded, ...]:
    with units.writing() as unit:
        return calendar_entries.enter_all(unit, owner, entries, by=by)


def rows(units: Units, owner: Owner, by: Actor) -> list[tuple[int, int, EntryKind]]:
    with units.reading() as unit:
        kept = calendar_entries.kept_by(unit, owner, by=by)
        return [(row.id, row.version, row.kind) for row in store.rows_of(unit.session, kept.keeper)]


def below(ports: Ports, **changes: object) -> None:
    """Let the file below Dhaka's calendar say something else."""
    calendar: WorkingCalendar = ports.calendars.get("dhaka-mission")
    ports.calendars.calendars["dhaka-mission"] = replace(calendar, version="2", **changes)  # type: ignore[attr-defined,arg-type]  # the fake's own dict
