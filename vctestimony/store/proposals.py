"""Queries of what people propose: what is open, what one person proposed, what a hearing has seen."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from vctestimony.domain.proposals import ProposalState
from vctestimony.store.models import ParticipantRow, ProposalRow


def by_id(session: Session, hearing_id: int, proposal_id: int) -> ProposalRow | None:
    """The proposal with who made it, if it was made for this hearing; as it is stored now."""
    query = (
        sa.select(ProposalRow)
        .options(joinedload(ProposalRow.participant).joinedload(ParticipantRow.official))
        .where(ProposalRow.id == proposal_id, ProposalRow.hearing_id == hearing_id)
    )
    return session.scalar(query)


def open_of(session: Session, participant_id: int) -> Sequence[ProposalRow]:
    """What this participant proposed and nobody has settled."""
    query = sa.select(ProposalRow).where(
        ProposalRow.participant_id == participant_id, ProposalRow.state == ProposalState.OPEN
    )
    return session.scalars(query.order_by(ProposalRow.id)).all()


def of_participant(session: Session, participant_id: int) -> Sequence[ProposalRow]:
    """Everything this participant ever proposed, the oldest first."""
    query = sa.select(ProposalRow).where(ProposalRow.participant_id == participant_id)
    return session.scalars(query.order_by(ProposalRow.id)).all()


def of_hearing(session: Session, hearing_id: int) -> Sequence[ProposalRow]:
    """Everything that was proposed for a hearing, the newest first, with who proposed it."""
    query = (
        sa.select(ProposalRow)
        .options(joinedload(ProposalRow.participant).joinedload(ParticipantRow.official))
        .where(ProposalRow.hearing_id == hearing_id)
    )
    return session.scalars(query.order_by(ProposalRow.id.desc())).all()


def open_counts(session: Session, hearing_ids: Collection[int]) -> Mapping[int, int]:
    """How many proposals wait to be settled, by hearing; a hearing without any is left out."""
    query = (
        sa.select(ProposalRow.hearing_id, sa.func.count())
        .where(ProposalRow.hearing_id.in_(sorted(set(hearing_ids))), ProposalRow.state == ProposalState.OPEN)
        .group_by(ProposalRow.hearing_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def of_revision(
    session: Session, participant_id: int, *, sequence: int, dtstamp_at: datetime | None
) -> ProposalRow | None:
    """What the participant proposed with exactly this SEQUENCE and DTSTAMP; nothing where there is no DTSTAMP."""
    if dtstamp_at is None:
        return None
    query = sa.select(ProposalRow).where(
        ProposalRow.participant_id == participant_id,
        ProposalRow.sequence == sequence,
        ProposalRow.dtstamp_at == dtstamp_at,
    )
    return session.scalar(query.order_by(ProposalRow.id).limit(1))


def open_by(session: Session, participant_ids: Collection[int]) -> frozenset[int]:
    """Which of the participants have proposed something that waits to be settled; nothing is asked for none."""
    if not participant_ids:
        return frozenset()
    query = sa.select(ProposalRow.participant_id).where(
        ProposalRow.participant_id.in_(sorted(set(participant_ids))), ProposalRow.state == ProposalState.OPEN
    )
    return frozenset(session.scalars(query))
