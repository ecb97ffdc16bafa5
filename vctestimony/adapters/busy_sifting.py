"""The one place that sifts a foreign calendar before anything parses it: what tells times stays, all else is dropped.

Titles, places, people and notes are gone after this step. It takes time in proportion to the bytes, whatever they say,
and refuses what is no calendar, is cut off, nested, in a wrong charset, or repeats within the hour.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vctestimony.domain.busy import (
    AnswerInstead,
    CalendarBroken,
    CalendarCut,
    LineTooLong,
    NestedTooDeep,
    NotACalendar,
    RepeatsTooOften,
    TooManyEntries,
    WebPageInstead,
    WrongCharset,
)

DEEPEST = 8
LONGEST_LINE = 100_000
MOST_COMPONENTS = 50_000
MOST_OBSERVANCES = 400
_OF_A_ZONE = frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE", "TZNAME"})
_OF_AN_EVENT = frozenset({"UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
_OF_ITS_STATE = frozenset({"SEQUENCE", "TRANSP", "STATUS", "ATTENDEE", "X-MICROSOFT-CDO-BUSYSTATUS"})
_KEPT = {
    "VEVENT": _OF_AN_EVENT | _OF_ITS_STATE,
    "VFREEBUSY": frozenset({"FREEBUSY", "DTSTART", "DTEND"}),
    "VTIMEZONE": frozenset({"TZID"}),
    "STANDARD": _OF_A_ZONE,
    "DAYLIGHT": _OF_A_ZONE,
}
_OBSERVANCES = frozenset({"STANDARD", "DAYLIGHT"})
_CONTAINER = "VCALENDAR"
_WITHIN_THE_DAY = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY)\b", re.IGNORECASE)
_PARTS_OF_A_DAY = re.compile(r"BY(?:HOUR|MINUTE|SECOND)=([0-9,]*)", re.IGNORECASE)
_MOST_A_DAY = 12
_ANSWERS = frozenset({"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"})
_NAME = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
_HEAD = re.compile(r'[A-Za-z0-9-]+(?:;[^=;:"]+=(?:"[^"]*"|[^";:])*)*(?=:)')
_TZID = re.compile(r';TZID=("[^"]*"|[^";:,]*)', re.IGNORECASE)


@dataclass(slots=True)
class Component:
    """One component with the lines that were kept: name of the property, then the whole unfolded line."""

    name: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def text(self) -> str:
        """The component as an iCalendar text again."""
        inner = "".join(f"{line}\r\n" for _, line in self.lines) + "".join(part.text() for part in self.parts)
        return f"BEGIN:{self.name}\r\n{inner}END:{self.name}\r\n"

    def value(self, name: str) -> str:
        """What stands after the colon of the first property of that name."""
        found = next((line for known, line in self.lines if known == name), "")
        return found[len(head_of(found)) + 1 :].strip()


@dataclass(slots=True)
class Sifted:
    """What is left of a calendar. `zones` are the names of zones that times refer to."""

    events: list[Component] = field(default_factory=list)
    freebusy: list[Component] = field(default_factory=list)
    described: list[Component] = field(default_factory=list)
    zones: set[str] = field(default_factory=set)
    cancels: bool = False


def sift(content: bytes, *, owner: str) -> Sifted:
    """The parts that tell when somebody is taken; of attendees only the own entry of `owner` is kept."""
    sifted, open_now, finished = Sifted(), list[Component](), False
    for line in _lines(_text(content)):
        name = _name_of(line)
        if name == "BEGIN":
            _begin(open_now, line)
        elif name == "END":
            _end(open_now, line, sifted)
            finished = finished or not open_now
        elif open_now:
            _keep(open_now[-1], name, line, sifted, owner=owner)
    if open_now:
        raise CalendarCut()
    if not finished:
        raise NotACalendar()
    return sifted


def _text(content: bytes) -> str:
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"<":
        raise WebPageInstead()
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise WrongCharset()
    if start[:15].upper() != b"BEGIN:VCALENDAR":
        raise NotACalendar()
    try:
        return content.decode("utf-8-sig").lstrip()
    except UnicodeDecodeError:
        raise WrongCharset() from None


def _lines(text: str) -> Iterator[str]:
    """Unfolded lines (RFC 5545 3.1). Of one that is too long only the beginning comes, marked by its length."""
    pieces: list[str] = []
    length = 0
    for raw in re.split("\r\n|\n|\r", text):
        if raw[:1] in {" ", "\t"} and pieces:
            length += len(raw) - 1
            if length <= LONGEST_LINE + 1:
                pieces.append(raw[1:])
            continue
        if pieces:
            yield "".join(pieces)
        pieces, length = [raw], len(raw)
    if pieces:
        yield "".join(pieces)


def _name_of(line: str) -> str:
    found = _NAME.match(line)
    return found.group().upper() if found else ""


def head_of(line: str) -> str:
    """Name and parameters of a property, without the colon; a colon between quotes belongs to them.

    >>> head_of('DTSTART;TZID="(UTC+06:00) Dhaka":20260914T110000')
    'DTSTART;TZID="(UTC+06:00) Dhaka"'
    """
    found = _HEAD.match(line)
    return found.group() if found else line.partition(":")[0]


def _begin(open_now: list[Component], line: str) -> None:
    name = line[6:].strip().upper()
    if len(open_now) >= DEEPEST:
        raise NestedTooDeep()
    if (name == _CONTAINER) == bool(open_now):
        raise CalendarBroken()
    open_now.append(Component(name))


def _end(open_now: list[Component], line: str, sifted: Sifted) -> None:
    if not open_now or open_now[-1].name != line[4:].strip().upper():
        raise CalendarBroken()
    done = open_now.pop()
    parent = open_now[-1].name if open_now else ""
    if done.name in _OBSERVANCES and parent == "VTIMEZONE":
        open_now[-1].parts.append(done)
        if len(open_now[-1].parts) > MOST_OBSERVANCES:
            raise TooManyEntries(most=MOST_OBSERVANCES)
    elif parent == _CONTAINER and done.name in {"VEVENT", "VFREEBUSY", "VTIMEZONE"}:
        shelf = {"VEVENT": sifted.events, "VFREEBUSY": sifted.freebusy}.get(done.name, sifted.described)
        shelf.append(done)
        if len(shelf) > MOST_COMPONENTS:
            raise TooManyEntries(most=MOST_COMPONENTS)


def _keep(component: Component, name: str, line: str, sifted: Sifted, *, owner: str) -> None:
    if component.name == _CONTAINER and name == "METHOD":
        _check_method(line.partition(":")[2].strip().upper(), sifted)
    if name not in _KEPT.get(component.name, ()):
        return
    if name == "ATTENDEE" and not (owner and line.casefold().rstrip().endswith(f":mailto:{owner.casefold()}")):
        return
    if len(line) > LONGEST_LINE:
        raise LineTooLong()
    head = head_of(line)
    if not line[len(head) + 1 :].strip():
        return
    if name == "RRULE":
        check_rule(line)
    component.lines.append((name, line))
    sifted.zones.update(zone.strip('"') for zone in _TZID.findall(head))


def _check_method(method: str, sifted: Sifted) -> None:
    if method in _ANSWERS:
        raise AnswerInstead()
    sifted.cancels = sifted.cancels or method == "CANCEL"


def check_rule(line: str) -> None:
    """Refuse a rule that repeats within the hour, by its frequency or by listing the minutes."""
    times_a_day = 1
    for listed in _PARTS_OF_A_DAY.findall(line):
        times_a_day *= listed.count(",") + 1
    if times_a_day > _MOST_A_DAY or _WITHIN_THE_DAY.search(line):
        raise RepeatsTooOften()
