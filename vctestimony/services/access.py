"""The one place that finds a hearing for a person: what they may not see is not there."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from vctestimony.domain.access import Action, Actor, Relation, may, relations_needed
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.hearing import State
from vctestimony.services.unit import Unit
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow


def hearing_for(unit: Unit, reference: str, *, by: Actor, action: Action) -> HearingRow:
    """The hearing, if this person may do `action` to it.

    Absent when they may not even know of it (another court's looks just like one that does not exist); NotAllowed when
    they see it but their role may not do this.
    """
    wanted = relations_needed(by.role, Action.SEE_HEARINGS) if by.role is not None else frozenset[Relation]()
    hearing = hearings.by_reference_of(unit.session, reference, by, wanted)
    if hearing is None:
        raise Absent()
    relations = hearings.relations(hearing, by)
    if not may(by, Action.SEE_HEARINGS, relations):
        raise Absent()
    if not may(by, action, relations):
        raise NotAllowed()
    return hearing


def may_do(hearing: HearingRow, action: Action, *, by: Actor) -> bool:
    """Whether a page should offer the action to this person."""
    return may(by, action, hearings.relations(hearing, by))


def hearings_of(unit: Unit, *, by: Actor, states: Collection[State] = frozenset(State)) -> Sequence[HearingRow]:
    """Every hearing this person may see, in a fixed order; of these states alone where they are told."""
    return hearings.listed(unit.session, seen(by) & HearingRow.state.in_(sorted(states)))


def seen(by: Actor) -> sa.ColumnElement[bool]:
    """The condition for every hearing this person may see."""
    if by.role is None:
        return sa.false()
    return hearings.seen_by(by, relations_needed(by.role, Action.SEE_HEARINGS))


def acted_on(unit: Unit, action: Action, *, by: Actor) -> sa.ColumnElement[bool]:
    """The condition for every hearing to which this person may do the action, which is no mere seeing: those at which
    they are kept apart from somebody are not among them."""
    if by.role is None:
        return sa.false()
    apart = hearings.kept_apart_at(unit.session, by.official_id) if by.official_id is not None else frozenset()
    mine = hearings.seen_by(by, relations_needed(by.role, action))
    return mine & HearingRow.id.not_in(sorted(apart)) if apart else mine
