"""The one place that takes a calendar file (RFC 5545) apart into its events, in one pass and within bounds.

Only what a closure needs is kept; zone tables, alarms, attachments and descriptions are stepped over unread, so that
nothing in them can cost time or memory.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from icalendar.parser import Contentline

from vctestimony.domain.calendar_files import MOST_ENTRIES, FileBroken, TooManyEntries
from vctestimony.domain.wording import N_

KEPT = frozenset(
    {
        "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "UID", "STATUS",
        "SUMMARY", "CATEGORIES",
    }
)  # fmt: skip
DEEPEST = 4
LONGEST_LINE = 4000
MOST_LINES_OF_AN_EVENT = 400
_NAME = re.compile(r"[A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Property:
    """One line of an event: where it stands, its parameters in capitals, and its value as written."""

    line: int
    params: dict[str, str]
    value: str


@dataclass(slots=True)
class Event:
    """One event: where it begins, and what it says by name."""

    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)

    def one(self, name: str) -> Property | None:
        """The first line of that name."""
        return next(iter(self.properties.get(name, ())), None)

    def all(self, name: str) -> Sequence[Property]:
        """Every line of that name."""
        return self.properties.get(name, ())

    def text(self, name: str) -> str:
        """The value of that name in capitals, for words that are compared; empty when there is none."""
        found = self.one(name)
        return found.value.strip().upper() if found else ""


def events_of(text: str) -> list[Event]:
    """Every event of the file in order; refuses what is not well nested, and more events than may be brought."""
    scan = _Scan()
    line = 1
    for line, raw in _unfolded(text):
        scan.take(line, raw)
    if scan.within or not scan.begun:
        raise _broken(line, N_("it ends in the middle."))
    return scan.found


@dataclass(slots=True)
class _Scan:
    """How far the file was read: the events so far, and within which parts the next line stands."""

    found: list[Event] = field(default_factory=list)
    within: list[str] = field(default_factory=list)
    begun: bool = False

    def take(self, line: int, raw: str) -> None:
        """Read one line."""
        name = _name_of(raw)
        if name == "BEGIN":
            self._begin(line, _component(raw))
        elif name == "END":
            if not self.within or self.within.pop() != _component(raw):
                raise _broken(line, N_("an END without its BEGIN."))
        elif not self.within:
            raise _broken(line, N_("a line outside the calendar."))
        elif self.within[1:] == ["VEVENT"] and name in KEPT:
            _keep(self.found[-1], name, line, raw)

    def _begin(self, line: int, component: str) -> None:
        self.within.append(component)
        self.begun = True
        if self.within[0] != "VCALENDAR":
            raise _broken(line, N_("it does not begin with BEGIN:VCALENDAR."))
        if len(self.within) > DEEPEST:
            raise _broken(line, N_("parts within parts within parts."))
        if self.within[1:] == ["VEVENT"]:
            self.found.append(Event(line))
            if len(self.found) > MOST_ENTRIES:
                raise TooManyEntries(field="file", most=MOST_ENTRIES)


def _keep(event: Event, name: str, line: int, raw: str) -> None:
    if len(raw) > LONGEST_LINE or sum(map(len, event.properties.values())) >= MOST_LINES_OF_AN_EVENT:
        raise _broken(line, N_("far too long."))
    try:
        _, params, value = Contentline(raw).raw_parts()  # type: ignore[no-untyped-call]  # the library says no types
    except ValueError:
        raise _broken(line, N_("not a line of a calendar file.")) from None
    plain = {str(key).upper(): str(found).strip('"') for key, found in params.items()}
    event.properties.setdefault(name, []).append(Property(line, plain, value))


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Every line with what was folded onto the next ones, and the number of its first (RFC 5545 3.1).

    Of a line longer than any that is kept, no more is put together than shows that it is.
    """
    start, pieces, size = 1, list[str](), 0
    for number, raw in enumerate(text.split("\n"), start=1):
        raw = raw.removesuffix("\r")
        if raw[:1] in {" ", "\t"} and pieces:
            if size <= LONGEST_LINE:
                pieces.append(raw[1:])
                size += len(raw) - 1
            continue
        if pieces:
            yield start, "".join(pieces)
        start, pieces, size = number, [raw] if raw.strip() else [], len(raw)
    if pieces:
        yield start, "".join(pieces)


def _name_of(raw: str) -> str:
    found = _NAME.match(raw)
    return found[0].upper() if found else ""


def _component(raw: str) -> str:
    return raw.partition(":")[2].strip().upper()[:40]


def _broken(line: int, detail: str) -> FileBroken:
    return FileBroken(field="file", line=line, detail=detail)
