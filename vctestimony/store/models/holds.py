"""Rows that say that no mail may leave: after a restore, until a person has looked."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant


class MailHoldRow(Base):
    """While one of these is not released, every mail waits, also one that is written afterwards."""

    __tablename__ = "mail_hold"

    id: Mapped[int] = mapped_column(primary_key=True)
    held_at: Mapped[datetime] = mapped_column(Instant)
    backup_made_at: Mapped[str] = mapped_column(String(40), default="")
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    released_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
