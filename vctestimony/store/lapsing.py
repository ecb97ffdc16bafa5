"""Queries of hearings that can no longer take place as ordered."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.domain.hearing import State
from vctestimony.store.models import HearingRow, OrderRow


def past_their_order(session: Session, *, today_on: date) -> Sequence[HearingRow]:
    """Hearings without a booked time whose order's last day lies before that day, the oldest order first."""
    query = sa.select(HearingRow).join(OrderRow, OrderRow.id == HearingRow.order_id)
    query = query.where(HearingRow.state.in_((State.REQUESTED, State.PROPOSED)), OrderRow.not_after_on < today_on)
    return session.scalars(query.order_by(OrderRow.not_after_on, HearingRow.id)).all()
