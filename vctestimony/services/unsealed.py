"""The one place that opens a hearing's record for a change: after the start, before the seal, one writer at a time."""

from vctestimony.domain.access import Action, Actor, Relation
from vctestimony.domain.errors import Conflict, NotAllowed
from vctestimony.domain.hearing import State
from vctestimony.domain.wording import N_
from vctestimony.services.access import hearing_for
from vctestimony.services.unit import Unit
from vctestimony.store import hearings
from vctestimony.store import records as store
from vctestimony.store.models import HearingRow

HELD = frozenset({State.IN_SESSION, State.COMPLETED, State.ADJOURNED})


class AlreadySealed(Conflict):
    """A sealed record is never changed."""

    text = N_("The record of this hearing is sealed; nothing in it can be changed any more. Nothing was saved.")


class NotOpened(Conflict):
    """There is nothing to record before the court opens the hearing."""

    text = N_("The court has not opened this hearing yet. Open it on the run sheet first.")


class OnlyTheCourt(NotAllowed):
    """The link is made and cut by order of the court."""

    text = N_("Only the court can do this. Ask the coordinator at the Court Point.")


def unsealed(unit: Unit, reference: str, *, by: Actor, action: Action) -> HearingRow:
    """The hearing, locked for this transaction; AlreadySealed when its record is sealed."""
    store.lock(unit.session, reference)
    hearing = hearing_for(unit, reference, by=by, action=action)
    if store.is_sealed(unit.session, hearing.id):
        raise AlreadySealed()
    return hearing


def held(unit: Unit, reference: str, *, by: Actor, action: Action) -> HearingRow:
    """The same for a hearing that the court has opened."""
    hearing = unsealed(unit, reference, by=by, action=action)
    if hearing.state not in HELD:
        raise NotOpened()
    return hearing


def is_court(hearing: HearingRow, by: Actor) -> bool:
    """Whether the person belongs to the court that conducts the hearing."""
    return Relation.OWN_COURT in hearings.relations(hearing, by)


def check_court(hearing: HearingRow, by: Actor) -> None:
    """Refuse somebody at the Remote Point what only the court may do."""
    if not is_court(hearing, by):
        raise OnlyTheCourt()
