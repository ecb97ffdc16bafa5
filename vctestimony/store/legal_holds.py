"""Queries of legal holds: which case is left alone, and which hearings with it."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from vctestimony.store.models import HearingRow, LegalHoldRow

_HOLDS = LegalHoldRow.lifted_at.is_(None)


def of_case(session: Session, case_id: int) -> Sequence[LegalHoldRow]:
    """Every hold there ever was on the case, the newest first."""
    query = sa.select(LegalHoldRow).where(LegalHoldRow.case_id == case_id)
    return session.scalars(query.order_by(LegalHoldRow.id.desc())).all()


def in_force(session: Session, case_id: int) -> LegalHoldRow | None:
    """The oldest hold on the case that nobody lifted."""
    query = sa.select(LegalHoldRow).where(LegalHoldRow.case_id == case_id, _HOLDS)
    return session.scalar(query.order_by(LegalHoldRow.id).limit(1))


def named(session: Session, *, case_id: int, public_id: str) -> LegalHoldRow | None:
    """The hold of that name, locked for this transaction, if it is on the case."""
    query = sa.select(LegalHoldRow).where(LegalHoldRow.case_id == case_id, LegalHoldRow.public_id == public_id)
    return session.scalar(query.with_for_update())


def count(session: Session, *, court_id: int | None = None) -> int:
    """How many cases are on hold: of one court, or of all."""
    query = sa.select(sa.func.count(sa.distinct(LegalHoldRow.case_id))).where(_HOLDS)
    if court_id is not None:
        query = query.where(LegalHoldRow.case.has(court_id=court_id))
    return session.scalar(query) or 0


Column = InstrumentedAttribute[int] | InstrumentedAttribute[int | None] | sa.ColumnElement[int]


def free(hearing_id: Column) -> sa.ColumnElement[bool]:
    """The condition that what belongs to that hearing is not on hold; what belongs to none never is."""
    held = sa.select(HearingRow.id).join(LegalHoldRow, LegalHoldRow.case_id == HearingRow.case_id).where(_HOLDS)
    return sa.or_(hearing_id.is_(None), hearing_id.not_in(held))


def free_case(case_id: InstrumentedAttribute[int]) -> sa.ColumnElement[bool]:
    """The condition that the case is not on hold."""
    return case_id.not_in(sa.select(LegalHoldRow.case_id).where(_HOLDS))
