"""Queries of signing: copies, their signatures in order, confirmed certificates, drafts."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import (
    AccountRow,
    HearingRow,
    SignatureRow,
    SigningCertificateRow,
    SigningCopyRow,
    SigningDraftRow,
)


def copy(session: Session, code: str) -> SigningCopyRow | None:
    """The copy with this code."""
    return session.scalar(sa.select(SigningCopyRow).where(SigningCopyRow.code == code))


def copy_of(session: Session, *, hearing_id: int, original_sha256: str) -> SigningCopyRow | None:
    """The copy of the hearing that was made of these bytes."""
    query = sa.select(SigningCopyRow).where(SigningCopyRow.hearing_id == hearing_id)
    return session.scalar(query.where(SigningCopyRow.original_sha256 == original_sha256))


def copies(session: Session, hearing_id: int) -> Sequence[SigningCopyRow]:
    """Everything of the hearing that is signed, in the order in which it was offered."""
    query = sa.select(SigningCopyRow).where(SigningCopyRow.hearing_id == hearing_id)
    return session.scalars(query.order_by(SigningCopyRow.id)).all()


def hearing_of(session: Session, row: SigningCopyRow) -> HearingRow:
    """The hearing that the copy is of."""
    return session.get_one(HearingRow, row.hearing_id)


def signatures(session: Session, copy_id: int) -> Sequence[SignatureRow]:
    """What was added to the copy, in order."""
    query = sa.select(SignatureRow).where(SignatureRow.copy_id == copy_id)
    return session.scalars(query.order_by(SignatureRow.number)).all()


def is_signed(session: Session, code: str, field: str) -> bool:
    """Whether the field of the copy with this code is signed."""
    query = sa.select(SignatureRow.id).join(SigningCopyRow, SigningCopyRow.id == SignatureRow.copy_id)
    return session.scalar(query.where(SigningCopyRow.code == code, SignatureRow.field == field)) is not None


def copy_with_file(session: Session, hashes: Collection[str]) -> tuple[SigningCopyRow, str] | None:
    """The copy of which one of these hashes is a state, and that hash; the first that fits."""
    wanted = sorted(hashes)
    row = session.scalar(
        sa.select(SigningCopyRow).where(SigningCopyRow.original_sha256.in_(wanted)).order_by(SigningCopyRow.id).limit(1)
    )
    if row is not None:
        return row, row.original_sha256
    query = sa.select(SignatureRow).where(SignatureRow.sha256.in_(wanted)).order_by(SignatureRow.id).limit(1)
    found = session.scalar(query)
    return (session.get_one(SigningCopyRow, found.copy_id), found.sha256) if found else None


def certificate_of(session: Session, account_id: int) -> SigningCertificateRow | None:
    """The certificate that the owner of the account confirmed last."""
    query = sa.select(SigningCertificateRow).where(SigningCertificateRow.account_id == account_id)
    return session.scalar(query.order_by(SigningCertificateRow.id.desc()).limit(1))


def confirmed_by_another(session: Session, sha256: str, *, account_id: int) -> str | None:
    """The name of somebody else who confirmed this certificate as theirs."""
    query = sa.select(AccountRow.name).join(SigningCertificateRow, SigningCertificateRow.account_id == AccountRow.id)
    theirs = query.where(SigningCertificateRow.sha256 == sha256, AccountRow.id != account_id)
    return session.scalar(theirs.order_by(SigningCertificateRow.id).limit(1))


def draft(session: Session, *, copy_id: int, account_id: int) -> SigningDraftRow | None:
    """What waits for this person's signature on the copy."""
    query = sa.select(SigningDraftRow).where(SigningDraftRow.copy_id == copy_id)
    return session.scalar(query.where(SigningDraftRow.account_id == account_id))


def drop_draft(session: Session, *, copy_id: int, account_id: int) -> None:
    """Let what waits be forgotten."""
    session.execute(
        sa.delete(SigningDraftRow).where(SigningDraftRow.copy_id == copy_id, SigningDraftRow.account_id == account_id)
    )
