"""The use-case of bringing in a calendar file: say what every row would change, then enter those that are wanted.

Nothing is kept between the two: the rows come again, and everything is judged again when they are entered.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vctestimony.domain.access import Actor
from vctestimony.domain.calendar_changes import Change, Effect, Remark, change_of, replaced_by
from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendar_files import CalendarReading, FileForm, Place, Row, RowProblem
from vctestimony.domain.calendars import Reason, WorkingCalendar
from vctestimony.domain.entry_checks import check
from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.instants import wall_of
from vctestimony.domain.wording import N_
from vctestimony.services import calendar_entries, calendar_pages, journal
from vctestimony.services.calendar_entries import Kept, Owner, calendar_of, kept_by
from vctestimony.services.calendar_pages import Entered, Subject
from vctestimony.services.stranded import Stranded
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import working_hours
from vctestimony.store import calendar_entries as store

THERE = Change(Effect.THERE, (Remark(N_("Is entered already.")),))
TWICE = Change(Effect.THERE, (Remark(N_("Stands in the file twice.")),))
REPEATED_YEARS = 2
_CORRECT = N_("Correct the row, or leave it out.")


class NothingToEnter(Conflict):
    """Everything of the file is there already, or was left out."""

    text = N_("Nothing of this file is left to enter. Open the calendar to see what it has.")


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the bytes, and what stands in for a source or reason that a row leaves out."""

    content: bytes
    source: str = ""
    reason: Reason = Reason.CLOSED


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry of the file, or the rows of one week: where it stands, what it is, what it would change."""

    lines: tuple[int, ...]
    entries: tuple[CalendarEntry, ...]
    entered: Entered
    change: Change


@dataclass(frozen=True, slots=True)
class ImportPage:
    """A file before anything of it is entered; `rows` is what can be, as a table to be sent again."""

    subject: Subject
    form: FileForm
    judged: tuple[Judged, ...]
    problems: tuple[RowProblem, ...]
    cancelled: int
    stranded: tuple[Stranded, ...]
    rows: bytes

    def of(self, effect: Effect) -> tuple[Judged, ...]:
        """Those with that effect, in the order of the file."""
        return tuple(one for one in self.judged if one.change.effect is effect)


@dataclass(frozen=True, slots=True)
class AskPage:
    """Before a file is sent: whose calendar, and for which years repeated events are entered."""

    subject: Subject
    place: Place


def ask(unit: Unit, owner: Owner, *, by: Actor) -> AskPage:
    """Whose calendar a file would be for."""
    kept = kept_by(unit, owner, by=by)
    return AskPage(_subject(unit, owner, by=by), _place(unit, kept, Sent(b"")))


def preview(unit: Unit, owner: Owner, sent: Sent, *, by: Actor) -> ImportPage:
    """What the file would change. Refuses it as a whole when it cannot be read, or would leave no open day."""
    kept = kept_by(unit, owner, by=by)
    reading = unit.ports.calendar_files.read(sent.content, _place(unit, kept, sent))
    judging = _Judging.of(unit, kept, reading)
    chosen = [one for one in judging.judged if one.change.effect is not Effect.THERE]
    entries, going = _entries(chosen), judging.ids_of(chosen)
    return ImportPage(
        subject=_subject(unit, owner, by=by),
        form=reading.form,
        judged=judging.judged,
        problems=tuple(sorted((*reading.problems, *judging.problems), key=lambda one: one.line)),
        cancelled=reading.cancelled,
        stranded=calendar_entries.preview_all(unit, owner, entries, instead_of=going, by=by) if entries else (),
        rows=unit.ports.calendar_files.table(entries),
    )


def enter(unit: Unit, owner: Owner, sent: Sent, *, with_against: bool, by: Actor) -> int:
    """Enter what is new and, if wanted, what stands against what is known; gives how many entries. All or nothing."""
    kept = kept_by(unit, owner, by=by)
    judging = _Judging.of(unit, kept, unit.ports.calendar_files.read(sent.content, _place(unit, kept, sent)))
    wanted = {Effect.FRESH, Effect.AGAINST} if with_against else {Effect.FRESH}
    chosen = [one for one in judging.judged if one.change.effect in wanted]
    entries = _entries(chosen)
    if not entries:
        raise NothingToEnter()
    calendar_entries.enter_all(unit, owner, entries, instead_of=judging.ids_of(chosen), by=by)
    left_out = len(judging.judged) - len(chosen)
    journal.write(unit, "calendar.imported", subject=kept.subject, by=by, entries=len(entries), left_out=left_out)
    return len(entries)


@dataclass(frozen=True, slots=True)
class _Judging:
    """The rows of a file held against the calendar: what each would do, and which cannot be used after all."""

    judged: tuple[Judged, ...]
    problems: tuple[RowProblem, ...]
    ids: Mapping[CalendarEntry, int]

    @classmethod
    def of(cls, unit: Unit, kept: Kept, reading: CalendarReading) -> "_Judging":
        ids = {store.entry_of(row): row.id for row in store.rows_of(unit.session, kept.keeper)}
        groups, problems = _usable(_groups(reading.rows), kept)
        in_file = {row.entry for group in groups for row in group}
        replaced = [_replaced(tuple(row.entry for row in group), ids, in_file) for group in groups]
        going = {entry for found in replaced for entry in found}
        before, after = _calendars(unit, kept, [*(entry for entry in ids if entry not in going), *in_file])
        seen: set[CalendarEntry] = set()
        judged = []
        for group, twins in zip(groups, replaced, strict=True):
            entries = tuple(row.entry for row in group)
            change = TWICE if seen.issuperset(entries) else THERE if ids.keys() >= set(entries) else None
            found = change or change_of(entries, replaced=twins, before=before, after=after)
            judged.append(Judged(tuple(row.line for row in group), entries, calendar_pages.shown(entries)[0], found))
            seen.update(entries)
        return cls(tuple(judged), problems, ids)

    def ids_of(self, chosen: Collection[Judged]) -> frozenset[int]:
        """The rows whose place the chosen ones take."""
        return frozenset(self.ids[entry] for one in chosen for entry in one.change.replaced)


def _replaced(
    entries: tuple[CalendarEntry, ...], kept: Collection[CalendarEntry], in_file: Collection[CalendarEntry]
) -> tuple[CalendarEntry, ...]:
    """What these take the place of; what the file has as well stays, except that a week is one thing."""
    if all(entry in kept for entry in entries):
        return ()
    is_week = entries[0].kind is EntryKind.HOURS
    return replaced_by(entries, kept if is_week else [entry for entry in kept if entry not in in_file])


def _groups(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    """Each row alone, but the rows of one week together where its first stands."""
    weeks: dict[date, list[Row]] = {}
    found: list[list[Row]] = []
    for row in rows:
        if row.entry.kind is not EntryKind.HOURS:
            found.append([row])
        elif week := weeks.get(row.entry.first_on):
            if all(row.entry != other.entry for other in week):
                week.append(row)
        else:
            found.append(weeks.setdefault(row.entry.first_on, [row]))
    return [tuple(group) for group in found]


def _usable(groups: Sequence[tuple[Row, ...]], kept: Kept) -> tuple[list[tuple[Row, ...]], tuple[RowProblem, ...]]:
    """Those that the calendar takes, and why it does not take the others."""
    taken, problems = [], []
    for group in groups:
        try:
            check([row.entry for row in group], base=kept.below, of_person=kept.official is not None)
        except Invalid as refusal:
            column, values = refusal.field or "", refusal.facts
            problems += [RowProblem(row.line, column, refusal.text, _CORRECT, values) for row in group]
        else:
            taken.append(group)
    return taken, tuple(problems)


def _calendars(unit: Unit, kept: Kept, entries: Collection[CalendarEntry]) -> tuple[WorkingCalendar, WorkingCalendar]:
    """As it is, and as it would be with exactly these entries."""
    if kept.official is None:
        after = working_hours(unit, [kept.post], instead={kept.keeper: entries}).of_post(kept.post.id)
    else:
        hours = working_hours(unit, [kept.post], [kept.official], instead={kept.keeper: entries})
        after = hours.of_official(kept.official)
    return calendar_of(unit, kept), after


def _place(unit: Unit, kept: Kept, sent: Sent) -> Place:
    """Repeated events are entered for this year and two more, as far as their closures are known."""
    this_year = wall_of(unit.now, kept.below.zone).year
    known = kept.below.known_years or {this_year + REPEATED_YEARS}
    last_year = max(this_year, min(max(known), this_year + REPEATED_YEARS))
    return Place(kept.below.zone, date(this_year, 1, 1), date(last_year, 12, 31), sent.source, sent.reason)


def _entries(chosen: Collection[Judged]) -> list[CalendarEntry]:
    return [entry for one in chosen for entry in one.entries]


def _subject(unit: Unit, owner: Owner, *, by: Actor) -> Subject:
    return calendar_pages.entry_page(unit, owner, by=by).subject
