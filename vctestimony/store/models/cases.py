"""Rows of cases, the court's orders, witnesses by pseudonym, and the vault."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from vctestimony.domain.casework import IdentityDocument, Instance, Regime, Route, Signing
from vctestimony.domain.searching import folded
from vctestimony.store.base import Base, Instant, word
from vctestimony.store.models.people import PostRow
from vctestimony.store.models.resources import ResourceRow


class CaseRow(Base):
    """A trial before one court."""

    __tablename__ = "case"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    number: Mapped[str] = mapped_column(String(80))
    cnr: Mapped[str] = mapped_column(String(20), default="")
    court_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    cause_title: Mapped[str] = mapped_column(String(300), default="")
    sections: Mapped[str] = mapped_column(String(500))
    stage: Mapped[str] = mapped_column(String(200))
    instance: Mapped[Instance] = mapped_column(word(Instance))
    regime: Mapped[Regime] = mapped_column(word(Regime))
    instituted_on: Mapped[date]
    # From this day the law counts the time for a child's evidence; asked where it matters, never assumed.
    cognizance_on: Mapped[date | None]
    rule_pack: Mapped[str] = mapped_column(String(40))
    # Facts of the case that conditions of steps turn on, by name; every one asked, none assumed.
    facts: Mapped[dict[str, bool]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)
    # The number as it is looked for (domain/searching.py), written with it.
    number_folded: Mapped[str] = mapped_column(Text, default="", server_default="")

    court: Mapped[PostRow] = relationship()
    orders: Mapped[list["OrderRow"]] = relationship(back_populates="case", order_by="OrderRow.made_on, OrderRow.id")
    witnesses: Mapped[list["WitnessRow"]] = relationship(back_populates="case", order_by="WitnessRow.pseudonym")

    __mapper_args__ = {"version_id_col": version}

    @validates("number")
    def _fold(self, _name: str, number: str) -> str:
        self.number_folded = folded(number)
        return number


class OrderRow(Base):
    """The court's order that allows video evidence and sets its conditions."""

    __tablename__ = "court_order"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    made_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(120))
    conditions: Mapped[str] = mapped_column(Text, default="")
    route: Mapped[Route | None] = mapped_column(word(Route))
    host_consent: Mapped[str] = mapped_column(String(200), default="")
    signing: Mapped[Signing] = mapped_column(word(Signing))
    not_before_on: Mapped[date | None]
    not_after_on: Mapped[date | None]
    daylight_only: Mapped[bool] = mapped_column(default=False, server_default=false())
    court_hours_only: Mapped[bool] = mapped_column(default=False, server_default=false())
    # The longest examination on one day, its breaks included: so many minutes of break after so many of sitting.
    longest_minutes: Mapped[int | None]
    break_after_minutes: Mapped[int | None]
    break_minutes: Mapped[int | None]
    facts: Mapped[dict[str, bool]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[CaseRow] = relationship(back_populates="orders")

    __mapper_args__ = {"version_id_col": version}


class WitnessRow(Base):
    """The Required Person, known everywhere by pseudonym."""

    __tablename__ = "witness"
    __table_args__ = (UniqueConstraint("case_id", "pseudonym", name="uq_witness_pseudonym"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), unique=True)
    pseudonym: Mapped[str] = mapped_column(String(40))
    languages: Mapped[str] = mapped_column(String(200))
    nationality: Mapped[str] = mapped_column(String(5))
    identity_document: Mapped[IdentityDocument] = mapped_column(word(IdentityDocument))
    documents_to_show: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, bool]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)
    # The pseudonym as it is looked for, written with it.
    pseudonym_folded: Mapped[str] = mapped_column(Text, default="", server_default="")

    case: Mapped[CaseRow] = relationship(back_populates="witnesses")
    resource: Mapped[ResourceRow] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @validates("pseudonym")
    def _fold(self, _name: str, pseudonym: str) -> str:
        self.pseudonym_folded = folded(pseudonym)
        return pseudonym


class VaultRow(Base):
    """One encrypted field of a witness's identity. Nothing here is readable without the key outside the database."""

    __tablename__ = "vault"
    __table_args__ = (UniqueConstraint("witness_id", "field", name="uq_vault_field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    witness_id: Mapped[int] = mapped_column(ForeignKey("witness.id"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    key_id: Mapped[str] = mapped_column(String(40))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime] = mapped_column(Instant)
