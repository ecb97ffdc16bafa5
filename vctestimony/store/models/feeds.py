"""Rows of the feeds that calendar programs read. The address itself is kept nowhere, only its hash."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.domain.feeds import FeedKind
from vctestimony.store.base import Base, Instant, word
from vctestimony.store.models.resources import ResourceRow


class FeedRow(Base):
    """One feed of a person or room; there is one of each kind at most, and making it anew ends the old address.

    `etag` and `changed_at` are of the content as it was last given out, `read_at` is kept to the quarter of an hour.
    """

    __tablename__ = "feed"
    __table_args__ = (UniqueConstraint("resource_id", "kind", name="uq_feed_resource_kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    kind: Mapped[FeedKind] = mapped_column(word(FeedKind))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    salt: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(5))
    with_held: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(200))
    etag: Mapped[str] = mapped_column(String(64), default="")
    changed_at: Mapped[datetime | None] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)

    resource: Mapped[ResourceRow] = relationship()
