"""Queries of what is taken: read a range in one query, claim, give back, and forget holds that ran out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vctestimony.domain.hearing import Part
from vctestimony.store.db import lock_resources
from vctestimony.store.guards import OVERLAP
from vctestimony.store.models import OccupancyKind, OccupancyRow

NOBODYS = 0
"""No hearing has this number."""

_ROW = OccupancyRow
_TAKEN = (
    sa.select(_ROW.resource_id, _ROW.start_min, _ROW.end_min, _ROW.hearing_id.is_not(None))
    .where(
        _ROW.resource_id.in_(sa.bindparam("resource_ids", expanding=True)),
        _ROW.end_min > sa.bindparam("from_min"),
        _ROW.start_min < sa.bindparam("to_min"),
        sa.or_(_ROW.held_until.is_(None), _ROW.held_until > sa.bindparam("now")),
        sa.or_(_ROW.hearing_id.is_(None), _ROW.hearing_id != sa.bindparam("except_hearing_id")),
    )
    .order_by(_ROW.resource_id, _ROW.end_min, _ROW.start_min)
)


class Overlap(Exception):
    """The database refused a claim because another one stands in the way. The transaction can go on."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One resource for one part of a hearing, in half-open epoch minutes."""

    resource_id: int
    start_min: int
    end_min: int
    part: Part


def taken(
    session: Session,
    resource_ids: Collection[int],
    *,
    from_min: int,
    to_min: int,
    now: datetime,
    except_hearing_id: int | None = None,
) -> Sequence[tuple[int, int, int, bool]]:
    """Everything that takes one of the resources in the range, in a single query: resource, start, end, and whether
    it is a hearing.

    Everything of one resource stands together. Blocking or not, all of it hides times; holds that ran out and the
    claims of `except_hearing_id` take nothing.
    The index leads with the end, so the cost does not grow with what lies in the past, and it holds every column
    that is asked, so no row is visited. Asked of the connection, as by way of the objects it takes twice the time.
    """
    session.flush()
    wanted = {
        "resource_ids": sorted(set(resource_ids)),
        "from_min": from_min,
        "to_min": to_min,
        "now": now,
        "except_hearing_id": NOBODYS if except_hearing_id is None else except_hearing_id,
    }
    return session.connection().execute(_TAKEN, wanted).all()


def claim(session: Session, claims: Collection[Claim], *, hearing_id: int, held_until: datetime | None = None) -> None:
    """Take every resource, in ascending order so that two bookings cannot wait for each other; all or Overlap."""
    kind = OccupancyKind.BOOKING if held_until is None else OccupancyKind.HOLD
    rows = [
        {
            "resource_id": one.resource_id,
            "start_min": one.start_min,
            "end_min": one.end_min,
            "kind": kind,
            "blocking": True,
            "hearing_id": hearing_id,
            "part": one.part,
            "held_until": held_until,
        }
        for one in sorted(claims, key=lambda one: (one.resource_id, one.start_min))
    ]
    try:
        with session.begin_nested():
            session.execute(sa.insert(OccupancyRow), rows)
    except IntegrityError as error:
        if OVERLAP not in str(error.orig):
            raise
        raise Overlap() from error


def release(session: Session, hearing_id: int) -> int:
    """Give back everything the hearing has taken or held; returns how many rows."""
    return _deleted(session, OccupancyRow.hearing_id == hearing_id)


def forget_expired(session: Session, resource_ids: Collection[int], *, now: datetime) -> int:
    """Delete the holds on these resources that have run out; the guard against overlaps cannot look at a clock."""
    return _deleted(session, OccupancyRow.resource_id.in_(sorted(set(resource_ids))), OccupancyRow.held_until <= now)


def lock(session: Session, resource_ids: Collection[int]) -> None:
    """Let bookings of the same resources queue until this transaction ends."""
    lock_resources(session, list(resource_ids))


def _deleted(session: Session, *conditions: sa.ColumnElement[bool]) -> int:
    gone = session.execute(sa.delete(OccupancyRow).where(*conditions).returning(OccupancyRow.id))
    return len(gone.all())
