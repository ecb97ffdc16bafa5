"""The query of what is taken in a week: at a post or of one person, with only those references a person may see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import HearingRow, OccupancyKind, OccupancyRow, ResourceKind, ResourceRow


@dataclass(frozen=True, slots=True)
class TakenRow:
    """One stretch of one resource; without a reference for a hearing that the person asking may not see."""

    name: str
    resource_kind: ResourceKind
    start_min: int
    end_min: int
    kind: OccupancyKind
    reference: str | None


def at_post(post_id: int) -> sa.ColumnElement[bool]:
    """The rooms, links and people of the post."""
    return ResourceRow.post_id == post_id


def of_resource(resource_id: int) -> sa.ColumnElement[bool]:
    """One resource."""
    return ResourceRow.id == resource_id


def without(hearing_ids: Collection[int]) -> sa.ColumnElement[bool]:
    """What none of these hearings takes."""
    return sa.or_(OccupancyRow.hearing_id.is_(None), OccupancyRow.hearing_id.not_in(hearing_ids))


def taken(
    session: Session,
    which: sa.ColumnElement[bool],
    *,
    from_min: int,
    to_min: int,
    now: datetime,
    seen: sa.ColumnElement[bool],
) -> Sequence[TakenRow]:
    """Everything that takes one of the resources in the range, in a single query; holds that ran out take nothing.

    `seen` is the condition for hearings whose reference may be told.
    """
    row = OccupancyRow
    reference = sa.case((seen, HearingRow.reference), else_=None)
    query = (
        sa.select(ResourceRow.name, ResourceRow.kind, row.start_min, row.end_min, row.kind, reference)
        .join(ResourceRow, ResourceRow.id == row.resource_id)
        .outerjoin(HearingRow, HearingRow.id == row.hearing_id)
        .where(
            which,
            row.end_min > from_min,
            row.start_min < to_min,
            sa.or_(row.held_until.is_(None), row.held_until > now),
        )
        .order_by(row.start_min, row.id)
    )
    return [TakenRow(*found) for found in session.execute(query)]
