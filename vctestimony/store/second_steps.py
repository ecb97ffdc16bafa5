"""Queries of second steps and of the links by mail."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import AccountLinkRow, AuthenticatorRow, PasskeyRow, RecoveryCodeRow


def authenticator(session: Session, account_id: int) -> AuthenticatorRow | None:
    """The secret that the account's app makes codes from."""
    return session.get(AuthenticatorRow, account_id)


def passkeys(session: Session, account_id: int) -> Sequence[PasskeyRow]:
    """The account's passkeys, oldest first."""
    query = sa.select(PasskeyRow).where(PasskeyRow.account_id == account_id)
    return session.scalars(query.order_by(PasskeyRow.made_at, PasskeyRow.id)).all()


def passkey(session: Session, account_id: int, credential: str) -> PasskeyRow | None:
    """The account's passkey with this credential."""
    wanted = (PasskeyRow.account_id == account_id, PasskeyRow.credential == credential)
    return session.scalar(sa.select(PasskeyRow).where(*wanted))


def has_credential(session: Session, credential: str) -> bool:
    """Whether any account has a passkey with this credential."""
    return session.scalar(sa.select(PasskeyRow.id).where(PasskeyRow.credential == credential)) is not None


def unused_codes(session: Session, account_id: int) -> int:
    """How many recovery codes are left."""
    wanted = (RecoveryCodeRow.account_id == account_id, RecoveryCodeRow.used_at.is_(None))
    return session.scalar(sa.select(sa.func.count()).select_from(RecoveryCodeRow).where(*wanted)) or 0


def unused_code(session: Session, account_id: int, code_hash: str) -> RecoveryCodeRow | None:
    """The recovery code, unless it was used."""
    wanted = (
        RecoveryCodeRow.account_id == account_id,
        RecoveryCodeRow.code_hash == code_hash,
        RecoveryCodeRow.used_at.is_(None),
    )
    return session.scalar(sa.select(RecoveryCodeRow).where(*wanted).limit(1))


def drop_codes(session: Session, account_id: int) -> None:
    """Delete the account's recovery codes."""
    session.execute(sa.delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))


def drop_all(session: Session, account_id: int) -> None:
    """Delete every second step of the account."""
    for row in (AuthenticatorRow, PasskeyRow, RecoveryCodeRow):
        session.execute(sa.delete(row).where(row.account_id == account_id))


def link(session: Session, token_hash: str, *, purposes: Collection[str], after: datetime) -> AccountLinkRow | None:
    """The link, if it is for one of these and was made later than the instant."""
    wanted = (
        AccountLinkRow.token_hash == token_hash,
        AccountLinkRow.purpose.in_(purposes),
        AccountLinkRow.made_at > after,
    )
    return session.scalar(sa.select(AccountLinkRow).where(*wanted))


def drop_links(session: Session, account_id: int, *, purposes: Collection[str] = ()) -> None:
    """Delete the account's links, all or those for these: whoever has one finds that it no longer works."""
    ending = sa.delete(AccountLinkRow).where(AccountLinkRow.account_id == account_id)
    session.execute(ending.where(AccountLinkRow.purpose.in_(purposes)) if purposes else ending)


def drop_every_link(session: Session) -> None:
    """Delete the links of all accounts."""
    session.execute(sa.delete(AccountLinkRow))


def drop_every_code(session: Session) -> None:
    """Delete the recovery codes of all accounts."""
    session.execute(sa.delete(RecoveryCodeRow))
