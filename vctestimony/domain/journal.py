"""The one place that binds journal entries to each other: canonical facts and the hash chain."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done. `number` counts from 1 without gaps; `facts` is canonical JSON."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    facts: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold, and how."""

    number: int
    problem: str


def canonical(facts: Mapping[str, object]) -> str:
    """Facts as text that is the same for the same facts.

    >>> canonical({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return json.dumps(dict(facts), sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def entry_hash(
    *, previous_hash: str, number: int, at: datetime, actor: str, action: str, subject: str, facts: str
) -> str:
    """SHA-256 over the previous hash and every field of this entry, each preceded by its length."""
    return hash_over((previous_hash, str(number), at.isoformat(), actor, action, subject, facts))


def hash_over(fields: Iterable[str]) -> str:
    """The same over fields that are text already, in that order."""
    digest = hashlib.sha256()
    for field in fields:
        raw = field.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()


def walk(entries: Iterable[Entry]) -> tuple[int, Break | None]:
    """Count the entries and find the first break: a missing, reordered or changed one. Memory does not grow."""
    number, previous = 0, GENESIS
    for entry in entries:
        if entry.number != number + 1:
            return number, Break(number + 1, f"entry {number + 1} is missing; the next one found is {entry.number}")
        if entry.previous_hash != previous:
            return number, Break(entry.number, f"entry {entry.number} does not follow the one before it")
        right = entry_hash(
            previous_hash=previous,
            number=entry.number,
            at=entry.at,
            actor=entry.actor,
            action=entry.action,
            subject=entry.subject,
            facts=entry.facts,
        )
        if entry.hash != right:
            return number, Break(entry.number, f"entry {entry.number} was changed after it was written")
        number, previous = entry.number, entry.hash
    return number, None
