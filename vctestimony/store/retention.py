"""Queries of what is due by the schedule of retention: how much there is, and wiping or deleting some of it.

Whatever belongs to a case on legal hold is never due. The caller has let holds and retention queue for each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from vctestimony.domain.hearing import State
from vctestimony.domain.instants import to_min
from vctestimony.domain.retention import Held
from vctestimony.store.base import Base
from vctestimony.store.legal_holds import free, free_case
from vctestimony.store.models import (
    AccountLinkRow,
    AccountRow,
    AttemptRow,
    BundleFileRow,
    BundleRow,
    CycleFileRow,
    DepositionDraftRow,
    EvidenceRow,
    FeedRow,
    HearingRow,
    InboundRow,
    JoiningCodeRow,
    JoiningRow,
    LeafRow,
    LeftOutRow,
    NoticeRow,
    OccupancyKind,
    OccupancyRow,
    OfficialRow,
    OutboxRow,
    OutboxState,
    ParticipantRow,
    SubmissionRow,
    WebSessionRow,
    WitnessKeyRow,
    WitnessRow,
)

Until = Callable[[datetime], sa.ColumnElement[bool]]
_ENDED = (State.COMPLETED, State.ADJOURNED, State.CANCELLED, State.LAPSED)
_WAITING = (State.REQUESTED, State.PROPOSED, State.BOOKED, State.CONFIRMED, State.IN_SESSION)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What of a table is due, given the instant up to which; of which hearing a row is, if of any.

    `wipe` takes what it says out of a row; without it the row is deleted, after its `parts`.
    """

    row: type[Base]
    due: Until
    hearing: InstrumentedAttribute[Any] | sa.ScalarSelect[int] | None = None
    wipe: Callable[[Any, datetime], None] | None = None
    parts: tuple[InstrumentedAttribute[int], ...] = ()


def _wipe_mail(row: OutboxRow, now: datetime) -> None:
    row.body_sha256 = row.body_sha256 or sha256(row.body).hexdigest()
    row.body, row.key_id, row.subject, row.wiped_at = b"", "", None, now


def _wipe_inbound(row: InboundRow, now: datetime) -> None:
    row.key_id, row.sealed, row.from_address, row.wiped_at = "", b"", "", now


def _mail_is_over(until: datetime) -> sa.ColumnElement[bool]:
    row = OutboxRow
    gone = sa.and_(row.state == OutboxState.SENT, sa.func.coalesce(row.sent_at, row.created_at) <= until)
    overtaken = sa.and_(row.state == OutboxState.SUPERSEDED, row.created_at <= until)
    seen_to = sa.func.coalesce(row.settled_at, row.dropped_at) <= until
    return sa.and_(row.wiped_at.is_(None), sa.or_(gone, overtaken, sa.and_(row.state == OutboxState.FAILED, seen_to)))


def _inbound_is_over(until: datetime) -> sa.ColumnElement[bool]:
    row = InboundRow
    dealt_with = sa.func.coalesce(row.settled_at, row.received_at) <= until
    return sa.and_(row.wiped_at.is_(None), sa.not_(row.is_open), dealt_with)


def _busy_is_over(until: datetime) -> sa.ColumnElement[bool]:
    imported = OccupancyRow.kind.in_((OccupancyKind.IMPORTED, OccupancyKind.IMPORTED_TENTATIVE))
    return sa.and_(imported, OccupancyRow.end_min <= to_min(until))


def _over(until: datetime) -> sa.Select[int]:
    """The hearings that ended by then."""
    ended_at = sa.func.coalesce(HearingRow.ended_at, HearingRow.starts_at, HearingRow.created_at)
    return sa.select(HearingRow.id).where(HearingRow.state.in_(_ENDED), ended_at <= until)


_OF_CODE = sa.select(ParticipantRow.hearing_id).filter_by(id=JoiningCodeRow.participant_id).scalar_subquery()
"""Of which hearing a code is."""

SWEEPS: Mapping[Held, Sweep] = {
    Held.MAIL_BODIES: Sweep(OutboxRow, _mail_is_over, OutboxRow.hearing_id, _wipe_mail),
    Held.TRIES: Sweep(AttemptRow, lambda until: AttemptRow.tried_at <= until),
    Held.SESSIONS: Sweep(WebSessionRow, lambda until: WebSessionRow.seen_at <= until),
    Held.FORM_KEYS: Sweep(SubmissionRow, lambda until: SubmissionRow.created_at <= until),
    Held.ACCOUNT_LINKS: Sweep(AccountLinkRow, lambda until: AccountLinkRow.made_at <= until),
    Held.FEEDS: Sweep(FeedRow, lambda until: sa.func.coalesce(FeedRow.read_at, FeedRow.made_at) <= until),
    Held.INBOUND: Sweep(InboundRow, _inbound_is_over, InboundRow.hearing_id, _wipe_inbound),
    Held.BUSY_TIMES: Sweep(OccupancyRow, _busy_is_over),
    Held.DRAFTS: Sweep(
        DepositionDraftRow, lambda until: DepositionDraftRow.kept_at <= until, DepositionDraftRow.hearing_id
    ),
    Held.BUNDLES: Sweep(
        BundleRow,
        lambda until: BundleRow.created_at <= until,
        BundleRow.hearing_id,
        parts=(BundleFileRow.bundle_id, LeafRow.bundle_id),
    ),
    Held.JOINING: Sweep(JoiningRow, lambda until: JoiningRow.hearing_id.in_(_over(until)), JoiningRow.hearing_id),
    Held.JOINING_CODES: Sweep(JoiningCodeRow, lambda until: _OF_CODE.in_(_over(until)), _OF_CODE),
    Held.NOTICES: Sweep(NoticeRow, lambda until: NoticeRow.hearing_id.in_(_over(until)), NoticeRow.hearing_id),
}


