"""One event read four ways: by vobject, by ics and by libical, and by the letter of RFC 5545 without any library."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import ics
import vobject

from tests.adapters import libical


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a calendar program shows of an event and does with it."""

    method: str
    uid: str
    sequence: int
    stamped_at: datetime
    start_at: datetime
    end_at: datetime
    status: str
    attendees: tuple[str, ...]
    """Sorted: their order says nothing, and one of the readers keeps none."""
    summary: str
    location: str
    description: str


def by_hand(content: bytes) -> Seen:
    """Unfolded, split and unescaped as the grammar says."""
    lines = content.decode("utf-8").replace("\r\n ", "").split("\r\n")
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    if "BEGIN:VALARM" in event:
        event = event[: event.index("BEGIN:VALARM")]

    def values(name: str, among: list[str]) -> list[str]:
        found = (re.fullmatch(rf'{name}((?:;[A-Z-]+=(?:"[^"]*"|[^":;,]*))*):(.*)', line) for line in among)
        return [match[2] for match in found if match]

    def one(name: str) -> str:
        return next(iter(values(name, event)), "")

    return Seen(
        method=next(iter(values("METHOD", lines)), ""),
        uid=one("UID"),
        sequence=int(one("SEQUENCE")),
        stamped_at=_instant(one("DTSTAMP")),
        start_at=_instant(one("DTSTART")),
        end_at=_instant(one("DTEND")),
        status=one("STATUS"),
        attendees=tuple(sorted(values("ATTENDEE", event))),
        summary=_plain(one("SUMMARY")),
        location=_plain(one("LOCATION")),
        description=_plain(one("DESCRIPTION")),
    )


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def by_vobject(content: bytes) -> Seen:
    """vobject."""
    calendar = vobject.readOne(content.decode("utf-8"))
    (event,) = calendar.vevent_list
    held = event.contents

    def text(name: str) -> str:
        return str(held[name][0].value) if name in held else ""

    return Seen(
        method=str(calendar.method.value) if "method" in calendar.contents else "",
        uid=text("uid"),
        sequence=int(text("sequence")),
        stamped_at=event.dtstamp.value.astimezone(UTC),
        start_at=event.dtstart.value.astimezone(UTC),
        end_at=event.dtend.value.astimezone(UTC),
        status=text("status"),
        attendees=tuple(sorted(str(one.value) for one in held.get("attendee", ()))),
        summary=text("summary"),
        location=text("location"),
        description=text("description"),
    )


def by_ics(content: bytes) -> Seen:
    """ics, which keeps what it has no name for as it is written."""
    calendar = ics.Calendar(content.decode("utf-8"))
    (event,) = calendar.events
    others = {line.name: line.value for line in event.extra if hasattr(line, "value")}
    return Seen(
        method=calendar.method or "",
        uid=event.uid,
        sequence=int(others["SEQUENCE"]),
        stamped_at=event.created.to("utc").datetime,
        start_at=event.begin.to("utc").datetime,
        end_at=event.end.to("utc").datetime,
        status=event.status or "",
        attendees=tuple(sorted(f"mailto:{one.email}" for one in event.attendees)),
        summary=event.name or "",
        location=event.location or "",
        description=event.description or "",
    )


def by_libical(content: bytes) -> Seen:
    """libical; what its rules of iTIP complain of is raised, but for refused proposals: there they forbid SEQUENCE."""
    component = libical.Component(content)
    try:
        summary, location, description = component.texts()
        seen = Seen(
            method=component.method(),
            uid=component.values("UID")[0],
            sequence=int(component.values("SEQUENCE")[0]),
            stamped_at=_instant(component.values("DTSTAMP")[0]),
            start_at=_instant(component.values("DTSTART")[0]),
            end_at=_instant(component.values("DTEND")[0]),
            status=next(iter(component.values("STATUS")), ""),
            attendees=tuple(sorted(component.values("ATTENDEE"))),
            summary=summary,
            location=location,
            description=description,
        )
        if seen.method in {"REQUEST", "CANCEL"} and (found := component.complaints()):
            raise ValueError(found)
        return seen
    finally:
        component.close()


READERS: dict[str, Callable[[bytes], Seen]] = {"vobject": by_vobject, "ics": by_ics, "libical": by_libical}


def at_hand() -> dict[str, Callable[[bytes], Seen]]:
    """Those that are installed here; only libical can be missing."""
    try:
        libical.library()
    except libical.NoLibical:
        return {name: reader for name, reader in READERS.items() if reader is not by_libical}
    return READERS
