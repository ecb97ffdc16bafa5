"""Queries of the options of a hearing: what is held, the newest offer with its answers, what ran out."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from vctestimony.domain.options import OptionState
from vctestimony.store.models import HearingRow, OptionAnswerRow, OptionRow, OverlapRow, ResourceKind, ResourceRow

_ORDER = (OptionRow.offer, OptionRow.number)
_BY_START = (OptionRow.starts_at, OptionRow.id)


def held(session: Session, hearing_id: int) -> Sequence[OptionRow]:
    """The options that nothing has ended yet, by number; the clock may have, long ago."""
    query = sa.select(OptionRow).where(OptionRow.hearing_id == hearing_id, OptionRow.state == OptionState.HELD)
    return session.scalars(query.options(selectinload(OptionRow.answers)).order_by(*_ORDER)).all()


def live_offer(session: Session, hearing_id: int) -> Sequence[OptionRow]:
    """Every option of the last offer, by number, as long as nothing has ended all of them; else none."""
    found = newest_offer(session, hearing_id)
    return found if any(row.state is OptionState.HELD for row in found) else ()


def newest_offer(session: Session, hearing_id: int) -> Sequence[OptionRow]:
    """Every option of the last offer, ended or not, by number, with its answers; empty when none was ever held."""
    last = sa.select(sa.func.max(OptionRow.offer)).where(OptionRow.hearing_id == hearing_id).scalar_subquery()
    query = sa.select(OptionRow).where(OptionRow.hearing_id == hearing_id, OptionRow.offer == last)
    return session.scalars(query.options(selectinload(OptionRow.answers)).order_by(*_ORDER)).all()


def held_by_hearing(session: Session, hearing_ids: Collection[int]) -> Mapping[int, Sequence[OptionRow]]:
    """The options that nothing has ended yet of several hearings, by start, with their answers."""
    if not hearing_ids:
        return {}
    query = sa.select(OptionRow).where(
        OptionRow.hearing_id.in_(sorted(set(hearing_ids))), OptionRow.state == OptionState.HELD
    )
    found: dict[int, list[OptionRow]] = {}
    for row in session.scalars(query.options(selectinload(OptionRow.answers)).order_by(*_BY_START)):
        found.setdefault(row.hearing_id, []).append(row)
    return found


def holding_ahead(session: Session, *, now: datetime) -> Sequence[OptionRow]:
    """Every option that is still held by the clock, the earliest start first."""
    query = sa.select(OptionRow).where(OptionRow.state == OptionState.HELD, OptionRow.held_until > now)
    return session.scalars(query.options(joinedload(OptionRow.hearing)).order_by(*_BY_START)).all()


def run_out(session: Session, *, now: datetime) -> Sequence[HearingRow]:
    """Hearings of which an option that nothing ended has run out, in their order."""
    late = sa.exists().where(
        OptionRow.hearing_id == HearingRow.id, OptionRow.state == OptionState.HELD, OptionRow.held_until <= now
    )
    return session.scalars(sa.select(HearingRow).where(late).order_by(HearingRow.id)).all()


def asked_by(session: Session, participant_id: int, *, offer: int) -> Sequence[OptionAnswerRow]:
    """What the participant was asked with that offer, by the number of the option."""
    query = (
        sa.select(OptionAnswerRow)
        .join(OptionRow)
        .options(joinedload(OptionAnswerRow.option))
        .where(OptionAnswerRow.participant_id == participant_id, OptionRow.offer == offer)
    )
    return session.scalars(query.order_by(OptionRow.number)).all()


def overlaps(session: Session, hearing_id: int) -> Sequence[OverlapRow]:
    """The people whom the hearing takes at its time although they are taken."""
    query = sa.select(OverlapRow).where(OverlapRow.hearing_id == hearing_id, OverlapRow.ended_at.is_(None))
    return session.scalars(query.order_by(OverlapRow.id)).all()


def people(session: Session, resource_ids: Collection[int]) -> frozenset[int]:
    """Which of the resources are officials: neither a room, nor a link, nor the witness."""
    query = sa.select(ResourceRow.id).where(
        ResourceRow.id.in_(sorted(set(resource_ids))), ResourceRow.kind == ResourceKind.PERSON
    )
    return frozenset(session.scalars(query))
