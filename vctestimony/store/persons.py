"""Queries of what is held about one person, and of the places where the name and addresses of an official stand."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, defer, joinedload

from vctestimony.store.base import Base
from vctestimony.store.models import (
    CaseRow,
    CycleFileRow,
    EvidenceRow,
    HearingRow,
    InboundRow,
    LegalHoldRow,
    OccupancyKind,
    OccupancyRow,
    OutboxRow,
    OutboxState,
    ParticipantRow,
    SealedRecordRow,
    SigningCopyRow,
)

_OWN_TIMES = (OccupancyKind.IMPORTED, OccupancyKind.IMPORTED_TENTATIVE, OccupancyKind.LEAVE)


def rows_of(
    session: Session, column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], number: int | None
) -> Sequence[Base]:
    """The rows of one table that belong to the person, in a fixed order; none where there is no number."""
    if number is None:
        return ()
    row: Any = column.class_
    return session.scalars(sa.select(row).where(column == number).order_by(*row.__table__.primary_key)).all()


def named_on(session: Session, official_id: int | None) -> Sequence[ParticipantRow]:
    """Wherever the official is or was named, with the hearing."""
    query = sa.select(ParticipantRow).options(joinedload(ParticipantRow.hearing).selectinload(HearingRow.participants))
    return session.scalars(query.where(ParticipantRow.official_id == official_id).order_by(ParticipantRow.id)).all()


def mails_to(session: Session, *, official_id: int | None, addresses: Sequence[str]) -> Sequence[OutboxRow]:
    """Every mail to the person, by the seat or by the address."""
    return session.scalars(
        sa.select(OutboxRow).options(defer(OutboxRow.body)).where(_to(official_id, addresses)).order_by(OutboxRow.id)
    ).all()


def own_times(session: Session, resource_id: int) -> Sequence[OccupancyRow]:
    """When the person is away or busy by a calendar of their own."""
    query = sa.select(OccupancyRow).where(OccupancyRow.resource_id == resource_id, OccupancyRow.kind.in_(_OWN_TIMES))
    return session.scalars(query.order_by(OccupancyRow.start_min, OccupancyRow.id)).all()


def drop_own_times(session: Session, resource_id: int) -> None:
    """Forget when the person was away or busy."""
    session.execute(
        sa.delete(OccupancyRow).where(OccupancyRow.resource_id == resource_id, OccupancyRow.kind.in_(_OWN_TIMES))
    )


def hold_over(session: Session, official_id: int) -> LegalHoldRow | None:
    """A legal hold on a case in which the official was named."""
    cases = sa.select(HearingRow.case_id).join(ParticipantRow).where(ParticipantRow.official_id == official_id)
    query = sa.select(LegalHoldRow).where(LegalHoldRow.lifted_at.is_(None), LegalHoldRow.case_id.in_(cases))
    return session.scalar(query.order_by(LegalHoldRow.id).limit(1))


def replace_address(session: Session, *, official_id: int | None, addresses: Sequence[str], by: str) -> None:
    """Let mails that left, and answers that came, stand for nobody's address."""
    left = OutboxRow.state.not_in((OutboxState.PENDING, OutboxState.SENDING))
    changed = sa.update(OutboxRow).where(_to(official_id, addresses), left)
    session.execute(changed.values(to_address=by, last_error="", bounce_words=""))
    theirs = sa.func.lower(InboundRow.from_address).in_([one.casefold() for one in addresses])
    session.execute(sa.update(InboundRow).where(theirs).values(from_address=by))


def hearings_of(session: Session, witness_id: int) -> Sequence[HearingRow]:
    """The hearings of a witness, the oldest first."""
    query = sa.select(HearingRow).options(joinedload(HearingRow.case).joinedload(CaseRow.court))
    return session.scalars(query.where(HearingRow.witness_id == witness_id).order_by(HearingRow.id)).all()


def records_of(session: Session, hearing_ids: Sequence[int]) -> Sequence[SealedRecordRow]:
    """The sealed records of these hearings, without their bytes."""
    query = sa.select(SealedRecordRow).options(defer(SealedRecordRow.pdf), defer(SealedRecordRow.content))
    query = query.where(SealedRecordRow.hearing_id.in_(hearing_ids))
    return session.scalars(query.order_by(SealedRecordRow.id)).all()


def evidence_of(session: Session, hearing_ids: Sequence[int]) -> Sequence[EvidenceRow]:
    """The files kept with steps of these hearings, without their bytes."""
    query = sa.select(EvidenceRow).where(EvidenceRow.hearing_id.in_(hearing_ids))
    return session.scalars(query.order_by(EvidenceRow.id)).all()


def scans_of(session: Session, hearing_ids: Sequence[int]) -> Sequence[CycleFileRow]:
    """The scans of the signed transcripts of these hearings, without their bytes."""
    query = sa.select(CycleFileRow).where(CycleFileRow.hearing_id.in_(hearing_ids))
    return session.scalars(query.order_by(CycleFileRow.id)).all()


def copies_of(session: Session, hearing_ids: Sequence[int]) -> Sequence[SigningCopyRow]:
    """What was offered to be signed of these hearings, without its bytes."""
    query = sa.select(SigningCopyRow).options(defer(SigningCopyRow.original))
    return session.scalars(query.where(SigningCopyRow.hearing_id.in_(hearing_ids)).order_by(SigningCopyRow.id)).all()


def mails_about(session: Session, hearing_ids: Sequence[int]) -> Sequence[str]:
    """With which key each mail about these hearings is sealed; those that were wiped are not among them."""
    query = sa.select(InboundRow.key_id).where(InboundRow.hearing_id.in_(hearing_ids), InboundRow.wiped_at.is_(None))
    return session.scalars(query.order_by(InboundRow.id)).all()


def _to(official_id: int | None, addresses: Sequence[str]) -> sa.ColumnElement[bool]:
    seats = sa.select(ParticipantRow.id).where(ParticipantRow.official_id == official_id)
    written = sa.func.lower(OutboxRow.to_address).in_([one.casefold() for one in addresses])
    return sa.or_(OutboxRow.participant_id.in_(seats), sa.and_(OutboxRow.participant_id.is_(None), written))
