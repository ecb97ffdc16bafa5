"""The one place that reads hearings as the rules of reminding see them. A handful of statements for any number.

Looked at is what can call for a reminder and nothing else: hearings of the next thirty days, those whose people were
asked within the last thirty and have not answered, those with a step due about now, and records not long closed.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from vctestimony.domain.errors import Refusal
from vctestimony.domain.facts import MissingFact
from vctestimony.domain.hearing import RequiredDuty
from vctestimony.domain.itip import PartStat
from vctestimony.domain.people import Duty
from vctestimony.domain.record.cycle import HARD_COPY, Rung, Standing
from vctestimony.domain.record.cycle_words import RUNGS
from vctestimony.domain.reminders.due import due_notices
from vctestimony.domain.reminders.notices import DueStep, HearingFacts, Named, Notice, WaitingPaper
from vctestimony.domain.sop import Phase
from vctestimony.services import cycle_standing, gates, invited, joining
from vctestimony.services.reminder_readers import Readers, readers_of
from vctestimony.services.unit import Unit
from vctestimony.store import accounts, planning
from vctestimony.store import reminders as store
from vctestimony.store.models import HearingRow, ParticipantRow
from vctestimony.store.reminders import AHEAD, OVER, Scope

log = logging.getLogger(__name__)

_STEPS_BEFORE, _STEPS_AFTER = timedelta(days=10), timedelta(days=45)
_BEFORE_IT = frozenset(Phase) - {Phase.DURING, Phase.CLOSE, Phase.AFTER}
"""What is ticked on the day itself is nobody's reminder."""


@dataclass(frozen=True, slots=True)
class Remindable:
    """Hearings with everybody they can call for, and every notice of each as things stand.

    `gate` counts the open steps that hold the confirmation, by hearing.
    """

    hearings: Mapping[str, HearingRow]
    facts: Mapping[str, HearingFacts]
    readers: Readers
    notices: tuple[Notice, ...]
    gate: Mapping[int, int]


def remindable(unit: Unit, *, ahead: timedelta = timedelta(days=30)) -> Remindable:
    """Everything that can call for a reminder now."""
    scope = Scope(
        now=unit.now,
        ahead=ahead,
        asked=timedelta(days=30),
        closed=timedelta(days=45),
        steps_before=timedelta(days=8),
        steps_after=timedelta(days=8),
    )
    return of_hearings(unit, store.in_scope(unit.session, scope))


def of_hearings(unit: Unit, rows: Sequence[HearingRow]) -> Remindable:
    """The same of these hearings."""
    readers = readers_of(unit, rows)
    ids = [row.id for row in rows]
    known = _Known(
        asked=store.asked_at(unit.session, ids),
        steps=store.open_steps(unit.session, ids, from_at=unit.now - _STEPS_BEFORE, to_at=unit.now + _STEPS_AFTER),
        gate=planning.open_steps(unit.session, ids, gate=gates.CONFIRM),
        signs_in=accounts.officials_who_sign_in(unit.session),
        dispatched=store.told_of_dispatch(unit.session, [row.id for row in rows if row.state in OVER]),
        papers=cycle_standing.standings_of(unit, [row for row in rows if row.state in OVER]),
    )
    facts: dict[str, HearingFacts] = {}
    notices: list[Notice] = []
    for row in (one for one in rows if one.starts_at is not None):
        try:
            facts[row.reference] = _facts(row, readers, known)
            notices += due_notices(facts[row.reference])
        except Refusal:
            log.exception("nobody can be reminded of hearing %s", row.reference)
    return Remindable({row.reference: row for row in rows}, facts, readers, tuple(notices), known.gate)


def link_is_missing(hearing: HearingRow) -> bool:
    """Whether nobody could join: no address is entered, or the hearing's video link is no longer in use."""
    return joining.is_missing(hearing) or not hearing.link.is_active


def lacking(hearing: HearingRow) -> tuple[RequiredDuty, ...] | None:
    """The required duties for which nobody is named; None while a question is open that decides whose they are."""
    try:
        return gates.missing_of(hearing)
    except MissingFact:
        return None


@dataclass(frozen=True, slots=True)
class _Known:
    asked: Mapping[int, datetime]
    steps: Mapping[int, Sequence[tuple[str, str, Sequence[str], datetime]]]
    gate: Mapping[int, int]
    signs_in: Collection[int]
    dispatched: Collection[int]
    papers: Mapping[int, Standing]


def _facts(row: HearingRow, readers: Readers, known: _Known) -> HearingFacts:
    is_ahead = row.state in AHEAD
    return HearingFacts(
        reference=row.reference,
        starts_at=_starts_at(row),
        is_ahead=is_ahead,
        people=tuple(_named(row, person, readers, known) for person in row.participants if person.removed_at is None),
        coordinators=readers.coordinators(row),
        deputies=readers.deputies(row),
        is_ready=row.state is not AHEAD[0] or (not known.gate.get(row.id, 0) and lacking(row) == ()),
        has_link=not link_is_missing(row),
        steps=tuple(
            DueStep(step, due_at, tuple(Duty(role) for role in roles))
            for step, phase, roles, due_at in known.steps.get(row.id, ())
            if (phase in _BEFORE_IT if is_ahead else phase == Phase.AFTER)
        ),
        copy_owed_since=row.ended_at if row.state in OVER and not _is_dispatched(row, known) else None,
        paper=_paper(known.papers.get(row.id)),
    )


def _is_dispatched(row: HearingRow, known: _Known) -> bool:
    """Whether the record, or the way of the transcript, tells of a signed copy that was sent."""
    stands = known.papers.get(row.id)
    return row.id in known.dispatched or (stands is not None and Rung.DISPATCHED in stands.done)


def _paper(stands: Standing | None) -> WaitingPaper | None:
    """The hard copy on its way is watched for itself, and calls for nothing here."""
    if stands is None or stands.next in (None, *HARD_COPY):
        return None
    latest, rung = stands.latest, stands.next
    if latest is None or rung is None:
        return None
    return WaitingPaper(RUNGS[rung].duty, latest.happened_at, latest.number)


def _named(row: HearingRow, person: ParticipantRow, readers: Readers, known: _Known) -> Named:
    answer = PartStat.read(person.answer)
    told_at = known.asked.get(person.id, person.sent_dtstamp_at) if person.sent else None
    return Named(
        participant=person.public_id,
        reader=readers.of(person.official),
        duty=person.duty,
        starts_at=own_start(row, person),
        asked_at=told_at,
        asked_since=person.asked_since,
        has_answered=answer is not PartStat.NEEDS_ACTION,
        declined=answer is PartStat.DECLINED,
        is_required=person.is_required,
        signs_in=person.official_id in known.signs_in,
    )


def own_start(row: HearingRow, person: ParticipantRow) -> datetime:
    """When this person is needed; the start of the hearing for somebody who attends no part that has a length."""
    starts_at = _starts_at(row)
    times = invited.part_times(row, starts_at)
    return min((times[part][0] for part in times if part in invited.attends(person)), default=starts_at)


def _starts_at(row: HearingRow) -> datetime:
    if row.starts_at is None:
        raise ValueError("nobody is reminded of a hearing without a time")
    return row.starts_at
