"""The one place where a proposal ends by itself: the hearing went on, as was proposed or not, or its author said more.

Whichever way a hearing comes to the very time, or the very person, that was proposed, the proposal is accepted with it.
"""

from vctestimony.domain.access import Actor
from vctestimony.domain.itip import same_address
from vctestimony.domain.proposals import Mooted, ProposalKind, ProposalState
from vctestimony.services import invited, journal
from vctestimony.services.unit import Unit
from vctestimony.store import proposals as store
from vctestimony.store.models import HearingRow, ParticipantRow, ProposalRow

_CAN_MEET = frozenset({Mooted.MOVED, Mooted.REMOVED})


def end_open(unit: Unit, hearing: HearingRow, person: ParticipantRow, why: Mooted, *, by: Actor) -> None:
    """Settle what this person proposed and nobody decided; nothing happens where there is nothing."""
    for row in store.open_of(unit.session, person.id):
        is_met = why in _CAN_MEET and _is_met(hearing, person, row)
        row.state, row.ending = (ProposalState.ACCEPTED, "") if is_met else (ProposalState.MOOT, why.value)
        row.settled_at, row.settled_by = unit.now, by.name
        facts = {} if is_met else {"why": why.value}
        what = "proposal.accepted" if is_met else "proposal.moot"
        journal.write(unit, what, subject=hearing.reference, by=by, duty=person.duty, kind=row.kind, **facts)


def _is_met(hearing: HearingRow, person: ParticipantRow, row: ProposalRow) -> bool:
    """Whether the hearing is now as it was proposed."""
    if row.kind is ProposalKind.TIME:
        starts_at = hearing.starts_at if person.removed_at is None else None
        return starts_at is not None and invited.own_times(hearing, person, starts_at=starts_at)[0] == row.starts_at
    seated = (one.official.email for one in hearing.participants if one.removed_at is None)
    return person.removed_at is not None and same_address(row.address) in map(same_address, seated)
