"""Queries of posts, of what can be booked there, of who works there, and of what keeps a place from being changed."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload

from vctestimony.domain.hearing import State
from vctestimony.store.models import (
    AccountRow,
    HearingRow,
    NeedRow,
    OccupancyKind,
    OccupancyRow,
    OfficialRow,
    ParticipantRow,
    PostRow,
    ResourceKind,
    ResourceRow,
)

_AHEAD = (State.REQUESTED, State.PROPOSED, State.BOOKED, State.CONFIRMED, State.IN_SESSION)


def post(session: Session, post_id: int) -> PostRow | None:
    """The post with this number."""
    return session.get(PostRow, post_id)


def post_by_code(session: Session, code: str) -> PostRow | None:
    """The post with this code."""
    return session.scalar(sa.select(PostRow).where(PostRow.code == code))


def posts(session: Session) -> Sequence[PostRow]:
    """Every post, by country and name."""
    return session.scalars(sa.select(PostRow).order_by(PostRow.country, PostRow.name, PostRow.id)).all()


def resource(session: Session, resource_id: int) -> ResourceRow | None:
    """The room or link with this number; people and witnesses are not found here."""
    kinds = (ResourceKind.ROOM, ResourceKind.LINK)
    return session.scalar(sa.select(ResourceRow).where(ResourceRow.id == resource_id, ResourceRow.kind.in_(kinds)))


def resource_named(session: Session, *, kind: ResourceKind, name: str, post_id: int | None) -> ResourceRow | None:
    """The room or link of that post, or the link that all share, with exactly this name."""
    query = sa.select(ResourceRow).where(ResourceRow.kind == kind, ResourceRow.name == name)
    return session.scalar(query.where(_of_post(post_id)))


def rooms_and_links(session: Session, *, post_id: int | None) -> Sequence[ResourceRow]:
    """The rooms and links of the post, or the links that all share: those in use first, by name."""
    kinds = (ResourceKind.ROOM, ResourceKind.LINK)
    query = sa.select(ResourceRow).where(ResourceRow.kind.in_(kinds), _of_post(post_id))
    return session.scalars(query.order_by(ResourceRow.is_active.desc(), ResourceRow.name, ResourceRow.id)).all()


def official(session: Session, official_id: int) -> OfficialRow | None:
    """The official with post and resource."""
    query = sa.select(OfficialRow).options(joinedload(OfficialRow.post), joinedload(OfficialRow.resource))
    return session.scalar(query.where(OfficialRow.id == official_id))


def officials(session: Session, post_id: int) -> Sequence[OfficialRow]:
    """Everybody of the post: those in office first, by name."""
    whole = (joinedload(OfficialRow.post), joinedload(OfficialRow.resource))
    query = sa.select(OfficialRow).options(*whole).where(OfficialRow.post_id == post_id)
    return session.scalars(query.order_by(OfficialRow.is_active.desc(), OfficialRow.name, OfficialRow.id)).all()


def accounts_of(session: Session, official_id: int) -> Sequence[AccountRow]:
    """The accounts that belong to the official."""
    query = sa.select(AccountRow).where(AccountRow.official_id == official_id)
    return session.scalars(query.order_by(AccountRow.id)).all()


def leave(session: Session, leave_id: int, *, resource_id: int) -> OccupancyRow | None:
    """One leave of that official's resource."""
    row = OccupancyRow
    query = sa.select(row).where(row.id == leave_id, row.kind == OccupancyKind.LEAVE, row.resource_id == resource_id)
    return session.scalar(query)


def leaves(session: Session, resource_ids: Collection[int], *, ends_after_min: int) -> Sequence[OccupancyRow]:
    """The leaves of these officials' resources that are not over, by start."""
    row = OccupancyRow
    query = sa.select(row).where(
        row.resource_id.in_(sorted(set(resource_ids))),
        row.kind == OccupancyKind.LEAVE,
        row.end_min > ends_after_min,
    )
    return session.scalars(query.order_by(row.start_min, row.id)).all()


def hearings_in_leaves(
    session: Session, leave_ids: Collection[int], *, ends_after_min: int
) -> frozenset[tuple[int, int]]:
    """Each leave with each hearing that is not over and has claimed the person within it."""
    away, claim = aliased(OccupancyRow), aliased(OccupancyRow)
    query = (
        sa.select(away.id, claim.hearing_id)
        .distinct()
        .join(claim, claim.resource_id == away.resource_id)
        .where(
            away.id.in_(sorted(set(leave_ids))),
            claim.hearing_id.is_not(None),
            claim.end_min > ends_after_min,
            claim.start_min < away.end_min,
            claim.end_min > away.start_min,
        )
    )
    return frozenset((leave_id, hearing_id) for leave_id, hearing_id in session.execute(query) if hearing_id)


def hearings_at(session: Session, post_id: int, *, now: datetime) -> int:
    """How many hearings still to come have one of their ends at the post."""
    here = sa.or_(HearingRow.court_id == post_id, HearingRow.remote_id == post_id)
    return _count(session, sa.select(HearingRow.id).where(here, _ahead(now)))


def hearings_using(session: Session, resource_id: int, *, now: datetime) -> int:
    """How many hearings still to come need the room or the link."""
    columns = (HearingRow.court_room_id, HearingRow.remote_room_id, HearingRow.link_id)
    chosen = sa.exists().where(NeedRow.hearing_id == HearingRow.id, NeedRow.resource_id == resource_id, NeedRow.chosen)
    using = sa.or_(chosen, *(column == resource_id for column in columns))
    return _count(session, sa.select(HearingRow.id).where(using, _ahead(now)))


def hearings_naming(session: Session, official_id: int, *, now: datetime) -> int:
    """How many hearings still to come name the official."""
    named = sa.exists().where(
        ParticipantRow.hearing_id == HearingRow.id,
        ParticipantRow.official_id == official_id,
        ParticipantRow.removed_at.is_(None),
    )
    return _count(session, sa.select(HearingRow.id).where(named, _ahead(now)))


def sharing_hearings(session: Session, official_id: int, *, now: datetime) -> Sequence[OfficialRow]:
    """Everybody else who is named on a hearing still to come that names the official, by name."""
    own, theirs = aliased(ParticipantRow), aliased(ParticipantRow)
    ids = (
        sa.select(theirs.official_id)
        .join(own, own.hearing_id == theirs.hearing_id)
        .join(HearingRow, HearingRow.id == own.hearing_id)
        .where(own.official_id == official_id, own.removed_at.is_(None), theirs.removed_at.is_(None), _ahead(now))
    )
    query = sa.select(OfficialRow).where(OfficialRow.id.in_(ids), OfficialRow.id != official_id)
    return session.scalars(query.order_by(OfficialRow.name, OfficialRow.id)).all()


def nothing_entered(session: Session) -> bool:
    """Whether there is neither a post nor an account."""
    return session.scalar(sa.select(PostRow.id).limit(1)) is None and (
        session.scalar(sa.select(AccountRow.id).limit(1)) is None
    )


def _of_post(post_id: int | None) -> sa.ColumnElement[bool]:
    return ResourceRow.post_id.is_(None) if post_id is None else ResourceRow.post_id == post_id


def _ahead(now: datetime) -> sa.ColumnElement[bool]:
    """Not over: without a time yet, still to come, or in session."""
    to_come = sa.or_(HearingRow.starts_at.is_(None), HearingRow.starts_at > now, HearingRow.state == State.IN_SESSION)
    return sa.and_(HearingRow.state.in_(_AHEAD), to_come)


def _count(session: Session, found: sa.Select[int]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
