"""The one place for busy time from an official's own calendar: what is kept, how fresh it is, why it fails.

Only taken and free is kept. No title, place, attendee or id of an entry goes into any value or refusal here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vctestimony.domain.errors import Invalid, Unavailable
from vctestimony.domain.intervals import Span
from vctestimony.domain.wording import N_

STALE_AFTER = timedelta(hours=24)
AHEAD = timedelta(days=400)
"""How far ahead a calendar is read; nothing is known of what lies beyond."""


class SourceKind(StrEnum):
    """Where a calendar comes from."""

    ADDRESS = "address"
    FILE = "file"


class Health(StrEnum):
    """How far what is known of a calendar can be relied on."""

    FRESH = "fresh"
    STALE = "stale"
    FAILED = "failed"
    NEVER_READ = "never_read"


HEALTH_LABELS: Mapping[Health, str] = {
    Health.FRESH: N_("up to date"),
    Health.STALE: N_("old: times may be taken"),
    Health.FAILED: N_("could not be read last time: times may be taken"),
    Health.NEVER_READ: N_("not read yet: times may be taken"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """For whom a calendar is read: the zone of wall times and dates without one, the own address, the minutes asked."""

    zone: str
    owner: str
    from_min: int
    until_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyTimes:
    """What a calendar says of the minutes asked: two courses that share no minute, and how far it reaches.

    `tentative` is taken too, but not for certain. `unreadable` counts the entries that could not be understood.
    """

    taken: tuple[Span, ...]
    tentative: tuple[Span, ...]
    unreadable: int
    covers_until_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address answered; None as the content: unchanged since the validators given."""

    content: bytes | None
    etag: str = ""
    modified: str = ""


def health(*, read_at: datetime | None, failures: int, now: datetime) -> Health:
    """How a calendar stands that was read then and failed so many times since.

    >>> health(read_at=None, failures=0, now=datetime(2026, 9, 1))
    <Health.NEVER_READ: 'never_read'>
    """
    if failures:
        return Health.FAILED
    if read_at is None:
        return Health.NEVER_READ
    return Health.STALE if now - read_at > STALE_AFTER else Health.FRESH


class CalendarRefused(Invalid):
    """Base of what can be wrong with a calendar or its address. The facts hold hosts, numbers and zones, no entries."""


class NotACalendar(CalendarRefused):
    """Something else than an iCalendar object."""

    text = N_("This is not a calendar file. Export the calendar as iCalendar (.ics), or use its iCalendar address.")


class WebPageInstead(CalendarRefused):
    """HTML, most often a page for signing in."""

    text = N_(
        "This is a web page, not a calendar. In the calendar program look for the “secret” or “private” address in "
        "iCal format; it mostly ends in .ics."
    )


class AnswerInstead(CalendarRefused):
    """A scheduling message (RFC 5546) that describes nobody's calendar."""

    text = N_("This file is an answer to an invitation, not a calendar. Export the whole calendar instead.")


class WrongCharset(CalendarRefused):
    """Not UTF-8 (RFC 5545 3.1.4)."""

    text = N_("The file is not written in UTF-8, as calendars must be. Export it again as iCalendar (.ics) with UTF-8.")


class CalendarCut(CalendarRefused):
    """The object does not end: half of it would look like free time."""

    text = N_("The calendar ends in the middle, so half of it would be missing. Export or load it once more.")


class CalendarBroken(CalendarRefused):
    """The object as a whole, or every entry of it, cannot be understood."""

    text = N_("Nothing in this calendar can be understood. Export it again, from another program if there is one.")


class CalendarTooLarge(CalendarRefused):
    """More bytes than anybody's calendar has."""

    text = N_("The calendar is larger than {megabytes} MB. Export only the coming year, or only the calendar of work.")


class NestedTooDeep(CalendarRefused):
    """Components within components beyond any use."""

    text = N_("The calendar nests its parts deeper than calendars do, so it was not read. Export it again.")


class LineTooLong(CalendarRefused):
    """One line of thousands of dates."""

    text = N_("An entry of the calendar has a line that is far too long, so it was not read. Remove that entry.")


class RepeatsTooOften(CalendarRefused):
    """A rule that repeats within the hour describes no appointments."""

    text = N_(
        "An entry repeats every hour, minute or second, so the calendar was not read. Remove that entry, or let it "
        "repeat daily at the most."
    )


