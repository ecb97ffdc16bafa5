"""Stand-ins for the outside world: a clock that is set by hand, mail that stays in memory, cheap passwords."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from argon2 import PasswordHasher

from tests.fake_press import FakePress as FakePress  # noqa: PLC0414  # a door for tests that take it from here
from tests.fake_signatures import FakeSignatures
from tests.fake_vault import MemoryParts, NoMasterKeys
from tests.faked_letters import FakeLetterPress
from vctestimony.adapters.breached import nothing_breached
from vctestimony.adapters.calendar_import import CalendarFiles
from vctestimony.adapters.ical_feed import CalendarFeeds
from vctestimony.adapters.inbox_mime import MailReader
from vctestimony.adapters.kept_packs import KeptPacks
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.adapters.letters import LetterComposer
from vctestimony.adapters.passkeys import WebAuthnPasskeys
from vctestimony.adapters.passwords import Argon2Passwords
from vctestimony.adapters.plan_runner import PlanRunner
from vctestimony.adapters.scan_sifting import sift
from vctestimony.adapters.tokens import AnswerTokens, FieldTokens, OptionTokens, ReminderTokens
from vctestimony.adapters.typed_files import TypedFiles
from vctestimony.adapters.vault import FieldVault
from vctestimony.domain.busy import BusyTimes, CalendarRefused, Fetched, NothingThere, Scope
from vctestimony.domain.calendars import Rule, WorkingCalendar
from vctestimony.domain.daylight import Daytime
from vctestimony.domain.errors import Absent
from vctestimony.domain.inbound import Arrived, InboxUnreachable
from vctestimony.domain.instants import resolve
from vctestimony.domain.letters import DeliveryFailure
from vctestimony.domain.record.scans import Scanned
from vctestimony.services.ports import Addresses, Ports, Vetting

NOW = datetime(2026, 9, 1, 5, 0, tzinfo=UTC)
"""Tuesday 1 September 2026: 10:30 in Kolkata, 11:00 in Dhaka."""

PUBLIC_URL = "http://127.0.0.1:8000"
POLAR = 66.5
_WORKDAY = ((630, 810), (840, 1020))
_MONDAY_TO_FRIDAY, _SUNDAY_TO_THURSDAY = (0, 1, 2, 3, 4), (6, 0, 1, 2, 3)


@dataclass(slots=True)
class FrozenClock:
    """Stands still until somebody sets it."""

    at: datetime = NOW

    def now(self) -> datetime:
        """The instant that was set."""
        return self.at

    def advance(self, **length: float) -> datetime:
        """Let time pass: `advance(minutes=30)`."""
        self.at += timedelta(**length)
        return self.at


@dataclass(slots=True)
class MemorySender:
    """Keeps what was sent; raises `failure` instead while one is set."""

    sent: list[tuple[str, bytes]] = field(default_factory=list)
    failure: DeliveryFailure | None = None

    def send(self, message: bytes, *, to: str) -> None:
        """Keep the bytes with their recipient."""
        if self.failure is not None:
            raise self.failure
        self.sent.append((to, message))

    def to(self, address: str) -> list[bytes]:
        """Every mail that went to the address, in order."""
        return [message for recipient, message in self.sent if recipient == address]


@dataclass(slots=True)
class FakeFetcher:
    """Answers from `answers`; every fetch is kept with its validators."""

    answers: dict[str, Fetched | CalendarRefused] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def host_of(self, address: str) -> str:
        """What stands between the slashes."""
        return address.split("/")[2]

    def fetch(self, address: str, *, etag: str = "", modified: str = "") -> Fetched:
        """The answer that was laid ready; an unchanged one when its validator is known."""
        self.asked.append((address, etag, modified))
        answer = self.answers.get(address, NothingThere(host=self.host_of(address)))
        if isinstance(answer, CalendarRefused):
            raise answer
        return Fetched(content=None) if etag and etag == answer.etag else answer


@dataclass(slots=True)
class FakeReader:
    """Knows what each content takes; anything else takes nothing. The scopes are kept."""

    known: dict[bytes, BusyTimes | CalendarRefused] = field(default_factory=dict)
    scopes: list[Scope] = field(default_factory=list)

    def read(self, content: bytes, scope: Scope) -> BusyTimes:
        """What was laid ready for this content."""
        self.scopes.append(scope)
        free = BusyTimes(taken=(), tentative=(), unreadable=0, covers_until_min=scope.until_min)
        answer = self.known.get(content, free)
        if isinstance(answer, CalendarRefused):
            raise answer
        return answer


@dataclass(frozen=True, slots=True)
class ScansHere:
    """Looks through scans in this very process; the one apart is tested for itself."""

    def read(self, content: bytes) -> Scanned:
        """What the process apart would say."""
        return sift(content)


@dataclass(slots=True)
class MemoryAnchors:
    """Keeps lines; takes none while `failure` is set."""

    kept: list[str] = field(default_factory=list)
    failure: Exception | None = None

    def add(self, line: str) -> None:
        """Keep the line."""
        if self.failure is not None:
            raise self.failure
        self.kept.append(line)

    def lines(self) -> tuple[str, ...]:
        """Every line, in order."""
        return tuple(self.kept)


@dataclass(slots=True)
class MemoryInbox:
    """Holds mails until they are taken; cannot be reached while `words` say why."""

    waiting: list[bytes] = field(default_factory=list)
    done: list[bytes] = field(default_factory=list)
    words: str = ""
    name: str = "the inbox of the tests"

    def each(self, take: Callable[[Arrived], None]) -> int:
        """Let every mail be taken."""
        if self.words:
            raise InboxUnreachable(words=self.words)
        count = len(self.waiting)
        while self.waiting:
            take(Arrived(self.waiting[0], len(self.waiting[0])))
            self.done.append(self.waiting.pop(0))
        return count


class PlainWords:
    """Speaks English only."""

    def gettext(self, lang: str, text: str) -> str:
        """The text as it is."""
        return text

    def day(self, lang: str, on: date) -> str:
        """The date as machines write it."""
        return on.isoformat()

    def month(self, lang: str, on: date) -> str:
        """The month in English."""
        return f"{on:%B %Y}"


@dataclass(frozen=True, slots=True)
class FakeCalendars:
    """Courts work Monday to Friday, the mission Sunday to Thursday, 10:30 to 13:30 and 14:00 to 17:00."""

    calendars: Mapping[str, WorkingCalendar]

    def get(self, calendar_id: str) -> WorkingCalendar:
        """The calendar, or Absent."""
        if calendar_id not in self.calendars:
            raise Absent()
        return self.calendars[calendar_id]

    def ids(self) -> tuple[str, ...]:
        """Every calendar's id, in order."""
        return tuple(sorted(self.calendars))


