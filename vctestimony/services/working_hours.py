"""The one place that says by which calendar a post or an official works.

A post's is the calendar of its file with the post's own entries over it; an official's is that with their own entries
over it. Entries are read afresh each time, so that a change is seen at once by every process; the calendars they come
to are remembered by what was read, so that the same entries give the same calendar without work.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from vctestimony.domain.calendar_entries import CalendarEntry, compose, compose_person
from vctestimony.domain.calendars import WorkingCalendar
from vctestimony.services.unit import Unit
from vctestimony.store.calendar_entries import Keeper, Stored, current, entry_of, stored
from vctestimony.store.models import OfficialRow, PostRow


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Calendars by post, and by official where theirs differ from the post's."""

    of_posts: Mapping[int, WorkingCalendar]
    of_officials: Mapping[int, WorkingCalendar]

    def of_post(self, post_id: int) -> WorkingCalendar:
        """The calendar of the post."""
        return self.of_posts[post_id]

    def of_official(self, official: OfficialRow) -> WorkingCalendar:
        """The official's own calendar, else that of the post."""
        return self.of_officials.get(official.id) or self.of_posts[official.post_id]


def working_hours(
    unit: Unit,
    posts: Collection[PostRow],
    officials: Collection[OfficialRow] = (),
    *,
    instead: Mapping[Keeper, Collection[CalendarEntry]] | None = None,
) -> WorkingHours:
    """The calendars of these posts, and of these officials of them, in one query.

    `instead` asks how they would work if a post or an official had exactly these entries.
    """
    rows = {
        **current(unit.session, [post.id for post in posts], [official.id for official in officials]),
        **{keeper: tuple(map(stored, entries)) for keeper, entries in (instead or {}).items()},
    }
    of_posts = {
        post.id: _of_post(unit.ports.calendars.get(post.calendar_id), rows.get((post.id, None), ())) for post in posts
    }
    of_officials = {
        official.id: _of_person(of_posts[official.post_id], own)
        for official in officials
        if (own := rows.get((None, official.id)))
    }
    return WorkingHours(of_posts, of_officials)


@lru_cache(maxsize=1024)
def _of_post(file: WorkingCalendar, rows: tuple[Stored, ...]) -> WorkingCalendar:
    return compose(file, map(entry_of, rows))


@lru_cache(maxsize=4096)
def _of_person(post: WorkingCalendar, rows: tuple[Stored, ...]) -> WorkingCalendar:
    return compose_person(post, map(entry_of, rows))
