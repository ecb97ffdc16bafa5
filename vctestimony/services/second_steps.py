"""The use-cases of setting up a second step: an app that shows codes, recovery codes on paper, taking them away."""

import secrets
from base64 import b32decode, b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from vctestimony.domain.access import Action, Actor, may_ever
from vctestimony.domain.account_letters import AccountMail
from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.one_time_codes import SECRET_BYTES, address_for_apps, is_required, matching_step, next_code
from vctestimony.domain.people import Role
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.account_links import mail_link, write_to
from vctestimony.services.accounts import row_of, subject_of
from vctestimony.services.references import ALPHABET
from vctestimony.services.unit import Unit
from vctestimony.store import accounts
from vctestimony.store import second_steps as store
from vctestimony.store.models import AccountRow, AuthenticatorRow, RecoveryCodeRow

CODES = 10
SHORTEST_REASON = 10
_GROUPS, _GROUP = 4, 6


class CodeWrong(Invalid):
    """Not the code of the moment, or one that was used already."""

    text = N_(
        "This code is not right, or it was used already. Wait for the next one, and check the clock of the phone."
    )


class StillNeeded(Conflict):
    """The role must have a second step."""

    text = N_("Your role needs a second step. Set up another one first; then this one can be taken away.")


class ReasonMissing(Invalid):
    """Taking somebody's second step away is an act that others will read about."""

    text = N_("Say why, and how you made sure that it is the person, in at least {least} characters.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret for an app, before anybody confirmed it: to be typed, and as a square code."""

    typed: str
    address: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account has besides its password; `is_on` says that signing in takes it.

    `waits_for_link`: the steps were taken away, and whoever gives the password gets no further without the mailed link.
    """

    is_required: bool
    is_on: bool
    waits_for_link: bool
    has_app: bool
    codes_left: int
    passkeys: tuple[tuple[int, str], ...]
    passkeys_possible: bool

    @property
    def is_asked(self) -> bool:
        """Whether something must follow the password."""
        return self.is_on or self.waits_for_link


def standing(unit: Unit, account_id: int | None) -> Standing:
    """What the account has."""
    row = row_of(unit, account_id)
    return Standing(
        is_required=is_required(row.role),
        is_on=row.second_step_at is not None,
        waits_for_link=row.set_up_by_link,
        has_app=store.authenticator(unit.session, row.id) is not None,
        codes_left=store.unused_codes(unit.session, row.id),
        passkeys=tuple((one.id, one.name) for one in store.passkeys(unit.session, row.id)),
        passkeys_possible=unit.ports.passkeys.is_possible,
    )


def new_secret(unit: Unit, account_id: int | None) -> tuple[str, str]:
    """A new secret for an app, sealed: key id and hexadecimal bytes. Nothing is stored before it is confirmed."""
    row = row_of(unit, account_id)
    typed = b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
    key_id, sealed = unit.ports.vault.seal(typed, bound_to=sealed_place(row.id))
    return key_id, sealed.hex()


def offer(unit: Unit, sealed: tuple[str, str], *, by: Actor) -> Offer:
    """The secret as its owner needs it."""
    row = row_of(unit, by.account_id)
    typed = unit.ports.vault.open(bytes.fromhex(sealed[1]), key_id=sealed[0], bound_to=sealed_place(row.id))
    return Offer(
        typed=" ".join(typed[at : at + 4] for at in range(0, 32, 4)), address=address_for_apps(typed, row.email)
    )


def confirm_app(unit: Unit, sealed: tuple[str, str], *, code: str, session_id: int | None, by: Actor) -> None:
    """Let signing in take a code of this app from now on; the app before it, if any, counts no more."""
    row = row_of(unit, by.account_id)
    key_id, content = sealed[0], bytes.fromhex(sealed[1])
    typed = unit.ports.vault.open(content, key_id=key_id, bound_to=sealed_place(row.id))
    step = matching_step(b32decode(typed), digits_of(code), at=unit.now, after=0)
    if step is None:
        raise CodeWrong(field="code")
    app = store.authenticator(unit.session, row.id) or AuthenticatorRow(account_id=row.id)
    app.key_id, app.sealed, app.last_step, app.made_at = key_id, content, step, unit.now
    unit.session.add(app)
    switched_on(unit, row, session_id=session_id)
    journal.write(unit, "account.app_added", subject=subject_of(row.id), by=by)


def switched_on(unit: Unit, row: AccountRow, *, session_id: int | None) -> None:
    """A second step was added: every other session of the account ends, this one has passed."""
    row.second_step_at, row.set_up_by_link = row.second_step_at or unit.now, False
    store.drop_links(unit.session, row.id, purposes=(AccountMail.STEPS_RESET,))
    accounts.end_sessions(unit.session, row.id, except_id=session_id)
    own = accounts.session_by_id(unit.session, session_id) if session_id is not None else None
    if own is not None:
        own.passed_at = unit.now


def remove_app(unit: Unit, *, session_id: int | None, by: Actor) -> None:
    """Take the app away."""
    row = row_of(unit, by.account_id)
    if not store.passkeys(unit.session, row.id):
        _switch_off(unit, row)
    app = store.authenticator(unit.session, row.id)
    if app is not None:
        unit.session.delete(app)
    accounts.end_sessions(unit.session, row.id, except_id=session_id)
    journal.write(unit, "account.app_removed", subject=subject_of(row.id), by=by)


def remove_passkey(unit: Unit, passkey_id: int, *, session_id: int | None, by: Actor) -> None:
    """Take a passkey away; one that is not there is gone already."""
    row = row_of(unit, by.account_id)
    keys = store.passkeys(unit.session, row.id)
    going = next((one for one in keys if one.id == passkey_id), None)
    if going is None:
        return
    if len(keys) == 1 and store.authenticator(unit.session, row.id) is None:
        _switch_off(unit, row)
    unit.session.delete(going)
    accounts.end_sessions(unit.session, row.id, except_id=session_id)
    journal.write(unit, "account.passkey_removed", subject=subject_of(row.id), by=by)


def reset(unit: Unit, account_id: int, *, reason: str, by: Actor) -> None:
    """Take every second step of somebody away who lost them; the sessions end, mails tell the person and the office.

    Who must have one sets it up anew by the link in the mail, for the password alone may be what somebody else knows.
    For a day no identity opens to the account (services/resting.py).
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing(field="reason", least=SHORTEST_REASON)
    row = row_of(unit, account_id)
    store.drop_all(unit.session, row.id)
    row.second_step_at, row.set_up_by_link = None, is_required(row.role)
    accounts.end_sessions(unit.session, row.id, except_id=None)
    store.drop_links(unit.session, row.id)
    mail_link(unit, row, AccountMail.STEPS_RESET)
    for colleague in _who_should_know(unit, row):
        write_to(unit, colleague, AccountMail.COLLEAGUE_RESET, url=f"{unit.ports.addresses.public_url}/sign-in")
    journal.write(unit, "account.second_steps_reset", subject=subject_of(row.id), by=by, reason=reason.strip())


def new_codes(unit: Unit, *, by: Actor) -> tuple[str, ...]:
    """Ten new recovery codes, to be shown this once; those before them count no more."""
    row = row_of(unit, by.account_id)
    store.drop_codes(unit.session, row.id)
    codes = tuple(_recovery_code() for _ in range(CODES))
    unit.session.add_all(RecoveryCodeRow(account_id=row.id, code_hash=code_hash(code)) for code in codes)
    journal.write(unit, "account.recovery_codes_made", subject=subject_of(row.id), by=by)
    return codes


def give_for_demonstration(unit: Unit, account_id: int) -> None:
    """A second step for an account of the demonstration, where one press signs in."""
    row = row_of(unit, account_id)
    row.is_demonstration, row.second_step_at = True, unit.now
    key_id, sealed = new_secret(unit, account_id)
    unit.session.add(
        AuthenticatorRow(account_id=row.id, key_id=key_id, sealed=bytes.fromhex(sealed), last_step=0, made_at=unit.now)
    )
    unit.session.flush()


def is_demonstration(unit: Unit, account_id: int) -> bool:
    """Whether the demonstration opened the account."""
    return row_of(unit, account_id).is_demonstration


def demonstration_code(unit: Unit, account_id: int) -> str | None:
    """A code that would be taken now, for an account of the demonstration only."""
    row, app = row_of(unit, account_id), store.authenticator(unit.session, account_id)
    if not row.is_demonstration or app is None:
        return None
    return next_code(secret_of(unit, app), at=unit.now, after=app.last_step)


def secret_of(unit: Unit, app: AuthenticatorRow) -> bytes:
    """What the app makes its codes from."""
    return b32decode(unit.ports.vault.open(app.sealed, key_id=app.key_id, bound_to=sealed_place(app.account_id)))


def digits_of(typed: str) -> str:
    """A code as it is compared: apps show it in groups, people type it so.

    >>> digits_of(" 123 456 "), digits_of("১২৩৪৫৬")
    ('123456', '123456')
    """
    return "".join(str(int(letter)) for letter in typed if letter.isdecimal())


def code_hash(typed: str) -> str:
    """By what a recovery code is known: 120 random bits need no slow hash (ASVS 6.5.2)."""
    return sha256("".join(letter for letter in typed.upper() if letter.isalnum()).encode()).hexdigest()


def _who_should_know(unit: Unit, row: AccountRow) -> Sequence[AccountRow]:
    """Who gives leave at the same office, where the account can be given any; nobody stands for an administrator."""
    if row.post_id is None or not may_ever(row.role, Action.OPEN_VAULT):
        return ()
    roles = frozenset(role for role in Role if may_ever(role, Action.GIVE_LEAVE))
    return accounts.colleagues(unit.session, row, roles=roles)


def _switch_off(unit: Unit, row: AccountRow) -> None:
    if is_required(row.role):
        raise StillNeeded()
    row.second_step_at = None
    store.drop_codes(unit.session, row.id)


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def sealed_place(account_id: int) -> str:
    """What the sealed secret of an app is bound to."""
    return f"authenticator:{account_id}"
