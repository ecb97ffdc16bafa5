"""The one place that reads retention.toml, the schedule of what is kept for how long, and checks it.

The file lies in the package beside this module. Wrong data deletes nothing: `FAULTS` says key and reason, the
application does not start (composition.py), and `flask check` says it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from vctestimony.domain.shipped import shipped
from vctestimony.domain.wording import N_

FILE = "retention.toml"
MOST_DAYS = 36525


class Held(StrEnum):
    """A kind of data that is held."""

    MAIL_BODIES = "mail_bodies"
    TRIES = "tries"
    SESSIONS = "sessions"
    FORM_KEYS = "form_keys"
    LINKS = "links"
    FIELD_LINKS = "field_links"
    ACCOUNT_LINKS = "account_links"
    FEEDS = "feeds"
    INBOUND = "inbound"
    BUSY_TIMES = "busy_times"
    DRAFTS = "drafts"
    BUNDLES = "bundles"
    JOINING = "joining"
    JOINING_CODES = "joining_codes"
    NOTICES = "notices"
    IDENTITY = "identity"
    EVIDENCE = "evidence"
    REDACTED = "redacted"
    FORMER = "former"
    CASEWORK = "casework"
    SEALED_RECORDS = "sealed_records"
    JOURNAL = "journal"
    NUMBERS = "numbers"


class Fate(StrEnum):
    """What becomes of it."""

    WIPED = "wiped"
    DELETED = "deleted"
    LAPSES = "lapses"
    KEY_DESTROYED = "key_destroyed"
    ANONYMISED = "anonymised"
    KEPT = "kept"


class Hand(StrEnum):
    """By whose hand that happens."""

    SERVICE = "service"
    ORDER = "order"
    ADMINISTRATOR = "administrator"
    NOBODY = "nobody"


FATE_LABELS: dict[Fate, str] = {
    Fate.WIPED: N_("what it says is wiped"),
    Fate.DELETED: N_("deleted"),
    Fate.LAPSES: N_("opens nothing any more"),
    Fate.KEY_DESTROYED: N_("the key that opens it is destroyed"),
    Fate.ANONYMISED: N_("name and addresses are replaced"),
    Fate.KEPT: N_("kept"),
}
HAND_LABELS: dict[Hand, str] = {
    Hand.SERVICE: N_("by the service itself, once a day"),
    Hand.ORDER: N_("by order of the court only, never by itself"),
    Hand.ADMINISTRATOR: N_("by an administrator, one person at a time"),
    Hand.NOBODY: N_("by nobody"),
}
_NEVER_BY_ITSELF = frozenset({Held.IDENTITY, Held.EVIDENCE, Held.REDACTED, Held.CASEWORK, Held.SEALED_RECORDS})
_NEVER = frozenset({Held.JOURNAL, Held.NUMBERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the schedule; texts are marked (retention_words.py). `days` is None where no day ends it."""

    held: Held
    what: str
    after: str
    days: int | None
    fate: Fate
    hand: Hand
    basis: str
    is_own: bool = False
    """Whether the court set the days."""

    @property
    def lasts(self) -> timedelta:
        """For how long it is kept after its event."""
        if self.days is None:
            raise LookupError(f"{self.held} has no days")
        return timedelta(days=self.days)

    def until(self, now: datetime) -> datetime:
        """What happened up to this instant is due now."""
        return now - self.lasts

    def is_due(self, event_at: datetime, *, now: datetime) -> bool:
        """Whether its time is over; at the very instant it is."""
        return event_at <= self.until(now)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the file, and under which key."""

    key: str
    reason: str

    def __str__(self) -> str:
        return f"{FILE}: {self.key}: {self.reason}"


def read_schedule(text: str) -> tuple[Mapping[Held, Rule], tuple[Fault, ...]]:
    """The rules in the text by kind, and everything that is wrong; none where anything is.

    >>> rules, faults = read_schedule("[tries]\\ndays = 0")
    >>> str(faults[0]), rules
    ('retention.toml: tries: what, fate, hand and basis must be there', {})
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, (Fault("the file", str(error)),)
    faults = [Fault(name, "no such kind") for name in data if name not in set(Held)]
    faults += [Fault(held, "the kind is missing") for held in Held if held not in data]
    known = {Held(name): row for name, row in data.items() if name in set(Held)}
    unread = {held: list(_unreadable(held, row)) for held, row in known.items()}
    rules = {held: _rule(held, known[held]) for held, found in unread.items() if not found}
    faults = [fault for found in unread.values() for fault in found] + faults
    faults += [fault for rule in rules.values() for fault in _unfit(rule)]
    return ({} if faults else rules), tuple(faults)


