"""Queries of signed links to checklists and of the ticks that came by them."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from vctestimony.domain.field_ticks import Outcome
from vctestimony.store.models import FieldLinkRow, FieldTickRow, ParticipantRow


def link_of(session: Session, participant_id: int) -> FieldLinkRow | None:
    """The participant's link, in use or withdrawn."""
    return session.scalar(sa.select(FieldLinkRow).where(FieldLinkRow.participant_id == participant_id))


def links_of_hearing(session: Session, hearing_id: int) -> dict[int, FieldLinkRow]:
    """Every link to a checklist of the hearing, by participant."""
    query = sa.select(FieldLinkRow).join(ParticipantRow).where(ParticipantRow.hearing_id == hearing_id)
    return {row.participant_id: row for row in session.scalars(query.order_by(FieldLinkRow.id))}


def by_keys(session: Session, participant_id: int, keys: Collection[str]) -> dict[str, FieldTickRow]:
    """Those of these ticks that the participant has sent before."""
    query = sa.select(FieldTickRow).where(FieldTickRow.participant_id == participant_id, FieldTickRow.key.in_(keys))
    return {row.key: row for row in session.scalars(query.order_by(FieldTickRow.id))}


def of_participant(session: Session, participant_id: int) -> Sequence[FieldTickRow]:
    """Everything that came by this link, in the order in which it came."""
    query = sa.select(FieldTickRow).where(FieldTickRow.participant_id == participant_id)
    return session.scalars(query.order_by(FieldTickRow.id)).all()


def count_not_taken(session: Session, participant_id: int) -> int:
    """How many ticks by this link are kept that were not taken."""
    query = sa.select(sa.func.count()).select_from(FieldTickRow).where(FieldTickRow.participant_id == participant_id)
    return session.scalar(query.where(FieldTickRow.outcome != Outcome.TAKEN)) or 0


def to_tell(
    session: Session, hearing_id: int, *, skew_seconds: int, most: int, step_id: str = ""
) -> Sequence[FieldTickRow]:
    """Ticks for the hearing that were not taken, or whose phone had a clock further off than that; newest first.

    At most so many, and of one step where one is named.
    """
    whose = joinedload(FieldTickRow.participant).joinedload(ParticipantRow.official)
    query = sa.select(FieldTickRow).options(whose).where(FieldTickRow.hearing_id == hearing_id)
    if step_id:
        query = query.where(FieldTickRow.step_id == step_id)
    told = sa.or_(FieldTickRow.outcome != Outcome.TAKEN, sa.func.abs(FieldTickRow.skew_seconds) > skew_seconds)
    return session.scalars(query.where(told).order_by(FieldTickRow.id.desc()).limit(most)).all()
