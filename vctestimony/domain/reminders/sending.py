"""The one place that says what leaves now of what is due to one person: alone, in one mail, on the page, or not yet.

Nothing that can wait leaves at night or on a day off. What was held up, because the service was silent or something
changed late, is never a flood: everything that is still worth saying goes into one mail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vctestimony.domain.reminders.notices import ALONE, EXACT, NO_CHOICE, Notice, Reader, Rule, Way

Group = tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves: mails of one matter each, at most one mail of all the rest, and what only the page shows."""

    alone: tuple[Group, ...] = ()
    together: tuple[Group, ...] = ()
    page: Group = ()

    def __bool__(self) -> bool:
        return bool(self.alone or self.together or self.page)


def leaving(notices: Iterable[Notice], reader: Reader, *, now: datetime, mailed_on: date | None) -> Leaving:
    """What leaves now of these notices, which nobody has given yet; `mailed_on` is the own day of the last digest."""
    live = sorted((one for one in notices if one.due_at <= now < one.until_at), key=lambda one: (one.due_at, one.key))
    exact = [one for one in live if one.rule in EXACT]
    if not reader.days.may_disturb(now):
        return Leaving(alone=by_matter(exact))
    rest = [one for one in live if one.rule not in EXACT]
    today = reader.days.on(now)
    urgent = [one for one in rest if one.rule in ALONE and reader.days.on(one.due_at) == today]
    urgent = [one for one in urgent if reader.way is not Way.PAGE or one.rule in NO_CHOICE]
    rest = [one for one in rest if one not in urgent]
    page = [one for one in rest if reader.way is Way.PAGE and one.rule not in NO_CHOICE]
    mailed = [one for one in rest if one not in page]
    together = _together(mailed, reader, today=today, mailed_on=mailed_on)
    return Leaving(alone=by_matter([*exact, *urgent]), together=together, page=tuple(page))


def _together(mailed: Sequence[Notice], reader: Reader, *, today: date, mailed_on: date | None) -> tuple[Group, ...]:
    held_up = any(reader.days.on(one.due_at) < today for one in mailed)
    if reader.way is Way.EACH and not held_up:
        return by_matter(mailed)
    if mailed_on == today:
        tomorrow = reader.days.morning(reader.days.after(today, 1))
        mailed = [one for one in mailed if one.until_at <= tomorrow]
    return (tuple(mailed),) if mailed else ()


def by_matter(notices: Iterable[Notice]) -> tuple[Group, ...]:
    """Notices of one hearing by one rule are one matter; the most pressing first."""
    order = tuple(Rule)
    matters: dict[tuple[str, str], list[Notice]] = {}
    for notice in sorted(notices, key=lambda one: (order.index(one.rule), one.due_at, one.key)):
        matters.setdefault(matter_of(notice), []).append(notice)
    return tuple(tuple(group) for group in matters.values())


def matter_of(notice: Notice) -> tuple[str, str]:
    """What makes two notices one matter: the rule and the hearing."""
    return notice.rule.value, notice.reference
