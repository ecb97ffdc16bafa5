"""Queries of what posts and officials entered over their calendars, and of the hearings that keep to these."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendars import Reason, Status
from vctestimony.domain.hearing import State
from vctestimony.domain.intervals import Span
from vctestimony.store.hearings import listed
from vctestimony.store.models import CalendarEntryRow, HearingRow, OfficialRow, ParticipantRow

Keeper = tuple[int | None, int | None]
"""Whose calendar: number of the post, or number of the official."""

_AHEAD = (State.PROPOSED, State.BOOKED, State.CONFIRMED)
_ROW = CalendarEntryRow


class Stored(NamedTuple):
    """What a row says, as plain values that are cheap to compare."""

    kind: EntryKind
    first_on: date
    last_on: date | None
    label: str
    source: str
    weekdays: str
    weeks: str
    stretches: str
    status: Status
    reason: Reason


_CURRENT = sa.select(_ROW.post_id, _ROW.official_id, *(getattr(_ROW, name) for name in Stored._fields)).where(
    _ROW.withdrawn_at.is_(None)
)


def current(
    session: Session, post_ids: Collection[int], official_ids: Collection[int]
) -> Mapping[Keeper, tuple[Stored, ...]]:
    """What holds for these posts and officials, in one query; whoever entered nothing is left out."""
    session.flush()
    mine = sa.or_(_ROW.post_id.in_(sorted(set(post_ids))), _ROW.official_id.in_(sorted(set(official_ids))))
    found: dict[Keeper, list[Stored]] = {}
    for post_id, official_id, *values in session.execute(_CURRENT.where(mine).order_by(_ROW.id)):
        found.setdefault((post_id, official_id), []).append(Stored(*values))
    return {keeper: tuple(values) for keeper, values in found.items()}


def rows_of(session: Session, keeper: Keeper) -> Sequence[CalendarEntryRow]:
    """The rows that hold for one post or one official, by their dates."""
    query = sa.select(_ROW).where(_ROW.withdrawn_at.is_(None), _of(keeper))
    return session.scalars(query.order_by(_ROW.first_on, _ROW.id)).all()


def row(session: Session, entry_id: int, keeper: Keeper) -> CalendarEntryRow | None:
    """One row of that post or official, withdrawn or not."""
    return session.scalar(sa.select(_ROW).where(_ROW.id == entry_id, _of(keeper)))


def add(session: Session, entries: Iterable[CalendarEntry], keeper: Keeper, *, now: datetime) -> None:
    """Keep the entries for that post or official."""
    post_id, official_id = keeper
    session.add_all(
        _ROW(post_id=post_id, official_id=official_id, entered_at=now, **stored(entry)._asdict()) for entry in entries
    )
    session.flush()


def stored(entry: CalendarEntry) -> Stored:
    """The entry as a row says it."""
    return Stored(
        entry.kind,
        entry.first_on,
        entry.last_on,
        entry.label,
        entry.source,
        _numbers_text(entry.weekdays),
        _numbers_text(entry.weeks),
        ",".join(f"{start}-{end}" for start, end in entry.stretches),
        entry.status,
        entry.reason,
    )


def entry_of(values: Stored | CalendarEntryRow) -> CalendarEntry:
    """What a row says, as an entry."""
    return CalendarEntry(
        kind=values.kind,
        first_on=values.first_on,
        last_on=values.last_on,
        label=values.label,
        source=values.source,
        weekdays=_numbers(values.weekdays),
        weeks=_numbers(values.weeks),
        stretches=tuple(_span(text) for text in values.stretches.split(",") if text),
        status=values.status,
        reason=values.reason,
    )


def hearings_of(session: Session, keeper: Keeper, *, now: datetime) -> Sequence[HearingRow]:
    """The hearings ahead whose time was chosen by that calendar: with a room at the post, or with a required person of
    the post; or with the official as a required person."""
    post_id, official_id = keeper
    named = sa.select(ParticipantRow.hearing_id).where(ParticipantRow.removed_at.is_(None), ParticipantRow.is_required)
    mine: sa.ColumnElement[bool]
    if official_id is not None:
        mine = HearingRow.id.in_(named.where(ParticipantRow.official_id == official_id))
    else:
        of_post = named.join(OfficialRow, OfficialRow.id == ParticipantRow.official_id)
        here = HearingRow.id.in_(of_post.where(OfficialRow.post_id == post_id))
        mine = sa.or_(HearingRow.court_id == post_id, HearingRow.remote_id == post_id, here)
    held = sa.or_(HearingRow.held_until.is_(None), HearingRow.held_until > now)
    return listed(session, sa.and_(mine, held, HearingRow.starts_at > now, HearingRow.state.in_(_AHEAD)))


def _of(keeper: Keeper) -> sa.ColumnElement[bool]:
    post_id, official_id = keeper
    return _ROW.official_id == official_id if post_id is None else _ROW.post_id == post_id


def _numbers_text(numbers: Iterable[int]) -> str:
    return ",".join(map(str, numbers))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",") if number)


def _span(text: str) -> Span:
    start, _, end = text.partition("-")
    return int(start), int(end)
