"""The use-case of declining a proposal with words; the author is told by mail.

To accept another time is to move the hearing there (services/scheduling.py), to accept a substitute is to seat them
(services/substitutes.py).
"""

from functools import partial

from vctestimony.domain.access import Actor
from vctestimony.domain.channels import Channel
from vctestimony.domain.letters import Contact, Mailbox, Point
from vctestimony.domain.option_letters import OptionReader
from vctestimony.domain.proposal_letters import PROPOSAL_DECLINED, ProposalLetter
from vctestimony.domain.proposals import ProposalKind, ProposalSettled, ProposalState
from vctestimony.services import invited, journal, outgoing
from vctestimony.services.proposal_views import found
from vctestimony.services.pseudonymity import check_unnamed
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, ProposalRow


def decline(unit: Unit, reference: str, proposal_id: int, *, words: str, by: Actor) -> None:
    """Decline with words for the author; the time and the person stand. The same again changes nothing.

    Who proposed by a calendar program gets a DECLINECOUNTER (RFC 5546 3.2.8), everybody else a plain mail.
    """
    journal.queue(unit)
    hearing, row = found(unit, reference, proposal_id, by=by)
    if (row.state, row.reply) == (ProposalState.DECLINED, words):
        return
    if row.state is not ProposalState.OPEN:
        raise ProposalSettled()
    check_unnamed(unit, hearing, words, field="words")
    row.state, row.reply = ProposalState.DECLINED, words
    row.settled_at, row.settled_by = unit.now, by.name
    said = letter(unit, hearing, row)
    outgoing.lay_down(
        unit,
        kind=PROPOSAL_DECLINED,
        to=said.to.address,
        compose=partial(unit.ports.letters.compose_declined, said),
        hearing=hearing,
        person=row.participant,
        sequence=row.sequence,
    )
    duty = row.participant.duty
    journal.write(unit, "proposal.declined", subject=reference, by=by, duty=duty, kind=row.kind)


def letter(unit: Unit, hearing: HearingRow, row: ProposalRow) -> ProposalLetter:
    """What the mail to the author says; they are named, and reached, as they were last written to."""
    person, addresses, court = row.participant, unit.ports.addresses, hearing.court
    one = invited.recall(person)
    token = unit.ports.tokens.issue(person.public_id, sequence=person.sent_sequence or 0, now=unit.now)
    reader = OptionReader(one.name, one.address, one.language, one.duty, one.end, one.city, one.zone)
    return ProposalLetter(
        uid=hearing.uid,
        sequence=row.sequence,
        written_at=unit.now.replace(microsecond=0),
        reference=hearing.reference,
        to=reader,
        court=Point(court.city, court.zone),
        remote=Point(hearing.remote.city, hearing.remote.zone),
        organizer=Mailbox(addresses.organiser_name, addresses.organiser_address),
        contact=Contact(court.name, court.phone, court.email),
        start_at=one.start_at,
        end_at=one.end_at,
        words=row.reply,
        answer_url=f"{addresses.public_url}/answer/{token}",
        proposed_at=row.starts_at,
        substitute=row.name,
        by_calendar=row.channel == Channel.MAIL and row.kind is ProposalKind.TIME,
    )
