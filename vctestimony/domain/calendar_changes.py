"""The one place that says what entries would change in a calendar: new, there already, or against what is known."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendars import Closure, Reason, WorkingCalendar, closure_of, is_known, windows
from vctestimony.domain.wording import N_

_DAY = timedelta(days=1)


class Effect(StrEnum):
    """What becomes of an entry that is brought in."""

    FRESH = "fresh"
    THERE = "there"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence about a change, marked for translation, with braces for `values`; `closures` say why a day was
    closed until now."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    closures: tuple[Closure, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry, or the rows of one week, would do; `replaced` are entries whose place it takes."""

    effect: Effect
    remarks: tuple[Remark, ...]
    replaced: tuple[CalendarEntry, ...] = ()


def replaced_by(entries: Sequence[CalendarEntry], kept: Collection[CalendarEntry]) -> tuple[CalendarEntry, ...]:
    """The entries that say something else of the very same dates: another name, source, status, other hours; of a week
    its every row."""
    first = entries[0]
    if first.kind is EntryKind.HOURS:
        return tuple(one for one in kept if one.kind is EntryKind.HOURS and one.first_on == first.first_on)
    dates = (first.kind, first.first_on, first.last_on)
    return tuple(one for one in kept if (one.kind, one.first_on, one.last_on) == dates)


def change_of(
    entries: Sequence[CalendarEntry],
    *,
    replaced: tuple[CalendarEntry, ...],
    before: WorkingCalendar,
    after: WorkingCalendar,
) -> Change:
    """What these rows (one, or those of one week) would change; `after` is the calendar with them.

    Against what is known stands what takes the place of another entry or of weekly hours, what opens a closed day, and
    what cannot take effect. All else adds to the calendar.
    """
    first = entries[0]
    against = [
        Remark(N_("Takes the place of “{label}” ({source})."), {"label": one.label, "source": one.source})
        for one in replaced
    ]
    if first.kind is EntryKind.HOURS:
        said = Remark(N_("Takes the place of the weekly hours from {first_on} on."), {"first_on": first.first_on})
        return Change(Effect.AGAINST, (*against, said), replaced)
    found, rest = _Days.of(first, before, after).judged(first)
    against += found
    return Change(Effect.AGAINST if against else Effect.FRESH, (*against, *rest), replaced)


@dataclass(frozen=True, slots=True)
class _Days:
    """The dates of an entry by what it makes of them; of those it opens the first, rather one that is a holiday."""

    closes: int = 0
    opens: int = 0
    shut: int = 0
    stays: int = 0
    altered: int = 0
    first_on: date | None = None
    why: tuple[Closure, ...] = ()

    @classmethod
    def of(cls, entry: CalendarEntry, before: WorkingCalendar, after: WorkingCalendar) -> "_Days":
        closes = opens = shut = stays = altered = 0
        first_on, why = None, tuple[Closure, ...]()
        for on in _each(entry, before):
            was, now = windows(before, on), windows(after, on)
            closes += bool(was and not now)
            shut += not was and not now
            stays += bool(was and now)
            altered += bool(was and now and was != now)
            if now and not was:
                opens += 1
                found = closure_of(before, on)
                if first_on is None or (_is_weekly(why) and not _is_weekly(found)):
                    first_on, why = on, found
        return cls(closes, opens, shut, stays, altered, first_on, why)

    def judged(self, entry: CalendarEntry) -> tuple[list[Remark], list[Remark]]:
        """What stands against what is known, and what is only to be said."""
        match entry.kind:
            case EntryKind.CLOSED:
                return self._closing()
            case EntryKind.OPEN | EntryKind.OBSERVED_NOT:
                return self._opening()
            case EntryKind.SEASON:
                return [], [Remark(N_("Working days with other hours: {days}."), {"days": self.altered})]
            case _:
                return [], [Remark(N_("What is tentative on these dates becomes sure."))]

    def _closing(self) -> tuple[list[Remark], list[Remark]]:
        against, said = [], []
        if self.stays:
            text = N_("Days that stay open, because they are entered as open: {days}.")
            against.append(Remark(text, {"days": self.stays}))
        if self.closes:
            said.append(Remark(N_("Working days that it closes: {days}."), {"days": self.closes}))
        elif not self.stays:
            said.append(Remark(N_("Closes no working day: all were closed already.")))
        return against, said

    def _opening(self) -> tuple[list[Remark], list[Remark]]:
        said = [Remark(N_("Working days with other hours: {days}."), {"days": self.altered})] if self.altered else []
        if not self.opens:
            return [], said or [Remark(N_("Changes no day."))]
        values = {"days": self.opens, "first_on": self.first_on}
        opened = Remark(N_("Closed days that it opens: {days}, such as {first_on}:"), values, self.why)
        if _is_weekly(self.why):
            return [], [opened, *said]
        return [opened], said


def _is_weekly(why: Collection[Closure]) -> bool:
    """Whether nothing but the week itself closed the day."""
    return all(closure.reason is Reason.WEEKLY_HOLIDAY for closure in why)


def _each(entry: CalendarEntry, calendar: WorkingCalendar) -> Iterator[date]:
    on, last_on = entry.first_on, entry.last_on or entry.first_on
    while on <= last_on:
        if is_known(calendar, on):
            yield on
        on += _DAY
