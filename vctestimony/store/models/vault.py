"""Rows of the witnesses' keys, and of who may open whose identity until when."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.store.base import Base, Instant
from vctestimony.store.models.cases import WitnessRow
from vctestimony.store.models.people import AccountRow


class WitnessKeyRow(Base):
    """The data key of one witness, wrapped twice: nobody unwraps it without the master key and the file `public_id`.

    `ordered_at` says since when it is to be destroyed, `destroyed_at` that it was; then nothing wrapped is left.
    """

    __tablename__ = "witness_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    witness_id: Mapped[int] = mapped_column(ForeignKey("witness.id"), unique=True)
    key_id: Mapped[str] = mapped_column(String(40), index=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Instant)
    order_reference: Mapped[str] = mapped_column(String(120), default="")
    order_reason: Mapped[str] = mapped_column(Text, default="")
    ordered_by: Mapped[str] = mapped_column(String(200), default="")
    ordered_at: Mapped[datetime | None] = mapped_column(Instant)
    destroyed_by: Mapped[str] = mapped_column(String(200), default="")
    destroyed_at: Mapped[datetime | None] = mapped_column(Instant)

    witness: Mapped[WitnessRow] = relationship()


class VaultGrantRow(Base):
    """Somebody may open the identity of one witness until then. It starts as a request where somebody asked.

    `given_at` is empty while it is only asked for. `seconded_at` is the second person's yes to the next look, where the
    court wants one; a look uses it up.
    """

    __tablename__ = "vault_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    witness_id: Mapped[int] = mapped_column(ForeignKey("witness.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    given_by: Mapped[str] = mapped_column(String(200), default="")
    given_at: Mapped[datetime | None] = mapped_column(Instant)
    until_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str] = mapped_column(String(200), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    second_asked_at: Mapped[datetime | None] = mapped_column(Instant)
    second_reason: Mapped[str] = mapped_column(Text, default="")
    seconded_by: Mapped[str] = mapped_column(String(200), default="")
    seconded_at: Mapped[datetime | None] = mapped_column(Instant)

    account: Mapped[AccountRow] = relationship(foreign_keys=[account_id])
    witness: Mapped[WitnessRow] = relationship()