def _unreadable(held: Held, row: object) -> Iterator[Fault]:
    if not isinstance(row, dict):
        yield Fault(held, "not a table")
        return
    needed = ("what", "fate", "hand", "basis")
    if any(not isinstance(row.get(name), str) or not row[name].strip() for name in needed):
        yield Fault(held, "what, fate, hand and basis must be there")
        return
    yield from (Fault(f"{held}.{name}", "no such key") for name in row if name not in {*needed, "after", "days"})
    if row["fate"] not in set(Fate):
        yield Fault(f"{held}.fate", f"no such fate: {row['fate']}")
    if row["hand"] not in set(Hand):
        yield Fault(f"{held}.hand", f"no such hand: {row['hand']}")
    days = row.get("days")
    if days is not None and (type(days) is not int or not 1 <= days <= MOST_DAYS):
        yield Fault(f"{held}.days", f"a whole number from 1 to {MOST_DAYS} is wanted")


def _rule(held: Held, row: Mapping[str, Any]) -> Rule:
    return Rule(
        held=held,
        what=row["what"],
        after=row.get("after", ""),
        days=row.get("days"),
        fate=Fate(row["fate"]),
        hand=Hand(row["hand"]),
        basis=row["basis"],
    )


def _unfit(rule: Rule) -> Iterator[Fault]:
    """What no schedule may say: the service never destroys what is the court's, and nobody touches the journal."""
    if rule.hand is Hand.SERVICE and (rule.days is None or not rule.after):
        yield Fault(rule.held, "what the service does by itself needs days and the event after which they count")
    if rule.fate is Fate.KEPT and rule.days is not None:
        yield Fault(f"{rule.held}.days", "what is kept has no days")
    if rule.held in _NEVER_BY_ITSELF and rule.hand is not Hand.ORDER:
        yield Fault(f"{rule.held}.hand", "this is the court's: it goes by order only")
    if rule.held in _NEVER and (rule.fate, rule.hand) != (Fate.KEPT, Hand.NOBODY):
        yield Fault(rule.held, "this is never taken away")


SCHEDULE, FAULTS = read_schedule(shipped(FILE))


def with_days(text: str) -> tuple[Mapping[Held, Rule], tuple[Fault, ...]]:
    """The schedule with the days that a court set for some kinds, and everything that is wrong with them.

    >>> rules, faults = with_days("[tries]\\ndays = 14")
    >>> rules[Held.TRIES].days, rules[Held.TRIES].is_own, faults
    (14, True, ())
    >>> str(with_days("[journal]\\ndays = 14")[1][0])
    'retention.toml: journal: no days can be set for it'
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, (Fault("the file", str(error)),)
    faults = [fault for name, row in data.items() for fault in _unfit_days(name, row)]
    if faults:
        return {}, tuple(faults)
    own = {held: replace(rule, days=data[held]["days"], is_own=True) for held, rule in SCHEDULE.items() if held in data}
    return {**SCHEDULE, **own}, ()


def _unfit_days(name: str, row: object) -> Iterator[Fault]:
    if name not in set(Held):
        yield Fault(name, "no such kind")
    elif not isinstance(row, dict) or set(row) != {"days"}:
        yield Fault(name, "days and nothing else can be set")
    elif SCHEDULE[Held(name)].days is None:
        yield Fault(name, "no days can be set for it")
    elif type(row["days"]) is not int or not 1 <= row["days"] <= MOST_DAYS:
        yield Fault(f"{name}.days", f"a whole number from 1 to {MOST_DAYS} is wanted")
