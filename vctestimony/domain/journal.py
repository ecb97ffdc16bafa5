"""The one place that binds journal entries to each other: canonical facts and the hash chain."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

GENESIS = "0" * 64
PATIENCE = timedelta(minutes=5)
"""What reads its clock and then waits for others to finish writing comes after them with an earlier time; so far back
that is nobody's clock."""
MOST_TOLD = 10


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


@dataclass(frozen=True, slots=True)
class SetBack:
    """An entry that bears an earlier time than the one before it: the clock was set back in between."""

    number: int
    at: datetime
    before: datetime


@dataclass(frozen=True, slots=True)
class Examined:
    """How many entries hold, the first break if there is one, and where the clock was set back: how often, and the
    first places. That is no break: nothing was changed."""

    count: int
    broken: Break | None
    times_set_back: int
    set_back: tuple[SetBack, ...]


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
    found = examined(entries)
    return found.count, found.broken


def examined(entries: Iterable[Entry]) -> Examined:
    """The same, and where the time runs backwards: the order of the numbers stands, whatever the clock said."""
    number, previous, latest = 0, GENESIS, None
    set_back: list[SetBack] = []
    times = 0
    for entry in entries:
        problem = _problem(entry, number=number, previous=previous)
        if problem is not None:
            return Examined(number, problem, times, tuple(set_back))
        if latest is not None and latest - entry.at > PATIENCE:
            times += 1
            if times <= MOST_TOLD:
                set_back.append(SetBack(entry.number, at=entry.at, before=latest))
        number, previous, latest = entry.number, entry.hash, entry.at
    return Examined(number, None, times, tuple(set_back))


def _problem(entry: Entry, *, number: int, previous: str) -> Break | None:
    """How the entry fails to follow the one with that number and hash."""
    if entry.number != number + 1:
        return Break(number + 1, f"entry {number + 1} is missing; the next one found is {entry.number}")
    if entry.previous_hash != previous:
        return Break(entry.number, f"entry {entry.number} does not follow the one before it")
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
        return Break(entry.number, f"entry {entry.number} was changed after it was written")
    return None
