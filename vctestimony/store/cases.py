"""Queries of cases, orders, witnesses and the vault."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from vctestimony.store.models import CaseRow, OrderRow, PostRow, VaultRow, WitnessRow


def case_by_reference(session: Session, reference: str) -> CaseRow | None:
    """The case with its court, orders and witnesses."""
    query = sa.select(CaseRow).where(CaseRow.reference == reference)
    whole = (joinedload(CaseRow.court), selectinload(CaseRow.orders), selectinload(CaseRow.witnesses))
    return session.scalar(query.options(*whole))


def case_of(session: Session, reference: str, *, court_id: int | None) -> CaseRow | None:
    """The same, if it is that court's. Another court's is asked for no more than one that is not there."""
    query = sa.select(CaseRow).where(CaseRow.reference == reference, CaseRow.court_id == court_id)
    whole = (joinedload(CaseRow.court), selectinload(CaseRow.orders), selectinload(CaseRow.witnesses))
    return session.scalar(query.options(*whole))


def cases_of(session: Session, court_id: int) -> Sequence[CaseRow]:
    """The court's cases, newest first."""
    query = sa.select(CaseRow).where(CaseRow.court_id == court_id)
    whole = (joinedload(CaseRow.court), selectinload(CaseRow.orders), selectinload(CaseRow.witnesses))
    return session.scalars(query.options(*whole).order_by(CaseRow.created_at.desc(), CaseRow.id.desc())).all()


def same_number(session: Session, court_id: int, number: str) -> CaseRow | None:
    """A case of the court that already has this number; "sc 12/2025" is "SC 12/2025"."""
    same = sa.func.lower(CaseRow.number) == sa.func.lower(number)
    return session.scalar(sa.select(CaseRow).where(CaseRow.court_id == court_id, same))


def order_of(session: Session, case_id: int, order_id: int) -> OrderRow | None:
    """An order of this very case."""
    return session.scalar(sa.select(OrderRow).where(OrderRow.case_id == case_id, OrderRow.id == order_id))


def witness_by_reference(session: Session, reference: str) -> WitnessRow | None:
    """The witness with the case."""
    query = sa.select(WitnessRow).where(WitnessRow.reference == reference)
    return session.scalar(query.options(joinedload(WitnessRow.case).joinedload(CaseRow.court)))


def witness_of(session: Session, reference: str, *, court_id: int | None) -> WitnessRow | None:
    """The same, if the case is that court's. Another court's is asked for no more than one that is not there."""
    query = sa.select(WitnessRow).join(WitnessRow.case).where(WitnessRow.reference == reference)
    theirs = query.where(CaseRow.court_id == court_id)
    return session.scalar(theirs.options(joinedload(WitnessRow.case).joinedload(CaseRow.court)))


def court(session: Session, post_id: int) -> PostRow | None:
    """The court as a post."""
    return session.get(PostRow, post_id)


def sealed_fields(session: Session, witness_id: int) -> Sequence[VaultRow]:
    """What the vault holds about the witness, by field name."""
    return session.scalars(sa.select(VaultRow).where(VaultRow.witness_id == witness_id).order_by(VaultRow.field)).all()


def sealed_samples(session: Session, *, but: str) -> Sequence[tuple[VaultRow, WitnessRow]]:
    """One sealed field for each key that sealed any, with its witness; keys whose id begins with `but` left out."""
    others = sa.not_(VaultRow.key_id.startswith(but, autoescape=True))
    newest = sa.select(sa.func.max(VaultRow.id)).where(others).group_by(VaultRow.key_id)
    query = sa.select(VaultRow, WitnessRow).join(WitnessRow, WitnessRow.id == VaultRow.witness_id)
    return [(row, witness) for row, witness in session.execute(query.where(VaultRow.id.in_(newest)))]


def forget_sealed(session: Session, witness_id: int) -> None:
    """Remove what the vault holds about the witness."""
    session.execute(sa.delete(VaultRow).where(VaultRow.witness_id == witness_id))
