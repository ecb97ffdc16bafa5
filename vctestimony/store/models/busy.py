"""Rows of the calendars from which officials' busy time comes. What they take stands among all that is taken."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.domain.busy import SourceKind
from vctestimony.store.base import Base, Instant, word
from vctestimony.store.models.people import OfficialRow


class BusySourceRow(Base):
    """One calendar of an official: an address, sealed, or a file that was read once and not kept.

    `failure` names the refusal of the last try, `leased_until` and `owner` the worker that is reading it now, and
    `read_as` what the reading rested on besides the calendar: zone, zone rules and the person's address.
    """

    __tablename__ = "busy_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True)
    kind: Mapped[SourceKind] = mapped_column(word(SourceKind))
    host: Mapped[str] = mapped_column(String(260), default="")
    key_id: Mapped[str] = mapped_column(String(40), default="")
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    etag: Mapped[str] = mapped_column(String(200), default="")
    modified: Mapped[str] = mapped_column(String(200), default="")
    read_as: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = mapped_column(Instant)
    tried_at: Mapped[datetime | None] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    changed_at: Mapped[datetime | None] = mapped_column(Instant)
    covers_until: Mapped[datetime | None] = mapped_column(Instant)
    unreadable: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(String(40), default="")
    failure_facts: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    next_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    owner: Mapped[str] = mapped_column(String(40), default="")

    official: Mapped[OfficialRow] = relationship()
