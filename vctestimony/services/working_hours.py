"""The one place that says by which calendar a post or an official works.

A post's is the calendar of its file with the post's own entries over it; an official's is that with their own entries
over it. Which entries those are is told by a mark in the row of the post or official, which every use-case reads
anyway: so a change is seen at once in every process, and what was once read and put together is not read again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from vctestimony.domain.calendar_entries import CalendarEntry, compose, compose_person, mark_of
from vctestimony.domain.calendars import WorkingCalendar
from vctestimony.services.off_hours import longer
from vctestimony.services.unit import Unit
from vctestimony.store.calendar_entries import Keeper, current
from vctestimony.store.models import OfficialRow, PostRow

Instead = Mapping[Keeper, Iterable[CalendarEntry]]
"""Entries that a post or an official does not have, but might."""

_MOST_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Calendars by post, and by official where theirs differ from the post's."""

    of_posts: Mapping[int, WorkingCalendar]
    of_officials: Mapping[int, WorkingCalendar]
    entered: "Mapping[int, _Entered]" = field(default_factory=dict)

    def of_post(self, post_id: int) -> WorkingCalendar:
        """The calendar of the post."""
        return self.of_posts[post_id]

    def of_official(self, official: OfficialRow) -> WorkingCalendar:
        """The official's own calendar, else that of the post."""
        return self.of_officials.get(official.id) or self.of_posts[official.post_id]

    def off_hours_of(self, official: OfficialRow) -> WorkingCalendar:
        """The official's under an order for a sitting outside court hours: where they have own hours, those stay."""
        post, own = longer(self.of_posts[official.post_id]), self.entered.get(official.id)
        return _of_person(post, own) if own else post


@dataclass(frozen=True, slots=True)
class _Entered:
    """Entries that are told apart by their mark alone, which is quicker than comparing them."""

    mark: str
    entries: tuple[CalendarEntry, ...] = field(compare=False)


_remembered: dict[str, _Entered] = {}


def working_hours(
    unit: Unit,
    posts: Collection[PostRow],
    officials: Collection[OfficialRow] = (),
    *,
    instead: Instead | None = None,
) -> WorkingHours:
    """The calendars of these posts, and of these officials of them; one query when this process has not read the
    entries of one of them, else none.

    `instead` asks how they would work if a post or an official had exactly these entries.
    """
    marks: dict[Keeper, str] = {(post.id, None): post.calendar_mark for post in posts}
    marks |= {(None, official.id): official.calendar_mark for official in officials}
    entered = _entered(unit, {keeper: mark for keeper, mark in marks.items() if mark})
    for keeper, entries in (instead or {}).items():
        found = tuple(entries)
        entered[keeper] = _Entered(mark_of(found), found)
    of_posts = {}
    for post in posts:
        file, own = unit.ports.calendars.get(post.calendar_id), entered.get((post.id, None))
        of_posts[post.id] = _of_post(file, own) if own else file
    owns = {official.id: own for official in officials if (own := entered.get((None, official.id)))}
    of_officials = {
        official.id: _of_person(of_posts[official.post_id], owns[official.id])
        for official in officials
        if official.id in owns
    }
    return WorkingHours(of_posts, of_officials, owns)


def _entered(unit: Unit, marks: Mapping[Keeper, str]) -> dict[Keeper, _Entered]:
    """The entries of each. What is remembered of a mark cannot be wrong: another entry gives another mark."""
    found = {keeper: one for keeper, mark in marks.items() if (one := _remembered.get(mark))}
    missing = marks.keys() - found.keys()
    if missing:
        read = current(unit.session, [post for post, _ in missing if post], [own for _, own in missing if own])
        found |= {keeper: _Entered(mark_of(entries), entries) for keeper, entries in read.items()}
        if len(_remembered) > _MOST_REMEMBERED:
            _remembered.clear()
        _remembered.update({one.mark: one for one in found.values()})
    return found


@lru_cache(maxsize=1024)
def _of_post(file: WorkingCalendar, own: _Entered) -> WorkingCalendar:
    return compose(file, own.entries)


@lru_cache(maxsize=4096)
def _of_person(post: WorkingCalendar, own: _Entered) -> WorkingCalendar:
    return compose_person(post, own.entries)
