"""The use-cases of a hearing's time: hold, release, book, move, cancel, confirm. Mail leaves only after the commit."""

from datetime import datetime, timedelta

from vctestimony.domain.access import SYSTEM, Action, Actor
from vctestimony.domain.errors import Conflict, Stale
from vctestimony.domain.hearing import Move, moved
from vctestimony.domain.instants import TZ_VERSION
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, choices, claims, gates, invitations, journal
from vctestimony.services.access import hearing_for
from vctestimony.services.unit import Unit
from vctestimony.store import planning as store
from vctestimony.store.models import HearingRow

HOLD_LASTS = timedelta(hours=48)


class NothingChanges(Conflict):
    """A move to the time the hearing has already."""

    text = N_("The hearing is at this time already. Nothing was changed and nobody was written to.")


def book(unit: Unit, reference: str, *, starts_wall: datetime, zone: str, version: int, by: Actor) -> None:
    """Book exactly this start: claim rooms, link, people and witness for every part, and write to everybody.

    Refuses what the search would not offer (TimeRefused) and what somebody else has meanwhile (SlotTaken), both with
    the nearest free times; open steps that hold booking are GateOpen. Nothing is half done.
    """
    hearing = _opened(unit, reference, version=version, by=by, action=Action.BOOK)
    state = moved(hearing.state, Move.BOOK)
    checklists.require(unit, hearing, "book", language=by.language)
    starts_at = claims.instant_of(hearing, starts_wall=starts_wall, zone=zone)
    choices.apply(unit, hearing, claims.take(unit, hearing, starts_at=starts_at), by=by)
    hearing.state, hearing.held_until, hearing.reason = state, None, ""
    _set_time(hearing, starts_at=starts_at, starts_wall=starts_wall)
    _settled(unit, hearing, "hearing.booked", by=by, starts_at=starts_at, starts_wall=starts_wall, zone=zone)


def move(unit: Unit, reference: str, *, starts_wall: datetime, zone: str, reason: str, version: int, by: Actor) -> None:
    """Move a booked or confirmed hearing; its own claims do not stand in its way. It must be confirmed anew."""
    hearing = _opened(unit, reference, version=version, by=by, action=Action.BOOK)
    state = moved(hearing.state, Move.RESCHEDULE, reason=reason)
    starts_at = claims.instant_of(hearing, starts_wall=starts_wall, zone=zone)
    previous_at = hearing.starts_at
    if starts_at == previous_at:
        raise NothingChanges(field="start")
    choices.apply(unit, hearing, claims.take(unit, hearing, starts_at=starts_at), by=by)
    hearing.state, hearing.reason = state, reason.strip()
    _set_time(hearing, starts_at=starts_at, starts_wall=starts_wall)
    _settled(unit, hearing, "hearing.moved", by=by, was_at=previous_at, starts_at=starts_at, reason=hearing.reason)


def cancel(unit: Unit, reference: str, *, reason: str, version: int, by: Actor) -> None:
    """Call the hearing off: everything it had claimed is free, everybody who was asked is told."""
    hearing = _opened(unit, reference, version=version, by=by, action=Action.BOOK)
    state = moved(hearing.state, Move.CANCEL, reason=reason)
    claims.give_back(unit, hearing)
    hearing.state, hearing.held_until, hearing.reason = state, None, reason.strip()
    _settled(unit, hearing, "hearing.cancelled", by=by, reason=hearing.reason)


def confirm(unit: Unit, reference: str, *, version: int, by: Actor) -> None:
    """Confirm a booked hearing; GateOpen names every blocking step and unfilled duty that is in the way."""
    hearing = _opened(unit, reference, version=version, by=by, action=Action.CONFIRM)
    state = moved(hearing.state, Move.CONFIRM)
    gates.check_confirm(unit, hearing, language=by.language)
    hearing.state = state
    _settled(unit, hearing, "hearing.confirmed", by=by)


def hold(unit: Unit, reference: str, *, starts_wall: datetime, zone: str, version: int, by: Actor) -> None:
    """Keep one start for this hearing for 48 hours while people are asked; replaces the start held before."""
    hearing = _opened(unit, reference, version=version, by=by, action=Action.BOOK)
    state = moved(hearing.state, Move.HOLD)
    starts_at = claims.instant_of(hearing, starts_wall=starts_wall, zone=zone)
    held_until = unit.now + HOLD_LASTS
    slot = claims.take(unit, hearing, starts_at=starts_at, held_until=held_until)
    choices.apply(unit, hearing, slot, by=by)
    hearing.state, hearing.held_until = state, held_until
    _set_time(hearing, starts_at=starts_at, starts_wall=starts_wall)
    checklists.redate(unit, hearing)
    journal.write(unit, "hearing.held", subject=reference, by=by, starts_at=starts_at, until_at=held_until)


def release(unit: Unit, reference: str, *, version: int, by: Actor) -> None:
    """Give a held time back."""
    hearing = _opened(unit, reference, version=version, by=by, action=Action.BOOK)
    _release(unit, hearing, by=by, what="hearing.released")


def release_expired(unit: Unit) -> int:
    """Give back every held time that has run out; for the worker. Returns how many hearings are open again."""
    expired = store.expired_holds(unit.session, now=unit.now)
    for hearing in expired:
        _release(unit, hearing, by=SYSTEM, what="hearing.hold_expired")
    return len(expired)


def _release(unit: Unit, hearing: HearingRow, *, by: Actor, what: str) -> None:
    hearing.state = moved(hearing.state, Move.RELEASE)
    claims.give_back(unit, hearing)
    hearing.held_until = hearing.starts_at = hearing.starts_wall = None
    checklists.redate(unit, hearing)
    journal.write(unit, what, subject=hearing.reference, by=by)


def _opened(unit: Unit, reference: str, *, version: int, by: Actor, action: Action) -> HearingRow:
    hearing = hearing_for(unit, reference, by=by, action=action)
    if hearing.version != version:
        raise Stale()
    return hearing


def _set_time(hearing: HearingRow, *, starts_at: datetime, starts_wall: datetime) -> None:
    """Both truths of the time: what was agreed on the Court Point's clock, and the instant by today's rules."""
    hearing.zone = hearing.court.zone
    hearing.starts_at, hearing.starts_wall, hearing.tz_version = starts_at, starts_wall, TZ_VERSION


def _settled(unit: Unit, hearing: HearingRow, what: str, *, by: Actor, **facts: object) -> None:
    """What follows every change that people are told of."""
    journal.write(unit, what, subject=hearing.reference, by=by, **facts)
    checklists.redate(unit, hearing)
    invitations.announce(unit, hearing, by=by)
