"""The one place that reads and writes the running log as values, and says its times on both clocks of the hearing.

Every entry passes here: within its time, in an order that a day can have, and not before what must come first.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Invalid
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import AmbiguousWallTime, NonexistentWallTime, Reading, read, resolve, wall_of
from vctestimony.domain.live_log import Once
from vctestimony.domain.record import course, fitting, gates
from vctestimony.domain.record.course import Logged, Said, Session
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.fields import of_court
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks
from vctestimony.services.facts import facts_of
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import NotOpened
from vctestimony.store import records as store
from vctestimony.store.models import HearingRow, LogRow

PREPARED_WITHIN = timedelta(hours=6)
"""So long before its time a hearing is made ready; what was logged earlier was for another day."""
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


class TwiceOnThisClock(Invalid):
    """The clocks went back while the hearing lasted, and the minute came twice."""

    text = N_(
        "The clock in {city} showed {wall} twice in this session, at {first} and at {second}. Leave the time empty and "
        "write in the note which of them it was, or have the other end log it by its own clock."
    )


class NeverOnThisClock(Invalid):
    """The clocks went forward over it."""

    text = N_("The clock in {city} never showed {wall} on this day: it was put forward. Look at the time again.")


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
    return Session(hearing.started_at, hearing.ended_at, prepared_from(hearing))


def prepared_from(hearing: HearingRow) -> datetime | None:
    """Since when it may have been made ready for this hearing; None without a time."""
    known = [at for at in (hearing.starts_at, hearing.started_at) if at is not None]
    return min(known) - PREPARED_WITHIN if known else None


def gate_facts(hearing: HearingRow) -> dict[str, bool]:
    """The facts on which the gates turn; MissingFact when a question about the case was not answered."""
    return {**facts_of(hearing), **of_court(hearing.case.rule_pack)}


def _window(hearing: HearingRow, kind: Kind) -> Session:
    """When an entry of this kind may have happened: in the session, or in what comes before it."""
    since = prepared_from(hearing)
    if hearing.started_at is None and since is not None and ENTRIES[kind].before_start:
        return Session(since, None, since)
    return session_of(hearing)


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


def instant_of(hearing: HearingRow, kind: Kind, wall: time, *, by: Actor, now: datetime) -> datetime:
    """The instant of a time typed on the person's own clock: the latest within the session if it can be, else today.

    Across midnight, either day of the session; a minute that this clock showed twice or never in it is refused.
    """
    window = _window(hearing, kind)
    post = hearing.court if own_end(hearing, by) is End.COURT else hearing.remote
    earliest_at = window.prepared_from if ENTRIES[kind].before_start else None
    first_at, until = earliest_at or window.started_at, window.ended_at or now
    day_on, today_on = wall_of(first_at, post.zone).date(), wall_of(now, post.zone).date()
    found: list[datetime] = []
    while day_on <= wall_of(until, post.zone).date():
        readings = _readings(datetime.combine(day_on, wall), post.zone)
        found += [reading.at for reading in readings if first_at - _MINUTE < reading.at <= until]
        day_on += _DAY
    _check_once(found, wall, post.zone, city=post.city)
    return found[-1] if found else _today(datetime.combine(today_on, wall), post.zone, city=post.city)


def _readings(wall: datetime, zone: str) -> tuple[Reading, ...]:
    """Every reading of a wall time: one, or two where the clocks went back over it, or none where forward."""
    try:
        return (read(resolve(wall, zone), zone, zone),)
    except AmbiguousWallTime as twice:
        readings = twice.facts["readings"]
        return readings if isinstance(readings, tuple) else ()
    except NonexistentWallTime:
        return ()


def _check_once(found: list[datetime], wall: time, zone: str, *, city: str) -> None:
    """Refuse a minute that came twice within an hour or so, where only the person knows which it was."""
    if len(found) > 1 and found[-1] - found[-2] < _DAY / 2:
        first, second = (read(at, zone, city) for at in found[-2:])
        said_first, said_second = (f"{one.wall:%H:%M} ({one.offset})" for one in (first, second))
        raise TwiceOnThisClock(field="at", city=city, wall=f"{wall:%H:%M}", first=said_first, second=said_second)


def _today(wall: datetime, zone: str, *, city: str) -> datetime:
    """The instant of a time outside the session, of which the refusal is to speak."""
    readings = _readings(wall, zone)
    if not readings:
        raise NeverOnThisClock(field="at", city=city, wall=f"{wall:%H:%M}")
    return readings[0].at


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
    once: Once | None = None,
) -> int:
    """Write the next entry if the day allows it; its number. The caller holds the hearing's lock.

    `at` is a minute that somebody typed; `once` says how it came from a device, and by its clock put right, when.
    """
    words = said(unit, hearing, language=by.language)
    exact_at = once.done_at if once else None
    happened_at = course.happened(kind, at or exact_at, session=_window(hearing, kind), now=unit.now, said=words)
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
        client_key=once.key if once else None,
        said_at=once.said_at if once else None,
        skew_seconds=once.skew_seconds if once else 0,
    )
    _check(hearing, known, as_value(row, corrects=corrects.number if corrects else None), said=words)
    unit.session.add(row)
    unit.session.flush()
    return row.number


def _check(hearing: HearingRow, known: tuple[Logged, ...], new: Logged, *, said: Said) -> None:
    """Refuse what no day could have had, and what comes before its turn."""
    course.check((*known, new), said=said)
    fitting.check(known, new, said=said)
    if any(gates.holds(entry.kind) for entry in (*known, new)):
        facts = gate_facts(hearing)
        gates.check_answers(new.kind, new.facts, facts=facts)
        gates.check(known, new, facts=facts, since=prepared_from(hearing), said=said)


def _after_its_minute(typed_at: datetime, known: tuple[Logged, ...]) -> datetime:
    """A minute typed by hand says nothing of seconds: what is already logged in that minute came before it."""
    same = (entry.happened_at for entry in known if typed_at <= entry.happened_at < typed_at + timedelta(minutes=1))
    return max((typed_at, *same))


def label(kind: Kind) -> str:
    """The words of a kind of entry."""
    return ENTRIES[kind].label
