"""Sends entries of the log as a device does that kept them while it had no network."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from vctestimony.domain.access import Actor
from vctestimony.domain.live_log import Sending, SentEntry
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import live_log
from vctestimony.services.live_log import Answered
from vctestimony.services.unit import Units
from vctestimony.store.models import LogRemarkRow, LogRow


def entry(
    kind: str,
    said_at: datetime,
    *,
    number: int = 1,
    answers: Mapping[str, str] | None = None,
    note: str = "",
    clock: str = "",
) -> SentEntry:
    """An entry with an id of its own."""
    return SentEntry(
        key=str(UUID(int=number)), kind=kind, said_at=said_at, clock=clock, answers=answers or {}, note=note
    )


def note(text: str, said_at: datetime, *, number: int = 1) -> SentEntry:
    """The entry that fits any time of the session."""
    return entry(Kind.NOTE, said_at, number=number, answers={"text": text})


def sent(units: Units, reference: str, by: Actor, *entries: SentEntry, at: datetime) -> list[Answered]:
    """What is answered to each when the device sends them at that hour of its own clock."""
    with units.writing() as unit:
        return list(live_log.take(unit, reference, Sending(at, entries), by=by))


def outcomes(units: Units, reference: str, by: Actor, *entries: SentEntry, at: datetime) -> list[str]:
    """The same, in a word each."""
    return [one.outcome.value for one in sent(units, reference, by, *entries, at=at)]


def written(units: Units) -> list[LogRow]:
    """Every entry that came from a device, in the order in which they happened."""
    with units.reading() as unit:
        query = sa.select(LogRow).where(LogRow.client_key.is_not(None)).order_by(LogRow.happened_at, LogRow.number)
        rows = list(unit.session.scalars(query))
        unit.session.expunge_all()
        return rows


def remarks(units: Units) -> list[LogRemarkRow]:
    """Every entry that was refused."""
    with units.reading() as unit:
        rows = list(unit.session.scalars(sa.select(LogRemarkRow).order_by(LogRemarkRow.id)))
        unit.session.expunge_all()
        return rows
