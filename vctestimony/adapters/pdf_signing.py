"""The one place that lets PDFs be signed and examined: each time by a process of its own that ends with its answer.

That a foreign file can neither hang nor harm the service, and that a passphrase is gone when the signature is made, are
the same measure: the process reads its question, limits itself (signing_worker), answers and ends.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates

from vctestimony.adapters import confined
from vctestimony.adapters.pdf_frames import FrameBroken
from vctestimony.adapters.signing_frames import Said, certificate_from, inspection_from, order_head
from vctestimony.adapters.time_stamps import Ask, stamped
from vctestimony.domain import signing_refusals
from vctestimony.domain.signing import Inspection, KeyFile, Order, Prepared, Signed, TokenPin
from vctestimony.domain.signing_refusals import (
    SignatureTooLong,
    SigningBusy,
    SigningRefused,
    TokenUnreachable,
    TooLargeToSign,
)

CPU_S, WALL_S, WAIT_S = 60, 90.0, 20.0
REMEMBERED = 64
AT_ONCE = 2
_TOKEN = "token"  # noqa: S105  # the name of a question, not a secret
# Where a form shows what is wrong; a module of a token finds its own settings in the environment of the service.
_FIELDS: Mapping[str, str] = {
    "WrongPassphrase": "passphrase",
    "NoKey": "key",
    "CertificateExpired": "key",
    "CertificateNotYetValid": "key",
    "CertificateOfIssuer": "key",
    "UsageNotSigning": "key",
    "UsageUnsaid": "key",
    "WrongPin": "pin",
    "TokenUnreachable": "pin",
}
_SUFFIXES = {".pem", ".crt", ".cer", ".der"}


class RootsUnusable(Exception):
    """A file among the trusted roots holds no certificate, or cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPlace:
    """Where the token is that the service reaches: the module, the token's name, the label of key and certificate."""

    module: Path
    name: str
    label: str


def roots_in(folder: Path) -> tuple[bytes, ...]:
    """The certificates (DER) of every file of the folder, in order; RootsUnusable names one that holds none."""
    found: list[bytes] = []
    for path in sorted(one for one in folder.iterdir() if one.suffix.lower() in _SUFFIXES):
        try:
            content = path.read_bytes()
            own = load_pem_x509_certificates(content) if b"-----" in content else [load_der_x509_certificate(content)]
        except (OSError, ValueError) as error:
            raise RootsUnusable(path.name) from error
        found += [one.public_bytes(Encoding.DER) for one in own]
    return tuple(found)


@dataclass(slots=True)
class PdfSignatures:
    """Signs and examines; threads may share it. `roots` are the issuers that this court trusts."""

    roots: tuple[bytes, ...] = ()
    place: TokenPlace | None = None
    ask: Ask | None = None
    cpu_s: int = CPU_S
    wall_s: float = WALL_S
    _seen: dict[tuple[bytes, tuple[tuple[str, datetime], ...]], Inspection] = field(default_factory=dict)
    _free: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))

    @property
    def token(self) -> str:
        """The name of the token that the service reaches; empty where there is none."""
        return self.place.name if self.place else ""

    @property
    def stamps(self) -> bool:
        """Whether signatures get a time stamp."""
        return self.ask is not None

    def with_fields(self, content: bytes, fields: Sequence[str]) -> bytes:
        """The file with an empty field of each name: itself where it has them, else extended."""
        return self._asked({"do": "fields", "fields": list(fields)}, content).files[0]

    def sign(self, content: bytes, order: Order, means: KeyFile | TokenPin) -> Signed:
        """The file with one more signature."""
        if isinstance(means, KeyFile):
            head: dict[str, Any] = {"do": "sign", "order": order_head(order)}
            said = self._asked(head, content, means.content, means.passphrase.encode())
        else:
            head = {"do": _TOKEN, "order": order_head(order), "token": self._token_head()}
            said = self._asked(head, content, b"", means.pin.encode())
        return self._filled(_prepared(said), said.files[1], said.head["certificate"])

    def prepare(self, content: bytes, order: Order) -> Prepared:
        """The file with a gap for a signature that is made elsewhere."""
        return _prepared(self._asked({"do": "prepare", "order": order_head(order)}, content))

    def complete(self, prepared: Prepared, made: bytes, *, at: datetime) -> Signed:
        """The file with what was made (CMS) in its gap, time-stamped where the service does that."""
        said = self._asked({"do": "check", "digest": prepared.digest, "at": at.isoformat()}, made)
        return self._filled(prepared, said.files[0], said.head["certificate"])

    def inspect(self, content: bytes, *, now: datetime, moments: Mapping[str, datetime]) -> Inspection:
        """Every signature of the file; certificates are judged as of `moments` by field, or as of now."""
        key = (sha256(content).digest(), tuple(sorted(moments.items())))
        if key in self._seen:
            return self._seen[key]
        head = {
            "do": "inspect",
            "now": now.isoformat(),
            "moments": {name: at.isoformat() for name, at in moments.items()},
        }
        found = inspection_from(self._asked(head, content, *self.roots).head)
        if all(one.field in moments for one in found.signatures):  # then it says the same at any other time
            self._seen[key] = found
            for oldest in list(self._seen)[:-REMEMBERED]:
                self._seen.pop(oldest, None)
        return found

    def _token_head(self) -> dict[str, str]:
        if self.place is None:
            raise TokenUnreachable()
        return {"module": str(self.place.module), "name": self.place.name, "label": self.place.label}

    def _filled(self, prepared: Prepared, made: bytes, certificate: Mapping[str, Any]) -> Signed:
        whole = stamped(made, self.ask) if self.ask else made
        start, end = prepared.gap_start, prepared.gap_end
        room = end - start - 2
        digits = whole.hex().encode()
        if len(digits) > room:
            raise SignatureTooLong()
        content = prepared.content[:start] + b"<" + digits.ljust(room, b"0") + b">" + prepared.content[end:]
        return Signed(content, certificate_from(certificate))

    def _asked(self, head: Mapping[str, Any], *files: bytes) -> Said:
        """The answer of a process of its own, or the refusal that it gave."""
        with self._turn():
            answer = confined.asked(
                "signing_worker",
                str(self.cpu_s),
                question=Said(head, files).to_bytes(),
                wall_s=self.wall_s,
                environment=None if head["do"] == _TOKEN else confined.BARE,
            )
        try:
            said = Said.from_bytes(answer.said)
        except FrameBroken as error:
            raise TooLargeToSign() from error
        name = said.head.get("refused")
        if name:
            refusal: type[SigningRefused] = getattr(signing_refusals, name, SigningRefused)
            raise refusal(field=_FIELDS.get(name), **said.head["facts"])
        return said

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._free.acquire(timeout=WAIT_S):
            raise SigningBusy()
        try:
            yield
        finally:
            self._free.release()


def _prepared(said: Said) -> Prepared:
    return Prepared(said.files[0], said.head["digest"], said.head["gap_start"], said.head["gap_end"])
