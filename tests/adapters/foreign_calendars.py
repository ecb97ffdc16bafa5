"""Writes the calendars of the tests: entries as their lines, and minutes as instants one can read."""

from datetime import UTC, datetime

from vctestimony.domain.busy import Scope
from vctestimony.domain.instants import from_min, to_min
from vctestimony.domain.intervals import Span

OWNER = "nasrin@mumbai.example"


def scope(zone: str = "Asia/Kolkata", *, first: str = "2026-09-01", last: str = "2027-10-06") -> Scope:
    """A window of 400 days, for somebody in Kolkata."""
    edges = (datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (first, last))
    from_edge, until_edge = edges
    return Scope(zone=zone, owner=OWNER, from_min=to_min(from_edge), until_min=to_min(until_edge))


def entry(*lines: str, uid: str = "one", kind: str = "VEVENT") -> str:
    """One component; its title must never be seen again."""
    told = (f"UID:{uid}", "DTSTAMP:20260801T000000Z", "SUMMARY:Confidential matter", *lines)
    return "\r\n".join((f"BEGIN:{kind}", *told, f"END:{kind}", ""))


def calendar(*parts: str, head: str = "") -> bytes:
    """A whole calendar of these components."""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{head}{''.join(parts)}END:VCALENDAR\r\n".encode()


def one(*lines: str) -> bytes:
    """A calendar of one entry."""
    return calendar(entry(*lines))


def read_off(spans: tuple[Span, ...]) -> list[str]:
    """Spans as UTC, such as 2026-09-14T05:30/06:30; the day of the end stands there where it is another one."""
    found = []
    for start, end in spans:
        starts, ends = from_min(start), from_min(end)
        found.append(f"{starts:%Y-%m-%dT%H:%M}/{ends:{'%H:%M' if ends.date() == starts.date() else '%m-%dT%H:%M'}}")
    return found
