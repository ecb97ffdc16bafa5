"""Queries around the deposition: its changes, drafts and fixings, in a fixed order."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import DepositionDraftRow, DepositionFixingRow, DepositionVersionRow


def last_change(session: Session, hearing_id: int) -> int:
    """How many changes the deposition has seen."""
    query = sa.select(sa.func.max(DepositionVersionRow.change)).where(DepositionVersionRow.hearing_id == hearing_id)
    return session.scalar(query) or 0


def last_ordinal(session: Session, hearing_id: int) -> int:
    """The highest name a line ever had; those of lines that were struck are not given again."""
    query = sa.select(sa.func.max(DepositionVersionRow.ordinal)).where(DepositionVersionRow.hearing_id == hearing_id)
    return session.scalar(query) or 0


def fixings(session: Session, hearing_id: int) -> Sequence[DepositionFixingRow]:
    """Every fixing and reopening, the first first."""
    query = sa.select(DepositionFixingRow).where(DepositionFixingRow.hearing_id == hearing_id)
    return session.scalars(query.order_by(DepositionFixingRow.number)).all()


def last_fixing(session: Session, hearing_id: int) -> DepositionFixingRow | None:
    """The one that counts."""
    query = sa.select(DepositionFixingRow).where(DepositionFixingRow.hearing_id == hearing_id)
    return session.scalar(query.order_by(DepositionFixingRow.number.desc()).limit(1))


def drafts(session: Session, hearing_id: int, *, since: datetime) -> Sequence[DepositionDraftRow]:
    """What is being typed by anybody, kept at `since` or later."""
    query = sa.select(DepositionDraftRow).where(
        DepositionDraftRow.hearing_id == hearing_id, DepositionDraftRow.kept_at >= since
    )
    return session.scalars(query.order_by(DepositionDraftRow.by, DepositionDraftRow.id)).all()
