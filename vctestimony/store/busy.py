"""Queries of the calendars of officials: whose they are, which is due, what they take, which hearings that meets."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from vctestimony.domain.busy import SourceKind
from vctestimony.store.models import BusySourceRow, OccupancyKind, OccupancyRow, OfficialRow

Taken = tuple[int, int, OccupancyKind]
"""First minute, minute after the last, and whether it is certain."""

IMPORTED = (OccupancyKind.IMPORTED, OccupancyKind.IMPORTED_TENTATIVE)


def source(session: Session, source_id: int) -> BusySourceRow | None:
    """The calendar with its official and post, locked for this transaction."""
    query = sa.select(BusySourceRow).where(BusySourceRow.id == source_id)
    return session.scalar(query.with_for_update(of=BusySourceRow))


def sources(session: Session, official_id: int) -> Sequence[BusySourceRow]:
    """The calendars of the official, the oldest first."""
    query = sa.select(BusySourceRow).where(BusySourceRow.official_id == official_id)
    return session.scalars(query.order_by(BusySourceRow.id)).all()


def next_due(session: Session, *, now: datetime) -> BusySourceRow | None:
    """The calendar that has waited longest to be fetched, locked for this transaction; nobody else is reading it."""
    row = BusySourceRow
    query = (
        sa.select(row)
        .join(OfficialRow, OfficialRow.id == row.official_id)
        .where(
            row.kind == SourceKind.ADDRESS,
            row.next_at <= now,
            sa.or_(row.leased_until.is_(None), row.leased_until <= now),
            OfficialRow.is_active,
        )
        .order_by(row.next_at, row.id)
        .limit(1)
    )
    return session.scalar(query.with_for_update(of=row, skip_locked=True))


def sources_of_resources(session: Session, resource_ids: Collection[int]) -> Sequence[tuple[int, BusySourceRow]]:
    """The calendars of the people among these resources, with the resource, in a fixed order."""
    query = (
        sa.select(OfficialRow.resource_id, BusySourceRow)
        .join(OfficialRow, OfficialRow.id == BusySourceRow.official_id)
        .where(OfficialRow.resource_id.in_(sorted(set(resource_ids))))
        .order_by(OfficialRow.resource_id, BusySourceRow.id)
    )
    return [(resource_id, row) for resource_id, row in session.execute(query)]


def taken_by(session: Session, source_id: int) -> set[Taken]:
    """What the calendar takes, as it was read last."""
    row = OccupancyRow
    query = sa.select(row.start_min, row.end_min, row.kind).where(row.source_id == source_id)
    return {(start, end, kind) for start, end, kind in session.execute(query)}


def replace_taken(session: Session, source_id: int, taken: Iterable[Taken], *, resource_id: int) -> None:
    """Let the calendar take this instead of what it took."""
    session.execute(sa.delete(OccupancyRow).where(OccupancyRow.source_id == source_id))
    rows = [
        {
            "resource_id": resource_id,
            "start_min": start,
            "end_min": end,
            "kind": kind,
            "blocking": False,
            "source_id": source_id,
        }
        for start, end, kind in sorted(taken)
    ]
    if rows:
        session.execute(sa.insert(OccupancyRow), rows)


def coming(session: Session, resource_id: int, *, ends_after_min: int, most: int) -> Sequence[Taken]:
    """The next stretches that the calendars of this person take."""
    row = OccupancyRow
    query = (
        sa.select(row.start_min, row.end_min, row.kind)
        .where(row.resource_id == resource_id, row.kind.in_(IMPORTED), row.end_min > ends_after_min)
        .order_by(row.start_min, row.end_min, row.id)
        .limit(most)
    )
    return [(start, end, kind) for start, end, kind in session.execute(query)]


def clashes(session: Session, resource_id: int, *, ends_after_min: int) -> Sequence[tuple[int, int, int]]:
    """Every stretch that a calendar takes with every hearing that has the person in it: both edges, the hearing."""
    busy, claim = aliased(OccupancyRow), aliased(OccupancyRow)
    query = (
        sa.select(busy.start_min, busy.end_min, claim.hearing_id)
        .distinct()
        .join(claim, claim.resource_id == busy.resource_id)
        .where(
            busy.resource_id == resource_id,
            busy.kind.in_(IMPORTED),
            busy.end_min > ends_after_min,
            claim.resource_id == resource_id,
            claim.hearing_id.is_not(None),
            claim.end_min > ends_after_min,
            claim.start_min < busy.end_min,
            claim.end_min > busy.start_min,
        )
        .order_by(busy.start_min, busy.end_min, claim.hearing_id)
    )
    return [(start, end, hearing_id) for start, end, hearing_id in session.execute(query) if hearing_id]


def delete(session: Session, row: BusySourceRow) -> None:
    """Forget the calendar and all that it took."""
    session.execute(sa.delete(OccupancyRow).where(OccupancyRow.source_id == row.id))
    session.delete(row)
    session.flush()
