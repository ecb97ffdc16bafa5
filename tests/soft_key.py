"""A passkey made of software (WebAuthn level 2, 6.1, 6.3.3): it signs what it is asked, with the flags it is told."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

from vctestimony.domain.passkeys import KnownKey

ORIGIN = "http://localhost:8000"
PRESENT, VERIFIED = 0x01, 0x04


def _plain(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


@dataclass(slots=True)
class SoftKey:
    """One key pair."""

    name: bytes = b"a key on a ring"
    pair: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    uses: int = 0

    def known(self) -> KnownKey:
        """What is kept of it (RFC 9053 7.1.1)."""
        numbers = self.pair.public_key().public_numbers()
        point = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        return KnownKey(
            credential=_plain(self.name), public_key=cbor2.dumps({1: 2, 3: -7, -1: 1, **point}), sign_count=0
        )

    def answer(self, challenge: str, *, flags: int = PRESENT | VERIFIED, origin: str = ORIGIN) -> str:
        """What a browser sends."""
        self.uses += 1
        client = json.dumps({"type": "webauthn.get", "challenge": challenge, "origin": origin}).encode()
        data = sha256(b"localhost").digest() + bytes([flags]) + self.uses.to_bytes(4, "big")
        signature = self.pair.sign(data + sha256(client).digest(), ECDSA(SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        said = {name: _plain(content) for name, content in parts.items()}
        return json.dumps({"id": _plain(self.name), "rawId": _plain(self.name), "type": "public-key", "response": said})
