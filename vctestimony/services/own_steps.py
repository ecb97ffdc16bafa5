"""What waits for one person on the checklists of all their hearings, and how the hearings of a court stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from vctestimony.domain import due_steps
from vctestimony.domain.access import Action, Actor
from vctestimony.domain.due_steps import PRESSING_LABELS, Pressing
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.sop import Phase
from vctestimony.services import step_order
from vctestimony.services.access import acted_on, hearings_of, may_do
from vctestimony.services.checklist_views import GATE_WORDS
from vctestimony.services.checklists import is_theirs, settled_by
from vctestimony.services.unit import Unit
from vctestimony.store import accounts, hearings
from vctestimony.store import checklists as store
from vctestimony.store.models import HearingRow, StepRow

MOST_OF_A_HEARING, MOST_HEARINGS, MOST_STANDINGS = 4, 5, 6
"""What is shown of each pile; of the rest it is said how much it is."""


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step that is due: `clocks` are the reader's own and those of both ends, each zone once.

    `was_late` tells that it was due before the hearing was entered.
    """

    id: str
    text: str
    blocks: str
    clocks: tuple[Reading, ...]
    was_late: bool


@dataclass(frozen=True, slots=True)
class OfHearing:
    """The steps of one hearing that are equally pressing, the earliest first; `left_out` are more than are shown."""

    reference: str
    case_number: str
    pseudonym: str
    steps: tuple[OwnStep, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Pile:
    """Everything equally pressing, by hearing; the label is marked with N_."""

    pressing: Pressing
    label: str
    count: int
    hearings: tuple[OfHearing, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How the checklist of one hearing stands: how many are overdue and due within a day, and the most pressing."""

    reference: str
    case_number: str
    pseudonym: str
    overdue: int
    today: int
    first: OwnStep

    @property
    def tone(self) -> str:
        """How it is marked."""
        return "bad" if self.overdue else "warn"


@dataclass(frozen=True, slots=True)
class _Due:
    hearing: HearingRow
    row: StepRow
    due_at: datetime
    pressing: Pressing

    @property
    def was_late(self) -> bool:
        return due_steps.was_late(self.due_at, entered_at=self.hearing.created_at)


def page(unit: Unit, *, language: str, by: Actor, whole_court: bool = False) -> tuple[Pile, ...]:
    """The steps that are this person's, overdue and of the coming week; for a coordinator who asks, everybody's."""
    whole_court = whole_court and by.role is Role.COORDINATOR
    due = _due(unit, hearings_of(unit, by=by, states=due_steps.LIVE_STATES), by=by, whole_court=whole_court)
    return tuple(
        _pile(unit, pressing, [one for one in due if one.pressing is pressing], language=language, by=by)
        for pressing in Pressing
    )


def standings(unit: Unit, *, language: str, by: Actor) -> tuple[tuple[Standing, ...], int]:
    """The hearings with something overdue or due within a day: for a coordinator whoever's it is, else one's own.

    The most pressing of them, and how many more there are.
    """
    whole_court = by.role is Role.COORDINATOR
    phases: dict[frozenset[Phase], list[State]] = {}
    for state in sorted(due_steps.LIVE_STATES):
        phases.setdefault(due_steps.live_phases(state), []).append(state)
    whose = acted_on(unit, Action.TICK, by=by) & store.still_matters(phases)
    if not whole_court:
        theirs = settled_by(by.role)
        whose &= store.falls_to(by.official_id, due_steps.usual_duties(by.role))
        whose &= sa.true() if theirs is None else store.of_duties(theirs)
    ids, total = store.most_pressing(unit.session, whose, until=unit.now + due_steps.DAY, most=MOST_STANDINGS)
    due = _due(unit, hearings.listed(unit.session, HearingRow.id.in_(ids)), by=by, whole_court=whole_court)
    soon = _by_hearing([one for one in due if one.pressing is not Pressing.WEEK])
    shown = tuple(_standing(unit, own, language=language, by=by) for own in soon.values())
    return shown, total - len(ids)


def _due(unit: Unit, rows: Sequence[HearingRow], *, by: Actor, whole_court: bool) -> list[_Due]:
    """What is open and pressing, the earliest first; what was late from the start stands below all else."""
    known = {row.id: row for row in rows if row.state in due_steps.LIVE_STATES and may_do(row, Action.TICK, by=by)}
    if not known:
        return []
    found = store.open_until(unit.session, _by_phases(known.values()), until=unit.now + due_steps.LOOKED_AHEAD)
    reachable = frozenset() if whole_court else accounts.officials_who_sign_in(unit.session)
    seated = {number: _seated(row) for number, row in known.items()}
    due: list[_Due] = []
    for hearing_id, row in found:
        hearing, duties = known[hearing_id], [Duty(role) for role in row.roles]
        is_mine = whole_court or (
            is_theirs(by.role, duties)
            and due_steps.is_for(by.official_id, by.role, duties, seated=seated[hearing_id], reachable=reachable)
        )
        how = due_steps.pressing(row.due_at, now=unit.now) if row.due_at else None
        if is_mine and how and row.due_at:
            due.append(_Due(hearing, row, row.due_at, how))
    return sorted(due, key=lambda one: one.was_late)


def _by_phases(rows: Iterable[HearingRow]) -> Mapping[frozenset[Phase], list[int]]:
    """The hearings by what can still matter to them."""
    found: dict[frozenset[Phase], list[int]] = {}
    for row in rows:
        found.setdefault(due_steps.live_phases(row.state), []).append(row.id)
    return found


def _seated(hearing: HearingRow) -> Mapping[Duty, set[int]]:
    found: dict[Duty, set[int]] = {}
    for person in hearing.participants:
        if person.removed_at is None:
            found.setdefault(person.duty, set()).add(person.official_id)
    return found


def _by_hearing(due: Sequence[_Due]) -> dict[int, list[_Due]]:
    found: dict[int, list[_Due]] = {}
    for one in due:
        found.setdefault(one.hearing.id, []).append(one)
    return found


def _pile(unit: Unit, pressing: Pressing, due: Sequence[_Due], *, language: str, by: Actor) -> Pile:
    hearings = list(_by_hearing(due).values())
    shown = tuple(_of_hearing(unit, own, language=language, by=by) for own in hearings[:MOST_HEARINGS])
    return Pile(pressing, PRESSING_LABELS[pressing], len(due), shown, len(hearings) - len(shown))


def _of_hearing(unit: Unit, due: Sequence[_Due], *, language: str, by: Actor) -> OfHearing:
    hearing = due[0].hearing
    return OfHearing(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        steps=tuple(_step(unit, one, language=language, by=by) for one in due[:MOST_OF_A_HEARING]),
        left_out=max(0, len(due) - MOST_OF_A_HEARING),
    )


def _standing(unit: Unit, due: Sequence[_Due], *, language: str, by: Actor) -> Standing:
    hearing, overdue = due[0].hearing, sum(one.pressing is Pressing.OVERDUE for one in due)
    return Standing(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        overdue=overdue,
        today=len(due) - overdue,
        first=_step(unit, due[0], language=language, by=by),
    )


def _step(unit: Unit, one: _Due, *, language: str, by: Actor) -> OwnStep:
    places = [(post.zone, post.city) for post in (one.hearing.court, one.hearing.remote)]
    own = [(by.zone, by.city)] if by.zone else []
    clocks: dict[str, str] = {}
    for zone, city in (*own, *places):
        clocks.setdefault(zone, city)
    return OwnStep(
        id=one.row.step_id,
        text=step_order.text_of(one.row, language),
        blocks=unit.ports.words.gettext(language, GATE_WORDS[one.row.blocks]) if one.row.blocks in GATE_WORDS else "",
        clocks=tuple(read(one.due_at, zone, city) for zone, city in clocks.items()),
        was_late=one.was_late,
    )
