"""The use-case of showing once more who one is, before an act that must not be anybody's who finds a browser open."""

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Invalid
from vctestimony.domain.passphrases import exact
from vctestimony.domain.wording import N_
from vctestimony.services import journal, limits, passkeys, sessions
from vctestimony.services.accounts import row_of, subject_of
from vctestimony.services.second_step_taking import used
from vctestimony.services.unit import Unit, Units

TRIES, WINDOW_MINUTES = 10, 15


class ProofWrong(Invalid):
    """Neither the password of the person who is signed in nor a code or a passkey of theirs."""

    text = N_("This does not show that it is you. Nothing was done yet, and nothing that you typed is lost.")


def prove(units: Units, *, password: str, code: str, session_id: int, token: str, by: Actor) -> None:
    """Let the session act freely for some minutes under its new token, or ProofWrong, or TooManyTries.

    The password shows it, or a code of the app or one from paper, which is used up.

    It opens two units itself: the try is stored even though the proof fails, and nobody waits for the slow check.
    """
    account_id, known = _counted(units, by)
    is_right = bool(password) and units.ports.passwords.matches(known, exact(password))
    with units.writing() as unit:
        is_right = is_right and row_of(unit, account_id).password_hash == known
        is_right = is_right or (code != "" and used(unit, account_id, code) != "")
        _settle(unit, account_id, is_right=is_right, session_id=session_id, token=token, by=by)
    if not is_right:
        raise ProofWrong(field="proof_password")


def prove_by_passkey(units: Units, answer: str, *, challenge: str, session_id: int, token: str, by: Actor) -> None:
    """The same by a passkey that has made sure itself whose hand it is in."""
    account_id, _ = _counted(units, by)
    with units.writing() as unit:
        is_right = passkeys.used(unit, answer, challenge=challenge, account_id=account_id, alone=True)
        _settle(unit, account_id, is_right=is_right, session_id=session_id, token=token, by=by)
    if not is_right:
        raise ProofWrong(field="proof_password")


def _counted(units: Units, by: Actor) -> tuple[int, str]:
    with units.writing() as unit:
        row = row_of(unit, by.account_id)
        limits.count(unit, f"proof:{row.id}", most=TRIES, within_minutes=WINDOW_MINUTES)
        return row.id, row.password_hash


def _settle(unit: Unit, account_id: int, *, is_right: bool, session_id: int, token: str, by: Actor) -> None:
    if is_right:
        limits.forget(unit, f"proof:{account_id}")
        sessions.prove(unit, session_id, token=token)
    action = "account.proved" if is_right else "account.proof_failed"
    journal.write(unit, action, subject=subject_of(account_id), by=by)
