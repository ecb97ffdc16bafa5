"""Queries of the sealed joining addresses."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import HearingRow, JoiningCodeRow, JoiningRow


def code(session: Session, participant_id: int, *, for_change: bool = False) -> JoiningCodeRow | None:
    """The code that was mailed last to this participant."""
    query = sa.select(JoiningCodeRow).where(JoiningCodeRow.participant_id == participant_id)
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def sealed_samples(session: Session) -> Sequence[HearingRow]:
    """A hearing with a sealed address for each key that sealed any."""
    newest = sa.select(sa.func.max(JoiningRow.id)).group_by(JoiningRow.address_key_id)
    query = sa.select(HearingRow).join(JoiningRow, JoiningRow.hearing_id == HearingRow.id)
    return session.scalars(query.where(JoiningRow.id.in_(newest)).order_by(HearingRow.id)).all()


def to_be_changed(session: Session, hearing_ids: Collection[int]) -> frozenset[int]:
    """Those of the hearings whose address is known to somebody who should not know it any more."""
    known = sa.select(JoiningRow.hearing_id).where(
        JoiningRow.hearing_id.in_(hearing_ids), JoiningRow.rotate_since.is_not(None)
    )
    return frozenset(session.scalars(known))
