"""Queries of what posts and officials entered over their calendars, and of the hearings that keep to these."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from vctestimony.domain.calendar_entries import CalendarEntry
from vctestimony.domain.hearing import State
from vctestimony.domain.intervals import Span
from vctestimony.store.hearings import listed
from vctestimony.store.models import CalendarEntryRow, HearingRow, OfficialRow, ParticipantRow, PostRow
from vctestimony.store.options import held_by_hearing

Keeper = tuple[int | None, int | None]
"""Whose calendar: number of the post, or number of the official."""

AHEAD = (State.PROPOSED, State.BOOKED, State.CONFIRMED)
_ROW = CalendarEntryRow


_CURRENT = sa.select(_ROW).where(_ROW.withdrawn_at.is_(None)).order_by(_ROW.first_on, _ROW.id)


def current(
    session: Session, post_ids: Collection[int], official_ids: Collection[int]
) -> Mapping[Keeper, tuple[CalendarEntry, ...]]:
    """What holds for these posts and officials, in one query; whoever entered nothing is left out."""
    mine = sa.or_(_ROW.post_id.in_(sorted(set(post_ids))), _ROW.official_id.in_(sorted(set(official_ids))))
    found: dict[Keeper, list[CalendarEntry]] = {}
    for row in session.scalars(_CURRENT.where(mine)):
        found.setdefault((row.post_id, row.official_id), []).append(entry_of(row))
    return {keeper: tuple(entries) for keeper, entries in found.items()}


def rows_of(session: Session, keeper: Keeper) -> Sequence[CalendarEntryRow]:
    """The rows that hold for one post or one official, by their dates."""
    return session.scalars(_CURRENT.where(_of(keeper))).all()


def row(session: Session, entry_id: int, keeper: Keeper) -> CalendarEntryRow | None:
    """One row of that post or official, withdrawn or not."""
    return session.scalar(sa.select(_ROW).where(_ROW.id == entry_id, _of(keeper)))


def add(session: Session, entries: Iterable[CalendarEntry], keeper: Keeper, *, now: datetime) -> None:
    """Keep the entries for that post or official."""
    post_id, official_id = keeper
    session.add_all(
        _ROW(
            post_id=post_id,
            official_id=official_id,
            kind=entry.kind,
            first_on=entry.first_on,
            last_on=entry.last_on,
            label=entry.label,
            source=entry.source,
            weekdays=_numbers_text(entry.weekdays),
            weeks=_numbers_text(entry.weeks),
            stretches=",".join(f"{start}-{end}" for start, end in entry.stretches),
            status=entry.status,
            reason=entry.reason,
            entered_at=now,
        )
        for entry in entries
    )
    session.flush()


def set_mark(session: Session, owner: PostRow | OfficialRow, mark: str) -> None:
    """Note which entries hold from now on. Forms of the post or official that are open stay good."""
    kind = type(owner)
    changed = sa.update(kind).where(kind.id == owner.id).values(calendar_mark=mark)
    session.execute(changed, execution_options={"synchronize_session": False})
    set_committed_value(owner, "calendar_mark", mark)


def entry_of(row: CalendarEntryRow) -> CalendarEntry:
    """What a row says, as an entry."""
    return CalendarEntry(
        kind=row.kind,
        first_on=row.first_on,
        last_on=row.last_on,
        label=row.label,
        source=row.source,
        weekdays=_numbers(row.weekdays),
        weeks=_numbers(row.weeks),
        stretches=tuple(_span(text) for text in row.stretches.split(",") if text),
        status=row.status,
        reason=row.reason,
    )


def hearings_of(session: Session, keeper: Keeper, *, now: datetime) -> Sequence[tuple[HearingRow, datetime]]:
    """The hearings ahead whose time was chosen by that calendar, each with its start, or with every start held for it:
    with a room at the post, or with a required person of the post; or with the official as a required person."""
    post_id, official_id = keeper
    named = sa.select(ParticipantRow.hearing_id).where(ParticipantRow.removed_at.is_(None), ParticipantRow.is_required)
    mine: sa.ColumnElement[bool]
    if official_id is not None:
        mine = HearingRow.id.in_(named.where(ParticipantRow.official_id == official_id))
    else:
        of_post = named.join(OfficialRow, OfficialRow.id == ParticipantRow.official_id)
        here = HearingRow.id.in_(of_post.where(OfficialRow.post_id == post_id))
        mine = sa.or_(HearingRow.court_id == post_id, HearingRow.remote_id == post_id, here)
    found = listed(session, sa.and_(mine, HearingRow.state.in_(AHEAD)))
    held = held_by_hearing(session, [row.id for row in found if row.state is State.PROPOSED])
    starts = [(row, row.starts_at) for row in found if row.starts_at]
    starts += [(row, one.starts_at) for row in found for one in held.get(row.id, ()) if one.held_until > now]
    return sorted(((row, at) for row, at in starts if at > now), key=lambda pair: (pair[1], pair[0].id))


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
