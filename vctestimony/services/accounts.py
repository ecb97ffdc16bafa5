"""The use-cases of accounts: open, sign in, change the password, disable. Reading them is `account_lists`."""

import secrets
from dataclasses import dataclass, replace
from hashlib import sha256

from email_validator import EmailNotValidError, validate_email

from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.errors import Absent, Conflict, Invalid, Stale
from vctestimony.domain.passphrases import check, exact
from vctestimony.domain.people import Role
from vctestimony.domain.wording import N_
from vctestimony.services import journal, limits
from vctestimony.services.references import ALPHABET
from vctestimony.services.unit import Unit, Units
from vctestimony.store import accounts
from vctestimony.store.models import AccountRow

TRIES, WINDOW_MINUTES = 10, 15
_AT_A_POST = frozenset({Role.COORDINATOR, Role.PRESIDING_OFFICER, Role.MISSION_OFFICIAL, Role.LEGAL_STAFF})
_AN_OFFICIAL = frozenset({Role.INTERPRETER, Role.SUPPORT})


class SignInRefused(Invalid):
    """Unknown address, wrong password or disabled account: nobody learns which."""

    text = N_("The e-mail address or the password is not right. Check both; after ten tries you must wait.")


class AddressRefused(Invalid):
    """Not an e-mail address."""

    text = N_("This is not an e-mail address that mail can be sent to. Write it like name@court.example.")


class AddressTaken(Conflict):
    """Another account signs in with this address."""

    text = N_("There is already an account with this e-mail address. Look for it in the list.")


class PostNeeded(Invalid):
    """The role is nothing without a place."""

    text = N_("Choose the court, mission or office to which this person belongs.")


class OfficialNeeded(Invalid):
    """The role sees only hearings in which its official is named."""

    text = N_("Choose the official whose account this is: this role sees only the hearings that name that person.")


class OfficialElsewhere(Invalid):
    """Account and official would belong to different places."""

    text = N_("This official belongs to another place ({post}). Choose that place, or another official.")


class UnknownPost(Invalid):
    """No post has this code."""

    text = N_("There is no post with the code “{post}”. The list of posts shows the codes.")


class PasswordWrong(Invalid):
    """The present password was not given."""

    text = N_("This is not your present password.")


