"""The use-cases of showing who one is: sign in, and give oneself another password. Both count every try."""

from dataclasses import dataclass
from hashlib import sha256

from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.errors import Invalid, Stale
from vctestimony.domain.passphrases import check, exact
from vctestimony.domain.wording import N_
from vctestimony.services import journal, limits
from vctestimony.services.accounts import actor_of, row_of, subject_of
from vctestimony.services.unit import Unit, Units
from vctestimony.store import accounts, second_steps

TRIES, WINDOW_MINUTES = 10, 15
TRIES_FROM_A_PLACE, NO_END = 200, 10**9
"""A whole court stands behind one address; this bounds who goes through many accounts from there."""


class SignInRefused(Invalid):
    """Unknown address, wrong password or disabled account: nobody learns which."""

    text = N_("The e-mail address or the password is not right. Check both; after ten tries you must wait.")


class PasswordWrong(Invalid):
    """The present password was not given."""

    text = N_("This is not your present password.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """A counted sign-in between its two transactions."""

    account_id: int | None
    password_hash: str
    account_bucket: str
    known_bucket: str
    place_try: int


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
        row = row_of(unit, by.account_id)
        limits.count(unit, f"password:{row.id}", most=TRIES, within_minutes=WINDOW_MINUTES)
        account_id, known, near = row.id, row.password_hash, (row.name, row.email)
    if not units.ports.passwords.matches(known, exact(present)):
        raise PasswordWrong(field="present")
    check(wanted, near=near, breached=units.ports.vetting.breached, field="wanted")
    hashed = units.ports.passwords.hash(exact(wanted))
    with units.writing() as unit:
        row = row_of(unit, account_id)
        if row.password_hash != known:
            raise Stale()
        row.password_hash, row.must_change = hashed, False
        limits.forget(unit, f"password:{row.id}")
        second_steps.drop_links(unit.session, row.id)
        accounts.end_sessions(unit.session, row.id, except_id=None)
        journal.write(unit, "account.password_changed", subject=subject_of(row.id), by=by)


def _counted(unit: Unit, *, email: str, address: str) -> _Attempt:
    """Count the try for the address and for the account, whether there is one or not.

    Where this account signed in from before has a count of its own there, so that a stranger cannot lock its owner out:
    neither by tries from elsewhere, nor by many tries from the same place. It is counted for the place too, apart and
    without an end, so that the answer takes as long for it.
    """
    name = sha256(email.encode()).hexdigest()[:32]
    known = f"known:{name}:{address}"
    is_known = limits.noted(unit, known)
    bucket = f"sign-in:{name}:{address}" if is_known else f"sign-in:{name}"
    limits.count(unit, bucket, most=TRIES, within_minutes=WINDOW_MINUTES)
    place, most = ("known-from", NO_END) if is_known else ("sign-in-from", TRIES_FROM_A_PLACE)
    number = limits.count(unit, f"{place}:{address}", most=most, within_minutes=WINDOW_MINUTES)
    row = accounts.by_email(unit.session, email)
    return _Attempt(
        account_id=row.id if row else None,
        password_hash=row.password_hash if row else "",
        account_bucket=bucket,
        known_bucket=known,
        place_try=number,
    )


def _settled(unit: Unit, attempt: _Attempt, *, is_right: bool) -> int | None:
    """Journal how the try ended; the account's number when it may come in."""
    row = accounts.by_id(unit.session, attempt.account_id or 0)
    if row is None or not is_right or not row.is_active or row.password_hash != attempt.password_hash:
        subject = "account:unknown" if row is None else subject_of(row.id)
        journal.write(unit, "account.sign_in_failed", subject=subject, by=SYSTEM)
        return None
    limits.forget(unit, attempt.account_bucket)
    limits.take_back(unit, attempt.place_try)
    limits.forget(unit, attempt.known_bucket)
    limits.note(unit, attempt.known_bucket)
    is_done = row.second_step_at is None and not row.set_up_by_link
    action = "account.signed_in" if is_done else "account.password_given"
    journal.write(unit, action, subject=subject_of(row.id), by=actor_of(row))
    return row.id
