"""Rows of how the conferences of hearings are joined, sealed."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant


class JoiningCodeRow(Base):
    """The last code mailed to somebody who joins by the answer link. Only its digest with that link is kept."""

    __tablename__ = "joining_code"

    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class JoiningRow(Base):
    """Address and passcode of the conference of one hearing. Neither is readable without the key outside the database.

    `mark` stands for both wherever they are compared (domain/joining.py).
    """

    __tablename__ = "joining"

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), unique=True)
    address_key_id: Mapped[str] = mapped_column(String(40))
    address: Mapped[bytes] = mapped_column(LargeBinary)
    passcode_key_id: Mapped[str] = mapped_column(String(40))
    passcode: Mapped[bytes] = mapped_column(LargeBinary)
    mark: Mapped[str] = mapped_column(String(64))
    written_at: Mapped[datetime] = mapped_column(Instant)
    # Since when somebody knows the address who should not any more, or the hearing has another time.
    rotate_since: Mapped[datetime | None] = mapped_column(Instant)