class TooManyEntries(CalendarRefused):
    """More occurrences than can be read in bounded time."""

    text = N_("The calendar has more than {most} entries in the coming year. Subscribe only to the calendar of work.")


class UnknownTimeZone(CalendarRefused):
    """A zone that is neither known nor described; guessing could be wrong by hours."""

    text = N_(
        "The calendar uses the time zone “{zone}”, which is not known and which the file does not describe. Set the "
        "zone of the calendar to a city, such as Asia/Dhaka, and export it again."
    )


class ReadingTooHard(CalendarRefused):
    """It took more time or memory than one calendar may."""

    text = N_("The calendar takes too long to read. Remove very old or very frequent repeating entries.")


class ReadersBusy(Unavailable):
    """As many calendars as may be read at once are being read."""

    text = N_("Other calendars are being read just now. Nothing was changed; try again in a minute.")


class AddressUnusable(CalendarRefused):
    """Not the address of anything that can be fetched."""

    text = N_("Write the whole address of the calendar, beginning with https://.")


class PlainHttp(CalendarRefused):
    """Anybody on the way could read and change it."""

    text = N_("This address is not protected on its way. Use the one that begins with https://.")


class PortRefused(CalendarRefused):
    """Calendars are published where web pages are."""

    text = N_("The address names the port {port}, where no calendars are fetched. Use the address without it.")


class HostNotPublic(CalendarRefused):
    """The address leads, or was redirected, to a machine that is not on the public internet."""

    text = N_("{host} is not on the public internet, so no calendar is fetched from it. Upload the calendar instead.")


class HostUnknown(CalendarRefused):
    """The name leads nowhere."""

    text = N_("{host} cannot be found. Check the address for a typing mistake.")


class NotReached(CalendarRefused):
    """No connection, or one that broke."""

    text = N_("{host} cannot be reached at present. It is tried again; nothing needs to be done yet.")


class TooSlow(CalendarRefused):
    """The answer was not there in time."""

    text = N_("{host} did not send the whole calendar within {seconds} seconds. It is tried again.")


class NotTrusted(CalendarRefused):
    """The certificate is not valid for the name."""

    text = N_("{host} cannot prove that it is what it says (its certificate is not valid). Ask who runs the calendar.")


class TooManyRedirects(CalendarRefused):
    """Sent from address to address."""

    text = N_("{host} sends us from one address to the next. Use the address at which the calendar really is.")


class NeedsSignIn(CalendarRefused):
    """The server wants to know who asks."""

    text = N_("{host} asks for a sign-in. Use the secret address of the calendar, or make a new one there.")


class NothingThere(CalendarRefused):
    """No calendar at this address, or no longer."""

    text = N_("{host} has no calendar at this address any more. Copy the address once more from the calendar program.")


class ServerTrouble(CalendarRefused):
    """The server answers with an error."""

    text = N_("{host} answers with the error {status}. It is tried again; nothing needs to be done yet.")


class AddressSealed(CalendarRefused):
    """The key to the stored address is missing."""

    text = N_("The stored address cannot be opened here, because its key is missing. Enter the address once more.")


_KINDS: tuple[type[CalendarRefused], ...] = (
    *(NotACalendar, WebPageInstead, AnswerInstead, WrongCharset, CalendarCut, CalendarBroken, CalendarTooLarge),
    *(NestedTooDeep, LineTooLong, RepeatsTooOften, TooManyEntries, UnknownTimeZone, ReadingTooHard),
    *(AddressUnusable, PlainHttp, PortRefused, HostNotPublic, HostUnknown, NotReached, TooSlow, NotTrusted),
    *(TooManyRedirects, NeedsSignIn, NothingThere, ServerTrouble, AddressSealed),
)
_BY_NAME = {kind.__name__: kind for kind in _KINDS}


def refusal_named(name: str, facts: Mapping[str, object]) -> CalendarRefused:
    """The refusal again that was kept as its name and facts.

    >>> refusal_named("UnknownTimeZone", {"zone": "Mars/X"}).facts["zone"]
    'Mars/X'
    """
    refusal = _BY_NAME.get(name, CalendarBroken)
    return refusal(field=None, **facts)
