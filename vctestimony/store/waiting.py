"""The one place that says in SQL which hearings wait for somebody, cause by cause, and what of those ahead is read to
see whether their times still hold."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from vctestimony.domain.hearing import State
from vctestimony.domain.itip import PartStat
from vctestimony.domain.options import OptionState
from vctestimony.domain.proposals import ProposalState
from vctestimony.domain.sop import Gate
from vctestimony.domain.waiting import Cause
from vctestimony.store.models import (
    ChecklistRow,
    HearingRow,
    JoiningRow,
    OfficialRow,
    OptionAnswerRow,
    OptionRow,
    OrderRow,
    OutboxRow,
    OutboxState,
    ParticipantRow,
    ProposalRow,
    StepRow,
    StepState,
)

TIMED = (State.BOOKED, State.CONFIRMED)
OVER = (State.CANCELLED, State.LAPSED)
ASKED = (State.BOOKED, State.CONFIRMED, State.IN_SESSION)
LONGEST = timedelta(days=2)
"""No hearing lasts longer, so what began before that is over."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A hearing with a time, and of it only what its time is checked by; `order` are the facts of the court's order."""

    id: int
    starts_at: datetime
    starts_wall: datetime | None
    zone: str
    tz_version: str
    court_id: int
    remote_id: int
    pre_minutes: int
    main_minutes: int
    post_minutes: int
    order: Mapping[str, bool]


def condition(cause: Cause, *, now: datetime) -> sa.ColumnElement[bool]:
    """The hearings that wait for the court by this cause. RULES and OWN_ANSWER are no matter of the rows alone."""
    row = HearingRow
    proposed, booked = row.state == State.PROPOSED, row.state == State.BOOKED
    held, steps = _held(), _open_steps()
    live = row.id.in_(held.where(OptionRow.held_until > now))
    answers = held.join(OptionAnswerRow, OptionAnswerRow.option_id == OptionRow.id)
    asked, silent = row.id.in_(answers), row.id.in_(answers.where(OptionAnswerRow.answer.is_(None)))
    found = {
        Cause.MAIL: row.id.in_(_undelivered()),
        Cause.DECLINED: row.state.in_(TIMED) & row.id.in_(_declined()),
        Cause.ADDRESS: row.id.in_(sa.select(JoiningRow.hearing_id).where(JoiningRow.rotate_since.is_not(None))),
        Cause.RAN_OUT: proposed & ~live,
        Cause.ANSWERED: proposed & live & asked & ~silent,
        Cause.PROPOSED: row.id.in_(sa.select(ProposalRow.hearing_id).where(ProposalRow.state == ProposalState.OPEN)),
        Cause.NO_TIME: row.state == State.REQUESTED,
        Cause.HELD: proposed & live & ~asked,
        Cause.ASKED: proposed & live & silent,
        Cause.STEPS: booked & row.id.in_(steps),
        Cause.READY: booked & row.id.not_in(steps),
    }
    return row.state.not_in(OVER) & found[cause]


def _held() -> sa.Select[int]:
    return sa.select(OptionRow.hearing_id).where(OptionRow.state == OptionState.HELD)


def _open_steps() -> sa.Select[int]:
    query = sa.select(ChecklistRow.hearing_id).join(StepRow, StepRow.checklist_id == ChecklistRow.id)
    return query.where(StepRow.blocks == Gate.CONFIRM, StepRow.state == StepState.OPEN)


def _undelivered() -> sa.Select[int | None]:
    """Without what is about no hearing: `NOT IN` and `IN` both stay plain."""
    query = sa.select(OutboxRow.hearing_id).where(OutboxRow.state == OutboxState.FAILED)
    return query.where(OutboxRow.settled_at.is_(None), OutboxRow.hearing_id.is_not(None))


def _declined() -> sa.Select[int]:
    query = sa.select(ParticipantRow.hearing_id).where(ParticipantRow.answer == PartStat.DECLINED)
    return query.where(ParticipantRow.removed_at.is_(None), ParticipantRow.is_required)


def unanswered(official_id: int, *, now: datetime) -> sa.ColumnElement[bool]:
    """Hearings that may still ask the official, who has neither answered nor proposed anything: they are over for
    nobody, though perhaps for the official, whose part may have ended."""
    person = ParticipantRow
    proposed = sa.select(ProposalRow.participant_id).where(ProposalRow.state == ProposalState.OPEN)
    silent = sa.select(person.hearing_id).where(
        person.official_id == official_id,
        person.removed_at.is_(None),
        person.answered_at.is_(None),
        person.sent_sequence.is_not(None),
        person.id.not_in(proposed),
    )
    row = HearingRow
    return row.state.in_(ASKED) & (row.starts_at > now - LONGEST) & row.id.in_(silent)


def ahead(session: Session, condition: sa.ColumnElement[bool]) -> Sequence[Ahead]:
    """Those that have a time, by time."""
    row = HearingRow
    what = (row.id, row.starts_at, row.starts_wall, row.zone, row.tz_version, row.court_id, row.remote_id)
    lengths = (row.pre_minutes, row.main_minutes, row.post_minutes)
    query = sa.select(*what, *lengths, OrderRow.facts).join(OrderRow, OrderRow.id == row.order_id)
    query = query.where(condition, row.starts_at.is_not(None)).order_by(row.starts_at, row.id)
    return [
        Ahead(number, at, wall, zone, version, court, remote, pre, main, post, facts)
        for number, at, wall, zone, version, court, remote, pre, main, post, facts in session.execute(query)
        if at is not None
    ]


def with_own_hours(session: Session, condition: sa.ColumnElement[bool]) -> Mapping[int, Sequence[OfficialRow]]:
    """By hearing, who is needed there and works by another calendar than the posts of its two ends."""
    person, row = ParticipantRow, HearingRow
    elsewhere = OfficialRow.post_id.not_in((row.court_id, row.remote_id))
    query = (
        sa.select(person.hearing_id, OfficialRow)
        .join(row, row.id == person.hearing_id)
        .join(OfficialRow, OfficialRow.id == person.official_id)
        .options(joinedload(OfficialRow.post))
        .where(condition, person.removed_at.is_(None), person.is_required)
        .where(sa.or_(OfficialRow.calendar_mark != "", elsewhere))
    )
    found: dict[int, list[OfficialRow]] = {}
    for hearing_id, official in session.execute(query.order_by(person.id)):
        found.setdefault(hearing_id, []).append(official)
    return found


def told(session: Session, hearing_ids: Collection[int]) -> Sequence[ParticipantRow]:
    """Everybody who was ever written to about these hearings."""
    query = sa.select(ParticipantRow).where(ParticipantRow.hearing_id.in_(sorted(hearing_ids)))
    found = session.scalars(query.order_by(ParticipantRow.id))
    return [person for person in found if person.sent]
