"""Queries of the witnesses' keys, of what a master key sealed, and of who may open whose identity."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from vctestimony.domain.people import Role
from vctestimony.store.base import Base
from vctestimony.store.models import (
    AccountRow,
    CaseRow,
    HearingRow,
    ParticipantRow,
    VaultGrantRow,
    WitnessKeyRow,
    WitnessRow,
)

_WHOLE = (joinedload(VaultGrantRow.account), joinedload(VaultGrantRow.witness))


def key_of(session: Session, witness_id: int) -> WitnessKeyRow | None:
    """The witness's key, wrapped."""
    return session.scalar(sa.select(WitnessKeyRow).where(WitnessKeyRow.witness_id == witness_id))


def key_named(session: Session, public_id: str) -> WitnessKeyRow | None:
    """The key of that name."""
    query = sa.select(WitnessKeyRow).where(WitnessKeyRow.public_id == public_id)
    return session.scalar(query.options(joinedload(WitnessKeyRow.witness)))


def wrapped_otherwise(session: Session, newest: str, *, most: int) -> Sequence[WitnessKeyRow]:
    """Keys that another master key than the newest wraps, and that are not destroyed."""
    wanted = sa.and_(WitnessKeyRow.key_id != newest, WitnessKeyRow.destroyed_at.is_(None))
    query = sa.select(WitnessKeyRow).options(joinedload(WitnessKeyRow.witness)).where(wanted)
    return session.scalars(query.order_by(WitnessKeyRow.id).limit(most).with_for_update(of=WitnessKeyRow)).all()


def wrapped_samples(session: Session) -> Sequence[WitnessKeyRow]:
    """The newest key that each master key wraps."""
    newest = (
        sa.select(sa.func.max(WitnessKeyRow.id))
        .where(WitnessKeyRow.destroyed_at.is_(None))
        .group_by(WitnessKeyRow.key_id)
    )
    query = sa.select(WitnessKeyRow).options(joinedload(WitnessKeyRow.witness)).where(WitnessKeyRow.id.in_(newest))
    return session.scalars(query.order_by(WitnessKeyRow.id)).all()


def sealed_otherwise(
    session: Session,
    row: type[Base],
    key: str,
    *,
    newest: str,
    prefix: str,
    which: sa.ColumnElement[bool] | None = None,
    most: int,
) -> Sequence[Any]:
    """Rows of a table that neither the newest master key nor a witness's key sealed; the prefix marks ids of those.

    An empty `newest` asks for everything that a master key sealed; `which` leaves the other rows alone.
    """
    column = getattr(row, key)
    others: tuple[sa.ColumnElement[bool], ...] = (
        column != "",
        column != newest,
        sa.not_(column.startswith(prefix, autoescape=True)),
    )
    if which is not None:
        others = (*others, which)
    ident = sa.inspect(row).primary_key[0]
    return session.scalars(sa.select(row).where(*others).order_by(ident).limit(most).with_for_update()).all()


def has_her_key(row: type[Any], *, which: sa.ColumnElement[bool] | None) -> sa.ColumnElement[bool]:
    """Of a table kept by hearing: the rows of a witness whose key is there, or is still to be made. Never unknown."""
    of_hearing = sa.select(sa.literal(1)).where(HearingRow.id == row.hearing_id).correlate(row)
    gone = sa.select(sa.literal(1)).where(
        WitnessKeyRow.witness_id == HearingRow.witness_id, WitnessKeyRow.destroyed_at.is_not(None)
    )
    hers = of_hearing.where(sa.not_(gone.correlate(HearingRow).exists())).exists()
    return hers if which is None else sa.and_(which, hers)


def uses(session: Session, row: type[Base], key: str, key_id: str) -> int:
    """How many rows of a table name this key."""
    return session.scalar(sa.select(sa.func.count()).select_from(row).where(getattr(row, key) == key_id)) or 0


