"""Queries of the backlog: hearings without a time, plans and their lines, and which plan a worker takes up next."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from vctestimony.domain.hearing import State
from vctestimony.store.hearings import WHOLE
from vctestimony.store.models import HearingRow, PlanLineRow, PlanRow, PlanState

_STANDING = (State.PROPOSED, State.BOOKED, State.CONFIRMED, State.IN_SESSION)
_LINES = selectinload(PlanRow.lines).joinedload(PlanLineRow.hearing)


def waiting(session: Session, condition: sa.ColumnElement[bool]) -> Sequence[HearingRow]:
    """Requested hearings without a time that meet the condition, the longest waiting first."""
    query = sa.select(HearingRow).options(*WHOLE).where(condition, HearingRow.state == State.REQUESTED)
    return session.scalars(query.order_by(HearingRow.created_at, HearingRow.id)).all()


def of_plan(session: Session, plan_id: int) -> Sequence[HearingRow]:
    """The hearings of the plan that still wait for a time, everything of them loaded."""
    lines = sa.select(PlanLineRow.hearing_id).where(PlanLineRow.plan_id == plan_id)
    return waiting(session, HearingRow.id.in_(lines))


def standing(
    session: Session, *, remote_ids: Collection[int], from_at: datetime, to_at: datetime
) -> Sequence[HearingRow]:
    """Hearings that have a time between the two at these Remote Points, of whatever court."""
    query = sa.select(HearingRow).where(
        HearingRow.remote_id.in_(sorted(set(remote_ids))),
        HearingRow.state.in_(_STANDING),
        HearingRow.starts_at >= from_at,
        HearingRow.starts_at < to_at,
    )
    return session.scalars(query.order_by(HearingRow.starts_at, HearingRow.id)).all()


def plan_by_reference(session: Session, reference: str) -> PlanRow | None:
    """The plan with its lines."""
    return session.scalar(sa.select(PlanRow).options(_LINES).where(PlanRow.reference == reference))


def lines_of(session: Session, plan_id: int) -> Sequence[PlanLineRow]:
    """The lines of the plan with everything of their hearings, by proposed time."""
    query = (
        sa.select(PlanLineRow)
        .where(PlanLineRow.plan_id == plan_id)
        .options(*(joinedload(PlanLineRow.hearing).options(option) for option in WHOLE))
    )
    return session.scalars(query.order_by(PlanLineRow.starts_at.is_(None), PlanLineRow.starts_at, PlanLineRow.id)).all()


def line(session: Session, *, plan_id: int, line_id: int) -> PlanLineRow | None:
    """One line of the plan, locked for this transaction."""
    query = sa.select(PlanLineRow).where(PlanLineRow.id == line_id, PlanLineRow.plan_id == plan_id)
    return session.scalar(query.with_for_update(of=PlanLineRow))


def plans_of(session: Session, court_id: int) -> Sequence[PlanRow]:
    """The court's plans, newest first."""
    query = sa.select(PlanRow).options(selectinload(PlanRow.lines)).where(PlanRow.court_id == court_id)
    return session.scalars(query.order_by(PlanRow.created_at.desc(), PlanRow.id.desc()).limit(20)).all()


def due(now: datetime) -> sa.ColumnElement[bool]:
    """Plans to be made: those queued, and those whose worker's lease ran out."""
    return sa.or_(
        PlanRow.state == PlanState.QUEUED,
        sa.and_(PlanRow.state == PlanState.RUNNING, PlanRow.leased_until <= now),
    )


def any_due(session: Session, *, now: datetime) -> bool:
    """Whether there is one; only looks."""
    return session.scalar(sa.select(PlanRow.id).where(due(now)).limit(1)) is not None


def next_due(session: Session, *, now: datetime) -> PlanRow | None:
    """The oldest plan to be made, locked for this transaction."""
    query = sa.select(PlanRow).where(due(now)).order_by(PlanRow.id).limit(1)
    return session.scalar(query.with_for_update(skip_locked=True))


def owned(session: Session, *, plan_id: int, owner: str) -> PlanRow | None:
    """The plan, locked, if it is still being made and by this worker."""
    query = sa.select(PlanRow).options(_LINES).where(PlanRow.id == plan_id)
    row = session.scalar(query.with_for_update(of=PlanRow))
    return row if row is not None and row.state is PlanState.RUNNING and row.owner == owner else None


def is_owned(session: Session, *, plan_id: int, owner: str) -> bool:
    """The same question without a lock."""
    query = sa.select(PlanRow.id).where(
        PlanRow.id == plan_id, PlanRow.state == PlanState.RUNNING, PlanRow.owner == owner
    )
    return session.scalar(query) is not None
