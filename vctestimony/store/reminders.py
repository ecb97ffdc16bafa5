"""Queries of reminders: which hearings call for any, what is known of them, what was given, and what people chose."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from vctestimony.domain.hearing import State
from vctestimony.domain.itip import PartStat
from vctestimony.domain.people import Role
from vctestimony.domain.reminders.notices import Rule
from vctestimony.store.models import (
    AccountRow,
    CaseRow,
    ChecklistRow,
    HearingRow,
    How,
    NoticeRow,
    OfficialRow,
    OutboxRow,
    OutboxState,
    ParticipantRow,
    RecordFactRow,
    ReminderChoiceRow,
    SealedRecordRow,
    StepRow,
    StepState,
)

AHEAD = (State.BOOKED, State.CONFIRMED)
OVER = (State.COMPLETED, State.ADJOURNED)
_READER_LOCKS = 7004
Steps = Mapping[tuple[int, str], StepRow]
_LOADED = (
    joinedload(HearingRow.case).joinedload(CaseRow.court),
    joinedload(HearingRow.order),
    joinedload(HearingRow.witness),
    joinedload(HearingRow.court),
    joinedload(HearingRow.remote),
    joinedload(HearingRow.link),
    joinedload(HearingRow.joining),
    selectinload(HearingRow.participants).joinedload(ParticipantRow.official).joinedload(OfficialRow.post),
)
_ENDS = tuple(joinedload(one) for one in (HearingRow.case, HearingRow.witness, HearingRow.court, HearingRow.remote))
_OFFICIAL = selectinload(ParticipantRow.official).joinedload(OfficialRow.post)


@dataclass(frozen=True, slots=True)
class Scope:
    """How far is looked: hearings that begin so soon, people asked and records closed so lately, steps due around."""

    now: datetime
    ahead: timedelta
    asked: timedelta
    closed: timedelta
    steps_before: timedelta
    steps_after: timedelta


@dataclass(frozen=True, slots=True)
class Given:
    """When and how a notice was given, and whether its mail was overtaken before it left."""

    made_at: datetime
    how: How
    is_withdrawn: bool = False


def in_scope(session: Session, scope: Scope) -> Sequence[HearingRow]:
    """The hearings that can call for a reminder, by id, with their people, posts and officials: two statements."""
    row, now = HearingRow, scope.now
    unanswered = sa.exists().where(
        ParticipantRow.hearing_id == row.id,
        ParticipantRow.removed_at.is_(None),
        ParticipantRow.answer == PartStat.NEEDS_ACTION.value,
        ParticipantRow.sent_dtstamp_at >= now - scope.asked,
    )
    step = sa.exists().where(
        ChecklistRow.hearing_id == row.id,
        StepRow.checklist_id == ChecklistRow.id,
        StepRow.state == StepState.OPEN,
        StepRow.due_at > now - scope.steps_before,
        StepRow.due_at < now + scope.steps_after,
    )
    ahead = sa.and_(
        row.state.in_(AHEAD), row.starts_at > now, sa.or_(row.starts_at < now + scope.ahead, unanswered, step)
    )
    over = sa.and_(row.state.in_(OVER), row.ended_at > now - scope.closed)
    query = sa.select(row).options(*_LOADED).where(sa.or_(ahead, over)).order_by(row.id)
    return session.scalars(query).all()


def asked_at(session: Session, hearing_ids: Collection[int]) -> Mapping[int, datetime]:
    """When each participant was asked for the present time: when the mail that asked was written."""
    query = (
        sa.select(OutboxRow.participant_id, sa.func.min(OutboxRow.created_at))
        .join(ParticipantRow, ParticipantRow.id == OutboxRow.participant_id)
        .where(
            ParticipantRow.hearing_id.in_(sorted(hearing_ids)),
            OutboxRow.kind.in_(("invitation", "update")),
            OutboxRow.sequence >= ParticipantRow.asked_since,
        )
        .group_by(OutboxRow.participant_id)
    )
    return {row[0]: row[1] for row in session.execute(query) if row[0] is not None}


def open_steps(
    session: Session, hearing_ids: Collection[int], *, from_at: datetime, to_at: datetime
) -> Mapping[int, Sequence[tuple[str, str, Sequence[str], datetime]]]:
    """Id, phase, duties and due instant of the open steps due between the instants, by hearing."""
    query = (
        sa.select(ChecklistRow.hearing_id, StepRow.step_id, StepRow.phase, StepRow.roles, StepRow.due_at)
        .join(StepRow, StepRow.checklist_id == ChecklistRow.id)
        .where(
            ChecklistRow.hearing_id.in_(sorted(hearing_ids)),
            StepRow.state == StepState.OPEN,
            StepRow.due_at > from_at,
            StepRow.due_at < to_at,
        )
        .order_by(ChecklistRow.hearing_id, StepRow.place)
    )
    found: dict[int, list[tuple[str, str, Sequence[str], datetime]]] = {}
    for hearing_id, step_id, phase, roles, due_at in session.execute(query):
        if due_at is not None:
            found.setdefault(hearing_id, []).append((step_id, phase, roles, due_at))
    return found


def steps_named(session: Session, wanted: Collection[tuple[int, str]]) -> Steps:
    """The steps of these hearings by hearing and id; nothing is asked for none."""
    if not wanted:
        return {}
    ids = sorted({hearing_id for hearing_id, _ in wanted})
    names = sorted({step_id for _, step_id in wanted})
    query = sa.select(ChecklistRow.hearing_id, StepRow).join(StepRow, StepRow.checklist_id == ChecklistRow.id)
    query = query.where(ChecklistRow.hearing_id.in_(ids), StepRow.step_id.in_(names)).order_by(StepRow.id)
    return {(row[0], row[1].step_id): row[1] for row in session.execute(query)}


def told_of_dispatch(session: Session, hearing_ids: Collection[int]) -> frozenset[int]:
    """Which of the hearings have a record that is sealed or says something of the signed copy's dispatch."""
    said = sa.select(RecordFactRow.hearing_id).where(
        RecordFactRow.hearing_id.in_(sorted(hearing_ids)), RecordFactRow.field == "dispatch", RecordFactRow.value != ""
    )
    sealed = sa.select(SealedRecordRow.hearing_id).where(SealedRecordRow.hearing_id.in_(sorted(hearing_ids)))
    return frozenset(session.scalars(said.union(sealed)))


