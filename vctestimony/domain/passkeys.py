"""The one place for what is known of a passkey, and for its refusal: its owner needs to know only that."""

from dataclasses import dataclass

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_


class PasskeyRefused(Invalid):
    """Made for another address, another question, another account, or not made at all."""

    text = N_("The passkey did not work. Try again, or use another second step.")


@dataclass(frozen=True, slots=True)
class Question:
    """What a browser is asked, as JSON, and the challenge that its answer must hold."""

    options: str
    challenge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKey:
    """What a passkey told about itself when it was added."""

    credential: str
    public_key: bytes
    sign_count: int
