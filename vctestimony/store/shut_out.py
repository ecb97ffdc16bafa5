"""The one place for conditions on what an account no longer sees because its official was taken off a hearing.

Whoever was taken off in session, or was kept apart when they left, sees nothing of it by their court or post either.
"""

from sqlalchemy import ColumnElement, Select, exists, select, true
from sqlalchemy.orm import Session

from vctestimony.domain.access import Actor
from vctestimony.store.models import HearingRow, ParticipantRow


def hearing_ids(actor: Actor) -> Select[int]:
    """The hearings that are shut to this person."""
    query = select(ParticipantRow.hearing_id).where(ParticipantRow.shut_out_at.is_not(None))
    return query.where(ParticipantRow.official_id == actor.official_id)


def is_open(actor: Actor) -> ColumnElement[bool]:
    """The condition for hearings that are not."""
    if actor.official_id is None:
        return true()
    shut = exists().where(
        ParticipantRow.hearing_id == HearingRow.id,
        ParticipantRow.official_id == actor.official_id,
        ParticipantRow.shut_out_at.is_not(None),
    )
    return ~shut.correlate(HearingRow)


def of_witness(session: Session, actor: Actor, witness_id: int) -> bool:
    """Whether a hearing of this witness is shut to this person."""
    found = select(HearingRow.id).where(HearingRow.witness_id == witness_id, HearingRow.id.in_(hearing_ids(actor)))
    return actor.official_id is not None and session.scalar(found.limit(1)) is not None


def case_ids(session: Session, actor: Actor) -> frozenset[int]:
    """The cases of which a hearing is shut to this person."""
    if actor.official_id is None:
        return frozenset()
    return frozenset(session.scalars(select(HearingRow.case_id).where(HearingRow.id.in_(hearing_ids(actor)))))
