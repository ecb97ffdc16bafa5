"""Queries of hearings: one by reference, those a person may see, in a fixed order."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from vctestimony.domain.access import Actor, Relation
from vctestimony.domain.hearing import State
from vctestimony.domain.options import OptionState
from vctestimony.domain.sides import SEES_BOTH, Side, are_apart, is_screened, side_of
from vctestimony.store import shut_out
from vctestimony.store.models import (
    CaseRow,
    HearingRow,
    OfficialRow,
    OptionRow,
    OrderRow,
    ParticipantRow,
    PostRow,
    WitnessRow,
)

_SAT = (State.BOOKED, State.CONFIRMED, State.IN_SESSION, State.COMPLETED, State.ADJOURNED)
_OFFICIAL = joinedload(ParticipantRow.official).options(joinedload(OfficialRow.post), joinedload(OfficialRow.resource))
_WHOLE = (
    joinedload(HearingRow.case).joinedload(CaseRow.court),
    joinedload(HearingRow.order),
    joinedload(HearingRow.witness).joinedload(WitnessRow.resource),
    joinedload(HearingRow.court),
    joinedload(HearingRow.remote),
    joinedload(HearingRow.court_room),
    joinedload(HearingRow.remote_room),
    joinedload(HearingRow.link),
    selectinload(HearingRow.participants).options(_OFFICIAL),
)
WHOLE = (*_WHOLE, selectinload(HearingRow.needs))
"""What a hearing is loaded with where there are many."""


def by_reference(session: Session, reference: str) -> HearingRow | None:
    """The hearing with its case, order, witness, posts, rooms, people and what else would do for it loaded."""
    return _one(session, HearingRow.reference == reference)


def by_reference_of(session: Session, reference: str, actor: Actor, wanted: frozenset[Relation]) -> HearingRow | None:
    """The same, if the person stands in one of the relations to it (`seen_by`).

    What is not theirs is asked for no more than what is not there, so that the time of the answer tells neither.
    """
    return _one(session, (HearingRow.reference == reference) & seen_by(actor, wanted))


def by_id(session: Session, hearing_id: int) -> HearingRow | None:
    """The same by its internal id."""
    return _one(session, HearingRow.id == hearing_id)


def _one(session: Session, condition: sa.ColumnElement[bool]) -> HearingRow | None:
    """What would do comes with the hearing itself: a handful of rows, and a search asks for no further query."""
    query = sa.select(HearingRow).options(*_WHOLE, joinedload(HearingRow.needs)).where(condition)
    return session.scalars(query).unique().one_or_none()


def relations(hearing: HearingRow, actor: Actor) -> frozenset[Relation]:
    """How the person stands to the hearing. Who is kept apart from somebody on it stands in no other relation; whoever
    it was shut to, in none."""
    if is_shut(hearing, actor):
        return frozenset()
    own = [p for p in hearing.participants if p.removed_at is None and p.official_id == actor.official_id]
    if actor.official_id is not None and any(kept_apart(hearing, p) for p in own):
        return frozenset({Relation.SCREENED})
    found = set()
    if actor.post_id is not None and actor.post_id == hearing.court_id:
        found.add(Relation.OWN_COURT)
    if actor.post_id is not None and actor.post_id == hearing.remote_id:
        found.add(Relation.RECEIVING_POST)
    if actor.official_id is not None and own:
        found.add(Relation.NAMED)
    return frozenset(found)


def is_shut(hearing: HearingRow, actor: Actor) -> bool:
    """Whether the hearing is shut to the person (store/shut_out.py)."""
    return any(p.official_id == actor.official_id and p.shut_out_at is not None for p in hearing.participants)


def side(hearing: HearingRow, person: ParticipantRow) -> Side:
    """On which side the person stands at this hearing."""
    facts = hearing.order.facts, hearing.witness.facts, hearing.case.facts
    return side_of(person.duty, said=person.side, is_protected=any(one.get("protected") is True for one in facts))


def kept_apart(hearing: HearingRow, person: ParticipantRow) -> bool:
    """Whether the person is kept apart from anybody on the hearing, the witness among them."""
    others = (side(hearing, one) for one in hearing.participants if one.removed_at is None)
    return is_screened(side(hearing, person), others)


def apart(hearing: HearingRow, one: ParticipantRow, other: ParticipantRow) -> bool:
    """Whether these two must not learn of each other."""
    return are_apart(side(hearing, one), side(hearing, other))


def where_named(session: Session, official_id: int, *, witness: str | None = None) -> Sequence[HearingRow]:
    """The hearings on which the official is named now, with everything that decides who is kept apart; of one witness
    alone where her reference is told."""
    named = sa.exists().where(
        ParticipantRow.hearing_id == HearingRow.id,
        ParticipantRow.official_id == official_id,
        ParticipantRow.removed_at.is_(None),
    )
    return listed(session, named if witness is None else named & HearingRow.witness.has(reference=witness))


def kept_apart_at(session: Session, official_id: int) -> frozenset[int]:
    """The hearings at which the official is kept apart from somebody.

    Of where they are named no more is read than how they stand there; the whole hearing only for who is on the side of
    the witness: the witness herself is always on it, the accused need not be.
    """
    person, row = ParticipantRow, HearingRow
    query = (
        sa.select(row.id, person.duty, person.side, OrderRow.facts, WitnessRow.facts, CaseRow.facts)
        .join(row, row.id == person.hearing_id)
        .join(OrderRow, OrderRow.id == row.order_id)
        .join(WitnessRow, WitnessRow.id == row.witness_id)
        .join(CaseRow, CaseRow.id == row.case_id)
        .where(person.official_id == official_id, person.removed_at.is_(None), person.duty.not_in(sorted(SEES_BOTH)))
    )
    sides: dict[int, set[Side]] = {}
    for number, duty, said, *facts in session.execute(query):
        is_protected = any(one.get("protected") is True for one in facts)
        sides.setdefault(number, set()).add(side_of(duty, said=said, is_protected=is_protected))
    apart = {number for number, own in sides.items() if Side.ACCUSED in own}
    hers = [number for number, own in sides.items() if Side.WITNESS in own and number not in apart]
    if hers:
        apart |= {found.id for found in listed(session, row.id.in_(hers)) if _is_apart_on(found, official_id)}
    return frozenset(apart)


def _is_apart_on(hearing: HearingRow, official_id: int) -> bool:
    own = (one for one in hearing.participants if one.removed_at is None and one.official_id == official_id)
    return any(kept_apart(hearing, one) for one in own)


def seen_by(actor: Actor, wanted: frozenset[Relation]) -> sa.ColumnElement[bool]:
    """The condition for hearings to which the person stands in one of the relations; who is kept apart is named too.

    A row found is asked for its `relations` before anything is shown that who is kept apart may not see.
    """
    conditions: list[sa.ColumnElement[bool]] = []
    if actor.post_id is not None and Relation.OWN_COURT in wanted:
        conditions.append(HearingRow.court_id == actor.post_id)
    if actor.post_id is not None and Relation.RECEIVING_POST in wanted:
        conditions.append(HearingRow.remote_id == actor.post_id)
    if actor.official_id is not None and wanted & {Relation.NAMED, Relation.SCREENED}:
        conditions.append(
            sa.exists().where(
                ParticipantRow.hearing_id == HearingRow.id,
                ParticipantRow.official_id == actor.official_id,
                ParticipantRow.removed_at.is_(None),
            )
        )
    return sa.and_(sa.or_(sa.false(), *conditions), shut_out.is_open(actor))


def listed(
    session: Session, condition: sa.ColumnElement[bool], *, skipped: int = 0, most: int | None = None
) -> Sequence[HearingRow]:
    """Hearings that meet the condition: those with a time first and by time, then the others, newest first.

    With `most`, so many of them after those `skipped`.
    """
    query = sa.select(HearingRow).options(*WHOLE).where(condition)
    order = (HearingRow.starts_at.is_(None), HearingRow.starts_at, HearingRow.id.desc())
    return session.scalars(query.order_by(*order).offset(skipped).limit(most)).all()


def first_of(session: Session, condition: sa.ColumnElement[bool], *, most: int) -> tuple[Sequence[int], int]:
    """The ids of the first of them in the same order, and how many there are in all: one statement."""
    row = HearingRow
    query = sa.select(row.id, sa.func.count().over()).where(condition)
    order = (row.starts_at.is_(None), row.starts_at, row.id.desc())
    found = session.execute(query.order_by(*order).limit(most)).all()
    return [one[0] for one in found], found[0][1] if found else 0


def is_any(session: Session, condition: sa.ColumnElement[bool]) -> bool:
    """Whether there is one of them."""
    return session.scalar(sa.select(HearingRow.id).where(condition).limit(1)) is not None


def count(session: Session, condition: sa.ColumnElement[bool]) -> int:
    """How many meet it."""
    return session.scalar(sa.select(sa.func.count()).select_from(HearingRow).where(condition)) or 0


def times_of(session: Session, condition: sa.ColumnElement[bool]) -> Sequence[tuple[int, State, datetime | None, str]]:
    """Of the same hearings in the same order: id, state, start, and the zone of the Court Point, and nothing else."""
    row = HearingRow
    query = sa.select(row.id, row.state, row.starts_at, PostRow.zone).join(PostRow, PostRow.id == row.court_id)
    found = session.execute(query.where(condition).order_by(row.starts_at.is_(None), row.starts_at, row.id.desc()))
    return [(one.id, one.state, one.starts_at, one.zone) for one in found]


def with_future_time(session: Session, *, now: datetime) -> Sequence[HearingRow]:
    """Booked and confirmed hearings that begin later; the earliest first."""
    wanted = HearingRow.state.in_((State.BOOKED, State.CONFIRMED))
    query = sa.select(HearingRow).options(*_WHOLE).where(wanted, HearingRow.starts_at > now)
    return session.scalars(query.order_by(HearingRow.starts_at, HearingRow.id)).all()


def cases_of(session: Session, hearing_ids: frozenset[int]) -> frozenset[int]:
    """The cases of these hearings."""
    wanted = sa.select(HearingRow.case_id).where(HearingRow.id.in_(hearing_ids))
    return frozenset(session.scalars(wanted)) if hearing_ids else frozenset()


def of_case(session: Session, case_id: int) -> Sequence[HearingRow]:
    """The hearings of one case in the same order."""
    return listed(session, HearingRow.case_id == case_id)


def of_witness(session: Session, witness_id: int, condition: sa.ColumnElement[bool]) -> Sequence[HearingRow]:
    """The hearings of one witness that meet the condition, with their posts: by time, those without one last."""
    ends = joinedload(HearingRow.court), joinedload(HearingRow.remote)
    query = sa.select(HearingRow).options(*ends).where(HearingRow.witness_id == witness_id, condition)
    return session.scalars(query.order_by(HearingRow.starts_at.is_(None), HearingRow.starts_at, HearingRow.id)).all()


def continuation_of(session: Session, hearing_id: int) -> str | None:
    """The reference of the hearing that goes on where this one ended, if there is one that has not come to nothing."""
    query = sa.select(HearingRow.reference).where(
        HearingRow.continues_id == hearing_id, HearingRow.state.not_in((State.CANCELLED, State.LAPSED))
    )
    return session.scalar(query.order_by(HearingRow.id).limit(1))


def sittings_of(
    session: Session, witness_id: int, *, except_id: int, now: datetime
) -> Sequence[tuple[datetime, int, int]]:
    """Start, minutes before the examination and minutes of it, of every other hearing of the witness with a time.

    Every time that is held for one counts as well.
    """
    row, option = HearingRow, OptionRow
    theirs = sa.and_(row.witness_id == witness_id, row.id != except_id)
    booked = sa.select(row.starts_at, row.pre_minutes, row.main_minutes).where(
        theirs, row.starts_at.is_not(None), row.state.in_(_SAT)
    )
    held = sa.select(option.starts_at, row.pre_minutes, row.main_minutes).join(row, row.id == option.hearing_id)
    held = held.where(theirs, option.state == OptionState.HELD, option.held_until > now)
    rows = [*session.execute(booked), *session.execute(held)]
    return [(starts_at, before, minutes) for starts_at, before, minutes in rows if starts_at]


def participant(session: Session, public_id: str) -> ParticipantRow | None:
    """A participant by the id that stands in answer links."""
    query = sa.select(ParticipantRow).where(ParticipantRow.public_id == public_id)
    return session.scalar(query.options(joinedload(ParticipantRow.official)))


def reread_people(session: Session, hearing: HearingRow) -> None:
    """Read the participants of the hearing again: another transaction may have stored an answer since."""
    query = sa.select(ParticipantRow).options(_OFFICIAL).where(ParticipantRow.hearing_id == hearing.id)
    session.scalars(query.execution_options(populate_existing=True)).all()
