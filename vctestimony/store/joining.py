"""Queries of the sealed joining addresses."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import HearingRow, JoiningRow


def sealed_samples(session: Session) -> Sequence[HearingRow]:
    """A hearing with a sealed address for each key that sealed any."""
    newest = sa.select(sa.func.max(JoiningRow.id)).group_by(JoiningRow.address_key_id)
    query = sa.select(HearingRow).join(JoiningRow, JoiningRow.hearing_id == HearingRow.id)
    return session.scalars(query.where(JoiningRow.id.in_(newest)).order_by(HearingRow.id)).all()
