"""The use-case of telling people: writes the mails a change calls for into the outbox, in the change's transaction."""

from dataclasses import replace
from functools import partial

from vctestimony.domain.access import Actor
from vctestimony.domain.invited import plan_messages
from vctestimony.domain.itip import PartStat, Revision
from vctestimony.domain.letters import Invitee, Kind, Letter
from vctestimony.services import invited, journal, outgoing, reminding
from vctestimony.services.unit import Unit
from vctestimony.store import outbox
from vctestimony.store.models import HearingRow, OutboxRow, OutboxState, ParticipantRow


def announce(unit: Unit, hearing: HearingRow, *, by: Actor) -> int:
    """Write to everybody whom the hearing's present state concerns and who does not know it yet; returns how many.

    Compares what stands in each calendar with what should stand there; nothing changed, no mail. The new SEQUENCE is
    one for all (RFC 5546 2.1.4). A mail that has not arrived, also one that waits for another attempt or was given up,
    is superseded by its successor; one that is being sent stays, and its successor leaves after it. Who was surely
    never told of a hearing is not told of its cancellation.
    """
    letters = plan_messages(
        invited.before(hearing, unit.ports.addresses),
        invited.after(hearing, unit.ports.addresses),
        last=Revision(hearing.sequence, hearing.dtstamp_at) if hearing.dtstamp_at else None,
        now=unit.now,
        answer_url=lambda one, sequence: _answer_url(unit, one, sequence),
    )
    if not letters:
        return 0
    hearing.sequence, hearing.dtstamp_at = letters[0].sequence, letters[0].dtstamp_at
    people = {person.public_id: person for person in hearing.participants}
    rows = [_write(unit, hearing, people[letter.to.participant], letter) for letter in letters]
    written = [f"{row.kind} to {letter.to.duty}" for row, letter in zip(rows, letters, strict=True) if row]
    journal.write(
        unit,
        "invitations.written",
        subject=hearing.reference,
        by=by,
        sequence=hearing.sequence,
        mails=written,
    )
    reminding.take_back(unit, hearing)
    return len(written)


def _answer_url(unit: Unit, one: Invitee, sequence: int) -> str:
    token = unit.ports.tokens.issue(one.participant, sequence=sequence, now=unit.now)
    return f"{unit.ports.addresses.public_url}/answer/{token}"


def _write(unit: Unit, hearing: HearingRow, person: ParticipantRow, letter: Letter) -> OutboxRow | None:
    """The outbox row, or none for a cancellation of what never left."""
    never_told = _overtaken(unit, person, address=letter.to.address)
    _remember(person, letter)
    if letter.kind is Kind.CANCELLATION and never_told:
        person.called_off = None
        return None
    if never_told:
        letter = replace(letter, kind=Kind.INVITATION, changes=(), previous=())
    return outgoing.lay_down(
        unit,
        kind=letter.kind.value,
        to=letter.to.address,
        compose=partial(unit.ports.letters.compose, letter),
        hearing=hearing,
        person=person,
        sequence=letter.sequence,
    )


def _overtaken(unit: Unit, person: ParticipantRow, *, address: str) -> bool:
    """Stop whatever has not arrived at this address; whether its reader surely never heard of the hearing."""
    rows = outbox.undelivered_to(unit.session, person.id, address=address)
    for row in rows:
        row.state = OutboxState.SUPERSEDED
    if not any(row.kind == Kind.INVITATION and not row.attempts for row in rows):
        return False
    told, ended = (Kind.INVITATION, Kind.UPDATE), Kind.CANCELLATION
    return not outbox.may_know(unit.session, person.id, address=address, told=told, ended=ended)


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
