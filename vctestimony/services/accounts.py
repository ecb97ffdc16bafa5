"""The use-cases of accounts: open, disable, renew. Signing in is `signing_in`, reading them is `account_lists`."""

import secrets
from dataclasses import dataclass, replace

from email_validator import EmailNotValidError, validate_email

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, Conflict, Invalid, Stale
from vctestimony.domain.passphrases import check, exact
from vctestimony.domain.people import Role
from vctestimony.domain.wording import N_
from vctestimony.services import feed_closing, journal
from vctestimony.services.references import ALPHABET
from vctestimony.services.unit import Unit
from vctestimony.store import accounts, second_steps
from vctestimony.store.models import AccountRow

_AT_A_POST = frozenset({Role.COORDINATOR, Role.PRESIDING_OFFICER, Role.MISSION_OFFICIAL, Role.LEGAL_STAFF})
_AN_OFFICIAL = frozenset({Role.INTERPRETER, Role.SUPPORT})


class AddressRefused(Invalid):
    """Not an e-mail address."""

    text = N_("This is not an e-mail address that mail can be sent to. Write it like name@court.example.")


class AddressTaken(Conflict):
    """Another account signs in with this address."""

    text = N_("There is already an account with this e-mail address. Look for it in the list.")


class PostNeeded(Invalid):
    """The role is nothing without a place."""

    text = N_("Choose the court, mission or office to which this person belongs.")


class PostUnknown(Invalid):
    """No place has this code."""

    text = N_("There is no place with the code “{code}”. The administrator's list of places shows the codes.")


class OfficialNeeded(Invalid):
    """The role sees only hearings in which its official is named."""

    text = N_("Choose the official whose account this is: this role sees only the hearings that name that person.")


class OfficialElsewhere(Invalid):
    """Account and official would belong to different places."""

    text = N_("This official belongs to another place ({post}). Choose that place, or another official.")


class LastAdministrator(Conflict):
    """Nobody could manage accounts any more."""

    text = N_("This is the only administrator. Open another administrator's account first.")