def ordered(session: Session) -> Sequence[WitnessKeyRow]:
    """Keys that are to be destroyed and are not yet, and those whose destruction was begun; the oldest order first."""
    query = sa.select(WitnessKeyRow).options(
        joinedload(WitnessKeyRow.witness).joinedload(WitnessRow.case).joinedload(CaseRow.court)
    )
    return session.scalars(
        query.where(WitnessKeyRow.ordered_at.is_not(None)).order_by(WitnessKeyRow.ordered_at, WitnessKeyRow.id)
    ).all()


def not_destroyed(session: Session) -> Sequence[WitnessKeyRow]:
    """Keys of which the database does not know that they were destroyed."""
    query = sa.select(WitnessKeyRow).options(joinedload(WitnessKeyRow.witness))
    return session.scalars(query.where(WitnessKeyRow.destroyed_at.is_(None)).order_by(WitnessKeyRow.id)).all()


def grants_of(session: Session, witness_id: int) -> Sequence[VaultGrantRow]:
    """Every grant and request for the witness, the newest first."""
    query = sa.select(VaultGrantRow).options(*_WHOLE).where(VaultGrantRow.witness_id == witness_id)
    return session.scalars(query.order_by(VaultGrantRow.id.desc())).all()


def grant_named(session: Session, public_id: str) -> VaultGrantRow | None:
    """The grant or request of that name, locked: two answers queue, and the later sees the earlier."""
    query = sa.select(VaultGrantRow).options(*_WHOLE).where(VaultGrantRow.public_id == public_id)
    return session.scalar(query.with_for_update(of=VaultGrantRow).execution_options(populate_existing=True))


def grant_for(
    session: Session, *, witness_id: int, account_id: int, now: datetime, for_change: bool = False
) -> VaultGrantRow | None:
    """The grant by which this account opens the identity at this instant, the one that lasts longest.

    `for_change` lets two looks by it queue, so that a second person's yes carries one of them.
    """
    row = VaultGrantRow
    query = sa.select(row).where(
        row.witness_id == witness_id,
        row.account_id == account_id,
        row.given_at.is_not(None),
        row.ended_at.is_(None),
        row.until_at > now,
    )
    query = query.order_by(row.until_at.desc(), row.id).limit(1)
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def asked_for(session: Session, *, witness_id: int, account_id: int) -> VaultGrantRow | None:
    """The request of this account that nobody has settled."""
    row = VaultGrantRow
    query = sa.select(row).where(
        row.witness_id == witness_id, row.account_id == account_id, row.given_at.is_(None), row.ended_at.is_(None)
    )
    return session.scalar(query.order_by(row.id.desc()).limit(1))


def asked_of_court(session: Session, court_id: int, *, now: datetime) -> Sequence[VaultGrantRow]:
    """Requests for leave, and for a second person's yes, that nobody of the court has answered; the oldest first."""
    row = VaultGrantRow
    leave = row.given_at.is_(None)
    second = sa.and_(row.until_at > now, row.second_asked_at.is_not(None), row.seconded_at.is_(None))
    query = (
        sa.select(row)
        .join(WitnessRow, WitnessRow.id == row.witness_id)
        .join(CaseRow, CaseRow.id == WitnessRow.case_id)
        .options(*_WHOLE)
        .where(CaseRow.court_id == court_id, row.ended_at.is_(None), sa.or_(leave, second))
    )
    return session.scalars(query.order_by(row.id)).all()


def who_could(
    session: Session, witness: WitnessRow, *, own: frozenset[Role], named: frozenset[Role]
) -> list[AccountRow]:
    """Accounts to which leave can be given: of the own court in these roles, or named on a hearing of hers in those."""
    on_it = (
        sa.select(ParticipantRow.official_id)
        .join(HearingRow)
        .where(HearingRow.witness_id == witness.id, ParticipantRow.removed_at.is_(None))
    )
    row = AccountRow
    of_court = sa.and_(row.post_id == witness.case.court_id, row.role.in_(sorted(own)))
    of_hearing = sa.and_(row.official_id.in_(on_it), row.role.in_(sorted(named)))
    query = sa.select(row).where(row.is_active, sa.or_(of_court, of_hearing))
    return list(session.scalars(query.order_by(row.name, row.id)))
