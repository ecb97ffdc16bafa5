"""The shapes of what seals, and of what keeps each witness's part of her key, that the services ask for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class DataKey(Protocol):
    """The key of one witness, unwrapped for one use."""

    def seal(self, plain: str, *, bound_to: str) -> bytes:
        """Sealed for this place."""

    def open(self, sealed: bytes, *, bound_to: str) -> str:
        """The text, or VaultShut."""


class Vault(Protocol):
    """Seals and opens one field at a time, and wraps the data keys of witnesses."""

    @property
    def newest(self) -> str:
        """The id of the key that seals now."""

    def seal(self, plain: str, *, bound_to: str) -> tuple[str, bytes]:
        """The key's id and the sealed bytes, bound to the place that `bound_to` names."""

    def open(self, sealed: bytes, *, key_id: str, bound_to: str) -> str:
        """The text, if key, place and bytes are the ones it was sealed with."""

    def new_data_key(self, part: bytes, *, bound_to: str) -> tuple[str, bytes]:
        """A new data key: the master key's id, and the data key wrapped by it and by the part."""

    def wrap_anew(self, wrapped: bytes, *, key_id: str, bound_to: str) -> tuple[str, bytes]:
        """The same data key under the newest master key."""

    def data_key(self, wrapped: bytes, *, key_id: str, part: bytes, bound_to: str, named: str) -> DataKey:
        """The data key itself."""


class WitnessParts(Protocol):
    """Keeps the part of each witness's key that never lies in the database."""

    def make(self, name: str) -> bytes:
        """A new part."""

    def read(self, name: str) -> bytes:
        """The part, SealedForGood or VaultShut."""

    def destroy(self, name: str, *, at: datetime) -> None:
        """Remove it for good."""

    def is_gone(self, name: str) -> bool:
        """Whether it was destroyed to the end."""

    def gone_at(self, name: str) -> datetime | None:
        """When it was destroyed to the end, if it was."""


class MasterKeys(Protocol):
    """The file of the master keys."""

    def renewed(self) -> Mapping[str, bytes] | None:
        """The keys, if they changed."""

    def add(self) -> str:
        """Write a new one; gives its id."""

    def remove(self, key_id: str) -> None:
        """Take one out."""

    def ids(self) -> tuple[str, ...]:
        """All of them, oldest first."""
