"""Queries around the deposition: its changes, drafts and fixings, in a fixed order."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.legal_holds import free
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


def draft(session: Session, *, hearing_id: int, account_id: int, place: str) -> DepositionDraftRow | None:
    """What this person is typing at this place."""
    query = sa.select(DepositionDraftRow).where(
        DepositionDraftRow.hearing_id == hearing_id,
        DepositionDraftRow.account_id == account_id,
        DepositionDraftRow.place == place,
    )
    return session.scalar(query)


def drop_drafts(session: Session, *, until: datetime) -> None:
    """Forget what nobody came back to; not in a case on legal hold."""
    row = DepositionDraftRow
    session.execute(sa.delete(row).where(row.kept_at <= until, free(row.hearing_id)))


def versions_of(session: Session, *, hearing_id: int, ordinal: int) -> Sequence[DepositionVersionRow]:
    """Every state of one line, the first first."""
    query = sa.select(DepositionVersionRow).where(
        DepositionVersionRow.hearing_id == hearing_id, DepositionVersionRow.ordinal == ordinal
    )
    return session.scalars(query.order_by(DepositionVersionRow.change)).all()


def version(session: Session, *, hearing_id: int, ordinal: int, line_version: int) -> DepositionVersionRow | None:
    """One state of one line."""
    query = sa.select(DepositionVersionRow).where(
        DepositionVersionRow.hearing_id == hearing_id,
        DepositionVersionRow.ordinal == ordinal,
        DepositionVersionRow.line_version == line_version,
    )
    return session.scalar(query.order_by(DepositionVersionRow.change).limit(1))


def changes(session: Session, hearing_id: int, *, after: int = 0, until: int) -> Sequence[DepositionVersionRow]:
    """The changes `after` one and `until` another, in the order in which they were made."""
    query = sa.select(DepositionVersionRow).where(
        DepositionVersionRow.hearing_id == hearing_id,
        DepositionVersionRow.change > after,
        DepositionVersionRow.change <= until,
    )
    return session.scalars(query.order_by(DepositionVersionRow.change)).all()


def moments(session: Session, hearing_id: int) -> Sequence[tuple[int, datetime, str]]:
    """The last change of each kind, instant and writer: number, when, by whom; the first first."""
    row = DepositionVersionRow
    query = sa.select(sa.func.max(row.change), row.written_at, row.by).where(row.hearing_id == hearing_id)
    found = session.execute(query.group_by(row.written_at, row.by, row.done).order_by(sa.func.max(row.change)))
    return [(change, at, by) for change, at, by in found]
