"""The one place that seals: AES-256-GCM, with key id and the place it belongs to bound in, and keys that wrap keys.

A master key from outside the database seals what belongs to the service, and wraps the data key of each witness. A data
key is wrapped twice: within by the witness's own part, which lies in a file (adapters/witness_parts.py), and outside by
the master key. Without either nobody has it; and a new master key wraps it anew without looking at the part.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vctestimony.domain.sealing import KEY_BYTES, Tampered, VaultShut

_NONCE = 12


@dataclass(frozen=True, slots=True)
class DataKey:
    """The key of one witness, unwrapped for one use. It stands in no repr."""

    key_id: str
    key: bytes = field(repr=False)

    def seal(self, plain: str, *, bound_to: str) -> bytes:
        """Nonce, ciphertext and tag."""
        return _sealed(self.key, plain.encode(), _bound(self.key_id, bound_to))

    def open(self, sealed: bytes, *, bound_to: str) -> str:
        """The text that was sealed for this very place."""
        return _opened(self.key, sealed, _bound(self.key_id, bound_to)).decode()


class FieldVault:
    """Seals with the newest key, opens with the one named. `keys` maps key id to 32 bytes, newest last.

    `renewed` gives the keys anew when their file was changed, so that a running service takes a new key unbidden.
    """

    def __init__(
        self, keys: Mapping[str, bytes], *, renewed: Callable[[], Mapping[str, bytes] | None] = lambda: None
    ) -> None:
        self._keys, self._renewed = dict(keys), renewed

    @property
    def newest(self) -> str:
        """The id of the key that seals now."""
        self._renew()
        return list(self._keys)[-1]

    def seal(self, plain: str, *, bound_to: str) -> tuple[str, bytes]:
        """Key id, and nonce + ciphertext + tag; the binding is authenticated, not stored."""
        return self._seal(plain.encode(), bound_to=bound_to)

    def open(self, sealed: bytes, *, key_id: str, bound_to: str) -> str:
        """The text that was sealed for this very place."""
        return self._open(sealed, key_id=key_id, bound_to=bound_to).decode()

    def new_data_key(self, part: bytes, *, bound_to: str) -> tuple[str, bytes]:
        """A new data key, wrapped by the part and by the newest master key; gives that key's id and the wrapped key."""
        inner = _sealed(_wrapping(part, bound_to), os.urandom(KEY_BYTES), bound_to.encode())
        return self._seal(inner, bound_to=bound_to)

    def wrap_anew(self, wrapped: bytes, *, key_id: str, bound_to: str) -> tuple[str, bytes]:
        """The same data key under the newest master key; the witness's part is not needed."""
        return self._seal(self._open(wrapped, key_id=key_id, bound_to=bound_to), bound_to=bound_to)

    def data_key(self, wrapped: bytes, *, key_id: str, part: bytes, bound_to: str, named: str) -> DataKey:
        """The data key, to be used under the name `named`."""
        inner = self._open(wrapped, key_id=key_id, bound_to=bound_to)
        return DataKey(named, _opened(_wrapping(part, bound_to), inner, bound_to.encode()))

    def _seal(self, plain: bytes, *, bound_to: str) -> tuple[str, bytes]:
        newest = self.newest
        return newest, _sealed(self._keys[newest], plain, _bound(newest, bound_to))

    def _open(self, sealed: bytes, *, key_id: str, bound_to: str) -> bytes:
        if key_id not in self._keys:
            self._renew()
        key = self._keys.get(key_id)
        if key is None:
            raise VaultShut()
        return _opened(key, sealed, _bound(key_id, bound_to))

    def _renew(self) -> None:
        keys = self._renewed()
        if keys is not None:
            self._keys = dict(keys)


def _sealed(key: bytes, plain: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def _opened(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
    except (InvalidTag, ValueError) as error:
        raise Tampered() from error


def _wrapping(part: bytes, bound_to: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"part|{bound_to}".encode()).derive(part)


def _bound(key_id: str, place: str) -> bytes:
    return f"{key_id}|{place}".encode()
