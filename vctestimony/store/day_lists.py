"""Queries for the lists of a post's days: its hearings of a stretch of time, and what is open before they start."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from vctestimony.domain.hearing import State
from vctestimony.store.hearings import WHOLE
from vctestimony.store.models import ChecklistRow, HearingRow, StepRow, StepState

LISTED = (State.BOOKED, State.CONFIRMED, State.IN_SESSION, State.COMPLETED, State.ADJOURNED)
_LONGEST = timedelta(days=1)
"""From the start of a hearing's first part to the end of its last, and more."""


def hearings_at(session: Session, post_id: int, *, from_at: datetime, until_at: datetime) -> Sequence[HearingRow]:
    """Hearings with a fixed time that one end of has at the post, by time; some may be over before `from_at`."""
    row = HearingRow
    query = (
        sa.select(row)
        .options(*WHOLE, joinedload(row.joining))
        .where(
            sa.or_(row.court_id == post_id, row.remote_id == post_id),
            row.state.in_(LISTED),
            row.starts_at > from_at - _LONGEST,
            row.starts_at < until_at,
        )
    )
    return session.scalars(query.order_by(row.starts_at, row.id)).all()


def open_steps(
    session: Session, hearing_ids: Collection[int], *, gates: Collection[str]
) -> Sequence[tuple[int, StepRow]]:
    """The open steps that hold one of the gates, with their hearing, each hearing's in order."""
    query = (
        sa.select(ChecklistRow.hearing_id, StepRow)
        .join(StepRow, StepRow.checklist_id == ChecklistRow.id)
        .where(
            ChecklistRow.hearing_id.in_(sorted(hearing_ids)),
            StepRow.blocks.in_(sorted(gates)),
            StepRow.state == StepState.OPEN,
        )
        .order_by(ChecklistRow.hearing_id, StepRow.place)
    )
    return [(hearing_id, step) for hearing_id, step in session.execute(query)]
