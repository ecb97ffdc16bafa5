"""Queries of the numbers of courts by month: what is kept, and the hearings from which a month is counted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from vctestimony.domain.numbers import Measure
from vctestimony.domain.people import COURTS
from vctestimony.store.models import HearingRow, NumberRow, PostRow

_WHEN = sa.func.coalesce(HearingRow.starts_at, HearingRow.created_at)


def courts(session: Session) -> Sequence[PostRow]:
    """Every court, in a fixed order."""
    return session.scalars(sa.select(PostRow).where(PostRow.kind.in_(sorted(COURTS))).order_by(PostRow.id)).all()


def first_at(session: Session, court_id: int) -> datetime | None:
    """When the first hearing of the court began, or was asked for."""
    query = sa.select(HearingRow).where(HearingRow.court_id == court_id).order_by(_WHEN, HearingRow.id).limit(1)
    row = session.scalar(query)
    return None if row is None else row.starts_at or row.created_at


def hearings_between(session: Session, court_id: int, *, first: datetime, until: datetime) -> Sequence[HearingRow]:
    """The hearings of the court that begin in that time, or without a time were asked for in it."""
    query = sa.select(HearingRow).options(joinedload(HearingRow.order), joinedload(HearingRow.court))
    query = query.where(HearingRow.court_id == court_id, first <= _WHEN, until > _WHEN)
    return session.scalars(query.order_by(HearingRow.id)).all()


def kept(session: Session, court_id: int) -> Mapping[date, Mapping[Measure, int]]:
    """What is kept of the court, by month."""
    query = sa.select(NumberRow).where(NumberRow.court_id == court_id).order_by(NumberRow.month_on, NumberRow.id)
    found: dict[date, dict[Measure, int]] = {}
    for row in session.scalars(query):
        found.setdefault(row.month_on, {})[(row.measure, row.cause)] = row.value
    return found


def keep(session: Session, court_id: int, month_on: date, found: Mapping[Measure, int], *, now: datetime) -> None:
    """Keep the numbers of a month for good."""
    for (measure, cause), value in found.items():
        row = NumberRow(court_id=court_id, month_on=month_on, measure=measure, cause=cause, value=value, kept_at=now)
        session.add(row)
    session.flush()
