"""The use-cases of passkeys: adding one to an account, and showing one: as the second step of a sign-in, or alone."""

from hashlib import sha256

from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.passkeys import KnownKey, PasskeyRefused, Question
from vctestimony.services import journal
from vctestimony.services.accounts import row_of, subject_of
from vctestimony.services.second_step_taking import PASSKEY, counted, let_in
from vctestimony.services.second_steps import switched_on
from vctestimony.services.unit import Unit, Units
from vctestimony.store import accounts
from vctestimony.store import second_steps as store
from vctestimony.store.models import PasskeyRow


def ask_to_make(unit: Unit, *, by: Actor) -> Question:
    """What the browser is asked for a new passkey."""
    row = row_of(unit, by.account_id)
    handle = sha256(f"account:{row.id}:{row.created_at.isoformat()}".encode()).digest()
    return unit.ports.passkeys.ask_to_make(handle=handle, name=row.email, known=_known(unit, row.id))


def add(unit: Unit, answer: str, *, challenge: str, name: str, session_id: int | None, by: Actor) -> None:
    """Let signing in take this passkey from now on, or PasskeyRefused."""
    row = row_of(unit, by.account_id)
    key = unit.ports.passkeys.made(answer, challenge=challenge)
    if store.has_credential(unit.session, key.credential):
        raise PasskeyRefused()
    unit.session.add(
        PasskeyRow(
            account_id=row.id,
            credential=key.credential,
            public_key=key.public_key,
            sign_count=key.sign_count,
            name=name,
            made_at=unit.now,
        )
    )
    switched_on(unit, row, session_id=session_id)
    journal.write(unit, "account.passkey_added", subject=subject_of(row.id), by=by)


def ask_to_show(unit: Unit, account_id: int, *, alone: bool = False) -> Question | None:
    """What the browser is asked; None where the account has no passkey. `alone` where no password came before it."""
    known = _known(unit, account_id)
    return unit.ports.passkeys.ask_to_show(known, alone=alone) if known else None


def take(units: Units, answer: str, *, challenge: str, account_id: int, session_id: int, token: str) -> None:
    """Let the session in under its new token, or PasskeyRefused, or TooManyTries."""
    counted(units, account_id)
    with units.writing() as unit:
        is_right = used(unit, answer, challenge=challenge, account_id=account_id, alone=False)
        if is_right:
            let_in(unit, account_id, session_id=session_id, token=token, how=PASSKEY)
        else:
            journal.write(unit, "account.second_step_failed", subject=subject_of(account_id), by=SYSTEM)
    if not is_right:
        raise PasskeyRefused()


def used(unit: Unit, answer: str, *, challenge: str, account_id: int, alone: bool) -> bool:
    """Whether one of the account's passkeys gave this answer to the challenge; its count goes on."""
    accounts.lock_name(unit.session, f"passkey:{account_id}")
    try:
        row = store.passkey(unit.session, account_id, unit.ports.passkeys.named(answer))
        if row is None:
            return False
        key = KnownKey(credential=row.credential, public_key=row.public_key, sign_count=row.sign_count)
        row.sign_count = unit.ports.passkeys.shown(answer, challenge=challenge, key=key, alone=alone)
    except PasskeyRefused:
        return False
    row.used_at = unit.now
    return True


def _known(unit: Unit, account_id: int) -> tuple[str, ...]:
    return tuple(row.credential for row in store.passkeys(unit.session, account_id))
