"""The one place that reads and writes the running log as values, and says its times on both clocks of the hearing."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import resolve, wall_of
from vctestimony.domain.record import course
from vctestimony.domain.record.course import Logged, Said, Session
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import hearing_clocks
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import NotOpened
from vctestimony.store import records as store
from vctestimony.store.models import HearingRow, LogRow


def entries(unit: Unit, hearing: HearingRow) -> tuple[Logged, ...]:
    """The log as it was written."""
    rows = store.log(unit.session, hearing.id)
    numbers = {row.id: row.number for row in rows}
    return tuple(as_value(row, corrects=numbers.get(row.corrects_id or 0)) for row in rows)


def as_value(row: LogRow, *, corrects: int | None) -> Logged:
    """One row without its storage."""
    return Logged(
        number=row.number,
        kind=Kind(row.kind),
        happened_at=row.happened_at,
        facts=dict(row.facts),
        note=row.note,
        by=row.by,
        corrects=corrects,
    )


def session_of(hearing: HearingRow) -> Session:
    """From when to when the hearing was open; NotOpened before."""
    if hearing.started_at is None:
        raise NotOpened()
    return Session(hearing.started_at, hearing.ended_at)


def own_end(hearing: HearingRow, by: Actor) -> End:
    """On whose clock the person types times: the end where they sit, else the court's."""
    if by.post_id is not None and by.post_id in (hearing.court_id, hearing.remote_id):
        return End.COURT if by.post_id == hearing.court_id else End.REMOTE
    for person in hearing.participants:
        if person.official_id == by.official_id and person.removed_at is None:
            return person.end
    return End.COURT


def said(unit: Unit, hearing: HearingRow, *, language: str) -> Said:
    """How refusals say times and entries."""

    def word(text: str) -> str:
        return unit.ports.words.gettext(language, text)

    def spoken(at: datetime) -> str:
        both = hearing_clocks.both(hearing, at)
        return " / ".join(f"{f.reading.wall:%H:%M} {word(f.reading.city)}" for f in (both.own, both.other))

    return Said(time=spoken, word=word)


def instant_of(hearing: HearingRow, wall: time, *, by: Actor, now: datetime) -> datetime:
    """The instant of a time typed on the person's own clock: within the session if it can be, else today."""
    session = session_of(hearing)
    post = hearing.court if own_end(hearing, by) is End.COURT else hearing.remote
    first_on, today_on = wall_of(session.started_at, post.zone).date(), wall_of(now, post.zone).date()
    until = session.ended_at or now
    for day_on in (first_on, first_on + timedelta(days=1)):
        at = resolve(datetime.combine(day_on, wall), post.zone)
        if session.started_at - timedelta(minutes=1) < at <= until:
            return at
    return resolve(datetime.combine(today_on, wall), post.zone)


def add(
    unit: Unit,
    hearing: HearingRow,
    kind: Kind,
    *,
    by: Actor,
    facts: Mapping[str, str] | None = None,
    note: str = "",
    at: datetime | None = None,
    corrects: LogRow | None = None,
) -> int:
    """Write the next entry if the day allows it; its number. The caller holds the hearing's lock."""
    words = said(unit, hearing, language=by.language)
    happened_at = course.happened(kind, at, session=session_of(hearing), now=unit.now, said=words)
    known = entries(unit, hearing)
    if at is not None:
        happened_at = _after_its_minute(happened_at, known)
    row = LogRow(
        hearing_id=hearing.id,
        number=len(known) + 1,
        kind=kind.value,
        happened_at=happened_at,
        written_at=unit.now,
        by=by.name,
        facts=dict(facts or {}),
        note=note,
        corrects_id=corrects.id if corrects else None,
    )
    course.check((*known, as_value(row, corrects=corrects.number if corrects else None)), said=words)
    unit.session.add(row)
    unit.session.flush()
    return row.number


def _after_its_minute(typed_at: datetime, known: tuple[Logged, ...]) -> datetime:
    """A minute typed by hand says nothing of seconds: what is already logged in that minute came before it."""
    same = (entry.happened_at for entry in known if typed_at <= entry.happened_at < typed_at + timedelta(minutes=1))
    return max((typed_at, *same))


def label(kind: Kind) -> str:
    """The words of a kind of entry."""
    return ENTRIES[kind].label
