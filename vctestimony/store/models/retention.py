"""Rows of what stops all deleting in a case, and of the counts that remain when what they were counted from is gone."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.store.base import Base, Instant
from vctestimony.store.models.cases import CaseRow


class LegalHoldRow(Base):
    """A case is left alone by everything that deletes or destroys, until `lifted_at`; by whose order, and why."""

    __tablename__ = "legal_hold"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    order_reference: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    placed_by: Mapped[str] = mapped_column(String(200))
    placed_at: Mapped[datetime] = mapped_column(Instant)
    lift_order: Mapped[str] = mapped_column(String(120), default="")
    lift_reason: Mapped[str] = mapped_column(Text, default="")
    lifted_by: Mapped[str] = mapped_column(String(200), default="")
    lifted_at: Mapped[datetime | None] = mapped_column(Instant)

    case: Mapped[CaseRow] = relationship()


class NumberRow(Base):
    """One count of one court in one month, by cause where it has one (domain/numbers.py). It names nobody."""

    __tablename__ = "court_number"
    __table_args__ = (UniqueConstraint("court_id", "month_on", "measure", "cause", name="uq_court_number_measure"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    court_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    month_on: Mapped[date]
    measure: Mapped[str] = mapped_column(String(40))
    cause: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[int]
    kept_at: Mapped[datetime] = mapped_column(Instant)
