"""The one place for what a calendar feed holds: how far it reaches, what of a hearing it may say, when one is busy.

A feed is read by whoever has its address. Like every letter (domain/letters.py) it names no witness, no pseudonym, no
offence, no case and no conference link; it names nobody at all, as nobody is asked anything by it.
"""

from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Self

from vctestimony.domain.instants import from_min, to_min
from vctestimony.domain.intervals import Span, course
from vctestimony.domain.letters import Contact, Letter, Point, Stretch

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
CALLED_OFF_KEPT = timedelta(days=60)
"""How long a hearing that was called off, or goes on without the person, stays in a feed and says so."""


class FeedKind(StrEnum):
    """What a feed shows: the hearings themselves, or only that somebody or something is taken."""

    HEARINGS = "hearings"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Window:
    """What time a feed covers, half open as every stretch."""

    from_at: datetime
    until_at: datetime

    @classmethod
    def around(cls, now: datetime) -> Self:
        """The last 60 and the next 400 days."""
        return cls(now - BACK, now + AHEAD)

    def shows(self, start_at: datetime, end_at: datetime) -> bool:
        """Whether a minute of it lies within."""
        return end_at > self.from_at and start_at < self.until_at

    @property
    def minutes(self) -> Span:
        """The same in minutes since 1970."""
        return to_min(self.from_at), to_min(self.until_at)


@dataclass(frozen=True, slots=True)
class Reader:
    """In which language and by which clock an entry is read."""

    language: str
    city: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingEntry:
    """A hearing as a room or a court sees it: when, between which cities, and nobody's own part in it.

    `place` is the room, for the feed of that room; empty elsewhere. UID and SEQUENCE are those of the mails.
    """

    uid: str
    sequence: int
    dtstamp_at: datetime
    reference: str
    court: Point
    remote: Point
    reader: Reader
    stretches: tuple[Stretch, ...]
    hearing_url: str
    place: str = ""
    contact: Contact | None = None
    called_off: bool = False

    @property
    def start_at(self) -> datetime:
        """When the first of its parts begins."""
        return min(stretch.start_at for stretch in self.stretches)

    @property
    def end_at(self) -> datetime:
        """When the last of its parts ends."""
        return max(stretch.end_at for stretch in self.stretches)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEntry:
    """A time that is held for a hearing while people are asked. It has a UID of its own: nothing is fixed."""

    uid: str
    dtstamp_at: datetime
    reference: str
    court: Point
    remote: Point
    reader: Reader
    start_at: datetime
    end_at: datetime
    held_until: datetime
    hearing_url: str


Entry = Letter | HearingEntry | HeldEntry
"""What stands in somebody's calendar: their own version of a hearing, a room's, or a time that is held."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar to subscribe to. `room` is the room it is of; empty for a person's own."""

    language: str
    room: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class BusyFeed:
    """When somebody or something is taken, and nothing else. `salt` keeps its UIDs apart from those of all others."""

    language: str
    salt: str
    made_at: datetime
    spans: tuple[tuple[datetime, datetime], ...]


def held_uid(hearing_uid: str, *, offer: int, number: int) -> str:
    """The UID of a held time: the same as long as it is held, and never that of the hearing.

    >>> held_uid("aaaqeayeau@court.example", offer=2, number=1)
    'held-2-1-aaaqeayeau@court.example'
    """
    return f"held-{offer}-{number}-{hearing_uid}"


def busy_uid(salt: str, start_at: datetime, end_at: datetime, *, host: str) -> str:
    """The UID of a busy stretch: the same as long as the stretch is, and of no use to find out whose or what it is."""
    made = sha256(f"{salt}|{to_min(start_at)}|{to_min(end_at)}".encode()).digest()[:16]
    return f"{b32encode(made).decode('ascii').rstrip('=').lower()}@{host}"


def busy_spans(taken: Iterable[Span], window: Window) -> tuple[tuple[datetime, datetime], ...]:
    """The stretches joined where they touch, so that nobody can count what lies behind one.

    None is cut at the edge of the window: it would be another one every minute.
    """
    joined = ((from_min(start), from_min(end)) for start, end in course(taken))
    return tuple((start_at, end_at) for start_at, end_at in joined if window.shows(start_at, end_at))


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By start; what starts together by UID, so that an unchanged feed is the same byte for byte."""
    return tuple(sorted(entries, key=lambda entry: (start_of(entry), entry.uid)))


def start_of(entry: Entry) -> datetime:
    """When the entry begins for its reader."""
    return entry.to.start_at if isinstance(entry, Letter) else entry.start_at
