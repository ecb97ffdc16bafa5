"""The one place that says by which calendar a post or an official works."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from vctestimony.domain.calendars import WorkingCalendar
from vctestimony.services.unit import Unit
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


def working_hours(unit: Unit, posts: Collection[PostRow], officials: Collection[OfficialRow] = ()) -> WorkingHours:
    """The calendars of these posts, and of these officials of them."""
    return WorkingHours({post.id: unit.ports.calendars.get(post.calendar_id) for post in posts}, {})
