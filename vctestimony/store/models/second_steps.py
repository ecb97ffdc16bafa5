"""Rows of what an account shows besides its password, and of the links by which one gets a password at all."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant


class AuthenticatorRow(Base):
    """The secret that an app on somebody's telephone makes codes from (RFC 6238), sealed as the vault seals."""

    __tablename__ = "authenticator"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    key_id: Mapped[str] = mapped_column(String(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    # The step of the last code that was taken: neither it nor an older one is taken again.
    last_step: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime] = mapped_column(Instant)


class PasskeyRow(Base):
    """A passkey: what its device told about itself when it was added, none of it secret."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    credential: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class RecoveryCodeRow(Base):
    """A code on paper for the day the telephone is lost, known by its hash only."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class AccountLinkRow(Base):
    """A link by mail for one purpose (domain/account_letters.py), once; known by its hash only."""

    __tablename__ = "account_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # The address that the account is to have once the link was opened.
    address: Mapped[str | None] = mapped_column(String(254))
    made_at: Mapped[datetime] = mapped_column(Instant)
