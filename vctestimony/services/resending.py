"""The use-cases of mails that did not arrive: send one again, write to another address, note that somebody was told.

A mail leaves again as it was, with the same bytes and Message-ID. To another address goes a new one: in iTIP a new
address is another attendee (RFC 5546 3.2.2.3), who is invited, while the dead address is not written to any more.
"""

from vctestimony.domain.access import Action, Actor, may_keep_mails
from vctestimony.domain.errors import Absent, Conflict, Invalid, Stale
from vctestimony.domain.hearing import State
from vctestimony.domain.itip import same_address
from vctestimony.domain.retries import last_try_at
from vctestimony.domain.wording import N_
from vctestimony.services import delivery, invitations, journal, officials, option_mails, sealed_mails
from vctestimony.services.access import hearing_for
from vctestimony.services.accounts import usable_address
from vctestimony.services.mail_lists import NobodyBehind
from vctestimony.services.unit import Unit
from vctestimony.store import hearings, outbox
from vctestimony.store import mails as store
from vctestimony.store.models import HearingRow, OfficialRow, OutboxRow, OutboxState, ParticipantRow


class Overtaken(Conflict):
    """A later mail says more."""

    text = N_("A newer mail about this hearing has gone to the same person, so this one is not sent again.")


class SameAddress(Invalid):
    """The address that does not work."""

    text = N_("This is the address at which the mail could not be delivered. Write another one.")


class BodyWiped(Conflict):
    """The days for which the text of a mail is kept are over."""

    text = N_("The text of this mail was wiped, as the schedule of retention says. Its hash stays.")


def send_again(unit: Unit, mail_id: int, *, by: Actor) -> str:
    """Let a mail that did not arrive leave once more; where the page of its hearing is to be found.

    One that waits, is leaving or has left needs nothing, so pressing twice does no harm.
    """
    row = _kept_by(unit, mail_id, by=by)
    if row.state is OutboxState.SUPERSEDED:
        raise Overtaken()
    if row.wiped_at is not None:
        raise BodyWiped()
    hearing = hearings.by_id(unit.session, row.hearing_id) if row.hearing_id else None
    if row.state is OutboxState.FAILED:
        row.state, row.tries, row.next_at = OutboxState.PENDING, 0, unit.now
        row.until_at = last_try_at(unit.now, starts_at=hearing.starts_at if hearing else None)
        row.dead_at = row.settled_at = row.bounced_at = row.delayed_at = None
        journal.write(unit, "mail.sent_again", subject=delivery.subject_of(unit, row), by=by, message_id=row.message_id)
    return hearing.reference if hearing else ""


def settle(unit: Unit, mail_id: int, *, by: Actor) -> None:
    """Note that the person was told in another way; the mail is no longer asked about."""
    row = _kept_by(unit, mail_id, by=by)
    if row.state is OutboxState.FAILED and row.settled_at is None:
        row.settled_at = unit.now
        journal.write(unit, "mail.seen_to", subject=delivery.subject_of(unit, row), by=by, message_id=row.message_id)


def correct_address(unit: Unit, mail_id: int, address: str, *, version: int, by: Actor) -> int:
    """Give the official another address, and write to it about every hearing to come; returns how many mails.

    The dead address is forgotten: nothing that still waits for it leaves, and no cancellation goes there.
    """
    row = _kept_by(unit, mail_id, by=by)
    official = _official_behind(unit, row)
    if official.version != version:
        raise Stale()
    wanted, dead = usable_address(address), row.to_address
    if same_address(wanted) == same_address(dead):
        raise SameAddress(field="email")
    official.email = wanted
    ahead = store.named_ahead(unit.session, official.id, now=unit.now)
    written = sum(_told_anew(unit, hearing, official, dead=dead, by=by) for hearing in ahead)
    if row.state is OutboxState.FAILED:
        row.settled_at = unit.now
    journal.write(
        unit,
        "official.address_corrected",
        subject=officials.subject_of(official.id),
        by=by,
        hearings=[hearing.reference for hearing in ahead],
        mails=written,
    )
    return written


def raw(unit: Unit, reference: str, mail_id: int, *, by: Actor) -> bytes:
    """The very bytes of a mail about the hearing; taking them is written down."""
    hearing = hearing_for(unit, reference, by=by, action=Action.TAKE_MAILS)
    found = store.one(unit.session, mail_id)
    if found is None or found.row.hearing_id != hearing.id:
        raise Absent()
    if found.row.wiped_at is not None:
        raise BodyWiped()
    journal.write(unit, "mail.taken", subject=hearing.reference, by=by, message_id=found.row.message_id)
    return sealed_mails.content_of(unit, found.row)


def _told_anew(unit: Unit, hearing: HearingRow, official: OfficialRow, *, dead: str, by: Actor) -> int:
    """Forget what was sent to the dead address, and write to the new one about this hearing."""
    people = [one for one in hearing.participants if one.official_id == official.id and one.removed_at is None]
    for person in people:
        _forgotten(unit, person, dead=dead)
    unit.session.flush()
    if hearing.state is State.PROPOSED:
        return option_mails.ask_again(unit, hearing, people, by=by)
    return invitations.announce(unit, hearing, by=by)


def _forgotten(unit: Unit, person: ParticipantRow, *, dead: str) -> None:
    for row in outbox.undelivered_to(unit.session, person.id, address=dead):
        row.state = OutboxState.SUPERSEDED
    if person.sent and same_address(str(person.sent["address"])) == same_address(dead):
        person.sent = {}


def _official_behind(unit: Unit, row: OutboxRow) -> OfficialRow:
    found = store.one(unit.session, row.id)
    if found is None or found.person is None:
        raise NobodyBehind()
    return found.person.official


def _kept_by(unit: Unit, mail_id: int, *, by: Actor) -> OutboxRow:
    """The mail, locked, if this person sees to it; else it is not there."""
    row = store.for_change(unit.session, mail_id)
    if row is None:
        raise Absent()
    hearing = hearings.by_id(unit.session, row.hearing_id) if row.hearing_id else None
    if not may_keep_mails(by, court_id=hearing.court_id if hearing else None):
        raise Absent()
    return row
