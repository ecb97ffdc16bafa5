"""Queries of the court's recordings: every revision of each, and every entry about them, in a fixed order."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.domain.hearing import State
from vctestimony.store.models import HearingRow, RecordingEntryRow, RecordingRow

_TO_COME = (State.REQUESTED, State.PROPOSED, State.BOOKED, State.CONFIRMED, State.IN_SESSION)


def revisions(session: Session, hearing_id: int) -> Sequence[RecordingRow]:
    """Every description of every recording, the first revision first."""
    query = sa.select(RecordingRow).where(RecordingRow.hearing_id == hearing_id)
    return session.scalars(query.order_by(RecordingRow.number, RecordingRow.revision)).all()


def newest(session: Session, hearing_id: int) -> dict[int, RecordingRow]:
    """What is said of each recording now, by its number."""
    return {row.number: row for row in revisions(session, hearing_id)}


def entries(session: Session, hearing_id: int) -> Sequence[RecordingEntryRow]:
    """Everything entered about the recordings, in the order in which it was."""
    query = sa.select(RecordingEntryRow).where(RecordingEntryRow.hearing_id == hearing_id)
    return session.scalars(query.order_by(RecordingEntryRow.number)).all()


def still_heard(session: Session, case_id: int) -> bool:
    """Whether a hearing of the case is to come or in session, or one was adjourned and not continued."""
    follows = sa.orm.aliased(HearingRow)
    continued = sa.exists().where(follows.continues_id == HearingRow.id)
    open_end = sa.and_(HearingRow.state == State.ADJOURNED, ~continued)
    query = sa.select(HearingRow.id).where(HearingRow.case_id == case_id)
    return session.scalar(query.where(HearingRow.state.in_(_TO_COME) | open_end).limit(1)) is not None
