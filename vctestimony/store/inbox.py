"""Queries of mails that came in: known again by digest, belonging to a hearing, waiting to be read, and their inbox."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from vctestimony.domain.access import Actor
from vctestimony.store import shut_out
from vctestimony.store.models import HearingRow, InboundRow, InboxRow, OutboxRow, ParticipantRow

_ENDS = joinedload(InboundRow.hearing).options(
    joinedload(HearingRow.court),
    joinedload(HearingRow.remote),
    joinedload(HearingRow.case),
    joinedload(HearingRow.witness),
)
_WHOSE = joinedload(InboundRow.participant).joinedload(ParticipantRow.official)


def is_known(session: Session, digest: str) -> bool:
    """Whether this very mail was taken in before."""
    return session.scalar(sa.select(InboundRow.id).where(InboundRow.digest == digest)) is not None


def hearing_with_uid(session: Session, uids: Collection[str]) -> int | None:
    """The hearing that has one of these UIDs, the oldest where several do."""
    if not uids:
        return None
    query = sa.select(HearingRow.id).where(HearingRow.uid.in_(sorted(set(uids))))
    return session.scalar(query.order_by(HearingRow.id).limit(1))


def mail_with_id(session: Session, message_ids: Collection[str]) -> tuple[str, int | None, int | None] | None:
    """Message-ID, hearing and participant of the newest of our mails that has one of these Message-IDs."""
    if not message_ids:
        return None
    query = sa.select(OutboxRow.message_id, OutboxRow.hearing_id, OutboxRow.participant_id).where(
        OutboxRow.message_id.in_(sorted(set(message_ids)))
    )
    found = session.execute(query.order_by(OutboxRow.id.desc()).limit(1)).first()
    return None if found is None else (found[0], found[1], found[2])


def by_reference(session: Session, reference: str) -> InboundRow | None:
    """The mail with its hearing, its person and its sealed bytes."""
    query = sa.select(InboundRow).options(_ENDS, _WHOSE, sa.orm.undefer(InboundRow.sealed))
    return session.scalar(query.where(InboundRow.reference == reference))


def of_court(court_id: int, *, by: Actor) -> sa.ColumnElement[bool]:
    """The condition for mails that belong to a hearing of this court that is not shut to this person."""
    own = sa.select(HearingRow.id).where(HearingRow.court_id == court_id, shut_out.is_open(by))
    return InboundRow.hearing_id.in_(own)


def of_nobody() -> sa.ColumnElement[bool]:
    """The condition for mails that belong to no hearing."""
    return InboundRow.hearing_id.is_(None)


def of_hearing(reference: str, *, court_id: int) -> sa.ColumnElement[bool]:
    """The condition for mails that belong to this hearing, if it is of this court."""
    this = sa.and_(HearingRow.reference == reference, HearingRow.court_id == court_id)
    return InboundRow.hearing_id.in_(sa.select(HearingRow.id).where(this))


def listed(session: Session, whose: sa.ColumnElement[bool], *, is_open: bool, most: int) -> Sequence[InboundRow]:
    """Mails that meet the condition, the newest first; only those that wait to be read, or all."""
    query = sa.select(InboundRow).options(_ENDS, _WHOSE).where(whose)
    if is_open:
        query = query.where(InboundRow.is_open)
    return session.scalars(query.order_by(InboundRow.received_at.desc(), InboundRow.id.desc()).limit(most)).all()


def count_open(session: Session, whose: sa.ColumnElement[bool]) -> int:
    """How many of them wait to be read."""
    return session.scalar(sa.select(sa.func.count()).select_from(InboundRow).where(whose, InboundRow.is_open)) or 0


def inbox(session: Session, name: str) -> InboxRow | None:
    """How the folder or mailbox of that name stands."""
    return session.scalar(sa.select(InboxRow).where(InboxRow.name == name))
