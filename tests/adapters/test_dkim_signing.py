"""Signatures are made by us and judged by dkimpy, which we have not written."""

import logging
import re
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import dkim  # type: ignore[import-untyped]
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from vctestimony.adapters.dkim_signing import SIGNED, DkimSigner, KeyUnusable
from vctestimony.adapters.mail import MailboxSender

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "invitation.eml"
DOMAIN, SELECTOR = "court.example", "2026a"
Key = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey


def pem(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


RSA = pem(rsa.generate_private_key(public_exponent=65537, key_size=2048))
ED25519 = pem(ed25519.Ed25519PrivateKey.generate())


class VerifyKey:
    """The one primitive that dkimpy takes from PyNaCl, by way of cryptography."""

    def __init__(self, encoded: bytes, encoder: object) -> None:
        self._key = ed25519.Ed25519PublicKey.from_public_bytes(b64decode(encoded))

    def verify(self, message: bytes, signature: bytes) -> None:
        """Nothing, or InvalidSignature."""
        self._key.verify(signature, message)


@pytest.fixture(autouse=True)
def _nacl(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = SimpleNamespace(
        signing=SimpleNamespace(VerifyKey=VerifyKey),
        encoding=SimpleNamespace(Base64Encoder=None),
        exceptions=SimpleNamespace(BadSignatureError=InvalidSignature, ValueError=ValueError),
    )
    monkeypatch.setattr(dkim, "nacl", stand_in, raising=False)


@pytest.fixture(params=[RSA, ED25519], ids=["rsa", "ed25519"])
def signer(request: pytest.FixtureRequest) -> DkimSigner:
    return DkimSigner(request.param, domain=DOMAIN, selector=SELECTOR)


def is_good(signer: DkimSigner, message: bytes) -> bool:
    """What dkimpy says, with the record that the signer wants published."""

    def looked_up(name: bytes, timeout: int = 5) -> bytes:
        assert name == f"{SELECTOR}._domainkey.{DOMAIN}.".encode()
        return signer.record.encode()

    return bool(dkim.verify(message, logger=logging.getLogger("dkim"), dnsfunc=looked_up))


def test_a_letter_as_it_leaves_is_signed_well(signer: DkimSigner) -> None:
    message = GOLDEN.read_bytes()
    assert is_good(signer, signer(message) + message)


def test_the_same_mail_has_the_same_signature(signer: DkimSigner) -> None:
    message = GOLDEN.read_bytes()
    assert signer(message) == signer(message)


def test_its_time_is_the_date_of_the_mail(signer: DkimSigner) -> None:
    message = b"From: a@court.example\r\nDate: Tue, 01 Sep 2026 05:00:00 +0000\r\n\r\n\r\n"
    found = re.search(rb"\bt=(\d+);", signer(message))
    assert found is not None
    assert datetime.fromtimestamp(int(found[1]), UTC) == datetime(2026, 9, 1, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [
        lambda message: message[:-120] + bytes([message[-120] ^ 1]) + message[-119:],
        lambda message: re.sub(rb"(?m)^Subject: ", b"Subject: Urgent ", message, count=1),
        lambda message: b"Subject: another\r\n" + message,
        lambda message: b"From: thief@else.example\r\n" + message,
        lambda message: b"Reply-To: thief@else.example\r\n" + message,
        lambda message: b"Content-Type: text/html\r\n" + message,
        lambda message: message + b"one line more\r\n",
    ],
    ids=["a byte", "subject", "second subject", "second from", "reply-to", "second type", "a line more"],
)
def test_a_changed_mail_is_found_out(signer: DkimSigner, change: Callable[[bytes], bytes]) -> None:
    message = GOLDEN.read_bytes()
    changed = change(message)
    assert changed != message
    assert not is_good(signer, signer(message) + changed)


def test_what_relays_do_to_blanks_does_not_break_it(signer: DkimSigner) -> None:
    message = b"From: a@court.example\r\nSubject: two  blanks\r\n\r\ntext \r\n\r\n\r\n"
    relayed = b"from:a@court.example\r\nSUBJECT: two\r\n  blanks\r\n\r\ntext\r\n"
    assert is_good(signer, b"Received: from x\r\n" + signer(message) + relayed)


def test_the_headers_that_matter_are_signed_once_more_than_they_stand_there(signer: DkimSigner) -> None:
    header = re.sub(rb"\s", b"", signer(GOLDEN.read_bytes()).lower())
    found = re.search(rb";h=([^;]*);", header)
    assert found is not None
    names = found[1].decode().split(":")
    for name in ("from", "to", "subject", "date", "message-id", "mime-version", "content-type", "auto-submitted"):
        assert names.count(name) == 2
    assert set(names) == set(SIGNED)
    assert max(len(line) for line in signer(GOLDEN.read_bytes()).splitlines()) <= 78


def test_the_signature_stands_before_the_bytes_that_were_composed(signer: DkimSigner, tmp_path: Path) -> None:
    message = GOLDEN.read_bytes()
    box = MailboxSender(tmp_path, sign=signer)
    for _ in range(2):
        box.send(message, to="officer@court.example")
    [stored] = box.list()
    assert box.read(stored.name) == signer(message) + message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"-----BEGIN PRIVATE KEY-----\nnothing\n-----END PRIVATE KEY-----\n",
        pem(ec.generate_private_key(ec.SECP256R1())),
    ],
    ids=["empty", "broken", "another kind"],
)
def test_a_key_that_cannot_sign_is_refused(content: bytes) -> None:
    with pytest.raises(KeyUnusable):
        DkimSigner(content, domain=DOMAIN, selector=SELECTOR)
