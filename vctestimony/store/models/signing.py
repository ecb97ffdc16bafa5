"""Rows of signing: the copies that are signed, what each signature adds to them, and whose certificate is whose."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.domain.signing import Method, Purpose
from vctestimony.store.base import Base, Instant, word


class SigningCopyRow(Base):
    """A file that is to be signed, as it was before the first signature, sealed in the vault. Never changed."""

    __tablename__ = "signing_copy"
    __table_args__ = (UniqueConstraint("hearing_id", "original_sha256", name="uq_signing_copy_original"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"))
    code: Mapped[str] = mapped_column(String(20), unique=True)
    purpose: Mapped[Purpose] = mapped_column(word(Purpose))
    language: Mapped[str] = mapped_column(String(5))
    original_sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    key_id: Mapped[str] = mapped_column(String(40))
    original: Mapped[bytes] = mapped_column(LargeBinary)
    offered_at: Mapped[datetime] = mapped_column(Instant)
    offered_by: Mapped[str] = mapped_column(String(200))


class SignatureRow(Base):
    """What one signature added to a copy: the bytes after `start`, and who made it. Never changed.

    `sha256` is that of the whole file with this signature. `field` is empty where nothing was signed yet: the fields
    themselves were added to a file that had none.
    """

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("copy_id", "number", name="uq_signature_number"),
        UniqueConstraint("copy_id", "field", name="uq_signature_field"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    copy_id: Mapped[int] = mapped_column(ForeignKey("signing_copy.id"))
    number: Mapped[int]
    field: Mapped[str] = mapped_column(String(40))
    start: Mapped[int]
    increment: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    method: Mapped[Method] = mapped_column(word(Method))
    duty: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signed_by: Mapped[str] = mapped_column(String(200))
    certificate_name: Mapped[str] = mapped_column(String(300))
    certificate_sha256: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime] = mapped_column(Instant)


class SigningCertificateRow(Base):
    """A certificate that the owner of an account confirmed as theirs; the latest is in force. Never changed."""

    __tablename__ = "signing_certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(300))
    issuer: Mapped[str] = mapped_column(String(300))
    confirmed_at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text)


class SigningDraftRow(Base):
    """A signature that waits for what is made on the officer's own machine; at most one for a person and a copy."""

    __tablename__ = "signing_draft"
    __table_args__ = (UniqueConstraint("copy_id", "account_id", name="uq_signing_draft_person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    copy_id: Mapped[int] = mapped_column(ForeignKey("signing_copy.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    field: Mapped[str] = mapped_column(String(40))
    base_sha256: Mapped[str] = mapped_column(String(64))
    increment: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    gap_start: Mapped[int]
    gap_end: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Instant)
