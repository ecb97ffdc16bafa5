"""The use-cases of choosing how one is reminded: on the page of the own account, or by the signed link in a mail.

Not a choice: invitations, moves, cancellations, a hearing that begins soon, and what is escalated to the coordinator.
"""

from dataclasses import dataclass

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, Invalid, Stale
from vctestimony.domain.reminders.notices import WAY_LABELS, Way
from vctestimony.domain.reminders.thresholds import FIRST_HOUR, LAST_HOUR, USUAL_HOUR
from vctestimony.domain.retention import Held
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.reminder_readers import ACCOUNT, OFFICIAL, Person, key_of, of_account, of_official
from vctestimony.services.unit import Unit
from vctestimony.store import accounts, places
from vctestimony.store import reminders as store
from vctestimony.store.models import ReminderChoiceRow

HOURS = tuple(range(FIRST_HOUR, LAST_HOUR + 1))


class HourRefused(Invalid):
    """Nobody is reminded at night."""

    text = N_("Choose a full hour of the morning, from {first} to {last}.")


class NoPage(Invalid):
    """Who cannot sign in would never see what only the page shows."""

    text = N_("You have no account here, so nothing would reach you. Choose one of the ways by mail.")


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """How one person is reminded now, and by which clock. `version` is 0 while nothing was chosen.

    `ways` are those that would reach the person: the page reaches only who can sign in.
    """

    name: str
    way: Way
    hour: int
    language: str
    city: str
    ways: tuple[Way, ...]
    version: int


def of_own_account(unit: Unit, *, by: Actor) -> ChoicePage:
    """The choices of the person who is signed in."""
    return _page(unit, own_person(unit, by=by))


def of_link(unit: Unit, token: str) -> ChoicePage:
    """The choices of the person whose mail holds the link."""
    return _page(unit, _behind(unit, token))


def choose(unit: Unit, *, way: Way, hour: int, language: str, version: int, by: Actor) -> None:
    """Take what the person who is signed in chose."""
    _chosen(unit, own_person(unit, by=by), way=way, hour=hour, language=language, version=version, by=by)


def choose_by_link(unit: Unit, token: str, *, way: Way, hour: int, language: str, version: int) -> None:
    """The same for whoever came by the link of a mail; the same choice sent twice changes nothing."""
    person = _behind(unit, token)
    by = Actor(name=f"{person.name}, by link")
    _chosen(unit, person, way=way, hour=hour, language=language, version=version, by=by)


def own_person(unit: Unit, *, by: Actor) -> Person:
    """Who is reminded when this account is; Absent for one that belongs to no post."""
    row = accounts.by_id(unit.session, by.account_id) if by.account_id is not None else None
    person = of_account(row) if row is not None else None
    if person is None:
        raise Absent()
    return person


def _behind(unit: Unit, token: str) -> Person:
    claim = unit.ports.reminder_tokens.read(token, max_age=unit.ports.lasts(Held.LINKS), now=unit.now)
    kind, _, number = claim.participant.partition(":")
    person = None
    if kind == OFFICIAL and number.isdigit():
        official = accounts.official(unit.session, int(number))
        person = of_official(official) if official is not None and official.is_active else None
    if kind == ACCOUNT and number.isdigit():
        account = accounts.by_id(unit.session, int(number))
        person = of_account(account) if account is not None and account.is_active else None
    if person is None:
        raise Absent()
    return person


def _page(unit: Unit, person: Person) -> ChoicePage:
    row = _row(unit, person)
    return ChoicePage(
        name=person.name,
        way=row.way if row is not None else Way.DIGEST,
        hour=row.hour if row is not None else USUAL_HOUR,
        language=person.language,
        city=person.post.city,
        ways=tuple(WAY_LABELS) if _can_sign_in(unit, person) else (Way.DIGEST, Way.EACH),
        version=row.version if row is not None else 0,
    )


def _chosen(unit: Unit, person: Person, *, way: Way, hour: int, language: str, version: int, by: Actor) -> None:
    accounts.lock_name(unit.session, f"reminders {person.key}")
    row = _row(unit, person)
    before = _page(unit, person)
    if (before.way, before.hour, before.language) == (way, hour, language):
        return
    if version != before.version:
        raise Stale()
    if hour not in HOURS:
        raise HourRefused(field="hour", first=f"{FIRST_HOUR:02}:00", last=f"{LAST_HOUR:02}:00")
    if way not in before.ways:
        raise NoPage(field="way")
    if row is None:
        row = ReminderChoiceRow(official_id=person.official_id, account_id=person.account_id)
        unit.session.add(row)
    row.way, row.hour, row.changed_at = way, hour, unit.now
    _speak(person, language)
    unit.session.flush()
    subject = key_of(official_id=person.official_id, account_id=person.account_id)
    journal.write(unit, "reminder.chosen", subject=subject, by=by, way=way, hour=hour, language=language)


def _can_sign_in(unit: Unit, person: Person) -> bool:
    if person.official_id is None:
        return True
    return any(account.is_active for account in places.accounts_of(unit.session, person.official_id))


def _speak(person: Person, language: str) -> None:
    """All mail to the person, not only reminders, is in this language from now on."""
    mailed = person.official if person.official is not None else person.account
    if mailed is not None and mailed.language != language:
        mailed.language = language


def _row(unit: Unit, person: Person) -> ReminderChoiceRow | None:
    officials = [person.official_id] if person.official_id is not None else []
    own = [person.account_id] if person.account_id is not None else []
    return next(iter(store.choices(unit.session, officials=officials, accounts=own)), None)
