"""Queries of posts and of what can be booked there."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import AccountRow, PostRow, ResourceKind, ResourceRow


def post(session: Session, post_id: int) -> PostRow | None:
    """The post with this number."""
    return session.get(PostRow, post_id)


def post_by_code(session: Session, code: str) -> PostRow | None:
    """The post with this code."""
    return session.scalar(sa.select(PostRow).where(PostRow.code == code))


def resource_named(session: Session, *, kind: ResourceKind, name: str, post_id: int | None) -> ResourceRow | None:
    """The room of that post, or the link, with exactly this name."""
    query = sa.select(ResourceRow).where(ResourceRow.kind == kind, ResourceRow.name == name)
    there = ResourceRow.post_id.is_(None) if post_id is None else ResourceRow.post_id == post_id
    return session.scalar(query.where(there))


def nothing_entered(session: Session) -> bool:
    """Whether there is neither a post nor an account."""
    return session.scalar(sa.select(PostRow.id).limit(1)) is None and (
        session.scalar(sa.select(AccountRow.id).limit(1)) is None
    )