def coordinators_of(session: Session, court_ids: Collection[int]) -> Sequence[AccountRow]:
    """The active accounts of the coordinators of these courts, with their officials."""
    query = (
        sa.select(AccountRow)
        .options(joinedload(AccountRow.post), joinedload(AccountRow.official).joinedload(OfficialRow.post))
        .where(AccountRow.post_id.in_(sorted(court_ids)), AccountRow.role == Role.COORDINATOR, AccountRow.is_active)
    )
    return session.scalars(query.order_by(AccountRow.id)).all()


def choices(session: Session, *, officials: Collection[int], accounts: Collection[int]) -> Sequence[ReminderChoiceRow]:
    """What these people chose, if they did."""
    theirs = sa.or_(
        ReminderChoiceRow.official_id.in_(sorted(officials)), ReminderChoiceRow.account_id.in_(sorted(accounts))
    )
    return session.scalars(sa.select(ReminderChoiceRow).where(theirs).order_by(ReminderChoiceRow.id)).all()


def given(session: Session, hearing_ids: Collection[int]) -> Mapping[str, Given]:
    """The notices of these hearings that were given, by key."""
    query = (
        sa.select(NoticeRow.key, NoticeRow.made_at, NoticeRow.how, OutboxRow.state)
        .outerjoin(OutboxRow, OutboxRow.id == NoticeRow.outbox_id)
        .where(NoticeRow.hearing_id.in_(sorted(hearing_ids)))
    )
    return {
        key: Given(made_at, how, is_withdrawn=state is OutboxState.SUPERSEDED)
        for key, made_at, how, state in session.execute(query)
    }


