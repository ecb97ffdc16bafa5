"""Queries of what a hearing is planned from: rooms, links, officials, posts; and of what its invitations came to."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.util import identity_key

from vctestimony.domain.people import COURTS
from vctestimony.store.models import (
    ChecklistRow,
    HearingRow,
    OfficialRow,
    OutboxRow,
    OutboxState,
    PostRow,
    ResourceKind,
    ResourceRow,
    StepRow,
    StepState,
)


def rooms(session: Session) -> Sequence[tuple[ResourceRow, PostRow]]:
    """Every room in use with its post, by country, post and name."""
    query = (
        sa.select(ResourceRow, PostRow)
        .join(PostRow, PostRow.id == ResourceRow.post_id)
        .where(ResourceRow.kind == ResourceKind.ROOM, ResourceRow.is_active)
        .order_by(PostRow.country, PostRow.name, ResourceRow.name, ResourceRow.id)
    )
    return [(room, post) for room, post in session.execute(query)]


def links(session: Session) -> Sequence[ResourceRow]:
    """Every link in use, by name."""
    query = sa.select(ResourceRow).where(ResourceRow.kind == ResourceKind.LINK, ResourceRow.is_active)
    return session.scalars(query.order_by(ResourceRow.name, ResourceRow.id)).all()


def of_no_other_court(hearing: HearingRow) -> sa.ColumnElement[bool]:
    """The condition for officials whom this hearing's court may know of: nobody of a court that has no part in it.

    Missions, offices and the like serve every court. Who is named on the hearing already stays known.
    """
    named = [person.official_id for person in hearing.participants]
    ends = OfficialRow.post_id.in_((hearing.court_id, hearing.remote_id))
    of_court = OfficialRow.post.has(PostRow.kind.in_(sorted(COURTS)))
    return sa.or_(ends, sa.not_(of_court), OfficialRow.id.in_(sorted(named)))


def officials_for(session: Session, hearing: HearingRow, ids: Collection[int] | None = None) -> Sequence[OfficialRow]:
    """The active officials who can be named on this hearing, by name; all of them, or those asked for."""
    query = sa.select(OfficialRow).options(joinedload(OfficialRow.post)).where(OfficialRow.is_active)
    query = query.where(of_no_other_court(hearing))
    if ids is not None:
        query = query.where(OfficialRow.id.in_(sorted(set(ids))))
    return session.scalars(query.order_by(OfficialRow.name, OfficialRow.id)).all()


def official_by_address(session: Session, hearing: HearingRow, address: str) -> OfficialRow | None:
    """Of them, whose mails go to the address, compared without case; the first who was entered."""
    query = sa.select(OfficialRow).options(joinedload(OfficialRow.post)).where(OfficialRow.is_active)
    query = query.where(of_no_other_court(hearing), sa.func.lower(OfficialRow.email) == address.lower())
    return session.scalar(query.order_by(OfficialRow.id).limit(1))


def officials_by_resource(session: Session, resource_ids: Collection[int]) -> Mapping[int, OfficialRow]:
    """The officials of these resources with their posts, by resource; nothing is asked for none."""
    if not resource_ids:
        return {}
    whole = (joinedload(OfficialRow.post), joinedload(OfficialRow.resource))
    query = sa.select(OfficialRow).options(*whole).where(OfficialRow.resource_id.in_(sorted(set(resource_ids))))
    return {row.resource_id: row for row in session.scalars(query)}


def load_posts(session: Session, ids: Collection[int]) -> Mapping[int, PostRow]:
    """The posts by id: those the session has read stay as they are, all others come in one query."""
    wanted = set(ids)
    known = {number: session.identity_map.get(identity_key(PostRow, number)) for number in wanted}
    found = {number: row for number, row in known.items() if isinstance(row, PostRow)}
    if missing := wanted - found.keys():
        read = session.scalars(sa.select(PostRow).where(PostRow.id.in_(sorted(missing))))
        found |= {post.id: post for post in read}
    return found


def last_mails(session: Session, hearing_id: int) -> Mapping[int, OutboxRow]:
    """The newest mail of each participant that was not overtaken by a later one."""
    query = sa.select(OutboxRow).where(OutboxRow.hearing_id == hearing_id, OutboxRow.state != OutboxState.SUPERSEDED)
    found = session.scalars(query.order_by(OutboxRow.id))
    return {row.participant_id: row for row in found if row.participant_id is not None}


def undelivered(session: Session, hearing_ids: Collection[int]) -> frozenset[int]:
    """Which of the hearings have a mail that could not be delivered and that nobody saw to."""
    query = sa.select(OutboxRow.hearing_id).where(
        OutboxRow.hearing_id.in_(sorted(set(hearing_ids))),
        OutboxRow.state == OutboxState.FAILED,
        OutboxRow.settled_at.is_(None),
    )
    return frozenset(found for found in session.scalars(query) if found is not None)


def open_steps(session: Session, hearing_ids: Collection[int], *, gate: str) -> Mapping[int, int]:
    """How many open steps hold the gate, by hearing; a hearing without any is left out."""
    query = (
        sa.select(ChecklistRow.hearing_id, sa.func.count())
        .join(StepRow, StepRow.checklist_id == ChecklistRow.id)
        .where(
            ChecklistRow.hearing_id.in_(sorted(set(hearing_ids))),
            StepRow.blocks == gate,
            StepRow.state == StepState.OPEN,
        )
        .group_by(ChecklistRow.hearing_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
