"""Rows of the rule packs as they were when checklists were made from them."""

from datetime import datetime

from sqlalchemy import JSON, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant


class EditionRow(Base):
    """One file with one content; the list of legal sources is kept as the pack `sources`, without a version."""

    __tablename__ = "pack_edition"
    __table_args__ = (UniqueConstraint("pack_id", "digest", name="uq_pack_edition_pack_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    first_used_at: Mapped[datetime] = mapped_column(Instant)


class CollectionRow(Base):
    """All packs of one time: for each id the digest of its edition."""

    __tablename__ = "pack_collection"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    members: Mapped[dict[str, str]] = mapped_column(JSON)
    first_used_at: Mapped[datetime] = mapped_column(Instant)
