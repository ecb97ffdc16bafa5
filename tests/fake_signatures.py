"""A stand-in that signs quickly: what it adds is one line that says field, name and time, and it believes its lines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from vctestimony.domain.signing import (
    FIELDS,
    Certificate,
    Covers,
    FoundSignature,
    Inspection,
    KeyFile,
    Order,
    Prepared,
    Signed,
    TokenPin,
    Verdict,
)
from vctestimony.domain.signing_refusals import NotAPdf, WrongPassphrase

MARK = b"\n%signed "
PASSPHRASE = "right"
GAP = b" " * 200


def certificate_of(name: str) -> Certificate:
    """The certificate of that name in these tests."""
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    return Certificate(name, "Test CA", sha256(name.encode()).hexdigest(), begins, begins + timedelta(days=700))


def key_of(name: str) -> KeyFile:
    """A key with which that name signs."""
    return KeyFile(name.encode(), PASSPHRASE)


@dataclass(frozen=True, slots=True)
class FakeSignatures:
    """Any bytes that begin like a PDF can be signed; a key is the name of its owner."""

    token: str = ""
    stamps: bool = False
    knows_issuers: bool = False

    def with_fields(self, content: bytes, fields: Sequence[str]) -> bytes:
        """The file as it is: everything has every field here."""
        if not content.startswith(b"%PDF-"):
            raise NotAPdf()
        return content

    def sign(self, content: bytes, order: Order, means: KeyFile | TokenPin) -> Signed:
        """One more line."""
        if isinstance(means, KeyFile) and means.passphrase != PASSPHRASE:
            raise WrongPassphrase(field="passphrase")
        name = means.content.decode() if isinstance(means, KeyFile) else self.token
        return Signed(content + _line(order.field, name, order.at), certificate_of(name))

    def prepare(self, content: bytes, order: Order) -> Prepared:
        """Room at the end."""
        start = len(content)
        whole = content + GAP
        return Prepared(whole, sha256(content).hexdigest(), start, len(whole))

    def complete(self, prepared: Prepared, made: bytes, *, at: datetime) -> Signed:
        """The line that was made, in the room."""
        line = made.ljust(len(GAP))
        return Signed(prepared.content[: prepared.gap_start] + line, certificate_of(_read(made)[0]["by"]))

    def inspect(self, content: bytes, *, now: datetime, moments: Mapping[str, datetime]) -> Inspection:
        """What the lines say."""
        found = tuple(
            FoundSignature(
                field=one["field"],
                verdict=Verdict.UNKNOWN_ISSUER,
                covers=Covers.WHOLE,
                certificate=certificate_of(one["by"]),
                claimed_at=datetime.fromisoformat(one["at"]),
            )
            for one in _read(content)
        )
        signed = {one.field for one in found}
        empty = tuple(field for field in FIELDS if field not in signed)
        return Inspection(signatures=found, empty=empty, knows_issuers=self.knows_issuers)


def _line(field: str, by: str, at: datetime) -> bytes:
    return MARK + json.dumps({"field": field, "by": by, "at": at.isoformat()}).encode()


def _read(content: bytes) -> list[dict[str, str]]:
    return [json.loads(piece.split(b"\n")[0]) for piece in content.split(MARK)[1:]]