class LastAdministrator(Conflict):
    """Nobody could manage accounts any more."""

    text = N_("This is the only administrator. Open another administrator's account first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """Who is to have an account, and for what."""

    email: str
    name: str
    role: Role
    post_id: int | None = None
    official_id: int | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """A counted sign-in between its two transactions."""

    account_id: int | None
    password_hash: str
    account_bucket: str
    known_bucket: str
    address_try: int


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


def post_of(unit: Unit, code: str) -> int:
    """The number of the post with this code."""
    row = accounts.post_by_code(unit.session, code)
    if row is None:
        raise UnknownPost(field="post", post=code)
    return row.id


def create(unit: Unit, new: NewAccount, *, password: str, by: Actor) -> int:
    """Open an account with a password its owner chose; gives its number."""
    check(password, near=(new.name, new.email))
    return _opened(unit, new, password=password, by=by, must_change=False)


def create_with_first_password(unit: Unit, new: NewAccount, *, by: Actor) -> str:
    """Open an account and give its first password, which must be changed at the first sign-in."""
    password = first_password()
    _opened(unit, new, password=password, by=by, must_change=True)
    return password


def renew_password(unit: Unit, account_id: int, *, by: Actor) -> str:
    """A new first password for somebody who lost theirs; every session of the account ends."""
    row = _row(unit, account_id)
    password = first_password()
    row.password_hash, row.must_change = unit.ports.passwords.hash(exact(password)), True
    accounts.end_sessions(unit.session, row.id, except_id=None)
    journal.write(unit, "account.password_renewed", subject=_subject(row.id), by=by)
    return password


def disable(unit: Unit, account_id: int, *, version: int, by: Actor) -> None:
    """Let nobody sign in with this account any more; its sessions end now, what it did stays in the journal."""
    row = _row(unit, account_id)
    if row.version != version:
        raise Stale()
    if row.role is Role.ADMINISTRATOR and row.is_active and accounts.active_administrators(unit.session) == 1:
        raise LastAdministrator()
    row.is_active = False
    accounts.end_sessions(unit.session, row.id, except_id=None)
    journal.write(unit, "account.disabled", subject=_subject(row.id), by=by)


def enable(unit: Unit, account_id: int, *, version: int, by: Actor) -> str:
    """Let a disabled account sign in again, with a new first password."""
    row = _row(unit, account_id)
    if row.version != version:
        raise Stale()
    row.is_active = True
    journal.write(unit, "account.enabled", subject=_subject(row.id), by=by)
    return renew_password(unit, account_id, by=by)


def choose_language(unit: Unit, language: str, *, by: Actor) -> None:
    """The language in which this person reads the service."""
    row = _row(unit, by.account_id)
    if row.language != language:
        row.language = language
        journal.write(unit, "account.language_changed", subject=_subject(row.id), by=by, language=language)


def sign_in(units: Units, *, email: str, password: str, address: str) -> int:
    """The number of the account, or SignInRefused, or TooManyTries; either way as slow and as talkative.

    It opens two units itself: the try is stored even though the sign-in fails, and nobody waits for the slow check.
    """
    with units.writing() as unit:
        attempt = _counted(unit, email=email.strip().casefold(), address=address)
    is_right = units.ports.passwords.matches(attempt.password_hash, exact(password))
    with units.writing() as unit:
        account_id = _settled(unit, attempt, is_right=is_right)
    if account_id is None:
        raise SignInRefused()
    return account_id


def change_password(units: Units, *, present: str, wanted: str, by: Actor) -> None:
    """Give oneself another password; every session of the account ends, this one too. Units as in `sign_in`."""
    with units.writing() as unit:
        row = _row(unit, by.account_id)
        limits.count(unit, f"password:{row.id}", most=TRIES, within_minutes=WINDOW_MINUTES)
        account_id, known, near = row.id, row.password_hash, (row.name, row.email)
    if not units.ports.passwords.matches(known, exact(present)):
        raise PasswordWrong(field="present")
    check(wanted, near=near, field="wanted")
    hashed = units.ports.passwords.hash(exact(wanted))
    with units.writing() as unit:
        row = _row(unit, account_id)
        if row.password_hash != known:
            raise Stale()
        row.password_hash, row.must_change = hashed, False
        limits.forget(unit, f"password:{row.id}")
        accounts.end_sessions(unit.session, row.id, except_id=None)
        journal.write(unit, "account.password_changed", subject=_subject(row.id), by=by)


def first_password() -> str:
    """100 random bits in groups that can be read out: 7K3F9-QW2XM-…"""
    letters = [secrets.choice(ALPHABET) for _ in range(20)]
    return "-".join("".join(letters[start : start + 5]) for start in range(0, 20, 5))


def _opened(unit: Unit, new: NewAccount, *, password: str, by: Actor, must_change: bool) -> int:
    settled = _placed(unit, replace(new, email=_usable(new.email)))
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
        password_hash=unit.ports.passwords.hash(exact(password)),
        must_change=must_change,
        is_active=True,
        created_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    journal.write(unit, "account.opened", subject=_subject(row.id), by=by, role=settled.role)
    return row.id


def _usable(email: str) -> str:
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


def _counted(unit: Unit, *, email: str, address: str) -> _Attempt:
    """Count the try for the address and for the account, whether there is one or not.

    Where this account signed in from before has a count of its own there, so that a stranger cannot lock its owner out.
    """
    name = sha256(email.encode()).hexdigest()[:32]
    known = f"known:{name}:{address}"
    bucket = f"sign-in:{name}:{address}" if limits.noted(unit, known) else f"sign-in:{name}"
    limits.count(unit, bucket, most=TRIES, within_minutes=WINDOW_MINUTES)
    number = limits.count(unit, f"sign-in-from:{address}", most=TRIES, within_minutes=WINDOW_MINUTES)
    row = accounts.by_email(unit.session, email)
    return _Attempt(
        account_id=row.id if row else None,
        password_hash=row.password_hash if row else "",
        account_bucket=bucket,
        known_bucket=known,
        address_try=number,
    )


def _settled(unit: Unit, attempt: _Attempt, *, is_right: bool) -> int | None:
    """Journal how the try ended; the account's number when it may come in."""
    row = accounts.by_id(unit.session, attempt.account_id) if attempt.account_id is not None else None
    if row is None or not is_right or not row.is_active or row.password_hash != attempt.password_hash:
        subject = "account:unknown" if row is None else _subject(row.id)
        journal.write(unit, "account.sign_in_failed", subject=subject, by=SYSTEM)
        return None
    limits.forget(unit, attempt.account_bucket)
    limits.take_back(unit, attempt.address_try)
    limits.forget(unit, attempt.known_bucket)
    limits.note(unit, attempt.known_bucket)
    journal.write(unit, "account.signed_in", subject=_subject(row.id), by=actor_of(row))
    return row.id


def _row(unit: Unit, account_id: int | None) -> AccountRow:
    row = accounts.by_id(unit.session, account_id) if account_id is not None else None
    if row is None:
        raise Absent()
    return row


def _subject(account_id: int) -> str:
    return f"account:{account_id}"
