"""Queries of feeds: whose an address is, and everything that stands in one, each in as many statements however much."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from vctestimony.domain.feeds import FeedKind, Window
from vctestimony.domain.hearing import State
from vctestimony.domain.intervals import Span
from vctestimony.domain.options import OptionState
from vctestimony.store.models import (
    AccountRow,
    FeedRow,
    HearingRow,
    NeedRow,
    OccupancyKind,
    OccupancyRow,
    OfficialRow,
    OptionRow,
    ParticipantRow,
    PostRow,
    ResourceRow,
)

_SHOWN = (State.BOOKED, State.CONFIRMED, State.IN_SESSION, State.COMPLETED, State.ADJOURNED, State.CANCELLED)
_BUSY = (OccupancyKind.BOOKING, OccupancyKind.HOLD, OccupancyKind.LEAVE, OccupancyKind.OTHER)
"""What a busy feed tells of. Busy time that came from calendars elsewhere is for those calendars to tell."""
_LONGEST = timedelta(days=1)
"""From the start of a hearing's first part to the end of its last, and more."""


@dataclass(frozen=True, slots=True)
class OpenFeed:
    """A feed that may be read, with the post it is at and, for a person's, the official."""

    row: FeedRow
    post: PostRow
    official: OfficialRow | None


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A time that is held, and from when to when it takes the person or room."""

    option: OptionRow
    hearing: HearingRow
    span: Span


def by_hash(session: Session, token_hash: str) -> OpenFeed | None:
    """The feed of this address, unless the official, all accounts of the official or the room are out of use."""
    account = sa.select(AccountRow.id).where(AccountRow.official_id == OfficialRow.id)
    may_sign_in = sa.or_(~account.exists(), account.where(AccountRow.is_active).exists())
    query = (
        sa.select(FeedRow, PostRow, OfficialRow)
        .join(ResourceRow, ResourceRow.id == FeedRow.resource_id)
        .join(PostRow, PostRow.id == ResourceRow.post_id)
        .outerjoin(OfficialRow, OfficialRow.resource_id == ResourceRow.id)
        .options(contains_eager(FeedRow.resource))
        .where(
            FeedRow.token_hash == token_hash,
            ResourceRow.is_active,
            sa.or_(OfficialRow.id.is_(None), sa.and_(OfficialRow.is_active, may_sign_in)),
        )
    )
    found = session.execute(query).first()
    return None if found is None else OpenFeed(*found)


def feed(session: Session, feed_id: int) -> FeedRow | None:
    """The feed with this number."""
    return session.get(FeedRow, feed_id)


def of_resource(session: Session, resource_id: int) -> dict[FeedKind, FeedRow]:
    """The feeds of the person or room."""
    rows = session.scalars(sa.select(FeedRow).where(FeedRow.resource_id == resource_id).order_by(FeedRow.id))
    return {row.kind: row for row in rows}


def participations(
    session: Session, official_id: int, window: Window, *, told_after: datetime
) -> Sequence[ParticipantRow]:
    """Where the official is named on hearings of that time, or was told since then, with the hearing and both posts."""
    hearing = HearingRow
    near = sa.and_(
        ParticipantRow.removed_at.is_(None),
        hearing.starts_at > window.from_at - _LONGEST,
        hearing.starts_at < window.until_at,
    )
    query = (
        sa.select(ParticipantRow)
        .join(hearing, hearing.id == ParticipantRow.hearing_id)
        .options(
            contains_eager(ParticipantRow.hearing).options(
                *(joinedload(one) for one in (hearing.court, hearing.remote, hearing.order)),
                *(joinedload(one) for one in (hearing.witness, hearing.case)),
                selectinload(hearing.participants),  # who else is there decides what somebody kept apart may read
            )
        )
        .where(
            ParticipantRow.official_id == official_id,
            ParticipantRow.sent_sequence.is_not(None),
            sa.or_(near, ParticipantRow.sent_dtstamp_at > told_after),
        )
    )
    found = session.scalars(query.order_by(hearing.starts_at, ParticipantRow.id)).all()
    _know_first_ones(session, [row.hearing for row in found])
    return found


def _know_first_ones(session: Session, hearings: Sequence[HearingRow]) -> None:
    """Let every hearing know those that it continues, up to the first, in one statement for all of them."""
    row = HearingRow
    wanted = {one.continues_id for one in hearings if one.continues_id is not None}
    chain = sa.select(row.id, row.continues_id).where(row.id.in_(sorted(wanted))).cte(recursive=True)
    chain = chain.union(sa.select(row.id, row.continues_id).join(chain, row.id == chain.c.continues_id))
    before = session.scalars(sa.select(row).where(row.id.in_(sa.select(chain.c.id)))).all()
    known = {one.id: one for one in before}
    for one in (*hearings, *before):
        set_committed_value(one, "continues", known.get(one.continues_id) if one.continues_id is not None else None)


def in_room(session: Session, room_id: int, window: Window) -> Sequence[HearingRow]:
    """The hearings of that time that have the room for at least one part, called off or not, with posts and rooms."""
    row = HearingRow
    for_a_part = sa.exists().where(NeedRow.hearing_id == row.id, NeedRow.resource_id == room_id, NeedRow.chosen)
    query = (
        sa.select(row)
        .options(
            joinedload(row.court),
            joinedload(row.remote),
            joinedload(row.court_room),
            joinedload(row.remote_room),
            joinedload(row.needs),
        )
        .where(
            sa.or_(row.court_room_id == room_id, row.remote_room_id == room_id, for_a_part),
            row.state.in_(_SHOWN),
            row.starts_at > window.from_at - _LONGEST,
            row.starts_at < window.until_at,
        )
    )
    return session.scalars(query.order_by(row.starts_at, row.id)).unique().all()


def held(session: Session, resource_id: int, *, now: datetime) -> Sequence[HeldRow]:
    """Every time that is held and takes the person or room, with the hearing and both its posts."""
    taken, option, hearing = OccupancyRow, OptionRow, HearingRow
    spans = (
        sa.select(taken.option_id, sa.func.min(taken.start_min).label("start"), sa.func.max(taken.end_min).label("end"))
        .where(taken.resource_id == resource_id, taken.kind == OccupancyKind.HOLD, taken.held_until > now)
        .group_by(taken.option_id)
        .subquery()
    )
    query = (
        sa.select(option, spans.c.start, spans.c.end)
        .join(spans, spans.c.option_id == option.id)
        .join(hearing, hearing.id == option.hearing_id)
        .options(contains_eager(option.hearing).options(joinedload(hearing.court), joinedload(hearing.remote)))
        .where(option.state == OptionState.HELD, option.held_until > now)
        .order_by(option.starts_at, option.id)
    )
    return [HeldRow(row, row.hearing, (start, end)) for row, start, end in session.execute(query)]


def busy(session: Session, resource_id: int, window: Window, *, now: datetime) -> Sequence[Span]:
    """When the person or room is taken by what was entered here; a hold that ran out takes nothing."""
    row, (from_min, until_min) = OccupancyRow, window.minutes
    query = (
        sa.select(row.start_min, row.end_min)
        .where(
            row.resource_id == resource_id,
            row.kind.in_(_BUSY),
            row.end_min > from_min,
            row.start_min < until_min,
            sa.or_(row.held_until.is_(None), row.held_until > now),
        )
        .order_by(row.start_min, row.end_min)
    )
    return [(start, end) for start, end in session.execute(query)]


def drop(session: Session, row: FeedRow) -> None:
    """Forget the feed; its address opens nothing from now on."""
    session.delete(row)
    session.flush()


def signs_in(session: Session, official_id: int) -> bool:
    """Whether the official has an account that is open."""
    wanted = sa.select(AccountRow.id).where(AccountRow.official_id == official_id, AccountRow.is_active)
    return session.scalar(wanted.limit(1)) is not None
