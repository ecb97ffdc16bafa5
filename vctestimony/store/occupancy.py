"""Queries of what is taken: read a range in one query, claim, give back, book a hold, and forget holds that ran out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from vctestimony.domain.hearing import Part
from vctestimony.store.db import lock_resources
from vctestimony.store.guards import OVERLAP
from vctestimony.store.models import HearingRow, OccupancyKind, OccupancyRow

NOBODYS = 0
"""No hearing has this number."""

_ROW = OccupancyRow
_TAKEN = (
    sa.select(_ROW.resource_id, _ROW.start_min, _ROW.end_min, _ROW.hearing_id)
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
    """One resource for one part of a hearing, in half-open epoch minutes.

    What is not `blocking` may stand over a blocking one: only an ordered overlap of people is (services/overlaps.py).
    """

    resource_id: int
    start_min: int
    end_min: int
    part: Part
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Taken:
    """A stretch in which a resource is taken already: why, whether it blocks, and by which hearing if by one."""

    resource_id: int
    start_min: int
    end_min: int
    kind: OccupancyKind
    blocking: bool
    hearing: str
    court_id: int | None


def taken(
    session: Session,
    resource_ids: Collection[int],
    *,
    from_min: int,
    to_min: int,
    now: datetime,
    except_hearing_id: int | None = None,
) -> Sequence[tuple[int, int, int, int | None]]:
    """Everything that takes one of the resources in the range, in a single query: resource, start, end, and the
    hearing that took it, if it was one.

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


def in_the_way(
    session: Session, claims: Collection[Claim], *, now: datetime, except_hearing_id: int
) -> tuple[Taken, ...]:
    """Everything that one of the claims would overlap, by resource and start; holds that ran out are not there."""
    query = (
        sa.select(
            _ROW.resource_id, _ROW.start_min, _ROW.end_min, _ROW.kind, _ROW.blocking,
            sa.func.coalesce(HearingRow.reference, ""), HearingRow.court_id,
        )
        .outerjoin(HearingRow, HearingRow.id == _ROW.hearing_id)
        .where(
            sa.or_(*(_overlapped(one) for one in claims)),
            sa.or_(_ROW.held_until.is_(None), _ROW.held_until > now),
            sa.or_(_ROW.hearing_id.is_(None), _ROW.hearing_id != except_hearing_id),
        )
        .order_by(_ROW.resource_id, _ROW.start_min, _ROW.id)
    )  # fmt: skip
    return tuple(Taken(*row) for row in session.execute(query)) if claims else ()


def _overlapped(one: Claim) -> sa.ColumnElement[bool]:
    return sa.and_(_ROW.resource_id == one.resource_id, _ROW.end_min > one.start_min, _ROW.start_min < one.end_min)


def claim(
    session: Session,
    claims: Collection[Claim],
    *,
    hearing_id: int,
    held_until: datetime | None = None,
    option_id: int | None = None,
) -> None:
    """Take every resource, in ascending order so that two bookings cannot wait for each other; all or Overlap."""
    kind = OccupancyKind.BOOKING if held_until is None else OccupancyKind.HOLD
    rows = [
        {
            "resource_id": one.resource_id,
            "start_min": one.start_min,
            "end_min": one.end_min,
            "kind": kind,
            "blocking": one.blocking,
            "hearing_id": hearing_id,
            "part": one.part,
            "held_until": held_until,
            "option_id": option_id,
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


def release(session: Session, hearing_id: int, *, except_option_id: int | None = None) -> int:
    """Give back everything the hearing has taken or held, but for one option's; returns how many rows."""
    given = [OccupancyRow.hearing_id == hearing_id]
    if except_option_id is not None:
        given.append(sa.or_(OccupancyRow.option_id.is_(None), OccupancyRow.option_id != except_option_id))
    return _deleted(session, *given)


def release_one(session: Session, hearing_id: int, resource_id: int) -> int:
    """Give back one resource of the hearing's; returns how many rows."""
    return _deleted(session, OccupancyRow.hearing_id == hearing_id, OccupancyRow.resource_id == resource_id)


def own_time_within(
    session: Session, hearing_id: int, *, kinds: Collection[OccupancyKind]
) -> Sequence[tuple[int, OccupancyKind]]:
    """Which resources of the hearing's claims something of these kinds takes meanwhile, each kind once."""
    own, other = aliased(OccupancyRow), aliased(OccupancyRow)
    query = (
        sa.select(other.resource_id, other.kind)
        .distinct()
        .join(own, own.resource_id == other.resource_id)
        .where(
            own.hearing_id == hearing_id,
            other.kind.in_(sorted(kinds)),
            other.start_min < own.end_min,
            own.start_min < other.end_min,
        )
        .order_by(other.resource_id, other.kind)
    )
    return [(number, kind) for number, kind in session.execute(query)]


def stood_over(session: Session, hearing_id: int) -> frozenset[int]:
    """The resources of the hearing's claims over which another hearing's claim stands by order, and does not block."""
    own, other = aliased(OccupancyRow), aliased(OccupancyRow)
    query = (
        sa.select(own.resource_id)
        .join(other, other.resource_id == own.resource_id)
        .where(
            own.hearing_id == hearing_id,
            other.hearing_id != hearing_id,
            other.kind == OccupancyKind.BOOKING,
            ~other.blocking,
            other.start_min < own.end_min,
            own.start_min < other.end_min,
        )
    )
    return frozenset(session.scalars(query))


def release_option(session: Session, option_id: int) -> int:
    """Give back what one option holds; returns how many rows."""
    return _deleted(session, OccupancyRow.option_id == option_id)


def book_option(session: Session, option_id: int) -> int:
    """Turn what the option holds into the booking, row by row, so that at no instant anybody else could have it.

    Returns how many rows; none when the hold has been forgotten, as one that ran out may be.
    """
    booked = sa.update(OccupancyRow).where(OccupancyRow.option_id == option_id)
    rows = session.execute(booked.values(kind=OccupancyKind.BOOKING, held_until=None).returning(OccupancyRow.id))
    return len(rows.all())


def forget_expired(session: Session, resource_ids: Collection[int], *, now: datetime) -> int:
    """Delete the holds on these resources that have run out; the guard against overlaps cannot look at a clock."""
    return _deleted(session, OccupancyRow.resource_id.in_(sorted(set(resource_ids))), OccupancyRow.held_until <= now)


def lock(session: Session, resource_ids: Collection[int]) -> None:
    """Let bookings of the same resources queue until this transaction ends."""
    lock_resources(session, list(resource_ids))


def _deleted(session: Session, *conditions: sa.ColumnElement[bool]) -> int:
    gone = session.execute(sa.delete(OccupancyRow).where(*conditions).returning(OccupancyRow.id))
    return len(gone.all())
