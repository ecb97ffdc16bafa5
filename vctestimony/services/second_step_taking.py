"""The use-case of taking the second step of a sign-in: a code of the app or one from paper. Every try counts."""

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.errors import Absent
from vctestimony.domain.one_time_codes import DIGITS, matching_step
from vctestimony.services import journal, limits, sessions
from vctestimony.services.accounts import actor_of, row_of, subject_of
from vctestimony.services.second_steps import CodeWrong, code_hash, digits_of, secret_of
from vctestimony.services.unit import Unit, Units
from vctestimony.store import accounts
from vctestimony.store import second_steps as store

TRIES, WINDOW_MINUTES = 10, 15
APP, PAPER, PASSKEY = "app", "recovery_code", "passkey"
_LONGEST_CODE = DIGITS + 2


def take(units: Units, *, account_id: int, given: str, session_id: int, token: str) -> str:
    """Let the session in under its new token, and say by what; or CodeWrong, or TooManyTries.

    It opens two units itself, so that the try is stored even though the code is wrong.
    """
    counted(units, account_id)
    with units.writing() as unit:
        how = used(unit, account_id, given)
        if how:
            let_in(unit, account_id, session_id=session_id, token=token, how=how)
        else:
            journal.write(unit, "account.second_step_failed", subject=subject_of(account_id), by=SYSTEM)
    if not how:
        raise CodeWrong(field="code")
    return how


def counted(units: Units, account_id: int) -> None:
    """Count one try at the account's second step."""
    with units.writing() as unit:
        limits.count(unit, _bucket(account_id), most=TRIES, within_minutes=WINDOW_MINUTES)


def let_in(unit: Unit, account_id: int, *, session_id: int, token: str, how: str) -> None:
    """The session has taken its second step."""
    row = row_of(unit, account_id)
    if not row.is_active:
        raise Absent()
    limits.forget(unit, _bucket(account_id))
    sessions.pass_step(unit, session_id, token=token)
    journal.write(unit, "account.signed_in", subject=subject_of(account_id), by=actor_of(row), second_step=how)


def used(unit: Unit, account_id: int, given: str) -> str:
    """Use the code up, and say of which kind it is; empty when it is none of this account's, or was used before."""
    accounts.lock_name(unit.session, _bucket(account_id))
    app, digits = store.authenticator(unit.session, account_id), digits_of(given)
    if app is not None and len(digits) == DIGITS and len(given.strip()) <= _LONGEST_CODE:
        step = matching_step(secret_of(unit, app), digits, at=unit.now, after=app.last_step)
        if step is not None:
            app.last_step = step
            return APP
    code = store.unused_code(unit.session, account_id, code_hash(given))
    if code is None:
        return ""
    code.used_at = unit.now
    return PAPER


def _bucket(account_id: int) -> str:
    return f"second-step:{account_id}"
