"""Queries of who or what could stand in for something of a hearing: rooms, links, places and people, a bounded few."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from vctestimony.domain.people import Duty
from vctestimony.store.models import HearingRow, OfficialRow, PostRow, ResourceKind, ResourceRow
from vctestimony.store.planning import of_no_other_court

MOST_ROOMS, MOST_LINKS, MOST_OFFICIALS = 60, 8, 120


def rooms(session: Session, hearing: HearingRow) -> Sequence[tuple[ResourceRow, PostRow]]:
    """Rooms in use at the court, and anywhere in the Remote Point's country, nearest first; not the hearing's own."""
    own = (hearing.court_room_id, hearing.remote_room_id)
    query = (
        sa.select(ResourceRow, PostRow)
        .join(PostRow, PostRow.id == ResourceRow.post_id)
        .where(
            ResourceRow.kind == ResourceKind.ROOM,
            ResourceRow.is_active,
            ResourceRow.id.not_in(own),
            sa.or_(PostRow.id == hearing.court_id, PostRow.country == hearing.remote.country),
        )
        .order_by(
            PostRow.id.not_in((hearing.court_id, hearing.remote_id)),
            PostRow.kind != hearing.remote.kind,
            PostRow.name,
            ResourceRow.name,
            ResourceRow.id,
        )
        .limit(MOST_ROOMS)
    )
    return [(room, post) for room, post in session.execute(query)]


def links(session: Session, hearing: HearingRow) -> Sequence[ResourceRow]:
    """Other links in use, by name."""
    query = sa.select(ResourceRow).where(
        ResourceRow.kind == ResourceKind.LINK, ResourceRow.is_active, ResourceRow.id != hearing.link_id
    )
    return session.scalars(query.order_by(ResourceRow.name, ResourceRow.id).limit(MOST_LINKS)).all()


def officials(session: Session, hearing: HearingRow, duties: Collection[Duty]) -> Sequence[OfficialRow]:
    """Active officials of the two countries who have one of the duties, those of the hearing's own posts first."""
    own = (hearing.court_id, hearing.remote_id)
    listed = sa.cast(OfficialRow.duties, sa.Text)
    query = (
        sa.select(OfficialRow)
        .join(OfficialRow.post)
        .options(joinedload(OfficialRow.post), joinedload(OfficialRow.resource))
        .where(
            OfficialRow.is_active,
            of_no_other_court(hearing),
            PostRow.country.in_((hearing.court.country, hearing.remote.country)),
            sa.or_(*(listed.contains(f'"{duty.value}"', autoescape=True) for duty in sorted(duties))),
        )
        .order_by(PostRow.id.not_in(own), OfficialRow.name, OfficialRow.id)
        .limit(MOST_OFFICIALS)
    )
    return session.scalars(query).all()
