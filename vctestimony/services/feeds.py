"""The use-case of a calendar program that reads a feed by its secret address, without signing in.

The content is put together anew each time, from few statements and from entries that are ready (adapters/ical_feed.py);
its hash is the ETag. So a program that has it already costs that and the comparison, and no mark of what changed must
be kept in step with everything that a feed can show.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from vctestimony.domain.errors import Absent, Stale, Unavailable
from vctestimony.domain.feeds import (
    CALLED_OFF_KEPT,
    BusyFeed,
    Entry,
    Feed,
    FeedKind,
    Reader,
    Window,
    busy_spans,
    in_order,
)
from vctestimony.domain.letters import Kind
from vctestimony.domain.wording import N_
from vctestimony.services import feed_entries, invited
from vctestimony.services.unit import Unit, Units
from vctestimony.store import feeds as store
from vctestimony.store.feeds import OpenFeed

NOTED_EVERY = timedelta(minutes=15)


class FeedClosed(Absent):
    """No feed has this address, or has it any more. Both read the same, so that nobody learns that there was one."""

    text = N_("There is no calendar at this address. It was stopped or made anew, or the address is not complete.")


@dataclass(frozen=True, slots=True)
class Given:
    """A feed as it is given out: the bytes, their hash, and since when they are what they are."""

    content: bytes
    etag: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class _Known:
    feed_id: int
    token_hash: str
    etag: str
    changed_at: datetime | None
    read_at: datetime | None


def hash_of(token: str) -> str:
    """What is kept of an address."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def read(units: Units, token: str) -> Given:
    """What stands in the feed now, or FeedClosed. That it was read is noted from time to time, if that can be."""
    with units.reading() as unit:
        found = store.by_hash(unit.session, hash_of(token))
        if found is None:
            raise FeedClosed()
        content, now = _written(unit, found), unit.now
        row = found.row
        known = _Known(row.id, row.token_hash, row.etag, row.changed_at, row.read_at)
    etag = sha256(content).hexdigest()[:32]
    changed_at = known.changed_at
    if changed_at is None or known.etag != etag:
        changed_at = _later(known.changed_at, now)
    if known.etag != etag or known.read_at is None or now - known.read_at >= NOTED_EVERY:
        with suppress(Unavailable, Stale):  # what stopped the feed meanwhile has nothing to note
            _note(units, known, etag=etag, changed_at=changed_at)
    return Given(content, etag, changed_at)


def _later(last: datetime | None, now: datetime) -> datetime:
    """Now in whole seconds, which is all that HTTP can say; a second after the last change if that was just now."""
    second = now.replace(microsecond=0)
    return second if last is None else max(second, last + timedelta(seconds=1))


def _note(units: Units, known: _Known, *, etag: str, changed_at: datetime) -> None:
    with units.writing(wakes=False) as unit:
        row = store.feed(unit.session, known.feed_id)
        if row is not None and row.token_hash == known.token_hash:
            row.etag, row.changed_at, row.read_at = etag, changed_at, unit.now


def _written(unit: Unit, found: OpenFeed) -> bytes:
    window = Window.around(unit.now)
    language = found.official.language if found.official else found.row.language
    if found.row.kind is FeedKind.BUSY:
        taken = store.busy(unit.session, found.row.resource_id, window, now=unit.now)
        spans = busy_spans(taken, window)
        return unit.ports.feeds.busy(BusyFeed(language, found.row.salt, found.row.made_at, spans))
    reader = Reader(language, found.post.city, found.post.zone)
    entries = _of_official(unit, found, window) if found.official else _of_room(unit, found, window, reader)
    if found.row.with_held:
        rows = store.held(unit.session, found.row.resource_id, now=unit.now)
        held = (feed_entries.held(row, reader, unit.ports.addresses) for row in rows)
        entries += [one for one in held if window.shows(one.start_at, one.end_at)]
    room = "" if found.official else found.row.resource.name
    return unit.ports.feeds.feed(Feed(language, room, in_order(entries)))


def _of_official(unit: Unit, found: OpenFeed, window: Window) -> list[Entry]:
    """What the official was told of each hearing, as it was told; what is off for a while."""
    if found.official is None:
        return []
    told_after = unit.now - CALLED_OFF_KEPT
    rows = store.participations(unit.session, found.official.id, window, told_after=told_after)
    letters = (invited.standing(row.hearing, row, unit.ports.addresses) for row in rows)
    return [
        letter
        for letter in letters
        if letter is not None
        and window.shows(letter.to.start_at, letter.to.end_at)
        and (letter.kind is not Kind.CANCELLATION or letter.dtstamp_at > told_after)
    ]


def _of_room(unit: Unit, found: OpenFeed, window: Window, reader: Reader) -> list[Entry]:
    """The parts that each hearing has in the room."""
    rows = store.in_room(unit.session, found.row.resource_id, window)
    entries = (feed_entries.in_room(row, found.row.resource, reader, unit.ports.addresses) for row in rows)
    off_after = unit.now - CALLED_OFF_KEPT
    return [
        entry
        for entry in entries
        if entry is not None
        and window.shows(entry.start_at, entry.end_at)
        and (not entry.called_off or entry.dtstamp_at > off_after)
    ]
