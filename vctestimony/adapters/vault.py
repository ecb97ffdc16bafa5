"""The one place that seals a witness's identity: AES-256-GCM, with key id and the row it belongs to bound in."""

import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import N_

_NONCE = 12


class VaultShut(Refusal):
    """The key is missing, or the sealed bytes are not the ones that were written in this place."""

    text = N_(
        "The identity is sealed and cannot be opened here: its key is missing or the entry was tampered with. "
        "Nothing was changed; tell the administrator."
    )


class FieldVault:
    """Seals with the newest key, opens with the one named. `keys` maps key id to 32 bytes, newest last."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._newest = list(keys)[-1]

    def seal(self, plain: str, *, bound_to: str) -> tuple[str, bytes]:
        """Key id, and nonce + ciphertext + tag; the binding is authenticated, not stored."""
        nonce = os.urandom(_NONCE)
        sealed = self._ciphers[self._newest].encrypt(nonce, plain.encode(), _bound(self._newest, bound_to))
        return self._newest, nonce + sealed

    def open(self, sealed: bytes, *, key_id: str, bound_to: str) -> str:
        """The text that was sealed for this very place."""
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise VaultShut()
        try:
            return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(key_id, bound_to)).decode()
        except InvalidTag as error:
            raise VaultShut() from error


def _bound(key_id: str, place: str) -> bytes:
    return f"{key_id}|{place}".encode()
