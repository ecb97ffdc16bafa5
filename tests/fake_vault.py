"""Stand-ins for the folder of the witnesses' parts and for the file of the master keys; both stay in memory."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from vctestimony.domain.sealing import KEY_BYTES, SealedForGood, VaultShut


@dataclass(slots=True)
class MemoryParts:
    """Parts by name, and when those that are gone were destroyed."""

    kept: dict[str, bytes] = field(default_factory=dict)
    destroyed: dict[str, datetime] = field(default_factory=dict)

    def make(self, name: str) -> bytes:
        """A new part."""
        assert name not in self.kept
        self.kept[name] = secrets.token_bytes(KEY_BYTES)
        return self.kept[name]

    def read(self, name: str) -> bytes:
        """The part, as the folder would give it."""
        if name in self.destroyed:
            raise SealedForGood()
        if name not in self.kept:
            raise VaultShut()
        return self.kept[name]

    def destroy(self, name: str, *, at: datetime) -> None:
        """Forget it."""
        self.destroyed.setdefault(name, at)
        self.kept.pop(name, None)

    def is_gone(self, name: str) -> bool:
        """Whether it was destroyed."""
        return name in self.destroyed

    def gone_at(self, name: str) -> datetime | None:
        """When it was."""
        return self.destroyed.get(name)


@dataclass(slots=True)
class NoMasterKeys:
    """No file: the keys of a test are those it gave."""

    def renewed(self) -> Mapping[str, bytes] | None:
        """Never."""
        return None

    def add(self) -> str:
        """Not here."""
        raise NotImplementedError

    def remove(self, key_id: str) -> None:
        """Not here."""
        raise NotImplementedError

    def ids(self) -> tuple[str, ...]:
        """None."""
        return ()
