"""The use-cases of a calendar that a post or an official keeps: enter, revise, withdraw and confirm entries of it.

Every change says which hearings it strands; `preview` says so before it is made. Leave of officials is `officials`.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from vctestimony.domain.access import Actor
from vctestimony.domain.calendar_entries import DATED, CalendarEntry, EntryKind, mark_of
from vctestimony.domain.calendars import DatedException, Status, WorkingCalendar
from vctestimony.domain.entry_checks import SOURCE_LIMIT, check
from vctestimony.domain.errors import Absent, Conflict, Stale
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.officials import official_for
from vctestimony.services.officials import subject_of as official_subject
from vctestimony.services.places import check_manages, known_post
from vctestimony.services.places import subject_of as post_subject
from vctestimony.services.stranded import Stranded, would_strand
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import working_hours
from vctestimony.store import accounts
from vctestimony.store import calendar_entries as store
from vctestimony.store.calendar_entries import Keeper, entry_of
from vctestimony.store.models import CalendarEntryRow, OfficialRow, PostRow

CONFIRMED_BY = N_("confirmed by {name}")


class WeekThere(Conflict):
    """Two weeks from one day would be one week that nobody entered."""

    text = N_("A week from {first_on} is entered already. Change that week, or take it back first.")


class NothingTentative(Conflict):
    """Somebody else was quicker, or the file below changed."""

    text = N_("There is no date left to confirm from {first_on} to {last_on}. Open the calendar again.")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose calendar: the code of a post, or the number of an official."""

    post_code: str | None = None
    official_id: int | None = None

    def __post_init__(self) -> None:
        if (self.post_code is None) is (self.official_id is None):
            raise ValueError("a calendar belongs to a post or to an official")


@dataclass(frozen=True, slots=True)
class Kept:
    """The owner as this person may keep it; `below` is the calendar that the entries lie over."""

    keeper: Keeper
    subject: str
    below: WorkingCalendar
    post: PostRow
    official: OfficialRow | None


@dataclass(frozen=True, slots=True)
class _Change:
    """Rows that go, entries that come, and everything that holds afterwards."""

    leaving: Sequence[CalendarEntryRow]
    coming: tuple[CalendarEntry, ...]
    after: tuple[CalendarEntry, ...]


def enter_all(
    unit: Unit, owner: Owner, entries: Collection[CalendarEntry], *, instead_of: Collection[int] = (), by: Actor
) -> tuple[Stranded, ...]:
    """Enter all of them or, refused, none; gives the hearings that this strands. What is there already stays once, and
    the rows of `instead_of` go."""
    kept = _locked(unit, owner, by=by)
    change = _change(unit, kept, entries, leaving=_all_rows_of(unit, kept, instead_of))
    return _made(unit, kept, change, "calendar.entered", by=by)


def revise(
    unit: Unit, owner: Owner, entry_id: int, entries: Collection[CalendarEntry], *, version: int, by: Actor
) -> tuple[Stranded, ...]:
    """Put these in the place of the entry, or of the whole week it is a row of; gives the hearings this strands."""
    kept = _locked(unit, owner, by=by)
    change = _change(unit, kept, entries, leaving=_rows_of(unit, kept, entry_id, version=version))
    return _made(unit, kept, change, "calendar.revised", by=by)


def withdraw(unit: Unit, owner: Owner, entry_id: int, *, version: int, by: Actor) -> tuple[Stranded, ...]:
    """Take the entry back, or the whole week it is a row of; gives the hearings that this strands."""
    kept = _locked(unit, owner, by=by)
    change = _change(unit, kept, (), leaving=_rows_of(unit, kept, entry_id, version=version))
    return _made(unit, kept, change, "calendar.withdrawn", by=by)


def confirm(unit: Unit, owner: Owner, *, label: str, first_on: date, last_on: date, by: Actor) -> tuple[Stranded, ...]:
    """Say that what is tentative or estimated under that name on these dates stands as it is. An entry becomes sure
    itself; for what the file or the list of holidays says, the confirmation is an entry over it."""
    kept = _locked(unit, owner, by=by)
    source = unit.ports.words.gettext(by.language, CONFIRMED_BY).format(name=by.name)
    rows = [
        row
        for row in store.rows_of(unit.session, kept.keeper)
        if row.kind in DATED and _doubtful(row, label, first_on=first_on, last_on=last_on)
    ]
    coming = [_sure(entry_of(row), source) for row in rows]
    if not rows and kept.official is None:
        found = calendar_of(unit, kept).exceptions
        if any(_doubtful(one, label, first_on=first_on, last_on=last_on) for one in found):
            kind = EntryKind.CONFIRMED
            coming = [CalendarEntry(kind=kind, first_on=first_on, last_on=last_on, label=label, source=source)]
    if not coming:
        raise NothingTentative(first_on=first_on, last_on=last_on)
    return _made(unit, kept, _change(unit, kept, coming, leaving=rows), "calendar.confirmed", by=by)


