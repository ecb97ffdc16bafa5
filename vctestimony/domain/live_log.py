"""The one place for entries of the log that a device kept: what it sends, its clock put right, what became of each.

A run sheet keeps what is pressed while there is no network and sends it later, each with an id of its own, so that
sending once more after a lost reply never counts twice. The clock of the device is its own: the difference is measured
when it sends, noted with the entry, and taken off.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from vctestimony.domain import entered
from vctestimony.domain.devices import is_key, moved_by, said_instant
from vctestimony.domain.errors import Conflict, Invalid, NotAllowed
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.kinds import Answer, Kind
from vctestimony.domain.wording import N_

MOST_ENTRIES, LARGEST_SENDING = 50, 1024 * 1024
LONGEST_LINE, LONGEST_TEXT, LONGEST_NOTE = 300, 5000, 1000
CLOCK_LOST = timedelta(hours=12)
"""A clock further off than this is no clock: it says how long ago nothing is."""
AT_ONCE = timedelta(minutes=1)
"""What was sent so soon after it was made happened now, whatever the clock of the device says."""
SKEW_SAID, LATE_SAID = 10, timedelta(seconds=30)
"""Seconds that a clock is off, and how late an entry comes, from which on it is said beside the entry."""
UNKNOWN_KIND = "unknown"
_MOST_ANSWERS, _LONGEST_WORD = 30, 40


class Outcome(StrEnum):
    """What became of an entry that was sent."""

    WRITTEN = "written"
    SAME = "same"
    REFUSED = "refused"


class Unreadable(Invalid):
    """What was sent is not what our page sends."""

    text = N_("This cannot be read. Nothing was written; open the run sheet again and send from there.")


class TooMany(Invalid):
    """More than one sending may hold."""

    text = N_("{count} entries came at once; at most {most} are taken. Nothing was written.")


class NoSuchKind(Invalid):
    """No button of the run sheet writes this."""

    text = N_("The run sheet has no entry of this kind. Write a note instead, with what happened.")


class ClockLost(Invalid):
    """Nobody can tell from such a clock when it happened."""

    text = N_(
        "The clock of the device is off by more than {hours} hours, so nobody can tell when this happened. Set the "
        "clock, and write the entry again with its time."
    )


class NoLongerOn(NotAllowed):
    """Whoever was taken off a hearing writes nothing into its log any more."""

    text = N_(
        "Whoever sent this is no longer named in this hearing. The coordinator of the court sees it; please call."
    )


class Flooded(Conflict):
    """So much of one person's was refused that no more of it is kept."""

    text = N_("Too much of what you sent could not be written. Write it on paper and call the coordinator.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentEntry:
    """One entry as it was sent. `said_at` is by the device's clock; `clock` a time that the person typed, or empty."""

    key: str
    kind: str
    said_at: datetime
    clock: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything in it that somebody can have typed; nothing for what one press wrote."""
        given = {name: value for name, value in self.answers.items() if value.strip()}
        kind = "" if self.kind in set(Kind) else self.kind
        return tuple(text for text in (kind, self.clock, self.note, *given, *given.values()) if text)


@dataclass(frozen=True, slots=True)
class Sending:
    """Entries in their order, and when the device says that it sent them."""

    sent_at: datetime
    entries: tuple[SentEntry, ...]


@dataclass(frozen=True, slots=True)
class Once:
    """How an entry came: its id, what the device said, by how much that was put right, and to what.

    `said_at` and `done_at` are None where the person typed the time.
    """

    key: str
    said_at: datetime | None
    skew_seconds: int
    done_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """The same entry as the log takes it. `at_wall` where the person typed the time, else `done_at`."""

    kind: Kind
    answers: Mapping[str, str]
    note: str
    at_wall: time | None
    done_at: datetime | None


def read_sending(sent: object) -> Sending:
    """What a page of ours sent, or Unreadable or TooMany.

    >>> read_sending({"sent": "2026-09-14T05:30:00.000Z", "entries": []}).entries
    ()
    """
    if not isinstance(sent, dict) or not isinstance(sent.get("entries"), list):
        raise Unreadable()
    if len(sent["entries"]) > MOST_ENTRIES:
        raise TooMany(count=len(sent["entries"]), most=MOST_ENTRIES)
    return Sending(_instant(sent.get("sent")), tuple(_entry(one) for one in sent["entries"]))


def read_entry(sent: SentEntry, *, sent_at: datetime, skew: timedelta) -> ReadEntry:
    """The entry with its kind, its answers and its time; an Invalid says what of them cannot be used."""
    kind = kind_of(sent.kind)
    at_wall = entered.clock(sent.clock) if sent.clock.strip() else None
    return ReadEntry(
        kind=kind,
        answers=_answers(kind, sent.answers),
        note=entered.line(sent.note, limit=LONGEST_NOTE),
        at_wall=at_wall,
        done_at=None if at_wall else put_right(sent.said_at, sent_at=sent_at, skew=skew),
    )


def kind_of(text: str) -> Kind:
    """A kind that has a button of its own; NoSuchKind for any other."""
    found = next((kind for kind in Kind if kind.value == text and ENTRIES[kind].key), None)
    if found is None:
        raise NoSuchKind()
    return found


def put_right(said_at: datetime, *, sent_at: datetime, skew: timedelta) -> datetime:
    """When it happened by a right clock, or ClockLost.

    A clock that is off by a day is still good for what was sent at once.
    """
    done_at = moved_by(said_at, skew)
    is_at_once = timedelta() <= sent_at - said_at <= AT_ONCE
    if done_at is None or (abs(skew) > CLOCK_LOST and not is_at_once):
        raise ClockLost(hours=CLOCK_LOST // timedelta(hours=1))
    return done_at


def is_told(skew_seconds: int, *, happened_at: datetime, came_at: datetime) -> bool:
    """Whether it is said beside an entry when it came and what the device's clock showed."""
    return abs(skew_seconds) >= SKEW_SAID or came_at - happened_at >= LATE_SAID


def kept_kind(text: str) -> str:
    """The kind of a refused entry as it can be kept and journalled: never what a sender made up, which can be a name.

    >>> kept_kind("link_lost"), kept_kind("her name")
    ('link_lost', 'unknown')
    """
    return text if text in set(Kind) else UNKNOWN_KIND


def kept_text(text: str) -> str:
    """A refused text as it can be kept: what cannot be printed becomes a blank, and too long an end is cut.

    >>> kept_text("one\u202e two")
    'one  two'
    """
    return "".join(one if one.isprintable() or one == "\n" else " " for one in text)[:LONGEST_TEXT].strip()


def _answers(kind: Kind, answers: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for asked in ENTRIES[kind].asks:
        text = answers.get(asked.name, "")
        try:
            if asked.answer is Answer.TEXT:
                found[asked.name] = entered.paragraphs(text, limit=LONGEST_TEXT)
            else:
                found[asked.name] = entered.line(text, limit=LONGEST_LINE)
        except Invalid as refusal:
            refusal.field = asked.name
            raise
    return found


def _entry(sent: object) -> SentEntry:
    if not isinstance(sent, dict):
        raise Unreadable()
    key, kind, clock, note = (sent.get(name) for name in ("id", "kind", "clock", "note"))
    if not (is_key(key) and isinstance(kind, str) and isinstance(clock, str) and isinstance(note, str)):
        raise Unreadable()
    answers = sent.get("answers")
    if not isinstance(answers, dict) or len(answers) > _MOST_ANSWERS or not _are_words(kind, *answers):
        raise Unreadable()
    if not all(isinstance(value, str) for value in answers.values()):
        raise Unreadable()
    return SentEntry(
        key=str(key), kind=kind, said_at=_instant(sent.get("at")), clock=clock, answers=dict(answers), note=note
    )


def _are_words(*names: str) -> bool:
    return all(name.isascii() and name.isprintable() and len(name) <= _LONGEST_WORD for name in names)


def _instant(text: object) -> datetime:
    found = said_instant(text)
    if found is None:
        raise Unreadable()
    return found
