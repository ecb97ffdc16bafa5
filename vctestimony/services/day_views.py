"""What the run sheet shows: where the hearing stands, what can be logged, the log on both clocks, the lengths."""

from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.hearing import STATE_LABELS, End, State
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.record import course
from vctestimony.domain.record.course import Logged, Totals
from vctestimony.domain.record.entries import ENTRIES, details
from vctestimony.services import hearing_clocks, logbook, whereabouts
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.checklists import OpenStep, open_steps
from vctestimony.services.conduct import EARLIEST
from vctestimony.services.day_keys import ButtonView, first_of, groups, past
from vctestimony.services.day_steps import StepsView, steps_of
from vctestimony.services.live_views import Told, told
from vctestimony.services.part_rooms import rooms_in_words
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import HELD, is_court
from vctestimony.store import records as store
from vctestimony.store.hearings import continuation_of
from vctestimony.store.models import HearingRow, LogRow


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry as it reads: words in the reader's language, both clocks, and what became of it."""

    number: int
    label: str
    details: tuple[tuple[str, str], ...]
    note: str
    by: str
    happened: BothClocks
    written: BothClocks | None
    corrects: int | None
    withdrawn: bool
    can_correct: bool
    told: Told | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """The run sheet of a hearing. `own` is the end whose clock this person reads and types on.

    `past`: how many of the last groups the day has left behind.
    """

    reference: str
    case_number: str
    pseudonym: str
    state: State
    state_label: str
    court_place: str
    remote_place: str
    fixed: BothClocks | None
    fixed_end: BothClocks | None
    started: BothClocks | None
    ended: BothClocks | None
    breaks: tuple[tuple[BothClocks, BothClocks], ...]
    own_city: str
    groups: tuple[tuple[str, tuple[ButtonView, ...]], ...]
    past: int
    entries: tuple[EntryView, ...]
    now: StepsView
    can_plan: bool
    continuation: str
    totals: Totals | None
    steps: tuple[OpenStep, ...]
    early: bool
    is_court: bool
    sealed: bool
    version: int
    zones: tuple[tuple[str, str], ...]

    @property
    def can_log(self) -> bool:
        """Whether the log is open."""
        return (self.state in HELD or self.state is State.CONFIRMED) and not self.sealed


def page(unit: Unit, reference: str, *, language: str, by: Actor) -> DayView:
    """The run sheet for somebody who conducts the hearing at either end."""
    hearing = hearing_for(unit, reference, by=by, action=Action.CONDUCT)
    log, court = logbook.entries(unit, hearing), is_court(hearing, by)
    own, ends_at = logbook.own_end(hearing, by), hearing_clocks.ends_at(hearing)
    confirmed = hearing.state is State.CONFIRMED
    steps = open_steps(unit, hearing, "start") if confirmed else ()

    def word(text: str) -> str:
        return unit.ports.words.gettext(language, text)

    return DayView(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        state=hearing.state,
        state_label=STATE_LABELS[hearing.state],
        court_place=f"{hearing.court.name}, {rooms_in_words(hearing, End.COURT, word=word)}",
        remote_place=whereabouts.remote_point(hearing, word=word, is_known=whereabouts.knows(hearing, by=by)),
        fixed=hearing_clocks.both(hearing, hearing.starts_at) if hearing.starts_at else None,
        fixed_end=hearing_clocks.both(hearing, ends_at) if ends_at else None,
        started=hearing_clocks.both(hearing, hearing.started_at, own=own) if hearing.started_at else None,
        ended=hearing_clocks.both(hearing, hearing.ended_at, own=own) if hearing.ended_at else None,
        breaks=hearing_clocks.breaks(hearing),
        own_city=city_of(hearing, own),
        groups=groups(log, hearing.state, court=court, first=first_of(hearing, log)),
        past=past(log),
        entries=entries_of(unit, hearing, language=language, court=court),
        now=steps_of(unit, hearing, log, language=language, by=by),
        can_plan=may_do(hearing, Action.PLAN, by=by),
        continuation=continuation_of(unit.session, hearing.id) or "",
        totals=course.totals(log, session=logbook.session_of(hearing), now=unit.now) if hearing.started_at else None,
        steps=steps,
        early=confirmed and hearing.starts_at is not None and unit.now < hearing.starts_at - EARLIEST,
        is_court=court,
        sealed=store.is_sealed(unit.session, hearing.id),
        version=hearing.version,
        zones=hearing_clocks.zones_of(hearing),
    )


def entries_of(unit: Unit, hearing: HearingRow, *, language: str, court: bool) -> tuple[EntryView, ...]:
    """The log, newest first by when it happened: what came late stands in its place."""
    rows = store.log(unit.session, hearing.id)
    log = logbook.entries(unit, hearing)
    counting = {entry.number for entry in course.counting(log)}

    def word(text: str) -> str:
        return unit.ports.words.gettext(language, text)

    return tuple(
        EntryView(
            number=entry.number,
            label=word(ENTRIES[entry.kind].label),
            details=details(entry.kind, entry.facts, translate=word),
            note=entry.note,
            by=entry.by,
            happened=hearing_clocks.both(hearing, entry.happened_at),
            written=_written(hearing, row),
            corrects=entry.corrects,
            withdrawn=entry.number not in counting,
            can_correct=bool(ENTRIES[entry.kind].key) and (court or ENTRIES[entry.kind].by_remote),
            told=told(hearing, row),
        )
        for row, entry in sorted(zip(rows, log, strict=True), key=_when, reverse=True)
    )


def _when(pair: tuple[LogRow, Logged]) -> tuple[datetime, int]:
    return pair[1].happened_at, pair[1].number


def _written(hearing: HearingRow, row: LogRow) -> BothClocks | None:
    """When an entry was written, where that is another minute than when it happened."""
    same = f"{row.written_at:%F %H:%M}" == f"{row.happened_at:%F %H:%M}"
    return None if same else hearing_clocks.both(hearing, row.written_at)


def city_of(hearing: HearingRow, end: End) -> str:
    return hearing.court.city if end is End.COURT else hearing.remote.city