def preview(
    unit: Unit, owner: Owner, entries: Collection[CalendarEntry] = (), *, instead_of: int | None = None, by: Actor
) -> tuple[Stranded, ...]:
    """Refuse what the change itself would refuse; else the hearings it would strand. Nothing is stored."""
    kept = kept_by(unit, owner, by=by)
    leaving = () if instead_of is None else _rows_of(unit, kept, instead_of, version=None)
    return would_strand(unit, kept.keeper, _change(unit, kept, entries, leaving=leaving).after, by=by)


def preview_all(
    unit: Unit, owner: Owner, entries: Collection[CalendarEntry], *, instead_of: Collection[int], by: Actor
) -> tuple[Stranded, ...]:
    """The same for `enter_all`."""
    kept = kept_by(unit, owner, by=by)
    change = _change(unit, kept, entries, leaving=_all_rows_of(unit, kept, instead_of))
    return would_strand(unit, kept.keeper, change.after, by=by)


def kept_by(unit: Unit, owner: Owner, *, by: Actor) -> Kept:
    """The owner, if this person keeps its post."""
    if owner.official_id is not None:
        official = official_for(unit, owner.official_id, by=by)
        post, keeper, subject = official.post, (None, official.id), official_subject(official.id)
        return Kept(keeper, subject, working_hours(unit, [post]).of_post(post.id), post, official)
    post = known_post(unit, owner.post_code or "", by=by)
    check_manages(by, post_id=post.id)
    return Kept((post.id, None), post_subject(post), unit.ports.calendars.get(post.calendar_id), post, None)


def calendar_of(unit: Unit, kept: Kept) -> WorkingCalendar:
    """The calendar with the entries over it."""
    if kept.official is None:
        return working_hours(unit, [kept.post]).of_post(kept.post.id)
    return working_hours(unit, [kept.post], [kept.official]).of_official(kept.official)


def rows_of_week(row: CalendarEntryRow, rows: Sequence[CalendarEntryRow]) -> list[CalendarEntryRow]:
    """The row itself, or every row of the week that it belongs to."""
    if row.kind is not EntryKind.HOURS:
        return [row]
    return [one for one in rows if one.kind is EntryKind.HOURS and one.first_on == row.first_on]


def _locked(unit: Unit, owner: Owner, *, by: Actor) -> Kept:
    """Changes of one calendar queue, so that each is checked against all before it."""
    kept = kept_by(unit, owner, by=by)
    accounts.lock_name(unit.session, f"calendar of {kept.subject}")
    return kept


def _rows_of(unit: Unit, kept: Kept, entry_id: int, *, version: int | None) -> list[CalendarEntryRow]:
    row = store.row(unit.session, entry_id, kept.keeper)
    if row is None:
        raise Absent()
    if row.withdrawn_at is not None or version not in {None, row.version}:
        raise Stale()
    return rows_of_week(row, store.rows_of(unit.session, kept.keeper))


def _all_rows_of(unit: Unit, kept: Kept, ids: Collection[int]) -> list[CalendarEntryRow]:
    return [row for row in store.rows_of(unit.session, kept.keeper) if row.id in ids]


def _change(
    unit: Unit, kept: Kept, entries: Collection[CalendarEntry], *, leaving: Sequence[CalendarEntryRow] = ()
) -> _Change:
    check(entries, base=kept.below, of_person=kept.official is not None)
    going = {row.id for row in leaving}
    staying = [entry_of(row) for row in store.rows_of(unit.session, kept.keeper) if row.id not in going]
    coming = tuple(entry for entry in dict.fromkeys(entries) if entry not in staying)
    weeks = {entry.first_on for entry in staying if entry.kind is EntryKind.HOURS}
    for entry in coming:
        if entry.kind is EntryKind.HOURS and entry.first_on in weeks:
            raise WeekThere(field="first_on", first_on=entry.first_on)
    return _Change(leaving, coming, (*staying, *coming))


def _made(unit: Unit, kept: Kept, change: _Change, action: str, *, by: Actor) -> tuple[Stranded, ...]:
    found = would_strand(unit, kept.keeper, change.after, by=by)
    if not change.leaving and not change.coming:
        return found
    before = [_said(entry_of(row)) for row in change.leaving]
    for row in change.leaving:
        row.withdrawn_at = unit.now
    store.add(unit.session, change.coming, kept.keeper, now=unit.now)
    store.set_mark(unit.session, kept.official or kept.post, mark_of(change.after))
    entered = [_said(entry) for entry in change.coming]
    journal.write(unit, action, subject=kept.subject, by=by, before=before, entered=entered, stranded=len(found))
    return found


def _said(entry: CalendarEntry) -> dict[str, object]:
    """The entry as the journal keeps it: what it says, nothing that is empty."""
    return {name: value for name, value in asdict(entry).items() if value not in {None, "", ()}}


def _sure(entry: CalendarEntry, source: str) -> CalendarEntry:
    joined = f"{entry.source}; {source}"
    return replace(entry, status=Status.CONFIRMED, source=joined if len(joined) <= SOURCE_LIMIT else entry.source)


def _doubtful(one: DatedException | CalendarEntryRow, label: str, *, first_on: date, last_on: date) -> bool:
    touches = one.first_on <= last_on and (one.last_on or last_on) >= first_on
    return one.status is not Status.CONFIRMED and one.label == label and touches