def count(session: Session, held: Held, *, until: datetime, court_id: int | None = None) -> int:
    """How much is due: of the hearings of one court, or of everything."""
    sweep = SWEEPS[held]
    query = sa.select(sa.func.count()).select_from(sweep.row).where(_due(sweep, until))
    if court_id is not None and sweep.hearing is not None:
        query = query.where(sweep.hearing.in_(sa.select(HearingRow.id).where(HearingRow.court_id == court_id)))
    return session.scalar(query) or 0


def carry_out(session: Session, held: Held, *, until: datetime, now: datetime, most: int) -> int:
    """Wipe or delete some of it, the oldest first; gives how much. None: all is done."""
    sweep = SWEEPS[held]
    (ident,) = sa.inspect(sweep.row).primary_key
    query = sa.select(sweep.row).where(_due(sweep, until)).order_by(ident).limit(most).with_for_update()
    if sweep.wipe is not None:
        rows = session.scalars(query.execution_options(populate_existing=True)).all()
        for row in rows:
            sweep.wipe(row, now)
        session.flush()
        return len(rows)
    found = session.scalars(query.with_only_columns(ident)).all()
    for part in sweep.parts:
        session.execute(sa.delete(part.class_).where(part.in_(found)))
    session.execute(sa.delete(sweep.row).where(ident.in_(found)))
    return len(found)


def _due(sweep: Sweep, until: datetime) -> sa.ColumnElement[bool]:
    return sweep.due(until) if sweep.hearing is None else sa.and_(sweep.due(until), free(sweep.hearing))


def resting(session: Session, held: Held, *, until: datetime, court_id: int | None = None) -> int:
    """How much is sealed with the keys of witnesses whose case rests since then, and is on no hold."""
    row = {Held.IDENTITY: WitnessKeyRow, Held.EVIDENCE: EvidenceRow, Held.REDACTED: LeftOutRow}[held]
    witness = WitnessKeyRow.witness_id == WitnessRow.id
    keys = sa.select(WitnessRow.id).join(WitnessKeyRow, witness).where(WitnessKeyRow.destroyed_at.is_(None))
    keys = keys.where(_case_rests(until), free_case(WitnessRow.case_id))
    if court_id is not None:
        keys = keys.where(WitnessRow.case.has(court_id=court_id))
    query = sa.select(sa.func.count()).select_from(row)
    if row is WitnessKeyRow:
        return session.scalar(query.where(WitnessKeyRow.witness_id.in_(keys))) or 0
    hearings = sa.select(HearingRow.id).where(HearingRow.witness_id.in_(keys))
    tables: tuple[Any, ...] = (LeftOutRow,) if row is LeftOutRow else (EvidenceRow, CycleFileRow)
    counts = (sa.select(sa.func.count()).where(table.hearing_id.in_(hearings)) for table in tables)
    return sum(session.scalar(count) or 0 for count in counts)


def _case_rests(until: datetime) -> sa.ColumnElement[bool]:
    """Its hearings are over since then and none is to come; a case that never had one does not rest."""
    row = HearingRow
    over_at = sa.func.coalesce(row.ended_at, row.starts_at, row.created_at)
    last = sa.select(sa.func.max(over_at)).where(row.case_id == WitnessRow.case_id, row.state.in_(_ENDED))
    to_come = sa.exists().where(row.case_id == WitnessRow.case_id, row.state.in_(_WAITING))
    return sa.and_(last.scalar_subquery() <= until, sa.not_(to_come))


def left(session: Session) -> int:
    """How many people are out of use whose names were not replaced: retired officials, closed accounts without one."""
    named = sa.select(ParticipantRow.official_id).join(HearingRow).where(HearingRow.state.in_(_WAITING))
    named = named.where(ParticipantRow.removed_at.is_(None))
    officials = sa.select(OfficialRow.id).where(sa.not_(OfficialRow.is_active), OfficialRow.anonymised_at.is_(None))
    officials = officials.where(OfficialRow.id.not_in(named))
    accounts = sa.select(AccountRow.id).where(
        sa.not_(AccountRow.is_active), AccountRow.anonymised_at.is_(None), AccountRow.official_id.is_(None)
    )
    return sum(session.scalar(sa.select(sa.func.count()).select_from(q.subquery())) or 0 for q in (officials, accounts))
