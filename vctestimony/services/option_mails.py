"""The use-case of telling people about options: asks about them, and says when none is held any more.

Written into the outbox in the transaction of what they tell of. Who learns the outcome by the invitation gets no other
mail, and who was never told of an offer is not told of its end.
"""

from collections.abc import Collection, Sequence
from functools import partial

from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import End
from vctestimony.domain.letters import Contact, Mailbox, Point
from vctestimony.domain.option_letters import OfferedTime, OptionKind, OptionLetter, OptionReader
from vctestimony.domain.options import Ending
from vctestimony.services import choices, invited, journal, outgoing, seating
from vctestimony.services.seating import Seat
from vctestimony.services.unit import Unit
from vctestimony.store import options as store
from vctestimony.store import outbox
from vctestimony.store.models import HearingRow, OptionAnswerRow, OptionRow, OutboxState, ParticipantRow

_KINDS = tuple(kind.value for kind in OptionKind)


def ask(
    unit: Unit, hearing: HearingRow, options: Sequence[OptionRow], *, by: Actor, before: Sequence[OptionRow] = ()
) -> int:
    """Write to everybody about the options at which they would serve; returns how many mails.

    Whoever was asked about the options `before` and is not asked again is told that those are held no more.
    """
    people = _asked(unit, hearing, options)
    for person, theirs in people.items():
        unit.session.add_all(OptionAnswerRow(option_id=one.id, participant_id=person.id, remark="") for one in theirs)
    unit.session.flush()
    for person, theirs in people.items():
        known = _overtaken(unit, person)
        url = _url(unit, person, options)
        _write(unit, hearing, person, letter(unit, hearing, person, theirs, answer_url=url, replaces=known))
    _note(unit, hearing, "options.asked", people, by=by)
    left = [person for person in hearing.participants if person not in people]
    _end_for(unit, hearing, left, before, ending=Ending.RELEASED, by=by)
    return len(people)


def _asked(unit: Unit, hearing: HearingRow, options: Sequence[OptionRow]) -> dict[ParticipantRow, list[OptionRow]]:
    """Whom to ask about which options: those who serve in them."""
    found: dict[ParticipantRow, list[OptionRow]] = {}
    for option in options:
        for one in choices.served(unit, hearing, ((name, member) for name, member in option.chosen)):
            person = one.seat
            if one.is_other:
                seat = Seat(one.official.id, person.duty, person.is_required, person.side)
                person = seating.stand_by(unit, hearing, seat, end=one.end)
            found.setdefault(person, []).append(option)
    return found


def withdraw(unit: Unit, hearing: HearingRow, options: Sequence[OptionRow], *, ending: Ending, by: Actor) -> int:
    """Tell those who were asked about the options that none is held any more; returns how many mails."""
    return _end_for(unit, hearing, hearing.participants, options, ending=ending, by=by)


def _end_for(
    unit: Unit,
    hearing: HearingRow,
    people: Collection[ParticipantRow],
    options: Sequence[OptionRow],
    *,
    ending: Ending,
    by: Actor,
) -> int:
    asked = [(answer.participant_id, option) for option in options for answer in option.answers]
    theirs = {one: [option for asked_id, option in asked if asked_id == one.id] for one in people}
    told = [one for one in people if theirs[one] and _overtaken(unit, one)]
    for person in told:
        _write(unit, hearing, person, letter(unit, hearing, person, theirs[person], ending=ending))
    if told:
        _note(unit, hearing, "options.withdrawn", told, by=by)
    return len(told)


def ask_again(unit: Unit, hearing: HearingRow, people: Sequence[ParticipantRow], *, by: Actor) -> int:
    """Ask those anew whose first mail went to a wrong address, about what they have not answered; returns how many."""
    asked: dict[ParticipantRow, list[OptionRow]] = {}
    for option in store.live_offer(unit.session, hearing.id):
        open_for = {answer.participant_id for answer in option.answers if not answer.answer}
        for person in people:
            if person.id in open_for:
                asked.setdefault(person, []).append(option)
    for person, theirs in asked.items():
        _write(unit, hearing, person, letter(unit, hearing, person, theirs, answer_url=_url(unit, person, theirs)))
    if asked:
        _note(unit, hearing, "options.asked", asked, by=by)
    return len(asked)


def _url(unit: Unit, person: ParticipantRow, options: Sequence[OptionRow]) -> str:
    token = unit.ports.option_tokens.issue(person.public_id, sequence=options[0].offer, now=unit.now)
    return f"{unit.ports.addresses.public_url}/options/{token}"


def tell_replaced(unit: Unit, hearing: HearingRow, *, by: Actor) -> int:
    """Tell those who were asked and whose seat somebody else has with the booking; no invitation tells them."""
    gone = [person for person in hearing.participants if person.removed_at is not None]
    options = store.newest_offer(unit.session, hearing.id) if gone else ()
    if not options:
        return 0
    asked_at = options[0].created_at
    left = [one for one in gone if one.sent_sequence is None or seating.stood_by(one, asked_at=asked_at)]
    return _end_for(unit, hearing, left, options, ending=Ending.REPLACED, by=by)


def letter(
    unit: Unit,
    hearing: HearingRow,
    person: ParticipantRow,
    options: Sequence[OptionRow],
    *,
    answer_url: str = "",
    replaces: bool = False,
    ending: Ending | None = None,
) -> OptionLetter:
    """What the mail to this person says."""
    addresses, court, remote = unit.ports.addresses, hearing.court, hearing.remote
    post, official = (court if person.end is End.COURT else remote), person.official
    return OptionLetter(
        reference=hearing.reference,
        written_at=unit.now.replace(microsecond=0),
        to=OptionReader(
            name=official.name,
            address=official.email,
            language=official.language,
            duty=person.duty,
            end=person.end,
            city=post.city,
            zone=post.zone,
        ),
        court=Point(court.city, court.zone),
        remote=Point(remote.city, remote.zone),
        organizer=Mailbox(addresses.organiser_name, addresses.organiser_address),
        contact=Contact(court.name, court.phone, court.email),
        times=tuple(_time(hearing, person, option) for option in options),
        answer_url=answer_url,
        replaces=replaces,
        ending=ending,
    )


def _time(hearing: HearingRow, person: ParticipantRow, option: OptionRow) -> OfferedTime:
    start_at, end_at = invited.own_times(hearing, person, starts_at=option.starts_at)
    return OfferedTime(number=option.number, start_at=start_at, end_at=end_at, held_until=option.held_until)


def _overtaken(unit: Unit, person: ParticipantRow) -> bool:
    """Stop what has not arrived about options; whether the person may know of an offer that was never ended."""
    address = person.official.email
    for row in outbox.undelivered_to(unit.session, person.id, address=address, kinds=_KINDS):
        row.state = OutboxState.SUPERSEDED
    told, ended = (OptionKind.OFFER,), OptionKind.WITHDRAWAL
    return outbox.may_know(unit.session, person.id, address=address, told=told, ended=ended)


def _write(unit: Unit, hearing: HearingRow, person: ParticipantRow, said: OptionLetter) -> None:
    compose = partial(unit.ports.letters.compose_options, said)
    outgoing.lay_down(unit, kind=said.kind.value, to=said.to.address, compose=compose, hearing=hearing, person=person)


def _note(unit: Unit, hearing: HearingRow, what: str, people: Collection[ParticipantRow], *, by: Actor) -> None:
    duties = sorted(person.duty for person in people)
    journal.write(unit, what, subject=hearing.reference, by=by, mails=duties)
