"""Queries of mails as people look at them: what did not arrive, what was written about one hearing, how many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload

from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.store import shut_out
from vctestimony.store.models import HearingRow, OfficialRow, OutboxRow, OutboxState, ParticipantRow

HEAD_BYTES = 8192
"""Of an unsealed mail's bytes, so many hold its headers."""
_UNDELIVERED = sa.and_(OutboxRow.state == OutboxState.FAILED, OutboxRow.settled_at.is_(None))
_WAITING = OutboxRow.state.in_((OutboxState.PENDING, OutboxState.SENDING))
_HEAD = sa.case(
    (OutboxRow.key_id == "", sa.func.substr(OutboxRow.body, 1, HEAD_BYTES, type_=sa.LargeBinary)), else_=b""
)
_TO_COME = (State.BOOKED, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Found:
    """One mail without its body: what it is about, and to whom it went, where it is about somebody.

    `head` are the headers of a mail that lies there unsealed.
    """

    row: OutboxRow
    head: bytes
    hearing: HearingRow | None
    person: ParticipantRow | None


def undelivered(session: Session, *, whose: sa.ColumnElement[bool]) -> Sequence[Found]:
    """Mails that did not arrive and that nobody saw to, the oldest first; `whose` as of_court has it."""
    query = _found().where(_UNDELIVERED, whose)
    return _read(session, query.order_by(OutboxRow.dead_at, OutboxRow.id))


def count_undelivered(session: Session, *, whose: sa.ColumnElement[bool]) -> int:
    """How many those are."""
    query = (
        sa.select(sa.func.count()).select_from(OutboxRow).outerjoin(HearingRow, HearingRow.id == OutboxRow.hearing_id)
    )
    return session.scalar(query.where(_UNDELIVERED, whose)) or 0


def count_waiting(session: Session, *, whose: sa.ColumnElement[bool]) -> int:
    """How many have still to leave, `whose` as of_court has it."""
    query = (
        sa.select(sa.func.count()).select_from(OutboxRow).outerjoin(HearingRow, HearingRow.id == OutboxRow.hearing_id)
    )
    return session.scalar(query.where(_WAITING, whose)) or 0


def waiting(session: Session, *, whose: sa.ColumnElement[bool], after: int, limit: int) -> Sequence[Found]:
    """The mails that have still to leave and that nobody let go from a hold, the oldest first, after one of them."""
    query = _found().where(_WAITING, OutboxRow.let_go_at.is_(None), whose, OutboxRow.id > after)
    return _read(session, query.order_by(OutboxRow.id).limit(limit))


def about(session: Session, hearing_id: int) -> Sequence[Found]:
    """Every mail about the hearing, the newest first."""
    return _read(session, _found().where(OutboxRow.hearing_id == hearing_id).order_by(OutboxRow.id.desc()))


def one(session: Session, mail_id: int) -> Found | None:
    """A single one."""
    return next(iter(_read(session, _found().where(OutboxRow.id == mail_id))), None)


def plain(session: Session, *, most: int) -> Sequence[OutboxRow]:
    """Mails that lie there unsealed, locked, the oldest first; a body that was wiped is none."""
    query = sa.select(OutboxRow).where(OutboxRow.key_id == "", OutboxRow.body != b"")
    return session.scalars(query.order_by(OutboxRow.id).limit(most).with_for_update()).all()


def for_change(session: Session, mail_id: int) -> OutboxRow | None:
    """The mail, for this transaction alone."""
    query = sa.select(OutboxRow).options(defer(OutboxRow.body)).where(OutboxRow.id == mail_id)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def counts(session: Session, *, hearing_id: int | None = None) -> Mapping[OutboxState, int]:
    """How many mails stand how: all, or those about one hearing. What somebody saw to otherwise is not counted."""
    query = sa.select(OutboxRow.state, sa.func.count()).where(OutboxRow.settled_at.is_(None))
    if hearing_id is not None:
        query = query.where(OutboxRow.hearing_id == hearing_id)
    return {row[0]: row[1] for row in session.execute(query.group_by(OutboxRow.state))}


def oldest_waiting(session: Session) -> datetime | None:
    """When the mail was written that has been waiting longest."""
    return session.scalar(sa.select(sa.func.min(OutboxRow.created_at)).where(_WAITING))


def named_ahead(session: Session, official_id: int, *, now: datetime) -> Sequence[HearingRow]:
    """Hearings to come that name the official, and those whose times are held; locked, the earliest first."""
    named = sa.exists().where(
        ParticipantRow.hearing_id == HearingRow.id,
        ParticipantRow.official_id == official_id,
        ParticipantRow.removed_at.is_(None),
    )
    ahead = sa.or_(
        sa.and_(HearingRow.state.in_(_TO_COME), HearingRow.starts_at > now), HearingRow.state == State.PROPOSED
    )
    query = sa.select(HearingRow).where(named, ahead).order_by(HearingRow.starts_at, HearingRow.id)
    locked = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.scalars(locked).all()


def _found() -> sa.Select[OutboxRow, bytes, HearingRow, ParticipantRow]:
    ends = joinedload(HearingRow.court), joinedload(HearingRow.remote)
    person = joinedload(ParticipantRow.official).joinedload(OfficialRow.post)
    return (
        sa.select(OutboxRow, _HEAD, HearingRow, ParticipantRow)
        .outerjoin(HearingRow, HearingRow.id == OutboxRow.hearing_id)
        .outerjoin(ParticipantRow, ParticipantRow.id == OutboxRow.participant_id)
        .options(defer(OutboxRow.body), *ends, person)
    )


def _read(session: Session, query: sa.Select[OutboxRow, bytes, HearingRow, ParticipantRow]) -> Sequence[Found]:
    return [Found(row, head or b"", hearing, person) for row, head, hearing, person in session.execute(query)]


def of_court(court_id: int | None, *, by: Actor) -> sa.ColumnElement[bool]:
    """The condition for mails about hearings of the court that are not shut to this person; None is all mails."""
    return sa.true() if court_id is None else sa.and_(HearingRow.court_id == court_id, shut_out.is_open(by))