class NobodysAccount(Conflict):
    """Its name and address were replaced when the person left."""

    text = N_("Name and address of this account were replaced when the person left. Open a new account.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """Who is to have an account, and for what."""

    email: str
    name: str
    role: Role
    post_id: int | None = None
    official_id: int | None = None
    language: str = "en"


def actor_of(account: AccountRow) -> Actor:
    """The person behind an account, as every use-case knows them."""
    return Actor(
        name=account.name,
        account_id=account.id,
        role=account.role,
        post_id=account.post_id,
        official_id=account.official_id,
        language=account.language,
        city=account.post.city if account.post else "",
        zone=account.post.zone if account.post else "",
    )


def create(unit: Unit, new: NewAccount, *, password: str, by: Actor) -> int:
    """Open an account with a password its owner chose; gives its number."""
    check(password, near=(new.name, new.email), breached=unit.ports.vetting.breached)
    return _opened(unit, new, password=password, by=by, must_change=False)


def create_with_first_password(unit: Unit, new: NewAccount, *, by: Actor) -> str:
    """Open an account and give its first password, which must be changed at the first sign-in."""
    password = first_password()
    _opened(unit, new, password=password, by=by, must_change=True)
    return password


def create_invited(unit: Unit, new: NewAccount, *, by: Actor) -> int:
    """Open an account without a password: its owner chooses one by a link (services/account_links.py)."""
    return _opened(unit, new, password=None, by=by, must_change=False)


def renew_password(unit: Unit, account_id: int, *, by: Actor) -> str:
    """A new first password for somebody who lost theirs; every session of the account ends."""
    row = row_of(unit, account_id)
    password = first_password()
    row.password_hash, row.must_change = unit.ports.passwords.hash(exact(password)), True
    second_steps.drop_links(unit.session, row.id)
    accounts.end_sessions(unit.session, row.id, except_id=None)
    journal.write(unit, "account.password_renewed", subject=subject_of(row.id), by=by)
    return password


def disable(unit: Unit, account_id: int, *, version: int, by: Actor) -> None:
    """Let nobody sign in with this account any more; its sessions end now, what it did stays in the journal."""
    accounts.lock_name(unit.session, "administrators")
    row = row_of(unit, account_id)
    if row.version != version:
        raise Stale()
    if row.role is Role.ADMINISTRATOR and row.is_active and accounts.active_administrators(unit.session) == 1:
        raise LastAdministrator()
    row.is_active = False
    second_steps.drop_links(unit.session, row.id)
    accounts.end_sessions(unit.session, row.id, except_id=None)
    if row.official is not None:
        feed_closing.close_all(unit, row.official.resource_id, subject=subject_of(row.id), by=by)
    journal.write(unit, "account.disabled", subject=subject_of(row.id), by=by)


def enable(unit: Unit, account_id: int, *, version: int, by: Actor) -> str:
    """Let a disabled account sign in again, with a new first password."""
    row = row_of(unit, account_id)
    if row.version != version:
        raise Stale()
    if row.anonymised_at is not None:
        raise NobodysAccount()
    row.is_active = True
    journal.write(unit, "account.enabled", subject=subject_of(row.id), by=by)
    return renew_password(unit, account_id, by=by)


def choose_language(unit: Unit, language: str, *, by: Actor) -> None:
    """The language in which this person reads the service."""
    row = row_of(unit, by.account_id)
    if row.language != language:
        row.language = language
        journal.write(unit, "account.language_changed", subject=subject_of(row.id), by=by, language=language)


def post_of(unit: Unit, code: str) -> int:
    """The number of the place with this code, or PostUnknown."""
    found = accounts.post_by_code(unit.session, code)
    if found is None:
        raise PostUnknown(field="post", code=code)
    return found.id


def numbered(unit: Unit, email: str) -> int:
    """The number of the account with this address, or Absent."""
    row = accounts.by_email(unit.session, email.strip().casefold())
    if row is None:
        raise Absent()
    return row.id


def first_password() -> str:
    """100 random bits in groups that can be read out: 7K3F9-QW2XM-…"""
    letters = [secrets.choice(ALPHABET) for _ in range(20)]
    return "-".join("".join(letters[start : start + 5]) for start in range(0, 20, 5))


def _opened(unit: Unit, new: NewAccount, *, password: str | None, by: Actor, must_change: bool) -> int:
    settled = _placed(unit, replace(new, email=usable_address(new.email)))
    accounts.lock_name(unit.session, settled.email)
    if accounts.by_email(unit.session, settled.email) is not None:
        raise AddressTaken(field="email")
    row = AccountRow(
        email=settled.email,
        name=settled.name,
        role=settled.role,
        post_id=settled.post_id,
        official_id=settled.official_id,
        language=settled.language,
        password_hash="" if password is None else unit.ports.passwords.hash(exact(password)),
        must_change=must_change,
        is_active=True,
        created_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    journal.write(unit, "account.opened", subject=subject_of(row.id), by=by, role=settled.role)
    return row.id


def usable_address(email: str) -> str:
    try:
        read = validate_email(
            email.strip(), check_deliverability=False, allow_smtputf8=False, globally_deliverable=False
        )
    except EmailNotValidError as error:
        raise AddressRefused(field="email") from error
    return read.normalized.casefold()


def _placed(unit: Unit, new: NewAccount) -> NewAccount:
    """The same with the official's own post filled in; refuses a role without its place or person."""
    if new.role in _AN_OFFICIAL and new.official_id is None:
        raise OfficialNeeded(field="official")
    if new.official_id is not None:
        official = accounts.official(unit.session, new.official_id)
        if official is None:
            raise OfficialNeeded(field="official")
        if new.post_id not in {None, official.post_id}:
            raise OfficialElsewhere(field="official", post=official.post.name)
        return replace(new, post_id=official.post_id)
    if new.role in _AT_A_POST and (new.post_id is None or accounts.post(unit.session, new.post_id) is None):
        raise PostNeeded(field="post")
    return new


def row_of(unit: Unit, account_id: int | None) -> AccountRow:
    """The account's row, or Absent."""
    row = accounts.by_id(unit.session, account_id) if account_id is not None else None
    if row is None:
        raise Absent()
    return row


def subject_of(account_id: int) -> str:
    """What the journal calls the account."""
    return f"account:{account_id}"
