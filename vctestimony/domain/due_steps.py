"""The one place for whose a step of a checklist is among many people, and how pressing it is."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from vctestimony.domain.hearing import State
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.sop import Phase
from vctestimony.domain.wording import N_

DAY, _WEEK = timedelta(hours=24), timedelta(days=7)
_AHEAD, _ON = frozenset(Phase), frozenset({Phase.DURING, Phase.CLOSE, Phase.AFTER})
# What can still be done about a hearing, by its state; of one that was called off or lapsed nothing.
_LIVE: Mapping[State, frozenset[Phase]] = {
    State.REQUESTED: _AHEAD,
    State.PROPOSED: _AHEAD,
    State.BOOKED: _AHEAD,
    State.CONFIRMED: _AHEAD,
    State.IN_SESSION: _ON,
    State.COMPLETED: _ON - {Phase.DURING},
    State.ADJOURNED: _ON - {Phase.DURING},
}
_USUAL: Mapping[Role, frozenset[Duty]] = {
    Role.COORDINATOR: frozenset(Duty),
    Role.PRESIDING_OFFICER: frozenset({Duty.JUDGE}),
    Role.MISSION_OFFICIAL: frozenset({Duty.REMOTE_COORDINATOR, Duty.TECHNICIAN, Duty.WITNESS}),
    Role.LEGAL_STAFF: frozenset({Duty.LEGAL_STAFF, Duty.SUPPORT_PERSON}),
}


class Pressing(StrEnum):
    """How soon a step is due; the most pressing first."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"


PRESSING_LABELS: dict[Pressing, str] = {
    Pressing.OVERDUE: N_("Overdue"),
    Pressing.TODAY: N_("Due within 24 hours"),
    Pressing.WEEK: N_("Due within 7 days"),
}
LOOKED_AHEAD = _WEEK
LIVE_STATES = frozenset(_LIVE)
"""The states in which anything of a hearing is still to be done."""


def pressing(due_at: datetime, *, now: datetime) -> Pressing | None:
    """How pressing; None for what is due later.

    >>> pressing(datetime(2026, 11, 2), now=datetime(2026, 11, 1)).value
    'today'
    """
    if due_at < now:
        return Pressing.OVERDUE
    if due_at <= now + DAY:
        return Pressing.TODAY
    return Pressing.WEEK if due_at <= now + _WEEK else None


def was_late(due_at: datetime, *, entered_at: datetime) -> bool:
    """Whether the step was due before the hearing was entered, so that nobody could have been in time."""
    return due_at < entered_at


def live_phases(state: State) -> frozenset[Phase]:
    """The phases whose steps can still matter to a hearing in this state; where there is one, so can its seal."""
    return _LIVE.get(state, frozenset())


def usual_duties(role: Role | None) -> frozenset[Duty]:
    """The duties that this role has by office."""
    return _USUAL.get(role, frozenset()) if role is not None else frozenset()


def is_for(
    official_id: int | None,
    role: Role | None,
    duties: Collection[Duty],
    *,
    seated: Mapping[Duty, Collection[int]],
    reachable: Collection[int],
) -> bool:
    """Whether a step of these duties is this person's to see to.

    It is whoever's is named on the hearing for one of the duties (`seated`, officials by duty). A coordinator of the
    court sees to it where none of them can sign in (`reachable`), and where nobody is named together with whoever has
    the duty by office.
    """
    named = {one for duty in duties for one in seated.get(duty, ())}
    if official_id in named:
        return True
    if role is Role.COORDINATOR:
        return named.isdisjoint(reachable)
    return not named and not usual_duties(role).isdisjoint(duties)
