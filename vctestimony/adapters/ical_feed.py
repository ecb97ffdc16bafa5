"""The one place that writes calendars to subscribe to, and single entries to keep (RFC 5545, RFC 7986).

No METHOD, ORGANIZER, ATTENDEE or VALARM: nobody is asked, so that no program answers for anybody. No SOURCE either: it
would carry the secret address into every copy. Each entry is written once and remembered, so that a program that asks
again and again costs the putting together of what is ready.
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

from icalendar import Calendar, Event, vDuration, vText, vUri

from vctestimony.adapters import ical
from vctestimony.adapters.feed_texts import EntryTexts, called_off, hearing_texts, held_texts
from vctestimony.adapters.letters import LetterComposer
from vctestimony.domain.feeds import BusyFeed, Entry, Feed, HearingEntry, HeldEntry, busy_uid
from vctestimony.domain.letters import Kind, Letter
from vctestimony.domain.wording import N_

ENTRIES_REMEMBERED = 4096
READ_AGAIN_AFTER = timedelta(hours=1)
_END = b"END:VCALENDAR\r\n"
_HEARINGS, _ROOM, _BUSY_TIMES, _BUSY = (
    N_("Hearings by video link"),
    N_("{room}: hearings"),
    N_("Busy times"),
    N_("Busy"),
)
_COLOURS = {_HEARINGS: "steelblue", _ROOM: "teal", _BUSY_TIMES: "gray"}


class CalendarFeeds:
    """Writes feeds in the words of the letters, so that a feed says of a hearing what the mail says."""

    def __init__(self, letters: LetterComposer, *, uid_host: str) -> None:
        self._letters = letters
        self._host = uid_host
        self._written = lru_cache(maxsize=ENTRIES_REMEMBERED)(self._write)

    def feed(self, feed: Feed) -> bytes:
        """The whole calendar; the same feed gives the same bytes."""
        said = _ROOM if feed.room else _HEARINGS
        name = self._letters.translate(feed.language)(said).format(room=feed.room)
        return _calendar((self._written(entry) for entry in feed.entries), name=name, colour=_COLOURS[said])

    def busy(self, feed: BusyFeed) -> bytes:
        """A calendar of busy stretches that says nothing about any of them."""
        translate = self._letters.translate(feed.language)
        word = translate(_BUSY)
        events = []
        for start_at, end_at in feed.spans:
            event = Event()
            event.add("UID", busy_uid(feed.salt, start_at, end_at, host=self._host))
            event.add("DTSTAMP", feed.made_at.replace(microsecond=0))
            event.add("DTSTART", start_at)
            event.add("DTEND", end_at)
            event.add("SUMMARY", vText(word))
            event.add("TRANSP", "OPAQUE")
            events.append(bytes(event.to_ical()))
        return _calendar(events, name=translate(_BUSY_TIMES), colour=_COLOURS[_BUSY_TIMES])

    def download(self, entry: Entry) -> bytes:
        """One entry as a file to keep."""
        return _around([self._written(entry)], Calendar())

    def _write(self, entry: Entry) -> bytes:
        return bytes(self._event(entry).to_ical())

    def _event(self, entry: Entry) -> Event:
        if isinstance(entry, Letter):
            return self._own(entry)
        translate = self._letters.translate(entry.reader.language)
        if isinstance(entry, HearingEntry):
            texts = hearing_texts(entry, translate)
            return _hearing(entry, texts, self._letters.words("description_hearing.txt", texts))
        texts = held_texts(entry, translate)
        return _held(entry, texts, self._letters.words("description_held.txt", texts))

    def _own(self, letter: Letter) -> Event:
        summary, location, description = self._letters.event_words(letter)
        if letter.kind is not Kind.CANCELLATION:
            return ical.kept_event(letter, summary=summary, location=location, description=description)
        summary = called_off(summary, self._letters.translate(letter.to.language))
        event = ical.kept_event(letter, summary=summary, location=location, description=description)
        event["TRANSP"] = vText("TRANSPARENT")
        return event


def _hearing(entry: HearingEntry, texts: EntryTexts, description: str) -> Event:
    event = _event(entry, texts, description)
    event.add("SEQUENCE", entry.sequence)
    event.add("STATUS", "CANCELLED" if entry.called_off else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if entry.called_off else "OPAQUE")
    return event


def _held(entry: HeldEntry, texts: EntryTexts, description: str) -> Event:
    event = _event(entry, texts, description)
    event.add("SEQUENCE", 0)
    event.add("STATUS", "TENTATIVE")
    event.add("TRANSP", "OPAQUE")
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", "TENTATIVE")
    return event


def _event(entry: HearingEntry | HeldEntry, texts: EntryTexts, description: str) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", entry.dtstamp_at.replace(microsecond=0))
    event.add("DTSTART", entry.start_at)
    event.add("DTEND", entry.end_at)
    event.add("SUMMARY", vText(ical.one_line(texts.summary)))
    event.add("LOCATION", vText(ical.one_line(texts.location)))
    event.add("DESCRIPTION", vText(ical.many_lines(description)))
    event.add("CLASS", "PRIVATE")
    event.add("URL", vUri(entry.hearing_url))
    return event


def _calendar(events: Iterable[bytes], *, name: str, colour: str) -> bytes:
    calendar = Calendar()
    calendar.add("NAME", vText(ical.one_line(name)))
    calendar.add("X-WR-CALNAME", vText(ical.one_line(name)))
    calendar.add("COLOR", colour)
    calendar.add("REFRESH-INTERVAL", vDuration(READ_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(READ_AGAIN_AFTER))
    return _around(events, calendar)


def _around(events: Iterable[bytes], calendar: Calendar) -> bytes:
    """The calendar with the written events inside: what is put together from bytes need not be written again."""
    calendar.add("PRODID", ical.PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    return b"".join((bytes(calendar.to_ical()).removesuffix(_END), *events, _END))
