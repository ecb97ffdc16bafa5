"""The one place where a proposal becomes moot by itself: the hearing went on, or its author said something else."""

from vctestimony.domain.access import Actor
from vctestimony.domain.proposals import Mooted, ProposalState
from vctestimony.services import journal
from vctestimony.services.unit import Unit
from vctestimony.store import proposals as store
from vctestimony.store.models import HearingRow, ParticipantRow


def end_open(unit: Unit, hearing: HearingRow, person: ParticipantRow, why: Mooted, *, by: Actor) -> None:
    """Settle what this person proposed and nobody decided; nothing happens where there is nothing."""
    for row in store.open_of(unit.session, person.id):
        row.state, row.ending = ProposalState.MOOT, why.value
        row.settled_at, row.settled_by = unit.now, by.name
        journal.write(
            unit, "proposal.moot", subject=hearing.reference, by=by, duty=person.duty, kind=row.kind, why=why.value
        )
