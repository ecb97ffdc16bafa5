"""Rows of what a device sent for the running log and the log did not take. Rows here are never changed."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant


class LogRemarkRow(Base):
    """One entry that was refused, with the sentence that says why: `text` is marked, `facts` fill it.

    `key` is the id that the device of the account gave it, `kind` a kind of entries or UNKNOWN_KIND, `said_at` what the
    device's clock showed; `answers` and `note` are empty where they held a name that is not kept.
    """

    __tablename__ = "log_remark"
    __table_args__ = (UniqueConstraint("hearing_id", "account_id", "key", name="uq_log_remark_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    clock: Mapped[str] = mapped_column(String(40), default="")
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    said_at: Mapped[datetime] = mapped_column(Instant)
    skew_seconds: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
