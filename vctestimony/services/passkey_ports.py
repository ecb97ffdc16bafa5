"""The shape of whatever knows how passkeys are made and judged (WebAuthn level 2)."""

from typing import Protocol

from vctestimony.domain.passkeys import KnownKey, Question


class Passkeys(Protocol):
    """Makes questions for browsers and judges their answers."""

    @property
    def is_possible(self) -> bool:
        """Whether browsers make passkeys for the address of this service: it needs a name, not a number."""

    def ask_to_make(self, *, handle: bytes, name: str, known: tuple[str, ...]) -> Question:
        """The question for a new passkey; `known` are credentials that the account has already."""

    def made(self, answer: str, *, challenge: str) -> KnownKey:
        """The new passkey, or a PasskeyRefused."""

    def ask_to_show(self, known: tuple[str, ...], *, alone: bool) -> Question:
        """The question for one of the account's passkeys; `alone` where nothing beside it shows who holds it."""

    def named(self, answer: str) -> str:
        """Which credential answered, before it is judged; or a PasskeyRefused."""

    def shown(self, answer: str, *, challenge: str, key: KnownKey, alone: bool) -> int:
        """The new count of the passkey's uses, or a PasskeyRefused."""
