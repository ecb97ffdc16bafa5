"""The rules of a second step: who must have one, and which six digits an app shows when (RFC 6238, RFC 4226)."""

import hmac
from datetime import datetime
from urllib.parse import quote

from vctestimony.domain.access import Action, may_ever
from vctestimony.domain.people import Role

STEP_SECONDS, DIGITS, SECRET_BYTES = 30, 6, 20
WINDOW = (-1, 0, 1)
ISSUER = "Hearing desk"


def is_required(role: Role) -> bool:
    """Whether a password alone is not enough for the role: it can see who a witness is, or manages accounts.

    >>> is_required(Role.COORDINATOR), is_required(Role.ADMINISTRATOR), is_required(Role.INTERPRETER)
    (True, True, False)
    """
    return may_ever(role, Action.OPEN_VAULT) or may_ever(role, Action.ADMINISTER)


def step_of(at: datetime) -> int:
    """The number of the half minute."""
    return int(at.timestamp()) // STEP_SECONDS


def code_at(secret: bytes, step: int) -> str:
    """The digits that an app shows during the step.

    >>> code_at(b"12345678901234567890", 59 // 30), code_at(b"12345678901234567890", 1111111109 // 30)
    ('287082', '081804')
    """
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: bytes, given: str, *, at: datetime, after: int) -> int | None:
    """The step whose code was given: this one or a neighbour, and later than the last that was taken."""
    now = step_of(at)
    steps = (now + offset for offset in WINDOW)
    return next((s for s in steps if s > after and hmac.compare_digest(code_at(secret, s), given)), None)


def next_code(secret: bytes, *, at: datetime, after: int) -> str | None:
    """A code that would be taken now; None when all of the window were."""
    now = step_of(at)
    return next((code_at(secret, s) for s in (now + offset for offset in WINDOW) if s > after), None)


def address_for_apps(secret: str, email: str) -> str:
    """What the square code says.

    >>> address_for_apps("ABC", "a@b.example")
    'otpauth://totp/Hearing%20desk:a%40b.example?secret=ABC&issuer=Hearing%20desk'
    """
    return f"otpauth://totp/{quote(ISSUER)}:{quote(email, safe='')}?secret={secret}&issuer={quote(ISSUER)}"
