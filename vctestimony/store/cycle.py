"""Queries of a transcript's way: its moves in order, and its scans."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Session

from vctestimony.domain.record.cycle import Move, Path, Rung
from vctestimony.store.models import CycleFileRow, CycleMoveRow, HearingRow, PostRow, SealedRecordRow


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


@dataclass(frozen=True, slots=True)
class Last:
    """The last move of a transcript, and of its hearing whose it is, in which country it goes on and whether the record
    is sealed."""

    hearing_id: int
    move: Move
    rung: Rung
    path: Path
    happened_at: datetime
    court_id: int
    country: str
    is_sealed: bool


def last_moves(session: Session, condition: sa.ColumnElement[bool]) -> Sequence[Last]:
    """Of the hearings that meet the condition and have any move: the longest ago first."""
    row, newest = CycleMoveRow, orm.aliased(CycleMoveRow)
    last = sa.select(sa.func.max(newest.number)).where(newest.hearing_id == row.hearing_id).scalar_subquery()
    sealed = sa.exists().where(SealedRecordRow.hearing_id == row.hearing_id)
    query = (
        sa.select(
            row.hearing_id, row.move, row.rung, row.path, row.happened_at, HearingRow.court_id, PostRow.country, sealed
        )
        .join(HearingRow, HearingRow.id == row.hearing_id)
        .join(PostRow, PostRow.id == HearingRow.remote_id)
        .where(condition, row.number == last)
    )
    return [Last(*one) for one in session.execute(query.order_by(row.happened_at, row.hearing_id))]


def files(session: Session, hearing_id: int) -> Mapping[str, CycleFileRow]:
    """The scans of the hearing by their public id, the oldest first; without what is in them."""
    query = sa.select(CycleFileRow).where(CycleFileRow.hearing_id == hearing_id).order_by(CycleFileRow.id)
    return {row.public_id: row for row in session.scalars(query)}
