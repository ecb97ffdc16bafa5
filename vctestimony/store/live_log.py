"""Queries of the running log as devices see it: what came before under the same id, what was refused, the mark."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import ChecklistRow, HearingRow, LogRemarkRow, LogRow, SealedRecordRow, StepRow


def numbers_by_key(session: Session, hearing_id: int, keys: Collection[str]) -> dict[str, int]:
    """The numbers of those of these entries that are written, by the id that a device gave them."""
    query = sa.select(LogRow.client_key, LogRow.number).where(LogRow.hearing_id == hearing_id)
    found = session.execute(query.where(LogRow.client_key.in_(keys)).order_by(LogRow.number))
    return {str(key): number for key, number in found}


def remarks_by_key(
    session: Session, hearing_id: int, keys: Collection[str], *, account_id: int | None
) -> dict[str, LogRemarkRow]:
    """Those of these entries of one account's that were refused before."""
    query = sa.select(LogRemarkRow).where(LogRemarkRow.hearing_id == hearing_id, LogRemarkRow.key.in_(keys))
    query = query.where(LogRemarkRow.account_id == account_id)
    return {row.key: row for row in session.scalars(query.order_by(LogRemarkRow.id))}


def remarks(session: Session, hearing_id: int, *, most: int) -> Sequence[LogRemarkRow]:
    """What was refused at the hearing, the newest first; at most so many."""
    query = sa.select(LogRemarkRow).where(LogRemarkRow.hearing_id == hearing_id)
    return session.scalars(query.order_by(LogRemarkRow.id.desc()).limit(most)).all()


def count_remarks(session: Session, hearing_id: int, *, account_id: int | None) -> int:
    """How much of one account's is kept that was refused."""
    query = sa.select(sa.func.count()).select_from(LogRemarkRow).where(LogRemarkRow.hearing_id == hearing_id)
    return session.scalar(query.where(LogRemarkRow.account_id == account_id)) or 0


def marks(session: Session, hearing: HearingRow) -> tuple[object, ...]:
    """What changes with everything that the run sheet shows: log, state, seal, refusals, steps."""
    numbers = sa.select(sa.func.max(LogRow.number)).where(LogRow.hearing_id == hearing.id)
    refused = sa.select(sa.func.max(LogRemarkRow.id)).where(LogRemarkRow.hearing_id == hearing.id)
    sealed = sa.select(SealedRecordRow.id).where(SealedRecordRow.hearing_id == hearing.id)
    steps = sa.select(sa.func.sum(StepRow.version)).join(ChecklistRow).where(ChecklistRow.hearing_id == hearing.id)
    found = session.execute(sa.select(*(one.scalar_subquery() for one in (numbers, refused, sealed, steps)))).one()
    return (hearing.version, hearing.state.value, *found)
