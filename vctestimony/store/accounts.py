"""Queries of accounts, their sessions, counted tries and form keys."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from vctestimony.domain.people import Role
from vctestimony.store.models import AccountRow, AttemptRow, OfficialRow, PostRow, SubmissionRow, WebSessionRow

_WITH_PLACE = (joinedload(AccountRow.post), joinedload(AccountRow.official))
_NAME_LOCKS = 7003


def lock_name(session: Session, name: str) -> None:
    """Let transactions about the same name queue, until this one ends. SQLite's writer is alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            sa.text("SELECT pg_advisory_xact_lock(:kind, hashtext(:name))"), {"kind": _NAME_LOCKS, "name": name}
        )


def by_email(session: Session, email: str) -> AccountRow | None:
    """The account with this address, as it is kept: in small letters."""
    return session.scalar(sa.select(AccountRow).options(*_WITH_PLACE).where(AccountRow.email == email))


def by_id(session: Session, account_id: int) -> AccountRow | None:
    """The account with its post and official."""
    return session.scalar(sa.select(AccountRow).options(*_WITH_PLACE).where(AccountRow.id == account_id))


def by_provider(session: Session, kept_as: str) -> AccountRow | None:
    """The account that is linked with this person at the provider."""
    return session.scalar(sa.select(AccountRow).options(*_WITH_PLACE).where(AccountRow.provider_subject == kept_as))


def any_id(session: Session) -> int | None:
    """The number of some account; None while there is none."""
    return session.scalar(sa.select(sa.func.min(AccountRow.id)))


def listed(session: Session) -> Sequence[AccountRow]:
    """Every account: active ones first, by name."""
    order = (AccountRow.is_active.desc(), AccountRow.name, AccountRow.id)
    return session.scalars(sa.select(AccountRow).options(*_WITH_PLACE).order_by(*order)).all()


def colleagues(session: Session, account: AccountRow, *, roles: frozenset[Role]) -> Sequence[AccountRow]:
    """The others of the same post in these roles, by name."""
    row = AccountRow
    wanted = (row.post_id == account.post_id, row.role.in_(sorted(roles)), row.id != account.id, row.is_active)
    return session.scalars(sa.select(row).where(*wanted).order_by(row.name, row.id)).all()


def officials_who_sign_in(session: Session) -> frozenset[int]:
    """The officials who have an account in use."""
    query = sa.select(AccountRow.official_id).where(AccountRow.official_id.is_not(None), AccountRow.is_active)
    return frozenset(found for found in session.scalars(query) if found is not None)


def active_administrators(session: Session) -> int:
    """How many people can manage accounts now."""
    wanted = (AccountRow.role == Role.ADMINISTRATOR, AccountRow.is_active)
    return session.scalar(sa.select(sa.func.count()).select_from(AccountRow).where(*wanted)) or 0


def post(session: Session, post_id: int) -> PostRow | None:
    """One post."""
    return session.get(PostRow, post_id)


def post_by_code(session: Session, code: str) -> PostRow | None:
    """The post with this code."""
    return session.scalar(sa.select(PostRow).where(PostRow.code == code))


def posts(session: Session) -> Sequence[PostRow]:
    """Every post, by country and name."""
    return session.scalars(sa.select(PostRow).order_by(PostRow.country, PostRow.name, PostRow.id)).all()


def official(session: Session, official_id: int) -> OfficialRow | None:
    """One official with the post."""
    query = sa.select(OfficialRow).options(joinedload(OfficialRow.post)).where(OfficialRow.id == official_id)
    return session.scalar(query)


def officials(session: Session) -> Sequence[OfficialRow]:
    """Every active official, by name."""
    query = sa.select(OfficialRow).options(joinedload(OfficialRow.post)).where(OfficialRow.is_active)
    return session.scalars(query.order_by(OfficialRow.name, OfficialRow.id)).all()


def session_by_hash(session: Session, token_hash: str) -> tuple[WebSessionRow, AccountRow | None] | None:
    """The browser's session with its account, in one query."""
    query = (
        sa.select(WebSessionRow, AccountRow)
        .outerjoin(AccountRow, AccountRow.id == WebSessionRow.account_id)
        .options(joinedload(AccountRow.post))
        .where(WebSessionRow.token_hash == token_hash)
    )
    found = session.execute(query).first()
    return None if found is None else (found[0], found[1])


def session_by_id(session: Session, session_id: int) -> WebSessionRow | None:
    """The session with this number, unless it has ended."""
    return session.get(WebSessionRow, session_id)


def sessions_of(session: Session, account_id: int) -> Sequence[WebSessionRow]:
    """The sessions of one account, the one last used first."""
    query = sa.select(WebSessionRow).where(WebSessionRow.account_id == account_id)
    return session.scalars(query.order_by(WebSessionRow.seen_at.desc(), WebSessionRow.id.desc())).all()


def end_sessions(session: Session, account_id: int, *, except_id: int | None) -> None:
    """Delete the sessions of an account, all of them or all but one."""
    ending = sa.delete(WebSessionRow).where(WebSessionRow.account_id == account_id)
    session.execute(ending if except_id is None else ending.where(WebSessionRow.id != except_id))


def drop_every_session(session: Session) -> None:
    """Delete the sessions of everybody, of whoever has not signed in yet as well."""
    session.execute(sa.delete(WebSessionRow))


def drop_sessions(session: Session, *, unseen_since: datetime, older_than: datetime) -> None:
    """Delete the sessions that nobody can use any more."""
    stale = sa.or_(WebSessionRow.seen_at <= unseen_since, WebSessionRow.created_at <= older_than)
    session.execute(sa.delete(WebSessionRow).where(stale))


def tries(session: Session, bucket: str, *, after: datetime) -> Sequence[datetime]:
    """When the tries of a bucket were that are later than the instant, the oldest first."""
    query = sa.select(AttemptRow.tried_at).where(AttemptRow.bucket == bucket, AttemptRow.tried_at > after)
    return session.scalars(query.order_by(AttemptRow.tried_at, AttemptRow.id)).all()


def drop_tries(session: Session, *, until: datetime, bucket: str | None = None) -> None:
    """Delete the tries up to the instant, of one bucket or of all."""
    old = sa.delete(AttemptRow).where(AttemptRow.tried_at <= until)
    session.execute(old if bucket is None else old.where(AttemptRow.bucket == bucket))


def submission(session: Session, key: str) -> SubmissionRow | None:
    """The remembered submission of a form."""
    return session.scalar(sa.select(SubmissionRow).where(SubmissionRow.key == key))


def drop_submissions(session: Session, *, until: datetime) -> None:
    """Delete the form keys up to the instant."""
    session.execute(sa.delete(SubmissionRow).where(SubmissionRow.created_at <= until))
