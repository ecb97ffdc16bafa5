"""The one place that signs mails for their domain (DKIM: RFC 6376; with ed25519: RFC 8463).

The signature is made anew for every attempt, and is the same for the same mail: its time is the mail's own Date, and
both ways of signing leave nothing to chance. Headers are signed once more than they stand there, so that nobody can add
a second From or Subject under the same signature (RFC 6376 5.4.2, 8.15).
"""

import re
from base64 import b64encode
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

SIGNED = (
    "from",
    "to",
    "cc",
    "reply-to",
    "sender",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "auto-submitted",
    "disposition-notification-to",
)
SMALLEST_RSA = 1024
LINE = 72

Header = tuple[str, bytes]


class KeyUnusable(Exception):
    """The file holds no key that mail can be signed with; the text says why."""


class DkimSigner:
    """Signs for one domain with the key that its selector publishes."""

    def __init__(self, pem: bytes, *, domain: str, selector: str) -> None:
        self._key = _key(pem)
        self._domain, self._selector = domain, selector

    def __call__(self, message: bytes) -> bytes:
        """The DKIM-Signature header of a finished mail, with its line end."""
        headers, body = _parted(message)
        names = [*(name for name, _ in headers if name in SIGNED), *SIGNED]
        tags = (
            "v=1",
            f"a={self._algorithm}",
            "c=relaxed/relaxed",
            f"d={self._domain}",
            f"s={self._selector}",
            *_time(headers),
            f"h={_folded(':'.join(names))}",
            f"bh={b64encode(sha256(_relaxed_body(body)).digest()).decode('ascii')}",
            "b=",
        )
        unsigned = "DKIM-Signature: " + ";\r\n ".join(tags)
        signature = b64encode(self._signed(_hashed(headers, names, unsigned.encode("ascii")))).decode("ascii")
        lines = [signature[at : at + LINE] for at in range(0, len(signature), LINE)]
        return (unsigned + "\r\n ".join(lines) + "\r\n").encode("ascii")

    @property
    def record(self) -> str:
        """The text of the DNS record at SELECTOR._domainkey.DOMAIN (RFC 6376 3.6.1, RFC 8463 4)."""
        public = self._key.public_key()
        if isinstance(self._key, RSAPrivateKey):
            kind, raw = "rsa", public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        else:
            kind, raw = "ed25519", public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return f"v=DKIM1; k={kind}; p={b64encode(raw).decode('ascii')}"

    @property
    def _algorithm(self) -> str:
        return "rsa-sha256" if isinstance(self._key, RSAPrivateKey) else "ed25519-sha256"

    def _signed(self, content: bytes) -> bytes:
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(content, PKCS1v15(), SHA256())
        return self._key.sign(sha256(content).digest())


def signer_from(path: Path, *, domain: str, selector: str) -> DkimSigner:
    """The signer with the key of a PEM file, or KeyUnusable."""
    return DkimSigner(path.read_bytes(), domain=domain, selector=selector)


def _key(pem: bytes) -> RSAPrivateKey | Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable("it holds no private key in PEM without a passphrase") from error
    if isinstance(key, RSAPrivateKey) and key.key_size < SMALLEST_RSA:
        raise KeyUnusable(f"an RSA key needs {SMALLEST_RSA} bits, better 2048")
    if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
        raise KeyUnusable("it is neither an RSA nor an ed25519 key")
    return key


def _parted(message: bytes) -> tuple[list[Header], bytes]:
    """Headers as small names with their whole text, in order, and the body."""
    head, _, body = message.partition(b"\r\n\r\n")
    fields = re.split(rb"\r\n(?![ \t])", head)
    return [(field.partition(b":")[0].strip().decode("ascii").lower(), field) for field in fields], body


def _hashed(headers: list[Header], names: list[str], own: bytes) -> bytes:
    """What is signed: of headers that stand there twice the last comes first (RFC 6376 5.4.2), our own at the end."""
    left = {name: [field for known, field in headers if known == name] for name in names}
    found = [left[name].pop() for name in names if left[name]]
    return b"".join(_relaxed_header(field) + b"\r\n" for field in found) + _relaxed_header(own)


def _relaxed_header(field: bytes) -> bytes:
    """RFC 6376 3.4.2.

    >>> _relaxed_header(b"SubJect :  A\\r\\n  line \\t of text ")
    b'subject:A line of text'
    """
    name, _, value = field.partition(b":")
    plain = re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b""))
    return name.strip().lower() + b":" + plain.strip(b" ")


def _relaxed_body(body: bytes) -> bytes:
    """RFC 6376 3.4.4.

    >>> _relaxed_body(b" C \\r\\nD \\t E\\r\\n\\r\\n\\r\\n"), _relaxed_body(b"\\r\\n")
    (b' C\\r\\nD E\\r\\n', b'')
    """
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def _time(headers: list[Header]) -> tuple[str, ...]:
    """When the mail was written, as it says itself."""
    dates = [field.partition(b":")[2].decode("ascii", "replace") for name, field in headers if name == "date"]
    try:
        return (f"t={int(parsedate_to_datetime(dates[0].strip()).timestamp())}",) if dates else ()
    except ValueError:
        return ()


def _folded(names: str) -> str:
    """A list of names over several lines, broken after a colon."""
    return re.sub(r"(.{50,60}?:)(?=.)", "\\1\r\n  ", names)
