"""Rows by which a worker shows that it is alive."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant


class HeartbeatRow(Base):
    """When the workers of one kind last showed that they are alive, whichever of them it was."""

    __tablename__ = "heartbeat"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    beaten_at: Mapped[datetime] = mapped_column(Instant)
