"""The shapes of the outside world that the services ask for; adapters fit them without knowing it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from vctestimony.domain.backlog.wire import Report, Task
from vctestimony.domain.calendars import WorkingCalendar
from vctestimony.domain.daylight import Daytime
from vctestimony.domain.feeds import BusyFeed, Entry, Feed
from vctestimony.domain.inbound import Arrived, Inbound
from vctestimony.domain.paper import Preview, Sheet
from vctestimony.domain.retention import SCHEDULE, Held, Rule
from vctestimony.domain.sop import Pack
from vctestimony.domain.typed_files import TypedText
from vctestimony.services.calendar_ports import BusyReader, CalendarReader, Fetcher
from vctestimony.services.letter_ports import LetterPress
from vctestimony.services.passkey_ports import Passkeys
from vctestimony.services.provider_ports import Provider
from vctestimony.services.scan_ports import Scans
from vctestimony.services.signing_ports import Signatures
from vctestimony.services.vault_ports import MasterKeys, Vault, WitnessParts


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""


class Calendars(Protocol):
    """Knows the working calendar of each post."""

    def get(self, calendar_id: str) -> WorkingCalendar:
        """The calendar, or a refusal naming what is missing."""

    def ids(self) -> tuple[str, ...]:
        """Every calendar there is, in order."""


class Daylight(Protocol):
    """Knows when the sun rises and sets."""

    def daytime(self, on: date, *, latitude: float, longitude: float, zone: str) -> Daytime | None:
        """Sunrise and sunset of that date in the zone; None when the sun does not rise and set then."""


class Passwords(Protocol):
    """Hashes and checks passwords."""

    def hash(self, password: str) -> str:
        """A salted, slow hash."""

    def matches(self, hashed: str, password: str) -> bool:
        """Whether the password is the one that was hashed; takes as long either way."""


class Scanner(Protocol):
    """Looks files through for malware."""

    def found(self, content: bytes) -> str:
        """What it holds that is harmful, by name; empty when nothing, or a refusal where nobody can say."""

    def problem(self) -> str:
        """Why it does not work, in plain words; empty when it does."""


@dataclass(frozen=True, slots=True)
class Vetting:
    """What is asked before a password or a file is taken: whether a list of stolen ones has it, and what it holds."""

    breached: Callable[[str], bool]
    scanner: Scanner | None = None


class FeedPress(Protocol):
    """Writes calendars to subscribe to, and single entries to keep; the same facts give the same bytes."""

    def feed(self, feed: Feed) -> bytes:
        """The calendar of a person or room."""

    def busy(self, feed: BusyFeed) -> bytes:
        """A calendar that says when one is taken, and nothing else."""

    def download(self, entry: Entry) -> bytes:
        """One entry as a file."""


class Sender(Protocol):
    """Hands a mail to the mail system."""

    def send(self, message: bytes, *, to: str) -> None:
        """Return when it was accepted; raise TemporaryFailure or PermanentFailure."""


class Inbox(Protocol):
    """A folder or mailbox in which mail arrives."""

    @property
    def name(self) -> str:
        """How administrators know it."""

    def each(self, take: Callable[[Arrived], None]) -> int:
        """Let every new mail be taken, and mark it as done when `take` has returned; how many. InboxUnreachable."""


class MailReader(Protocol):
    """Reads foreign mails."""

    def read(self, arrived: Arrived) -> Inbound:
        """The mail taken apart, whatever its bytes are; never raises, in bounded time."""


class AnswerClaim(Protocol):
    """What a genuine link says."""

    @property
    def participant(self) -> str:
        """Public id of the participant, or who is reminded."""

    @property
    def sequence(self) -> int:
        """The revision of the invitation that held the link, the number of the offer or link, or nothing."""


class AnswerTokens(Protocol):
    """Signs and reads answer links. This shape is agreed with adapters/tokens.py: the instant is always an argument."""

    def issue(self, participant: str, *, sequence: int, now: datetime) -> str:
        """The text that goes into the link."""

    def read(self, token: str, *, max_age: timedelta, now: datetime) -> AnswerClaim:
        """The claim, or a refusal for a forged or outdated text."""


class Press(Protocol):
    """Prints documents as PDF."""

    @property
    def edition(self) -> str:
        """Changes with templates and engine, after which the same sheet may come out in other bytes."""

    def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: Mapping[str, bytes] | None = None) -> bytes:
        """The document as PDF; PaperFailed when it cannot be printed whole."""

    @property
    def style(self) -> str:
        """What a browser needs to show a preview as it will be printed."""

    def loose(self, document: str, sheet: Sheet, *, lang: str, attachments: Mapping[str, bytes] | None = None) -> bytes:
        """The same document ready to be printed, to be kept until it is joined with others."""

    def joined(self, document: str, loose: Sequence[tuple[str, bytes]], *, apart: Mapping[str, bytes]) -> bytes:
        """Loose documents as one PDF, each under its name in the bookmarks, with the files of `apart` inside."""

    def preview(self, document: str, sheet: Sheet, *, lang: str, styles: Sequence[str] = ()) -> Preview:
        """The same as HTML, with what is ruled in it; `styles` are addresses of style sheets."""


class Editions(Protocol):
    """Reads editions of the rule packs that were kept."""

    def read(self, digest: str, texts: Callable[[], Mapping[str, str]]) -> tuple[Pack, ...]:
        """The packs of a collection by its digest; `texts` gives them by id, and is asked only when it must be."""


class TypedReader(Protocol):
    """Reads files that were typed in a word processor or an editor."""

    def read(self, content: bytes) -> TypedText:
        """The text of the file, or a FileUnusable; in bounded time and memory whatever it is."""


class PlanRun(Protocol):
    """A planning process at work."""

    @property
    def latest(self) -> Report | None:
        """Its newest report; None before the first."""

    def wait(self, seconds: float) -> bool:
        """Whether it has ended, after at most so long."""

    def kill(self) -> None:
        """End it now, and leave nothing behind."""


class Planner(Protocol):
    """Starts planning processes."""

    def start(self, task: Task) -> PlanRun:
        """One process for one task; what it reports can be carried out."""


class Anchors(Protocol):
    """Keeps lines where the database does not reach."""

    def add(self, line: str) -> None:
        """One more line, kept before this returns; a refusal where it cannot be."""

    def lines(self) -> tuple[str, ...]:
        """All of them in order."""


class Words(Protocol):
    """Translates marked text, and writes dates."""

    def gettext(self, lang: str, text: str) -> str:
        """`text` in that language, or as it is."""

    def day(self, lang: str, on: date) -> str:
        """Day, month and year in that language."""

    def month(self, lang: str, on: date) -> str:
        """The month with its year in that language."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """How the service is reached and how it signs its mail."""

    public_url: str
    organiser_name: str
    organiser_address: str
    uid_host: str
    anchors_to: str = ""
    """Who is mailed each anchor of the journal; empty for nobody."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside that a use-case may need, chosen once by the composition root."""

    clock: Clock
    calendars: Calendars
    calendar_files: CalendarReader
    daylight: Daylight
    packs: Callable[[], tuple[Pack, ...]]
    editions: Editions
    vault: Vault
    master_keys: MasterKeys
    parts: WitnessParts
    anchors: Anchors
    passwords: Passwords
    vetting: Vetting
    passkeys: Passkeys
    provider: Provider | None
    letters: LetterPress
    feeds: FeedPress
    sender: Sender
    tokens: AnswerTokens
    option_tokens: AnswerTokens
    reminder_tokens: AnswerTokens
    field_tokens: AnswerTokens
    press: Press
    signatures: Signatures
    planner: Planner
    words: Words
    fetcher: Fetcher
    reader: BusyReader
    scans: Scans
    inbox: Inbox
    mails: MailReader
    typed: TypedReader
    random: Callable[[int], bytes]
    addresses: Addresses
    wake: Callable[[], None]
    schedule: Mapping[Held, Rule] = field(default_factory=lambda: SCHEDULE)

    def lasts(self, held: Held) -> timedelta:
        """For how long the court's schedule keeps that kind."""
        return self.schedule[held].lasts
