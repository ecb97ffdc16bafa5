"""The one place that reads a calendar object of another program: leniently, within bounds, and never with an error.

The library for calendars refuses what other programs write (a broken DTSTART, an ORGANIZER that is missing) and takes
zones it does not know for local time; here only what an answer needs is read, and what cannot be read is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from vctestimony.adapters.ical import many_lines, one_line
from vctestimony.domain.errors import Invalid
from vctestimony.domain.inbound import LONGEST_COMMENT, Attendee, CalendarPart, Event
from vctestimony.domain.instants import canonical_zone, resolve
from vctestimony.domain.itip import same_address

MOST_LINES = 10_000
MOST_EVENTS = 20
MOST_ATTENDEES = 50
LONGEST_LINE = 20_000
LONGEST_WORD = 254
_LINE = re.compile(r"([A-Za-z0-9-]{1,60})((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)", re.DOTALL)
_PARAMETER = re.compile(r";([A-Za-z0-9-]{1,60})=((?:\"[^\"]*\"|[^\";])*)")
_MOMENT = re.compile(r"([0-9]{8})T([0-9]{6})(Z?)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,9}")
_KEPT = frozenset(
    {
        "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "ATTENDEE", "COMMENT", "RECURRENCE-ID", "RRULE",
        "REQUEST-STATUS",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """One line taken apart; parameter names in capitals."""

    name: str
    params: dict[str, str]
    value: str


@dataclass(slots=True)
class _Scan:
    """How far the object was read."""

    within: list[str] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    events: list[list[_Line]] = field(default_factory=list)
    others: int = 0
    is_broken: bool = False

    def take(self, raw: str) -> None:
        """Read one line."""
        name, _, component = raw.partition(":")
        if name.strip().upper() == "BEGIN":
            self._begin(component.strip().upper()[:40])
        elif name.strip().upper() == "END":
            self.is_broken |= not self.within or self.within.pop() != component.strip().upper()[:40]
        elif self.within in (["VCALENDAR"], ["VCALENDAR", "VEVENT"]):
            self._keep(raw)

    def _begin(self, component: str) -> None:
        if self.within == ["VCALENDAR"] and component == "VEVENT":
            self.events.append([])
        elif self.within == ["VCALENDAR"] and component != "VTIMEZONE":
            self.others += 1
        self.is_broken |= len(self.within) > 5 or len(self.events) > MOST_EVENTS
        self.within.append(component)

    def _keep(self, raw: str) -> None:
        line = _apart(raw)
        if line is None:
            self.is_broken |= _is_kept(raw)
        elif len(self.within) == 1 and line.name == "METHOD":
            self.methods.append(line.value.strip().upper()[:40])
        elif len(self.within) == 2 and line.name in _KEPT:
            self.events[-1].append(line)


def calendar_part(text: str, *, header_method: str) -> CalendarPart:
    """What the object says. `is_broken` where it is not well built, or larger than any answer is."""
    scan, lines = _Scan(), 0
    for lines, raw in enumerate(_unfolded(text), start=1):
        if lines > MOST_LINES or scan.is_broken:
            scan.is_broken = True
            break
        scan.take(raw)
    return CalendarPart(
        header_method=header_method[:40],
        method=scan.methods[0] if scan.methods else "",
        events=tuple(_event(found) for found in scan.events),
        others=scan.others,
        is_broken=scan.is_broken or bool(scan.within) or not lines or len(set(scan.methods)) > 1,
    )


def instant(value: str, zone: str) -> datetime | None:
    """The instant a calendar names, also by the zone names of Windows; None for whatever is not one instant.

    >>> str(instant("20260914T110000", "India Standard Time")), instant("20260914T110000", "")
    ('2026-09-14 05:30:00+00:00', None)
    """
    found = _MOMENT.fullmatch(value.strip())
    if found is None or not (found[3] or zone):
        return None
    try:
        wall = datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S")
        return wall.replace(tzinfo=UTC) if found[3] else resolve(wall, _zone(zone))
    except (Invalid, ValueError, OverflowError):
        return None


def _zone(name: str) -> str:
    known = WINDOWS_TO_OLSON.get(name, name)
    return canonical_zone("/".join(known.split("/")[-2:]) if known.startswith("/") else known)


def _unfolded(text: str) -> Iterator[str]:
    """Lines with what was folded onto the next ones (RFC 5545 3.1); of a very long one no more than its beginning."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for line in re.sub("\n[ \t]", "", plain).split("\n"):
        if line.strip():
            yield line[:LONGEST_LINE]


def _apart(raw: str) -> _Line | None:
    found = _LINE.fullmatch(raw)
    if found is None:
        return None
    params = {name.upper(): value.replace('"', "").strip() for name, value in _PARAMETER.findall(found[2])}
    return _Line(found[1].upper(), params, found[3])


def _is_kept(raw: str) -> bool:
    return re.split("[;:]", raw[:60], maxsplit=1)[0].strip().upper() in _KEPT


def _event(lines: list[_Line]) -> Event:
    def of(name: str) -> list[_Line]:
        return [line for line in lines if line.name == name]

    def at(name: str) -> datetime | None:
        return next((instant(line.value, line.params.get("TZID", "")) for line in of(name)), None)

    uids = {line.value.strip() for line in of("UID")}
    sequence = next((line.value.strip() for line in of("SEQUENCE")), "")
    comment = "\n".join(_text(line.value) for line in of("COMMENT")[:10])
    return Event(
        uid=uids.pop()[:LONGEST_WORD] if len(uids) == 1 else "",
        sequence=int(sequence) if _NUMBER.fullmatch(sequence) else None,
        dtstamp_at=at("DTSTAMP"),
        attendees=tuple(dict.fromkeys(_attendee(line) for line in of("ATTENDEE")[:MOST_ATTENDEES])),
        starts_at=at("DTSTART"),
        ends_at=at("DTEND"),
        comment=comment.strip()[:LONGEST_COMMENT],
        is_of_series=bool(of("RECURRENCE-ID") or of("RRULE")),
        is_refused=any(line.value.strip()[:1] in {"3", "4", "5"} for line in of("REQUEST-STATUS")),
    )


def _attendee(line: _Line) -> Attendee:
    return Attendee(
        address=_address(line.value),
        name=one_line(line.params.get("CN", ""))[:200],
        part_stat=line.params.get("PARTSTAT", "").upper()[:40],
        sent_by=_address(line.params.get("SENT-BY", "")),
        delegated_to=_addresses(line.params.get("DELEGATED-TO", "")),
        delegated_from=_addresses(line.params.get("DELEGATED-FROM", "")),
    )


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(found for found in map(_address, text.split(",")[:MOST_ATTENDEES]) if found)


def _address(text: str) -> str:
    return one_line(same_address(text))[:LONGEST_WORD]


def _text(value: str) -> str:
    """A TEXT value without its escapes (RFC 5545 3.3.11)."""
    return many_lines(_ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value))
