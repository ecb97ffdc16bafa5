"""The use-cases of an official's own calendars: subscribe to one, upload one, forget one. Only busy time is kept."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from vctestimony.domain.access import Actor, may_keep_busy_times
from vctestimony.domain.busy import AHEAD, BusyTimes, CalendarRefused, Scope, SourceKind
from vctestimony.domain.errors import Absent, Conflict, NotAllowed
from vctestimony.domain.instants import TZ_VERSION, from_min, to_min
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.officials import subject_of
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit, Units
from vctestimony.store import busy as store
from vctestimony.store import places
from vctestimony.store.busy import Taken
from vctestimony.store.models import BusySourceRow, OccupancyKind, OfficialRow

MOST_CALENDARS = 5
_BEHIND = timedelta(days=1)


class CalendarsEnough(Conflict):
    """More calendars than one person has."""

    text = N_("There are {most} calendars already. Remove one of them first.")


@dataclass(frozen=True, slots=True)
class Change:
    """What a new reading changed for times that both readings know: minutes that are taken now, and freed."""

    taken: int
    freed: int

    def __bool__(self) -> bool:
        return bool(self.taken or self.freed)


def official_with_calendars(unit: Unit, official_id: int, *, by: Actor) -> OfficialRow:
    """The official, if this person keeps their post or is this official."""
    row = places.official(unit.session, official_id)
    if row is None:
        raise Absent()
    if not may_keep_busy_times(by, official_id=row.id, post_id=row.post_id):
        raise NotAllowed()
    return row


def source_for(unit: Unit, official_id: int, source_id: int, *, by: Actor) -> BusySourceRow:
    """One calendar of the official, if this person may see to it."""
    official_with_calendars(unit, official_id, by=by)
    row = store.source(unit.session, source_id)
    if row is None or row.official_id != official_id:
        raise Absent()
    return row


def subscribe(unit: Unit, official_id: int, address: str, *, by: Actor) -> int:
    """Have the calendar at that address read from now on; the address is sealed, only its host is ever shown."""
    official = official_with_calendars(unit, official_id, by=by)
    try:
        host = unit.ports.fetcher.host_of(address)
    except CalendarRefused as refusal:
        refusal.field = "address"
        raise
    _check_room(unit, official_id, field="address")
    row = _new_source(unit, official, SourceKind.ADDRESS)
    row.host, row.next_at = host, unit.now
    row.key_id, row.sealed = unit.ports.vault.seal(address.strip(), bound_to=sealed_place(row))
    unit.session.flush()
    journal.write(unit, "busy.subscribed", subject=subject_of(official_id), by=by, calendar=row.reference, host=host)
    return row.id


def upload(units: Units, official_id: int, content: bytes, *, by: Actor) -> None:
    """Read the file once and keep what it takes, in place of what an earlier file took; the file itself is not kept."""
    with units.reading() as unit:
        official = official_with_calendars(unit, official_id, by=by)
        scope = scope_of(unit, official)
    try:
        found = units.ports.reader.read(content, scope)
    except CalendarRefused as refusal:
        refusal.field = "file"
        raise
    with units.writing() as unit:
        official = official_with_calendars(unit, official_id, by=by)
        known = [row for row in store.sources(unit.session, official_id) if row.kind is SourceKind.FILE]
        if not known:
            _check_room(unit, official_id, field="file")
        row = known[0] if known else _new_source(unit, official, SourceKind.FILE)
        row.tried_at = unit.now
        change = keep(unit, row, found, scope)
        journal.write(
            unit,
            "busy.uploaded",
            subject=subject_of(official_id),
            by=by,
            calendar=row.reference,
            minutes_taken=change.taken,
            minutes_freed=change.freed,
        )


def remove(unit: Unit, official_id: int, source_id: int, *, by: Actor) -> None:
    """Forget the calendar and all that it took; nothing happens if somebody else already did."""
    official_with_calendars(unit, official_id, by=by)
    row = store.source(unit.session, source_id)
    if row is not None and row.official_id == official_id:
        store.delete(unit.session, row)
        journal.write(unit, "busy.removed", subject=subject_of(official_id), by=by, calendar=row.reference)


def scope_of(unit: Unit, official: OfficialRow) -> Scope:
    """What a calendar of this official is asked now: from yesterday on, by the clock of the post."""
    return Scope(
        zone=official.post.zone,
        owner=official.email,
        from_min=to_min(unit.now - _BEHIND),
        until_min=to_min(unit.now + AHEAD),
    )


def rests_on(scope: Scope) -> str:
    """What a reading depends on besides the calendar: another text means that it must be read anew in full."""
    return sha256(f"{scope.zone}|{scope.owner}|{TZ_VERSION}".encode()).hexdigest()


def sealed_place(row: BusySourceRow) -> str:
    """What the sealed address is bound to."""
    return f"busy_source|{row.reference}|address"


def keep(unit: Unit, row: BusySourceRow, found: BusyTimes, scope: Scope) -> Change:
    """Replace what the calendar took by what it takes, and say that it was read now."""
    before = store.taken_by(unit.session, row.id)
    after = _as_taken(found)
    reached = row.covers_until
    known_until = min(found.covers_until_min, to_min(reached) if reached else found.covers_until_min)
    if before != after:
        store.replace_taken(unit.session, row.id, after, resource_id=row.official.resource_id)
    change = _change(before, after, from_min=to_min(unit.now), until_min=known_until)
    row.read_at, row.covers_until = unit.now, from_min(found.covers_until_min)
    row.unreadable, row.read_as = found.unreadable, rests_on(scope)
    row.failures, row.failure, row.failure_facts = 0, "", {}
    if change or row.changed_at is None:
        row.changed_at = unit.now
    unit.session.flush()
    return change


def _as_taken(found: BusyTimes) -> set[Taken]:
    certain = {(start, end, OccupancyKind.IMPORTED) for start, end in found.taken}
    return certain | {(start, end, OccupancyKind.IMPORTED_TENTATIVE) for start, end in found.tentative}


def _change(before: set[Taken], after: set[Taken], *, from_min: int, until_min: int) -> Change:
    """Minutes of stretches that came and went between the two edges, outside of which the readings cannot agree."""
    old, new = (
        {
            (max(start, from_min), min(end, until_min), kind)
            for start, end, kind in taken
            if start < until_min and end > from_min
        }
        for taken in (before, after)
    )
    return Change(_minutes(new - old), _minutes(old - new))


def _minutes(taken: set[Taken]) -> int:
    return sum(end - start for start, end, _ in taken)


def _check_room(unit: Unit, official_id: int, *, field: str) -> None:
    if len(store.sources(unit.session, official_id)) >= MOST_CALENDARS:
        raise CalendarsEnough(field=field, most=MOST_CALENDARS)


def _new_source(unit: Unit, official: OfficialRow, kind: SourceKind) -> BusySourceRow:
    row = BusySourceRow(
        reference=new_reference(unit, "B"), official_id=official.id, official=official, kind=kind, created_at=unit.now
    )
    unit.session.add(row)
    unit.session.flush()
    return row
