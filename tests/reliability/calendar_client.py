"""Calendar programs that share no code with the service: each keeps for one mailbox what the mails in it bring.

Written from the text of RFC 5546 (2.1.5, 3.2.2, 3.2.5) and RFC 6047; what a calendar object says is read by vobject.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from enum import StrEnum

import vobject


class Effect(StrEnum):
    """What a mail did to the calendar."""

    NOTHING = "no calendar object"
    NOT_FOR_ME = "this mailbox is not invited in it"
    STORED = "stored"
    CHANGED = "changed"
    REMOVED = "removed"
    CANCELLED = "cancelled"
    REPEATED = "the same once more"
    STALE = "older than what is there"
    UNKNOWN = "a cancellation of what is not there"


class NotUnderstood(ValueError):
    """A calendar program would show such a mail as a broken one."""


@dataclass(frozen=True, slots=True, order=True)
class Revision:
    """What decides between two messages about one event: SEQUENCE, and where that is the same DTSTAMP (2.1.5)."""

    sequence: int
    stamped_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event as a calendar shows it."""

    uid: str
    revision: Revision
    start_at: datetime
    end_at: datetime
    status: str
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ItipMessage:
    """One iTIP message: its method, who is addressed, and the event as far as the message tells it."""

    method: str
    uid: str
    revision: Revision
    attendees: tuple[str, ...]
    status: str
    start_at: datetime | None
    end_at: datetime | None


@dataclass(slots=True)
class CalendarClient:
    """The calendar of one mailbox.

    By the RFC it knows of each event the revision it saw last, of those removed too. With `forgets` it behaves as
    Thunderbird does: what was removed is forgotten, and a cancellation removes whatever its revision.
    """

    address: str
    forgets: bool = False
    events: dict[str, Happening] = field(default_factory=dict)
    seen: dict[str, Revision] = field(default_factory=dict)

    def receive(self, mail: bytes) -> Effect:
        """Take one mail in, as it was delivered."""
        message = read_message(mail)
        if message is None:
            return Effect.NOTHING
        if self.address.casefold() not in message.attendees:
            return Effect.NOT_FOR_ME
        return self._requested(message) if message.method == "REQUEST" else self._cancelled(message)

    def showing(self) -> dict[str, Happening]:
        """What the person has to go to, by UID."""
        return {uid: event for uid, event in self.events.items() if not event.is_cancelled}

    def _requested(self, message: ItipMessage) -> Effect:
        known = self.seen.get(message.uid)
        if known is not None and message.revision <= known:
            return Effect.REPEATED if message.revision == known else Effect.STALE
        if message.start_at is None or message.end_at is None or message.end_at <= message.start_at:
            raise NotUnderstood("an invitation to no time")
        was_there = message.uid in self.showing()
        self.seen[message.uid] = message.revision
        self.events[message.uid] = Happening(
            uid=message.uid,
            revision=message.revision,
            start_at=message.start_at,
            end_at=message.end_at,
            status=message.status,
        )
        return Effect.CHANGED if was_there else Effect.STORED

    def _cancelled(self, message: ItipMessage) -> Effect:
        """Without STATUS the event goes on without this attendee; with it, it is over for all (3.2.5)."""
        known = self.seen.get(message.uid)
        if known is None:
            return Effect.UNKNOWN
        if not self.forgets:
            if message.revision <= known:
                return Effect.REPEATED if message.revision == known else Effect.STALE
            self.seen[message.uid] = message.revision
        else:
            del self.seen[message.uid]
        event = self.events.pop(message.uid, None)
        if message.status != "CANCELLED":
            return Effect.REMOVED
        if event is not None and not self.forgets:
            self.events[message.uid] = _struck_through(event, message.revision)
        return Effect.CANCELLED


def _struck_through(event: Happening, revision: Revision) -> Happening:
    return Happening(
        uid=event.uid,
        revision=revision,
        start_at=event.start_at,
        end_at=event.end_at,
        status="CANCELLED",
        is_cancelled=True,
    )


def read_message(mail: bytes) -> ItipMessage | None:
    """The iTIP message that a mail carries; None for a mail without one, NotUnderstood for a broken one."""
    parts = [part for part in message_from_bytes(mail).walk() if part.get_content_type() == "text/calendar"]
    if not parts:
        return None
    if len(parts) > 1:
        raise NotUnderstood("two calendar objects in one mail")
    return _understood(parts[0])


def _understood(part: Message) -> ItipMessage:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        raise NotUnderstood("the calendar part holds parts")
    calendar = vobject.readOne(content.decode(str(part.get_param("charset") or "ascii")))
    method = calendar.method.value.upper()
    if str(part.get_param("method")).upper() != method:
        raise NotUnderstood("the header and the object ask for different things (RFC 6047 2.4)")
    if method not in {"REQUEST", "CANCEL"}:
        raise NotUnderstood(f"an attendee is sent no {method}")
    (event,) = calendar.vevent_list
    values = event.contents
    return ItipMessage(
        method=method,
        uid=event.uid.value,
        revision=Revision(int(event.sequence.value), _instant(event.dtstamp.value)),
        attendees=tuple(_address(one.value) for one in values.get("attendee", ())),
        status=str(values["status"][0].value).upper() if "status" in values else "",
        start_at=_instant(event.dtstart.value) if "dtstart" in values else None,
        end_at=_instant(event.dtend.value) if "dtend" in values else None,
    )


def _instant(value: object) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise NotUnderstood(f"{value!r} is no instant")
    return value.astimezone(UTC)


def _address(text: str) -> str:
    return text.removeprefix("mailto:").removeprefix("MAILTO:").casefold()
