"""Queries of a transcript's way: its moves in order, and its scans."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import CycleFileRow, CycleMoveRow


def moves(session: Session, hearing_id: int) -> Sequence[CycleMoveRow]:
    """Every move of the hearing's transcript, the first first."""
    query = sa.select(CycleMoveRow).where(CycleMoveRow.hearing_id == hearing_id)
    return session.scalars(query.order_by(CycleMoveRow.number)).all()


def moves_of(session: Session, hearing_ids: Collection[int]) -> Mapping[int, Sequence[CycleMoveRow]]:
    """The same of many hearings; a hearing without a move is not among them."""
    if not hearing_ids:
        return {}
    query = sa.select(CycleMoveRow).where(CycleMoveRow.hearing_id.in_(sorted(hearing_ids)))
    found: dict[int, list[CycleMoveRow]] = {}
    for row in session.scalars(query.order_by(CycleMoveRow.hearing_id, CycleMoveRow.number)):
        found.setdefault(row.hearing_id, []).append(row)
    return found


def files(session: Session, hearing_id: int) -> Mapping[str, CycleFileRow]:
    """The scans of the hearing by their public id, the oldest first; without what is in them."""
    query = sa.select(CycleFileRow).where(CycleFileRow.hearing_id == hearing_id).order_by(CycleFileRow.id)
    return {row.public_id: row for row in session.scalars(query)}
