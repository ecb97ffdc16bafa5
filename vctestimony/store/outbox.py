"""Queries of the outbox: what is due, who sends it, what overtakes what."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from vctestimony.domain.checklist_letters import CHECKLIST_LINK
from vctestimony.domain.letters import Kind
from vctestimony.store.models import HearingRow, MailHoldRow, OutboxRow, OutboxState

INVITATIONS = tuple(kind.value for kind in Kind)
_WAITING = (OutboxState.PENDING, OutboxState.SENDING)
_UNDELIVERED = (OutboxState.PENDING, OutboxState.FAILED)


def next_due(session: Session, *, now: datetime) -> OutboxRow | None:
    """The oldest mail that may leave now, locked for this transaction. A lease that ran out counts as due again.

    Mails to one participant at one address leave in the order they were written: a younger one waits for an older one.
    After a restore nothing is due until somebody releases it, or lets that one mail leave.
    """
    row = OutboxRow
    lapsed = sa.and_(row.state == OutboxState.SENDING, row.leased_until <= now)
    pending = sa.and_(row.state == OutboxState.PENDING, row.next_at <= now)
    for waiting in (lapsed, pending):
        # The number alone first: thousands may wait, and sorting them must not read what each of them says.
        found = session.scalar(_first(waiting).with_for_update(skip_locked=True))
        if found is not None:
            return session.get_one(OutboxRow, found, populate_existing=True)
    return None


def _first(waiting: sa.ColumnElement[bool]) -> sa.Select[int]:
    """The oldest of these that nothing is before, found in the order of the index `outbox_due`.

    OFFSET 0 changes nothing of the answer. It keeps PostgreSQL from joining all that waits with all that is before it,
    which is the square of what waits, where it can go along the index and stop at the first.
    """
    older = sa.orm.aliased(OutboxRow)
    before = sa.select(older.id).where(
        older.participant_id == OutboxRow.participant_id,
        sa.func.lower(older.to_address) == sa.func.lower(OutboxRow.to_address),
        older.id < OutboxRow.id,
        older.state.in_(_WAITING),
    )
    held = sa.and_(OutboxRow.let_go_at.is_(None), sa.exists().where(MailHoldRow.released_at.is_(None)))
    query = sa.select(OutboxRow.id).where(waiting, ~before.offset(0).exists(), ~held)
    return query.order_by(OutboxRow.next_at, OutboxRow.id).limit(1)


def owned(session: Session, *, outbox_id: int, owner: str) -> OutboxRow | None:
    """The mail, locked, if this sender still holds it."""
    held = sa.and_(OutboxRow.id == outbox_id, OutboxRow.state == OutboxState.SENDING, OutboxRow.owner == owner)
    return session.scalar(_for_me(sa.select(OutboxRow).where(held)))


def by_message_id(session: Session, message_id: str) -> OutboxRow | None:
    """The mail with that Message-ID, locked."""
    return session.scalar(_for_me(sa.select(OutboxRow).where(OutboxRow.message_id == message_id)))


def undelivered_to(
    session: Session, participant_id: int, *, address: str | None = None, kinds: Collection[str] = ()
) -> Sequence[OutboxRow]:
    """Mails to the participant at that address that have not arrived as far as anybody knows, locked, the oldest first.

    No address stands for any.
    They wait for their first attempt or for another, or were given up. What is being sent at this moment is not among
    them: it may be arriving, and what is written after it leaves after it.
    """
    query = sa.select(OutboxRow).where(OutboxRow.participant_id == participant_id, OutboxRow.state.in_(_UNDELIVERED))
    if address is not None:
        query = query.where(sa.func.lower(OutboxRow.to_address) == address.lower())
    if kinds:
        query = query.where(OutboxRow.kind.in_(sorted(kinds)))
    return session.scalars(_for_me(query.order_by(OutboxRow.id))).all()


def may_know(session: Session, participant_id: int, *, address: str, told: Collection[str], ended: str) -> bool:
    """Whether the reader may have been told something of which a later mail has not surely told the end.

    Every attempt may have delivered the mail before the connection broke; only what was accepted surely arrived.
    """
    theirs = sa.and_(OutboxRow.participant_id == participant_id, sa.func.lower(OutboxRow.to_address) == address.lower())
    last_end = sa.select(sa.func.coalesce(sa.func.max(OutboxRow.id), 0)).where(
        theirs, OutboxRow.kind == ended, OutboxRow.state == OutboxState.SENT
    )
    may_have_left = sa.or_(OutboxRow.attempts > 0, OutboxRow.state == OutboxState.SENT)
    query = sa.select(OutboxRow.id).where(
        theirs, OutboxRow.kind.in_(sorted(told)), may_have_left, OutboxRow.id > last_end.scalar_subquery()
    )
    return session.scalar(query.limit(1)) is not None


def is_overtaken(session: Session, row: OutboxRow, *, at_any_address: bool) -> bool:
    """Whether a later invitation, change or cancellation to the same participant says more than this mail.

    None holds the link to a checklist.
    """
    if row.participant_id is None or row.kind == CHECKLIST_LINK:
        return False
    query = sa.select(OutboxRow.id).where(
        OutboxRow.participant_id == row.participant_id, OutboxRow.id > row.id, OutboxRow.kind.in_(INVITATIONS)
    )
    if not at_any_address:
        query = query.where(sa.func.lower(OutboxRow.to_address) == row.to_address.lower())
    return session.scalar(query.limit(1)) is not None


def latest_of(session: Session, hearing_id: int) -> dict[int, OutboxRow]:
    """The newest mail of each participant of a hearing, without its body."""
    query = sa.select(OutboxRow).where(OutboxRow.hearing_id == hearing_id).order_by(OutboxRow.id)
    rows = session.scalars(query.options(sa.orm.defer(OutboxRow.body)))
    return {row.participant_id: row for row in rows if row.participant_id is not None}


def version_held(session: Session, hearing_id: int) -> int | None:
    """The version of the hearing, which nobody else can change until this transaction ends."""
    query = sa.select(HearingRow.version).where(HearingRow.id == hearing_id)
    return session.scalar(query.with_for_update(key_share=True))


def seconds_overdue(session: Session, *, now: datetime) -> int:
    """How long the oldest due mail has been waiting."""
    oldest = session.scalar(sa.select(sa.func.min(OutboxRow.next_at)).where(OutboxRow.state == OutboxState.PENDING))
    return max(0, int((now - oldest).total_seconds())) if oldest else 0


def _for_me(query: sa.Select[OutboxRow], *, skip_locked: bool = False) -> sa.Select[OutboxRow]:
    """Lock what is found and read it as it is now, not as this transaction may have seen it before."""
    locked = query.with_for_update(skip_locked=skip_locked)
    return locked.execution_options(populate_existing=True)


def give_up_all(engine: Engine) -> None:
    """Let none of the mails leave any more: the whole database is about to go."""
    with engine.begin() as connection:
        connection.execute(sa.update(OutboxRow).values(state=OutboxState.SUPERSEDED))
