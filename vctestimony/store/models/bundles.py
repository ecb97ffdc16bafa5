"""Rows of documents made many at once: what was asked, each document of it, and the files it came to."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant, word


class BundleState(StrEnum):
    """Where a bundle stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class LeafState(StrEnum):
    """What became of one document of a bundle."""

    WAITING = "waiting"
    PRINTED = "printed"
    LEFT_OUT = "left_out"
    FAILED = "failed"


class BundleForm(StrEnum):
    """In which form a bundle can be had."""

    ZIP = "zip"
    PDF = "pdf"


class BundleRow(Base):
    """Everything for a hearing, or the day sheets of a post for the month that begins on `from_on`.

    Its maker holds a lease; when that runs out another worker goes on with the first document that still waits.
    """

    __tablename__ = "bundle"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearing.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    from_on: Mapped[date | None]
    language: Mapped[str] = mapped_column(String(5))
    state: Mapped[BundleState] = mapped_column(word(BundleState), index=True)
    owner: Mapped[str] = mapped_column(String(60), default="")
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    trouble: Mapped[str] = mapped_column(Text, default="")


class LeafRow(Base):
    """One document of a bundle. `loose` is the same ready to be joined with others, unless it stays `apart` as a file.

    `why` is a whole sentence where there is none.
    """

    __tablename__ = "bundle_leaf"
    __table_args__ = (UniqueConstraint("bundle_id", "position", name="uq_bundle_leaf_position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundle.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    person: Mapped[str] = mapped_column(String(40), default="")
    day_on: Mapped[date | None]
    title: Mapped[str] = mapped_column(String(200))
    whom: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[LeafState] = mapped_column(word(LeafState))
    number: Mapped[str] = mapped_column(String(30), default="")
    version: Mapped[int] = mapped_column(default=0)
    file_name: Mapped[str] = mapped_column(String(100), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    apart: Mapped[bool] = mapped_column(default=False)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    loose: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class BundleFileRow(Base):
    """A finished bundle in one form."""

    __tablename__ = "bundle_file"
    __table_args__ = (UniqueConstraint("bundle_id", "form", name="uq_bundle_file_form"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundle.id"), index=True)
    form: Mapped[BundleForm] = mapped_column(word(BundleForm))
    file_name: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