class EvenSun:
    """The sun rises at 06:00 and sets at 18:00 wherever a place lies, and beyond the polar circles never."""

    def daytime(self, on: date, *, latitude: float, longitude: float, zone: str) -> Daytime | None:
        """Six to six by the clock of the zone."""
        if abs(latitude) > POLAR:
            return None
        rises, sets = (resolve(datetime.combine(on, time(hour)), zone) for hour in (6, 18))
        return rises, sets


def week(calendar_id: str, zone: str, days: tuple[int, ...] = _MONDAY_TO_FRIDAY) -> WorkingCalendar:
    """A calendar of office hours without holidays."""
    rules = tuple(Rule(weekday=day, open_min=opens, close_min=closes) for day in days for opens, closes in _WORKDAY)
    return WorkingCalendar(id=calendar_id, version="1", zone=zone, rules=rules)


@dataclass(slots=True)
class CountedRandom:
    """Bytes that look random and are the same in every run."""

    calls: int = 0

    def __call__(self, length: int) -> bytes:
        """The next bytes, at most 32."""
        self.calls += 1
        return sha256(str(self.calls).encode()).digest()[:length]


@dataclass(slots=True)
class CountedWakes:
    """Counts how often the worker was woken."""

    times: int = 0

    def __call__(self) -> None:
        """Wake it once more."""
        self.times += 1


def cheap_passwords() -> Argon2Passwords:
    """The real hasher at the lowest cost there is."""
    return Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def fake_ports(*, clock: FrozenClock, sender: MemorySender) -> Ports:
    """The whole outside world, faked; change one part with `dataclasses.replace`."""
    calendars = (
        week("mumbai-court", "Asia/Kolkata"),
        week("pune-court", "Asia/Kolkata"),
        week("dhaka-mission", "Asia/Dhaka", _SUNDAY_TO_THURSDAY),
    )
    return Ports(
        clock=clock,
        calendars=FakeCalendars({calendar.id: calendar for calendar in calendars}),
        calendar_files=CalendarFiles(),
        daylight=EvenSun(),
        packs=tuple,
        editions=KeptPacks(),
        vault=FieldVault({"test": bytes(range(32))}),
        master_keys=NoMasterKeys(),
        parts=MemoryParts(),
        anchors=MemoryAnchors(),
        passwords=cheap_passwords(),
        vetting=Vetting(breached=nothing_breached),
        passkeys=WebAuthnPasskeys("http://localhost:8000"),
        provider=None,
        letters=FakeLetterPress(),
        feeds=CalendarFeeds(LetterComposer(Languages(FOLDER)), uid_host="court.example"),
        sender=sender,
        tokens=AnswerTokens(("the key that signs answer links in tests",)),
        option_tokens=OptionTokens(("the key that signs answer links in tests",)),
        reminder_tokens=ReminderTokens(("the key that signs answer links in tests",)),
        field_tokens=FieldTokens(("the key that signs answer links in tests",)),
        press=FakePress(),
        signatures=FakeSignatures(),
        planner=PlanRunner(),
        words=PlainWords(),
        fetcher=FakeFetcher(),
        reader=FakeReader(),
        scans=ScansHere(),
        inbox=MemoryInbox(),
        mails=MailReader(authserv="mx.court.example"),
        typed=TypedFiles(),
        random=CountedRandom(),
        addresses=Addresses(
            public_url=PUBLIC_URL,
            organiser_name="Hearing calendar",
            organiser_address="calendar@court.example",
            uid_host="court.example",
        ),
        wake=CountedWakes(),
    )
