"""The one place for what the service and a signing process say to each other: a head of plain facts, and files."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from vctestimony.adapters.pdf_frames import read_frame, write_frame
from vctestimony.domain.signing import Certificate, Covers, FoundSignature, Inspection, Order, Stamp, Verdict


@dataclass(frozen=True, slots=True)
class Said:
    """One question or one answer. Files may hold keys and passphrases: nothing here is ever printed."""

    head: Mapping[str, Any] = field(repr=False)
    files: tuple[bytes, ...] = field(default=(), repr=False)

    def to_bytes(self) -> bytes:
        stream = io.BytesIO()
        write_frame(stream, json.dumps({**self.head, "files": len(self.files)}).encode())
        for one in self.files:
            write_frame(stream, one)
        return stream.getvalue()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Said":
        """What was said, or FrameBroken."""
        stream = io.BytesIO(raw)
        head = json.loads(read_frame(stream))
        return cls(head, tuple(read_frame(stream) for _ in range(head["files"])))


def order_head(order: Order) -> dict[str, Any]:
    """What is to be signed, as plain facts."""
    return {
        "field": order.field,
        "certifies": order.certifies,
        "at": order.at.isoformat(),
        "reason": order.reason,
        "place": order.place,
    }


def certificate_head(found: Certificate) -> dict[str, Any]:
    """A certificate as plain facts."""
    return {
        "name": found.name,
        "issuer": found.issuer,
        "sha256": found.sha256,
        "begins_at": found.begins_at.isoformat(),
        "ends_at": found.ends_at.isoformat(),
    }


def certificate_from(head: Mapping[str, Any]) -> Certificate:
    """The certificate again."""
    begins_at, ends_at = (datetime.fromisoformat(head[name]) for name in ("begins_at", "ends_at"))
    return Certificate(head["name"], head["issuer"], head["sha256"], begins_at, ends_at)


def found_head(found: FoundSignature) -> dict[str, Any]:
    """A signature as plain facts."""
    stamp = found.stamp
    return {
        "field": found.field,
        "verdict": found.verdict.value,
        "covers": found.covers.value,
        "certificate": certificate_head(found.certificate) if found.certificate else None,
        "claimed_at": found.claimed_at.isoformat() if found.claimed_at else None,
        "stamp": {"at": stamp.at.isoformat(), "by": stamp.by, "trusted": stamp.trusted} if stamp else None,
    }


def inspection_from(head: Mapping[str, Any]) -> Inspection:
    """What was found in a file."""
    return Inspection(
        signatures=tuple(_found_from(one) for one in head["signatures"]),
        empty=tuple(head["empty"]),
        knows_issuers=head["knows_issuers"],
    )


def _found_from(head: Mapping[str, Any]) -> FoundSignature:
    stamp = head["stamp"]
    return FoundSignature(
        field=head["field"],
        verdict=Verdict(head["verdict"]),
        covers=Covers(head["covers"]),
        certificate=certificate_from(head["certificate"]) if head["certificate"] else None,
        claimed_at=datetime.fromisoformat(head["claimed_at"]) if head["claimed_at"] else None,
        stamp=Stamp(at=datetime.fromisoformat(stamp["at"]), by=stamp["by"], trusted=stamp["trusted"])
        if stamp
        else None,
    )
