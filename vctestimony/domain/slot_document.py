"""The one place that reads values out of a neutral problem; each knows its key path, so what is wrong is named."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from vctestimony.domain.errors import Invalid
from vctestimony.domain.instants import OutsideKnownTime, UnknownZone, canonical_zone, check_year
from vctestimony.domain.intervals import Span
from vctestimony.domain.wording import N_

Value = TypeVar("Value")

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\Z", re.ASCII)
_WALL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?\Z", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})\Z", re.ASCII)


class BrokenProblem(Invalid):
    """The document is not a slot problem; `facts["key"]` is the path of the key at fault."""

    text = N_("The problem cannot be read: {key} {why}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of the document and the path that led to it."""

    key: str
    value: object

    def broken(self, why: str) -> BrokenProblem:
        """The refusal that names this entry."""
        return BrokenProblem(field=self.key, key=self.key or "the document", why=why)

    def fields(self, required: frozenset[str], optional: frozenset[str] = frozenset()) -> dict[str, "Entry"]:
        """The members of an object that has all the required keys and no key beyond the optional ones."""
        members = self.members()
        for name in sorted(required - members.keys()):
            raise Entry(self._below(name), None).broken(N_("is missing."))
        for name in members.keys() - required - optional:
            raise members[name].broken(N_("is not a key of a slot problem."))
        return members

    def members(self) -> dict[str, "Entry"]:
        """The members of an object with any keys."""
        if not isinstance(self.value, dict):
            raise self.broken(N_("must be an object in braces."))
        return {name: Entry(self._below(name), value) for name, value in self.value.items()}

    def items(self) -> list["Entry"]:
        """The items of a list."""
        if not isinstance(self.value, list):
            raise self.broken(N_("must be a list in brackets."))
        return [Entry(f"{self.key}[{at}]", value) for at, value in enumerate(self.value)]

    def pair(self) -> tuple["Entry", "Entry"]:
        """The two items of a list of two."""
        items = self.items()
        if len(items) != 2:
            raise self.broken(N_("must be a list of two: first and last, or start and end."))
        return items[0], items[1]

    def text(self) -> str:
        """A string that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.broken(N_("must be a text that is not empty."))
        return self.value

    def whole(self, lowest: int, highest: int) -> int:
        """A whole number within bounds."""
        if type(self.value) is not int or not lowest <= self.value <= highest:
            raise self.broken(N_("must be a whole number from {low} to {high}.").format(low=lowest, high=highest))
        return self.value

    def zone(self) -> str:
        """An IANA zone of a place."""
        name = self.text()
        try:
            return canonical_zone(name)
        except UnknownZone as refusal:
            raise self.broken(N_("cannot be used. {reason}").format(reason=refusal.sentence())) from None

    def on(self) -> date:
        """A date, 2026-09-14."""
        return self._matched(_DATE, date.fromisoformat, N_("must be a date such as 2026-09-14."))

    def clock(self) -> int:
        """Minutes since midnight of a 24-hour time; 24:00 is the end of the day."""
        if self.value == "24:00":
            return 1440
        found = _CLOCK.match(self.text())
        if found is None:
            raise self.broken(N_("must be a 24-hour time from 00:00 to 24:00."))
        return int(found[1]) * 60 + int(found[2])

    def stretch(self) -> Span:
        """Two 24-hour times."""
        first, last = self.pair()
        return first.clock(), last.clock()

    def wall(self) -> datetime:
        """A wall time without zone, 2026-09-14T11:00."""
        return self._matched(_WALL, datetime.fromisoformat, N_("must be a wall time such as 2026-09-14T11:00."))

    def minute(self) -> datetime:
        """A wall time on a whole minute."""
        wall = self.wall()
        if wall.second:
            raise self.broken(N_("must be a wall time on a whole minute."))
        return wall

    def instant(self) -> datetime:
        """An instant with Z or an offset, 2026-09-14T05:30:00Z."""
        why = N_("must be an instant such as 2026-09-14T05:30:00Z.")
        return self._matched(_INSTANT, datetime.fromisoformat, why).astimezone(UTC)

    def moment(self) -> datetime:
        """An instant, or a wall time when no Z or offset is given."""
        is_wall = isinstance(self.value, str) and _WALL.match(self.value) is not None
        return self.wall() if is_wall else self.instant()

    def _below(self, name: str) -> str:
        return f"{self.key}.{name}" if self.key else name

    def _matched(self, form: re.Pattern[str], parse: Callable[[str], Value], why: str) -> Value:
        text = self.text()
        if form.match(text) is None:
            raise self.broken(why)
        try:
            check_year(date.fromisoformat(text[:10]))
            return parse(text)
        except ValueError:
            raise self.broken(why) from None
        except OutsideKnownTime as refusal:
            raise self.broken(N_("cannot be used. {reason}").format(reason=refusal.sentence())) from None
