"""The one place that says who is reminded: an official, or an account without one, with the own calendar and choice."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from vctestimony.domain.errors import Absent
from vctestimony.domain.people import Duty
from vctestimony.domain.reminders.days import OwnDays
from vctestimony.domain.reminders.notices import Reader, Way
from vctestimony.domain.reminders.thresholds import USUAL_HOUR
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import WorkingHours, working_hours
from vctestimony.store import reminders as store
from vctestimony.store.models import AccountRow, HearingRow, OfficialRow, PostRow

OFFICIAL, ACCOUNT = "official", "account"
_LATELY = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be reminded, with what a mail to them needs. One of the two numbers is set."""

    name: str
    address: str
    language: str
    post: PostRow
    official: OfficialRow | None = None
    account: AccountRow | None = None

    @property
    def key(self) -> str:
        """Who it is, as keys of notices and links say it."""
        if self.official is not None:
            return f"{OFFICIAL}:{self.official.id}"
        return f"{ACCOUNT}:{self.account.id}" if self.account is not None else ""

    @property
    def official_id(self) -> int | None:
        """The official's number, if it is one."""
        return self.official.id if self.official is not None else None

    @property
    def account_id(self) -> int | None:
        """The account's number, if there is no official."""
        return self.account.id if self.account is not None and self.official is None else None


def of_official(official: OfficialRow) -> Person:
    """The official as somebody who is reminded."""
    return Person(official.name, official.email, official.language, official.post, official=official)


def of_account(account: AccountRow) -> Person | None:
    """The account's official, else the account itself; None for one that belongs to no post."""
    if account.official is not None:
        return of_official(account.official)
    if account.post is None:
        return None
    return Person(account.name, account.email, account.language, account.post, account=account)


def key_of(*, official_id: int | None, account_id: int | None) -> str:
    """The key of the person with these numbers; the official counts where there is one."""
    if official_id is None and account_id is None:
        raise Absent()
    return f"{OFFICIAL}:{official_id}" if official_id is not None else f"{ACCOUNT}:{account_id}"


@dataclass(frozen=True, slots=True)
class Readers:
    """Everybody who can be reminded of some hearings, by key, and the coordinators of each court."""

    people: Mapping[str, Person]
    readers: Mapping[str, Reader]
    of_courts: Mapping[int, tuple[str, ...]]

    def of(self, official: OfficialRow) -> Reader:
        """The official as a reader."""
        return self.readers[f"{OFFICIAL}:{official.id}"]

    def coordinators(self, hearing: HearingRow) -> tuple[Reader, ...]:
        """Who coordinates the hearing at its court: whoever is named for it, else everybody who does so there."""
        named = [
            self.of(person.official)
            for person in hearing.participants
            if person.removed_at is None and person.duty is Duty.COURT_COORDINATOR
        ]
        return tuple(named) or self._of_court(hearing)

    def deputies(self, hearing: HearingRow) -> tuple[Reader, ...]:
        """Who else coordinates hearings at the court."""
        first = {reader.key for reader in self.coordinators(hearing)}
        return tuple(reader for reader in self._of_court(hearing) if reader.key not in first)

    def _of_court(self, hearing: HearingRow) -> tuple[Reader, ...]:
        shut = {f"{OFFICIAL}:{person.official_id}" for person in hearing.participants if person.shut_out_at is not None}
        return tuple(self.readers[key] for key in self.of_courts.get(hearing.court_id, ()) if key not in shut)


def readers_of(unit: Unit, hearings: Collection[HearingRow]) -> Readers:
    """Everybody whom these hearings can call for; three statements and one more for calendars not read before."""
    officials = {p.official.id: p.official for one in hearings for p in one.participants if p.removed_at is None}
    people = {person.key: person for person in map(of_official, officials.values())}
    of_courts: dict[int, list[str]] = {}
    for account in store.coordinators_of(unit.session, {one.court_id for one in hearings}):
        person = of_account(account)
        if person is not None:
            keys = of_courts.setdefault(account.post_id or person.post.id, [])
            keys += [person.key] if person.key not in keys else []
            people.setdefault(person.key, person)
    readers = as_readers(unit, people.values())
    return Readers(people, readers, {court: tuple(keys) for court, keys in of_courts.items()})


def as_readers(unit: Unit, people: Iterable[Person]) -> dict[str, Reader]:
    """These people by key, with calendar and choice."""
    everybody = list(people)
    posts = {person.post.id: person.post for person in everybody}
    officials = [person.official for person in everybody if person.official is not None]
    hours = working_hours(unit, list(posts.values()), officials)
    chosen = _chosen(unit, everybody)
    return {
        person.key: _reader(person, hours, chosen.get(person.key, (Way.DIGEST, USUAL_HOUR))) for person in everybody
    }


def _reader(person: Person, hours: WorkingHours, choice: tuple[Way, int]) -> Reader:
    calendar = hours.of_official(person.official) if person.official else hours.of_post(person.post.id)
    way, hour = choice
    return Reader(person.key, OwnDays(calendar, hour), way)


def _chosen(unit: Unit, people: Collection[Person]) -> dict[str, tuple[Way, int]]:
    officials = {person.official_id for person in people if person.official_id is not None}
    accounts = {person.account_id for person in people if person.account_id is not None}
    rows = store.choices(unit.session, officials=officials, accounts=accounts)
    return {key_of(official_id=row.official_id, account_id=row.account_id): (row.way, row.hour) for row in rows}
