"""Queries of bundles: whose they are, what is in them, which one a worker takes up next, which are forgotten."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from vctestimony.store.legal_holds import free
from vctestimony.store.models import BundleFileRow, BundleRow, BundleState, LeafRow, LeafState

OPEN = (BundleState.QUEUED, BundleState.RUNNING)


def by_reference(session: Session, reference: str, *, account_id: int) -> BundleRow | None:
    """The bundle, if that account asked for it; locked for this transaction."""
    query = sa.select(BundleRow).where(BundleRow.reference == reference, BundleRow.account_id == account_id)
    return session.scalar(query.with_for_update())


def of_account(session: Session, account_id: int) -> Sequence[BundleRow]:
    """What the account asked for, the newest first."""
    query = sa.select(BundleRow).where(BundleRow.account_id == account_id)
    return session.scalars(query.order_by(BundleRow.created_at.desc(), BundleRow.id.desc()).limit(50)).all()


def still_open(
    session: Session,
    *,
    account_id: int,
    hearing_id: int | None,
    post_id: int | None,
    from_on: date | None,
    language: str,
) -> BundleRow | None:
    """The very same, asked for already and not ended."""
    query = sa.select(BundleRow).where(
        BundleRow.account_id == account_id,
        BundleRow.hearing_id.is_not_distinct_from(hearing_id),
        BundleRow.post_id.is_not_distinct_from(post_id),
        BundleRow.from_on.is_not_distinct_from(from_on),
        BundleRow.language == language,
        BundleRow.state.in_(OPEN),
    )
    return session.scalar(query.order_by(BundleRow.id).limit(1))


def count_open(session: Session, *, account_id: int) -> int:
    """How many of the account's bundles have not ended."""
    query = sa.select(sa.func.count(BundleRow.id)).where(BundleRow.account_id == account_id, BundleRow.state.in_(OPEN))
    return session.scalar(query) or 0


def due(now: datetime) -> sa.ColumnElement[bool]:
    """Bundles to be made: those queued, and those whose worker's lease ran out."""
    return sa.or_(
        BundleRow.state == BundleState.QUEUED,
        sa.and_(BundleRow.state == BundleState.RUNNING, BundleRow.leased_until <= now),
    )


def any_due(session: Session, *, now: datetime) -> bool:
    """Whether there is one; only looks."""
    return session.scalar(sa.select(BundleRow.id).where(due(now)).limit(1)) is not None


def next_due(session: Session, *, now: datetime) -> BundleRow | None:
    """The oldest bundle to be made, locked for this transaction."""
    query = sa.select(BundleRow).where(due(now)).order_by(BundleRow.id).limit(1)
    return session.scalar(query.with_for_update(skip_locked=True))


def owned(session: Session, *, bundle_id: int, owner: str) -> BundleRow | None:
    """The bundle, locked, if it is still being made and by this worker."""
    row = session.scalar(sa.select(BundleRow).where(BundleRow.id == bundle_id).with_for_update())
    return row if row is not None and row.state is BundleState.RUNNING and row.owner == owner else None


def is_running(session: Session, bundle_id: int) -> bool:
    """Whether somebody is making the bundle, whoever; it is locked for this transaction."""
    row = session.scalar(sa.select(BundleRow).where(BundleRow.id == bundle_id).with_for_update())
    return row is not None and row.state is BundleState.RUNNING


def leaves(session: Session, bundle_id: int) -> Sequence[LeafRow]:
    """Every document of the bundle in order, without what was printed."""
    return session.scalars(sa.select(LeafRow).where(LeafRow.bundle_id == bundle_id).order_by(LeafRow.position)).all()


def progress(session: Session, bundle_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many documents of each bundle are settled, and how many it has."""
    settled = sa.func.sum(sa.case((LeafRow.state == LeafState.WAITING, 0), else_=1))
    query = sa.select(LeafRow.bundle_id, settled, sa.func.count()).where(LeafRow.bundle_id.in_(bundle_ids))
    return {bundle: (int(done), total) for bundle, done, total in session.execute(query.group_by(LeafRow.bundle_id))}


def printed(session: Session, bundle_id: int) -> Sequence[LeafRow]:
    """The printed documents of the bundle in order, with their bytes."""
    query = sa.select(LeafRow).where(LeafRow.bundle_id == bundle_id, LeafRow.state == LeafState.PRINTED)
    whole = query.options(undefer(LeafRow.content), undefer(LeafRow.loose))
    return session.scalars(whole.order_by(LeafRow.position)).all()


def next_leaf(session: Session, bundle_id: int) -> LeafRow | None:
    """The first document that still waits."""
    query = sa.select(LeafRow).where(LeafRow.bundle_id == bundle_id, LeafRow.state == LeafState.WAITING)
    return session.scalar(query.order_by(LeafRow.position).limit(1))


def files(session: Session, bundle_id: int) -> Sequence[BundleFileRow]:
    """The finished files, without their bytes."""
    query = sa.select(BundleFileRow).where(BundleFileRow.bundle_id == bundle_id)
    return session.scalars(query.order_by(BundleFileRow.form)).all()


def empty(session: Session, bundle_id: int) -> None:
    """Let go of the single documents' bytes; what became of each stays."""
    session.execute(sa.update(LeafRow).where(LeafRow.bundle_id == bundle_id).values(content=None, loose=None))


def forget(session: Session, *, until: datetime) -> None:
    """Remove bundles whose time has passed, with everything of them; not those of a case on legal hold."""
    past = sa.select(BundleRow.id).where(BundleRow.expires_at <= until, free(BundleRow.hearing_id))
    for row in (BundleFileRow, LeafRow):
        session.execute(sa.delete(row).where(row.bundle_id.in_(past)))
    session.execute(sa.delete(BundleRow).where(BundleRow.expires_at <= until, free(BundleRow.hearing_id)))
