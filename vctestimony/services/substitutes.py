"""The use-case of agreeing that somebody else goes: enters the official where needed, and hands the seat over.

The person who named the substitute belongs to the post, and the court agrees: so the substitute is entered at that
post with the same duty, whoever keeps its people. The journal names who agreed.
"""

from dataclasses import dataclass

from vctestimony.domain.access import SYSTEM, Action, Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.proposals import ProposalKind, ProposalSettled, ProposalState
from vctestimony.services import officials, replacing, scheduling
from vctestimony.services.officials import NewOfficial
from vctestimony.services.pseudonymity import check_speech
from vctestimony.services.unit import Unit
from vctestimony.store import planning
from vctestimony.store import proposals as store
from vctestimony.store.models import OfficialRow, ProposalRow


@dataclass(frozen=True, slots=True)
class Registered:
    """What accepting would do: who is chosen, or that somebody is entered at which post with which duty."""

    name: str
    designation: str
    post: str
    duty: str
    is_known: bool


def registered(unit: Unit, row: ProposalRow) -> Registered:
    """Who the substitute is to the service, by the address."""
    known, duty = _known(unit, row), DUTY_LABELS[row.participant.duty]
    if known is not None:
        return Registered(known.name, known.designation, known.post.name, duty, is_known=True)
    return Registered(row.name, row.designation, row.participant.official.post.name, duty, is_known=False)


def accept(
    unit: Unit, reference: str, proposal_id: int, *, name: str, designation: str, version: int, by: Actor
) -> None:
    """Let the substitute take the place: a cancellation to the one, an invitation to the other, an update to the rest.

    Refuses as naming people does, also where the substitute is taken at the booked time.
    """
    hearing = scheduling.opened(unit, reference, version=version, by=by, action=Action.BOOK)
    row = store.by_id(unit.session, hearing.id, proposal_id)
    if row is None or row.kind is not ProposalKind.SUBSTITUTE:
        raise Absent()
    if row.state is not ProposalState.OPEN:
        raise ProposalSettled()
    check_speech(unit, hearing, name, designation, field="name")
    known = _known(unit, row)
    official = known or _entered(unit, row, name=name, designation=designation)
    replacing.seat_instead(unit, hearing, row.participant, official.id, version=version, by=by)
    if not _was_met(unit, row):
        raise ProposalSettled()
    if known is None:
        officials.note_entered(unit, official, by=by)


def _known(unit: Unit, row: ProposalRow) -> OfficialRow | None:
    """Somebody with that address whom this court may know of; an official of another court is nobody here."""
    return planning.official_by_address(unit.session, row.participant.hearing, row.address)


def _was_met(unit: Unit, row: ProposalRow) -> bool:
    """Whether seating settled the proposal; not where its author answered in the same moment."""
    unit.session.refresh(row)
    return row.state is ProposalState.ACCEPTED


def _entered(unit: Unit, row: ProposalRow, *, name: str, designation: str) -> OfficialRow:
    person = row.participant
    new = NewOfficial(
        name=name,
        designation=designation,
        post_id=person.official.post_id,
        duties=(person.duty,),
        email=row.address,
        language=person.official.language,
    )
    return officials.enter(unit, new, by=SYSTEM)
