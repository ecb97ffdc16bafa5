"""The use-cases of a hearing's time: book, move, cancel, confirm. Mail leaves only after the commit."""

from collections.abc import Collection
from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Conflict, Stale
from vctestimony.domain.hearing import Move, moved
from vctestimony.domain.instants import TZ_VERSION
from vctestimony.domain.options import Ending
from vctestimony.domain.wording import N_
from vctestimony.services import (
    checklists,
    choices,
    claims,
    double_claims,
    doubts,
    gates,
    holding,
    invitations,
    joining,
    journal,
    option_mails,
)
from vctestimony.services.access import hearing_for
from vctestimony.services.pseudonymity import check_reason
from vctestimony.services.unit import Unit
from vctestimony.store import options as store
from vctestimony.store.models import HearingRow


class NothingChanges(Conflict):
    """A move to the time the hearing has already."""

    text = N_("The hearing is at this time already. Nothing was changed and nobody was written to.")


def book(
    unit: Unit,
    reference: str,
    *,
    starts_wall: datetime,
    zone: str,
    version: int,
    by: Actor,
    chosen: Collection[tuple[str, str]] = (),
) -> None:
    """Book exactly this start: claim rooms, link, people and witness for every part, and write to everybody.

    Refuses what the search would not offer (TimeRefused) and what somebody else has meanwhile (SlotTaken), both with
    the nearest free times; open steps that hold booking are GateOpen. Nothing is half done. Where several would do
    those in `chosen` serve.
    """
    hearing = opened(unit, reference, version=version, by=by, action=Action.BOOK)
    state = moved(hearing.state, Move.BOOK)
    checklists.require(unit, hearing, "book", language=by.language)
    starts_at = claims.instant_of(hearing, starts_wall=starts_wall, zone=zone)
    choices.apply(unit, hearing, claims.take(unit, hearing, starts_at=starts_at, chosen=chosen), by=by)
    holding.end_all(unit, hearing, booked_at=starts_at)
    hearing.state, hearing.reason = state, ""
    set_time(unit, hearing, starts_at=starts_at, starts_wall=starts_wall)
    settled(unit, hearing, "hearing.booked", by=by, starts_at=starts_at, starts_wall=starts_wall, zone=zone)


def move(unit: Unit, reference: str, *, starts_wall: datetime, zone: str, reason: str, version: int, by: Actor) -> None:
    """Move a booked or confirmed hearing; its own claims do not stand in its way. It must be confirmed anew."""
    hearing = opened(unit, reference, version=version, by=by, action=Action.BOOK)
    state = moved(hearing.state, Move.RESCHEDULE, reason=reason)
    check_reason(unit, hearing, reason)
    starts_at = claims.instant_of(hearing, starts_wall=starts_wall, zone=zone)
    previous_at = hearing.starts_at
    if starts_at == previous_at:
        raise NothingChanges(field="start")
    choices.apply(unit, hearing, claims.take(unit, hearing, starts_at=starts_at), by=by)
    hearing.state, hearing.reason = state, reason.strip()
    set_time(unit, hearing, starts_at=starts_at, starts_wall=starts_wall)
    settled(unit, hearing, "hearing.moved", by=by, was_at=previous_at, starts_at=starts_at, reason=hearing.reason)


def cancel(unit: Unit, reference: str, *, reason: str, version: int, by: Actor) -> None:
    """Call the hearing off: everything it had claimed is free, everybody who was asked is told."""
    hearing = opened(unit, reference, version=version, by=by, action=Action.BOOK)
    state = moved(hearing.state, Move.CANCEL, reason=reason)
    check_reason(unit, hearing, reason)
    held = store.live_offer(unit.session, hearing.id)
    holding.give_back(unit, hearing)
    double_claims.end(unit, hearing)
    hearing.state, hearing.reason = state, reason.strip()
    option_mails.withdraw(unit, hearing, held, ending=Ending.CANCELLED, by=by)
    settled(unit, hearing, "hearing.cancelled", by=by, reason=hearing.reason)


def confirm(unit: Unit, reference: str, *, version: int, by: Actor, all_the_same: bool = False) -> None:
    """Confirm a booked hearing; GateOpen names every blocking step and unfilled duty that is in the way.

    What only speaks against it (doubts) is refused too, unless it is confirmed `all_the_same`.
    """
    hearing = opened(unit, reference, version=version, by=by, action=Action.CONFIRM)
    state = moved(hearing.state, Move.CONFIRM)
    gates.check_confirm(unit, hearing, language=by.language)
    against = doubts.check(unit, hearing, all_the_same=all_the_same, by=by)
    hearing.state = state
    facts: dict[str, object] = {"against": against} if against else {}
    settled(unit, hearing, "hearing.confirmed", by=by, **facts)


def opened(unit: Unit, reference: str, *, version: int, by: Actor, action: Action) -> HearingRow:
    """The hearing, if this person may do it and nobody changed it since the form was opened."""
    hearing = hearing_for(unit, reference, by=by, action=action)
    if hearing.version != version:
        raise Stale()
    return hearing


def set_time(unit: Unit, hearing: HearingRow, *, starts_at: datetime, starts_wall: datetime) -> None:
    """Both truths of the time: what was agreed on the Court Point's clock, and the instant by today's rules.

    What was ordered for the time before (double_claims) does not hold for another.
    """
    double_claims.end(unit, hearing)
    if hearing.starts_at is not None and hearing.starts_at != starts_at:
        joining.to_be_changed(unit, hearing, why="moved")
    hearing.zone = hearing.court.zone
    hearing.starts_at, hearing.starts_wall, hearing.tz_version = starts_at, starts_wall, TZ_VERSION


def settled(unit: Unit, hearing: HearingRow, what: str, *, by: Actor, **facts: object) -> None:
    """What follows every change that people are told of: journal, due dates, mail."""
    journal.write(unit, what, subject=hearing.reference, by=by, **facts)
    checklists.redate(unit, hearing)
    invitations.announce(unit, hearing, by=by)
    option_mails.tell_replaced(unit, hearing, by=by)
