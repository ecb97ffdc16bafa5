"""What the services need of calendars that others keep: files that are brought in, and addresses that are read."""

from collections.abc import Callable, Iterable
from typing import Protocol

from vctestimony.domain.busy import BusyTimes, Fetched, Scope
from vctestimony.domain.calendar_entries import CalendarEntry
from vctestimony.domain.calendar_files import CalendarReading, Place, PublishedClosures


class CalendarReader(Protocol):
    """Reads calendar entries from files, and writes them as files."""

    def read(self, content: bytes, place: Place) -> CalendarReading:
        """What a table (CSV) or calendar file (ICS) brings, or a refusal of the file as a whole."""

    def table(self, entries: Iterable[CalendarEntry]) -> bytes:
        """The entries as a table that `read` gives back the same."""

    def template(self, year: int, translate: Callable[[str], str]) -> bytes:
        """An empty table that explains itself."""

    def closures(self, published: PublishedClosures) -> bytes:
        """Closures as a calendar file."""


class Fetcher(Protocol):
    """Fetches calendars from addresses that people entered."""

    def host_of(self, address: str) -> str:
        """The host of the address, or a refusal of one that is never fetched."""

    def fetch(self, address: str, *, etag: str, modified: str) -> Fetched:
        """What is there, or nothing new since those validators; a CalendarRefused within bounded time."""


class BusyReader(Protocol):
    """Reads foreign calendars."""

    def read(self, content: bytes, scope: Scope) -> BusyTimes:
        """What the calendar takes, or a CalendarRefused; in bounded time and memory whatever it is."""
