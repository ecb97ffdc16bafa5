"""The one place that reads what the statements of a record are drawn from: facts, log, deposition, clocks and words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from vctestimony.domain.record import course
from vctestimony.domain.record.course import Logged, Stretch, Totals
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import hearing_clocks, logbook
from vctestimony.services.depositions import StageView, stages_of
from vctestimony.services.facts import facts_of
from vctestimony.services.unit import Unit
from vctestimony.store import records as store
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the statements are drawn from, read once. `log` holds the entries that count, as they happened."""

    unit: Unit
    hearing: HearingRow
    facts: Mapping[str, bool]
    log: tuple[Logged, ...]
    whole_log: tuple[Logged, ...]
    stages: tuple[StageView, ...]
    totals: Totals | None
    next_hearing: HearingRow | None
    word: Callable[[str], str]
    on: Callable[[date], str]

    def of(self, *kinds: Kind) -> tuple[Logged, ...]:
        """The counting entries of these kinds."""
        return tuple(entry for entry in self.log if entry.kind in kinds)

    def stretches(self, begins: Kind) -> tuple[Stretch, ...]:
        """The losses of the link, or the breaks."""
        return course.stretches(self.whole_log, begins)

    def day(self, at: datetime) -> str:
        """The date with both clocks: "14 Sep 2026, 11:00 Mumbai (UTC+05:30) / 11:30 Dhaka (UTC+06:00)"."""
        both = hearing_clocks.both(self.hearing, at)
        own, other = both.own.reading, both.other.reading
        shift = "" if both.same_day else f"{self.on(other.wall.date())}, "
        return (
            f"{self.on(own.wall.date())}, {own.wall:%H:%M} {self.word(own.city)} ({own.offset}) / "
            f"{shift}{other.wall:%H:%M} {self.word(other.city)} ({other.offset})"
        )

    def clock(self, at: datetime) -> str:
        """Both clocks without the date: "11:00 Mumbai / 11:30 Dhaka"."""
        both = hearing_clocks.both(self.hearing, at)
        return " / ".join(
            f"{face.reading.wall:%H:%M} {self.word(face.reading.city)}" for face in (both.own, both.other)
        )


def basis_of(unit: Unit, hearing: HearingRow, *, language: str) -> Basis:
    """Everything the statements need, with words in one language."""
    whole = logbook.entries(unit, hearing)
    session = logbook.session_of(hearing) if hearing.started_at else None
    return Basis(
        unit=unit,
        hearing=hearing,
        facts=facts_of(hearing),
        log=course.counting(whole),
        whole_log=whole,
        stages=stages_of(unit, hearing),
        totals=course.totals(whole, session=session, now=unit.now) if session else None,
        next_hearing=store.continuation(unit.session, hearing.id),
        word=partial(unit.ports.words.gettext, language),
        on=partial(unit.ports.words.day, language),
    )
