"""Rows of mail waiting to leave. Written in the transaction of what they tell of, sent after it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant, word


class OutboxState(StrEnum):
    """Where a mail stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SUPERSEDED = "superseded"


class OutboxRow(Base):
    """One mail to one address, rendered whole when it was written, so that a retry is byte-identical.

    `body` and `subject` are sealed (services/sealed_mails.py); without a `key_id` the body is from before, and plain.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_due", "state", "next_at", "id"),
        Index("outbox_undelivered", "hearing_id", "state"),
        Index("outbox_before", "participant_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearing.id"), index=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"), index=True)
    sequence: Mapped[int] = mapped_column(default=0)
    to_address: Mapped[str] = mapped_column(String(254))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(40), default="", server_default="", index=True)
    subject: Mapped[bytes | None] = mapped_column(LargeBinary)
    body_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    state: Mapped[OutboxState] = mapped_column(word(OutboxState))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(Instant)
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    owner: Mapped[str] = mapped_column(String(60), default="")
    last_error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    # `tries` counts since the mail was written or sent again, `attempts` since it was written: a mail without attempts
    # surely never left. It is tried until `until_at`; `dead_at` says since when it counts as undelivered, `settled_at`
    # that somebody saw to it in another way.
    until_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    dead_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    # What came back: the code of the last refusal, a notice that the mail is late, a bounce, a read receipt.
    failure_code: Mapped[str] = mapped_column(String(40), default="", server_default="")
    delayed_at: Mapped[datetime | None] = mapped_column(Instant)
    bounced_at: Mapped[datetime | None] = mapped_column(Instant)
    bounce_words: Mapped[str] = mapped_column(Text, default="", server_default="")
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    # Somebody who looked after a restore said that it must not leave: it had left before, or is of no use any more.
    dropped_at: Mapped[datetime | None] = mapped_column(Instant)
    # The same person said that this one may leave, although all other mail is held still.
    let_go_at: Mapped[datetime | None] = mapped_column(Instant)
    # When the body was wiped (services/retention.py), and the hash of what stood there until then.
    wiped_at: Mapped[datetime | None] = mapped_column(Instant)
