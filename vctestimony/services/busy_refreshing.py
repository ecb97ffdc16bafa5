"""The use-case of reading subscribed calendars again, for the worker and on demand. Any number of workers may run.

Servers of others may be slow or silent, so the worker reads beside the post and never between two mails. The claim is
committed before anything is fetched and nothing is locked meanwhile; a killed worker's claim runs out.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.busy import (
    AHEAD,
    AddressSealed,
    BusyTimes,
    CalendarBroken,
    CalendarRefused,
    Fetched,
    ReadersBusy,
    Scope,
    SourceKind,
)
from vctestimony.domain.errors import Conflict, Refusal
from vctestimony.domain.wording import N_
from vctestimony.services import journal, limits
from vctestimony.services.busy_times import Change, keep, rests_on, scope_of, sealed_place, source_for
from vctestimony.services.officials import subject_of
from vctestimony.services.references import new_secret
from vctestimony.services.rounds import keep_at
from vctestimony.services.unit import Unit, Units
from vctestimony.store import busy as store
from vctestimony.store.models import BusySourceRow

EVERY = timedelta(hours=3)
FIRST_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=12)
LEASE = timedelta(minutes=5)
ROUND_LASTS = timedelta(seconds=20)
MOST_A_ROUND = 50
IDLE_SECONDS = 60.0
MOST_ON_DEMAND = 10
_SOON = timedelta(minutes=1)
# A calendar that says "unchanged" was expanded only as far as the last full reading reached.
_REREAD_BELOW = AHEAD - timedelta(days=7)

log = logging.getLogger(__name__)


class BeingRead(Conflict):
    """A worker is at it."""

    text = N_("This calendar is being read at this moment. Open the page again in a minute.")


class NothingToFetch(Conflict):
    """A file is read when it is uploaded."""

    text = N_("This calendar was uploaded as a file. Upload it again to renew it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claimed:
    """A calendar that this worker alone may read now. Without an address its seal cannot be opened."""

    source_id: int
    owner: str
    address: str
    etag: str
    modified: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of it; without times the calendar is unchanged."""

    fetched: Fetched
    times: BusyTimes | None


def run(units: Units, *, stop: Event) -> None:
    """Read whatever calendars are due until told to stop. Runs beside the post, so that mail never waits for them."""
    keep_at(lambda: refresh_due(units), stop=stop, idle_seconds=IDLE_SECONDS, log=log, what="reading calendars")


def refresh_due(units: Units) -> int:
    """Read the calendars that are due, as many as fit into a round; gives how many. Never raises for one of them."""
    began_at, count = units.ports.clock.now(), 0
    while count < MOST_A_ROUND and units.ports.clock.now() - began_at < ROUND_LASTS and _refresh_next(units):
        count += 1
    return count


def refresh_now(units: Units, official_id: int, source_id: int, *, by: Actor) -> None:
    """Read one calendar at once. What is wrong with it is written down for the page, as when the worker finds it."""
    with units.writing(wakes=False) as unit:
        row = source_for(unit, official_id, source_id, by=by)
        if row.kind is not SourceKind.ADDRESS:
            raise NothingToFetch()
        if row.leased_until is not None and row.leased_until > unit.now:
            raise BeingRead()
        limits.count(unit, f"busy|{official_id}", most=MOST_ON_DEMAND, within_minutes=15)
        claimed = _claim(unit, row)
    _settle(units, claimed, _read(units, claimed))


def _refresh_next(units: Units) -> bool:
    with units.writing(wakes=False) as unit:
        row = store.next_due(unit.session, now=unit.now)
        if row is None:
            return False
        claimed = _claim(unit, row)
    _settle(units, claimed, _read(units, claimed))
    return True


def _claim(unit: Unit, row: BusySourceRow) -> _Claimed:
    scope, owner = scope_of(unit, row.official), new_secret()[:24]
    row.tried_at, row.leased_until, row.owner = unit.now, unit.now + LEASE, owner
    same = row.read_as == rests_on(scope) and row.failures == 0
    far = row.covers_until is not None and row.covers_until - unit.now > _REREAD_BELOW
    return _Claimed(
        source_id=row.id,
        owner=owner,
        address=_address_of(unit, row),
        etag=row.etag if same and far else "",
        modified=row.modified if same and far else "",
        scope=scope,
    )


def _address_of(unit: Unit, row: BusySourceRow) -> str:
    try:
        return unit.ports.vault.open(row.sealed or b"", key_id=row.key_id, bound_to=sealed_place(row))
    except Refusal:
        return ""


def _read(units: Units, claimed: _Claimed) -> _Read | Refusal:
    """Fetch and read, with no transaction open; whatever goes wrong is the calendar's trouble, not the worker's."""
    if not claimed.address:
        return AddressSealed()
    try:
        fetched = units.ports.fetcher.fetch(claimed.address, etag=claimed.etag, modified=claimed.modified)
        times = None if fetched.content is None else units.ports.reader.read(fetched.content, claimed.scope)
    except (CalendarRefused, ReadersBusy) as refusal:
        return refusal
    except Exception as fault:  # noqa: BLE001  # its text could hold words of the calendar, so only its kind is said
        log.error("a calendar could not be read: %s", type(fault).__name__)  # noqa: TRY400
        return CalendarBroken()
    return _Read(fetched, times)


def _settle(units: Units, claimed: _Claimed, outcome: _Read | Refusal) -> None:
    with units.writing(wakes=False) as unit:
        row = store.source(unit.session, claimed.source_id)
        if row is None or row.owner != claimed.owner:
            return
        row.leased_until, row.owner = None, ""
        if isinstance(outcome, ReadersBusy):
            row.next_at = unit.now + _SOON
        elif isinstance(outcome, Refusal):
            _note_failure(unit, row, outcome)
        else:
            _note_success(unit, row, outcome, claimed.scope)


def _note_failure(unit: Unit, row: BusySourceRow, refusal: Refusal) -> None:
    row.failures += 1
    row.failure, row.failure_facts = type(refusal).__name__, dict(refusal.facts)
    pause: timedelta = min(FIRST_PAUSE * (1 << min(row.failures - 1, 10)), LONGEST_PAUSE)
    row.next_at = unit.now + _about(unit, pause)
    if row.failures == 1:
        _write(unit, "busy.failed", row, why=row.failure)


def _note_success(unit: Unit, row: BusySourceRow, read: _Read, scope: Scope) -> None:
    had_failed = row.failures > 0
    change = Change(0, 0)
    if read.times is None:
        row.read_at, row.failures, row.failure, row.failure_facts = unit.now, 0, "", {}
    else:
        row.etag, row.modified = read.fetched.etag, read.fetched.modified
        change = keep(unit, row, read.times, scope)
    row.next_at = unit.now + _about(unit, EVERY)
    if had_failed:
        _write(unit, "busy.recovered", row)
    if change:
        _write(unit, "busy.changed", row, minutes_taken=change.taken, minutes_freed=change.freed)


def _write(unit: Unit, action: str, row: BusySourceRow, **facts: object) -> None:
    subject = subject_of(row.official_id)
    journal.write(unit, action, subject=subject, by=SYSTEM, calendar=row.reference, host=row.host, **facts)


def _about(unit: Unit, length: timedelta) -> timedelta:
    """Up to a fifth more or less, so that calendars of one server are not all asked at once."""
    return length * (0.8 + 0.4 * unit.ports.random(1)[0] / 255)
