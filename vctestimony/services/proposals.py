"""The use-cases of proposing instead of plainly answering: another time, or somebody else; by link, page or mail.

What is proposed changes nothing at the hearing: the court accepts or declines it (services/proposal_settling.py).
A mail that both answers and proposes is taken as an answer first (services/answering.py): a later answer makes a
proposal moot.
"""

from datetime import datetime

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Invalid
from vctestimony.domain.itip import Revision, same_address
from vctestimony.domain.proposals import (
    Mooted,
    ProposalKind,
    ProposalOutdated,
    ProposalState,
    ProposedAsBooked,
    ProposedPast,
    SubstituteIsSelf,
    SubstituteUnreachable,
)
from vctestimony.services import answering, invited, journal, proposal_endings
from vctestimony.services.accounts import usable_address
from vctestimony.services.pseudonymity import without_name
from vctestimony.services.unit import Unit
from vctestimony.store import proposals as store
from vctestimony.store.models import HearingRow, ParticipantRow, ProposalRow

LONGEST_NAME = 200


def propose(  # noqa: PLR0913  # everything that a message says, by name
    unit: Unit,
    hearing: HearingRow,
    person: ParticipantRow,
    *,
    starts_at: datetime,
    ends_at: datetime | None,
    comment: str,
    channel: str,
    sequence: int,
    dtstamp_at: datetime | None,
    by: Actor,
) -> ProposalRow:
    """Keep another time for the court to look at. `starts_at` is the start of the person's own first part.

    The same proposal again changes nothing; another one takes the place of what the person proposed before. Refuses
    what is past (ProposedPast), booked already (ProposedAsBooked) or overtaken (ProposalOutdated, NotInvited).
    """
    answering.reread(unit, hearing, person)
    if hearing.starts_at is None:
        raise answering.NotInvited()
    made = ProposalRow(kind=ProposalKind.TIME, starts_at=starts_at, ends_at=ends_at)
    known = _known(unit, hearing, person, made, sequence=sequence, dtstamp_at=dtstamp_at)
    if known is not None:
        return known
    if starts_at <= unit.now:
        raise ProposedPast(field="on")
    if starts_at == invited.own_times(hearing, person, starts_at=hearing.starts_at)[0]:
        raise ProposedAsBooked(field="on")
    told = without_name(unit, hearing, comment)
    _revise(made, comment=told, channel=channel, sequence=sequence, dtstamp_at=dtstamp_at)
    return _kept(unit, hearing, person, made, by=by, starts_at=starts_at)


def name_substitute(  # noqa: PLR0913  # everything that a message says, by name
    unit: Unit,
    hearing: HearingRow,
    person: ParticipantRow,
    *,
    name: str,
    address: str,
    comment: str,
    channel: str,
    sequence: int,
    dtstamp_at: datetime | None,
    by: Actor,
    designation: str = "",
) -> ProposalRow:
    """Keep who would come instead, for the court to look at; that person is not written to before the court agrees.

    The same again changes nothing. Refuses an unusable address (AddressRefused), the person's own (SubstituteIsSelf),
    that of others who take part (SubstituteUnreachable), and what is overtaken, as `propose` does.
    """
    answering.reread(unit, hearing, person)
    usable = _usable(address)
    made = ProposalRow(
        kind=ProposalKind.SUBSTITUTE, name=name[:LONGEST_NAME], designation=designation[:LONGEST_NAME], address=usable
    )
    known = _known(unit, hearing, person, made, sequence=sequence, dtstamp_at=dtstamp_at)
    if known is not None:
        return known
    if same_address(usable) == same_address(person.official.email):
        raise SubstituteIsSelf(field="address")
    _check_free(unit, hearing, usable)
    told = without_name(unit, hearing, comment)
    _revise(made, comment=told, channel=channel, sequence=sequence, dtstamp_at=dtstamp_at)
    return _kept(unit, hearing, person, made, by=by)


def _check_free(unit: Unit, hearing: HearingRow, address: str) -> None:
    """Refuse the address of somebody who takes part already, and the service's own: nobody else can be asked there."""
    taken = {same_address(one.official.email) for one in hearing.participants if one.removed_at is None}
    if same_address(address) in {*taken, same_address(unit.ports.addresses.organiser_address)}:
        raise SubstituteUnreachable(field="address")


def _usable(address: str) -> str:
    try:
        return usable_address(address)
    except Invalid as refusal:
        refusal.field = "address"
        raise


def _known(
    unit: Unit,
    hearing: HearingRow,
    person: ParticipantRow,
    made: ProposalRow,
    *,
    sequence: int,
    dtstamp_at: datetime | None,
) -> ProposalRow | None:
    """The row that says the same already: the very message, or what is open; ProposalOutdated where it is too late."""
    asked = answering.asked_of(hearing, person)
    replayed = store.of_revision(unit.session, person.id, sequence=sequence, dtstamp_at=dtstamp_at)
    if replayed is not None:
        return replayed
    earlier = [asked.answered] if asked.answered else []
    earlier += [
        Revision(one.sequence, one.dtstamp_at)
        for one in store.of_participant(unit.session, person.id)
        if one.dtstamp_at is not None
    ]
    late = dtstamp_at is not None and any(Revision(sequence, dtstamp_at) < one for one in earlier)
    if late or sequence < asked.since:
        raise ProposalOutdated()
    return next((one for one in store.open_of(unit.session, person.id) if _said(one) == _said(made)), None)


def _said(row: ProposalRow) -> tuple[object, ...]:
    return row.kind, row.starts_at, row.name or "", row.address or ""


def _revise(made: ProposalRow, *, comment: str, channel: str, sequence: int, dtstamp_at: datetime | None) -> None:
    made.comment, made.channel = comment[: answering.LONGEST_COMMENT], channel
    made.sequence, made.dtstamp_at = sequence, dtstamp_at


def _kept(
    unit: Unit, hearing: HearingRow, person: ParticipantRow, made: ProposalRow, *, by: Actor, **facts: object
) -> ProposalRow:
    proposal_endings.end_open(unit, hearing, person, Mooted.REPLACED, by=by)
    made.hearing_id, made.participant_id = hearing.id, person.id
    made.state, made.made_at = ProposalState.OPEN, unit.now
    unit.session.add(made)
    unit.session.flush()
    journal.write(
        unit,
        "proposal.made",
        subject=hearing.reference,
        by=by,
        duty=person.duty,
        kind=made.kind,
        channel=made.channel,
        sequence=made.sequence,
        **facts,
    )
    return made
