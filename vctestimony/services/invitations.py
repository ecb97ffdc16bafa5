"""The use-case of telling people: writes the mails a change calls for into the outbox, in the change's transaction."""

from functools import partial

from vctestimony.domain.access import Actor
from vctestimony.domain.instants import TZ_VERSION
from vctestimony.domain.invited import as_it_leaves, plan_messages
from vctestimony.domain.itip import PartStat, Revision
from vctestimony.domain.letters import Invitee, Kind, Letter
from vctestimony.domain.proposals import Mooted
from vctestimony.services import field_links, invited, joining, journal, outgoing, proposal_endings, reminding
from vctestimony.services.answer_deadlines import with_deadlines
from vctestimony.services.unit import Unit
from vctestimony.store import hearings, told
from vctestimony.store.models import HearingRow, OutboxRow, OutboxState, ParticipantRow

_CALLS = (Kind.INVITATION.value, Kind.UPDATE.value)


def announce(unit: Unit, hearing: HearingRow, *, by: Actor) -> int:
    """Write to everybody whom the hearing's present state concerns and who does not know it yet; returns how many.

    Compares what stands in each calendar with what should stand there; nothing changed, no mail. The new SEQUENCE is
    one for all (RFC 5546 2.1.4). A mail that has not arrived, also one that waits for another attempt or was given up,
    is superseded by its successor; one that is being sent stays, and its successor leaves after it. Somebody in whose
    calendar the hearing cannot stand is not told of its cancellation. Answers that came while the change was made are
    seen.
    """
    journal.queue(unit)
    hearings.reread_people(unit.session, hearing)
    letters = plan_messages(
        invited.before(hearing, unit.ports.addresses),
        invited.after(hearing, unit.ports.addresses, joining=joining.told(unit, hearing)),
        last=Revision(hearing.sequence, hearing.dtstamp_at) if hearing.dtstamp_at else None,
        now=unit.now,
        answer_url=lambda one, sequence: _answer_url(unit, one, sequence),
    )
    if not letters:
        return 0
    hearing.sequence, hearing.dtstamp_at = letters[0].sequence, letters[0].dtstamp_at
    people = {person.public_id: person for person in hearing.participants}
    for letter in letters:
        _end_proposals(unit, hearing, people[letter.to.participant], letter, by=by)
    letters = with_deadlines(unit, letters, people)
    rows = [_write(unit, hearing, people[letter.to.participant], letter) for letter in letters]
    _forget_who_left(hearing)
    written = [f"{row.kind} to {letter.to.duty}" for row, letter in zip(rows, letters, strict=True) if row]
    journal.write(
        unit,
        "invitations.written",
        subject=hearing.reference,
        by=by,
        sequence=hearing.sequence,
        tz_version=TZ_VERSION,
        mails=written,
    )
    reminding.take_back(unit, hearing)
    return len(written)


def _answer_url(unit: Unit, one: Invitee, sequence: int) -> str:
    token = unit.ports.tokens.issue(one.participant, sequence=sequence, now=unit.now)
    return f"{unit.ports.addresses.public_url}/answer/{token}"


def _write(unit: Unit, hearing: HearingRow, person: ParticipantRow, letter: Letter) -> OutboxRow | None:
    """The outbox row, or none for a cancellation of what does not stand in the calendar behind the address."""
    address = letter.to.address
    for row in told.undelivered(unit.session, hearing.id, address=address):
        row.state = OutboxState.SUPERSEDED
    if letter.kind is Kind.CANCELLATION:
        field_links.keep_back(unit, person, address=address)
    _remember(person, letter)
    stands = told.may_stand(unit.session, hearing.id, address=address, told=_CALLS, ended=Kind.CANCELLATION.value)
    leaving = as_it_leaves(letter, stands=stands)
    if leaving is None:
        person.called_off = None
        return None
    return outgoing.lay_down(
        unit,
        kind=leaving.kind.value,
        to=leaving.to.address,
        compose=partial(unit.ports.letters.compose, leaving),
        hearing=hearing,
        person=person,
        sequence=leaving.sequence,
    )


def _forget_who_left(hearing: HearingRow) -> None:
    """Nothing stands in the calendar of somebody who is off the hearing, also where another took over the mailbox."""
    for person in hearing.participants:
        if person.removed_at is not None and person.sent:
            person.called_off, person.sent = person.sent, {}


def _end_proposals(unit: Unit, hearing: HearingRow, person: ParticipantRow, letter: Letter, *, by: Actor) -> None:
    """What was proposed for the hearing as it was is moot for whoever is asked anew, or not any more."""
    if letter.kind is Kind.CANCELLATION:
        why = Mooted.CANCELLED if letter.whole_hearing_cancelled else Mooted.REMOVED
        proposal_endings.end_open(unit, hearing, person, why, by=by)
    elif letter.voids_answers:
        proposal_endings.end_open(unit, hearing, person, Mooted.MOVED, by=by)


def _remember(person: ParticipantRow, letter: Letter) -> None:
    person.sent_sequence, person.sent_dtstamp_at = letter.sequence, letter.dtstamp_at
    if letter.kind is Kind.CANCELLATION:
        person.called_off, person.sent = person.sent, {}
        return
    person.sent, person.called_off = invited.snapshot(letter.to), None
    if letter.voids_answers:
        person.asked_since = letter.sequence
        person.answer = PartStat.NEEDS_ACTION.value
        person.answer_comment, person.answer_channel = "", ""
        person.answered_at = None