def lock_reader(session: Session, reader: str) -> None:
    """Let those who would remind the same person queue until this transaction ends. SQLite's writer is alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            sa.text("SELECT pg_advisory_xact_lock(:kind, hashtext(:reader))"),
            {"kind": _READER_LOCKS, "reader": reader},
        )


def keys_given(session: Session, keys: Collection[str]) -> frozenset[str]:
    """Which of these notices somebody has given."""
    return frozenset(session.scalars(sa.select(NoticeRow.key).where(NoticeRow.key.in_(sorted(keys)))))


def last_together(
    session: Session, *, since_at: datetime, official_id: int | None = None, account_id: int | None = None
) -> Mapping[tuple[int | None, int | None], datetime]:
    """When each person, or only this one, was last given the mail of a day since then, by official or account."""
    query = (
        sa.select(NoticeRow.official_id, NoticeRow.account_id, sa.func.max(NoticeRow.made_at))
        .where(NoticeRow.how == How.TOGETHER, NoticeRow.made_at > since_at)
        .group_by(NoticeRow.official_id, NoticeRow.account_id)
    )
    if official_id is not None or account_id is not None:
        query = query.where(_of_reader(official_id, account_id))
    return {(row[0], row[1]): row[2] for row in session.execute(query)}


def versions(session: Session, hearing_ids: Collection[int]) -> Mapping[int, int]:
    """The present versions of the hearings, read from the database whatever this session has seen."""
    query = sa.select(HearingRow.id, HearingRow.version).where(HearingRow.id.in_(sorted(hearing_ids)))
    return {row[0]: row[1] for row in session.execute(query)}


def unsent_mails(session: Session, hearing_id: int) -> Sequence[int]:
    """The mails that would remind somebody of this hearing and have not left, or never will."""
    query = (
        sa.select(OutboxRow.id)
        .join(NoticeRow, NoticeRow.outbox_id == OutboxRow.id)
        .where(
            NoticeRow.hearing_id == hearing_id,
            OutboxRow.state.in_((OutboxState.PENDING, OutboxState.SUPERSEDED)),
        )
    )
    return sorted(set(session.scalars(query)))


def take_back(session: Session, outbox_ids: Collection[int]) -> None:
    """Let these mails not leave any more and forget what stood in them, so that it is thought over anew."""
    waiting = sa.update(OutboxRow).where(OutboxRow.id.in_(sorted(outbox_ids)), OutboxRow.state == OutboxState.PENDING)
    session.execute(waiting.values(state=OutboxState.SUPERSEDED))
    session.execute(sa.delete(NoticeRow).where(NoticeRow.outbox_id.in_(sorted(outbox_ids))))


def pending(session: Session) -> Sequence[tuple[int, str]]:
    """Mail and key of every notice whose mail waits to leave."""
    query = (
        sa.select(OutboxRow.id, NoticeRow.key)
        .join(NoticeRow, NoticeRow.outbox_id == OutboxRow.id)
        .where(OutboxRow.state == OutboxState.PENDING)
    )
    return [(row[0], row[1]) for row in session.execute(query.order_by(OutboxRow.id, NoticeRow.id))]


def notices_of(
    session: Session, *, official_id: int | None, account_id: int | None, since_at: datetime
) -> Sequence[tuple[NoticeRow, HearingRow]]:
    """What the person was told of since then, the newest first, with the hearing and its posts."""
    ends = (joinedload(HearingRow.court), joinedload(HearingRow.remote))
    query = (
        sa.select(NoticeRow, HearingRow)
        .join(HearingRow, HearingRow.id == NoticeRow.hearing_id)
        .outerjoin(OutboxRow, OutboxRow.id == NoticeRow.outbox_id)
        .options(*ends)
        .where(_of_reader(official_id, account_id), NoticeRow.made_at > since_at)
        .where(sa.or_(NoticeRow.outbox_id.is_(None), OutboxRow.state != OutboxState.SUPERSEDED))
    )
    return [(row[0], row[1]) for row in session.execute(query.order_by(NoticeRow.made_at.desc(), NoticeRow.id.desc()))]


def escalated(session: Session, *, court_id: int, now: datetime) -> Sequence[tuple[ParticipantRow, datetime]]:
    """People of the court's hearings ahead of whose silence it was told, and who are still silent; with when it was."""
    silent = (
        ParticipantRow.answer == PartStat.NEEDS_ACTION.value,
        ParticipantRow.removed_at.is_(None),
        HearingRow.court_id == court_id,
        HearingRow.state.in_(AHEAD),
        HearingRow.starts_at > now,
    )
    query = (
        sa.select(ParticipantRow, sa.func.min(NoticeRow.made_at))
        .join(HearingRow, HearingRow.id == ParticipantRow.hearing_id)
        .join(NoticeRow, sa.and_(NoticeRow.hearing_id == HearingRow.id, NoticeRow.about == ParticipantRow.public_id))
        .where(NoticeRow.rule == Rule.NO_ANSWER, *silent)
        .where(NoticeRow.revision == sa.cast(ParticipantRow.asked_since, sa.String))
        .options(selectinload(ParticipantRow.hearing).options(*_ENDS), _OFFICIAL)
        .group_by(ParticipantRow.id, HearingRow.starts_at)
        .order_by(HearingRow.starts_at, ParticipantRow.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def _of_reader(official_id: int | None, account_id: int | None) -> sa.ColumnElement[bool]:
    if official_id is not None:
        return NoticeRow.official_id == official_id
    return NoticeRow.account_id == account_id
