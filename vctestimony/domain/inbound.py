"""The one place for the shape of a mail that came in, once it is taken apart: who wrote, and what its parts say."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from vctestimony.domain.errors import Unavailable
from vctestimony.domain.inbound_words import Reason
from vctestimony.domain.wording import N_

MEGABYTES = 2
LARGEST = MEGABYTES << 20
"""Of a larger mail only the headers are ever read."""
HEADERS_READ = 64 << 10
MOST_A_ROUND = 50
LONGEST_COMMENT = 2000


class InboxUnreachable(Unavailable):
    """The folder or server from which mail is read cannot be used; `words` say why, without any secret."""

    text = N_("The inbox cannot be read: {words}")


@dataclass(frozen=True, slots=True)
class Arrived:
    """One mail as it was found: its bytes, or of one larger than LARGEST only the first of them."""

    content: bytes
    size: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return len(self.content) == self.size

    @property
    def digest(self) -> str:
        """By this the same mail is known again, however often it is found."""
        return sha256(b"%d|" % self.size + self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """One ATTENDEE line: an address as written, and the parameters that matter for an answer."""

    address: str
    name: str = ""
    part_stat: str = ""
    sent_by: str = ""
    delegated_to: tuple[str, ...] = ()
    delegated_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One VEVENT. What is missing or cannot be read is empty: other programs leave out and misspell what they like."""

    uid: str
    sequence: int | None = None
    dtstamp_at: datetime | None = None
    attendees: tuple[Attendee, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    comment: str = ""
    is_of_series: bool = False
    is_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPart:
    """One calendar part of the mail: what its header and its METHOD say, and its events. `others` are no events."""

    header_method: str = ""
    method: str = ""
    events: tuple[Event, ...] = ()
    others: int = 0
    is_broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A delivery status notification (RFC 3464) about one mail; `action` is failed, delayed, delivered or another."""

    message_ids: tuple[str, ...]
    action: str
    code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A disposition notification (RFC 8098) about one mail."""

    message_ids: tuple[str, ...]
    was_opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """One mail taken apart. Nothing here is trusted; `trouble` says why it was not, or not wholly, taken apart."""

    message_id: str = ""
    senders: tuple[str, ...] = ()
    subject: str = ""
    references: tuple[str, ...] = ()
    text: str = field(default="", repr=False)
    calendars: tuple[CalendarPart, ...] = ()
    bounce: Bounce | None = None
    receipt: Receipt | None = None
    is_automatic: bool = False
    is_forged: bool = False
    trouble: Reason | None = None

    @property
    def sender(self) -> str:
        """The address in From, when there is exactly one."""
        return self.senders[0] if len(self.senders) == 1 else ""
