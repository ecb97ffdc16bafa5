"""What the wire of the run sheet shows: the mark of its state, how entries came, what was refused, the kept sheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.devices import moved_by
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import FIRST_YEAR, LAST_YEAR, Reading
from vctestimony.domain.live_log import SKEW_SAID, UNKNOWN_KIND, is_told
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks
from vctestimony.services.access import hearing_for
from vctestimony.services.day_keys import ButtonView, groups
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import is_court
from vctestimony.store import live_log as store
from vctestimony.store.models import HearingRow, LogRemarkRow, LogRow

MOST_SHOWN = 50
"""So many refused entries stand on one page, the newest of them."""
OF_NO_KIND = N_("Entry of the log")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a page compares itself with; it changes with everything that the run sheet shows."""

    text: str
    state: State


@dataclass(frozen=True, slots=True)
class Told:
    """How an entry came from a device: what its clock showed, by how much that was put right, when it arrived.

    `seconds` is positive where the clock was behind; `said` is None where the clock was near enough.
    """

    said: BothClocks | None
    seconds: int
    came: BothClocks


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkView:
    """One entry that was refused, and the sentence that says why; `happened` is what the device said, put right."""

    kind: str
    label: str
    sentence: str
    answers: tuple[tuple[str, str], ...]
    note: str
    clock: str
    who: str
    happened: BothClocks | None
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptView:
    """The run sheet as a device keeps it: buttons, and nothing of what was said or of whom, but the pseudonym."""

    reference: str
    case_number: str
    pseudonym: str
    state: State
    groups: tuple[tuple[str, tuple[ButtonView, ...]], ...]
    zones: tuple[tuple[str, str], ...]
    written: tuple[Reading, ...]


def mark(unit: Unit, reference: str, *, by: Actor) -> Mark:
    """The mark of a hearing for somebody who conducts it."""
    hearing = hearing_for(unit, reference, by=by, action=Action.CONDUCT)
    text = sha256(repr(store.marks(unit.session, hearing)).encode()).hexdigest()[:20]
    return Mark(text, hearing.state)


def told(hearing: HearingRow, row: LogRow) -> Told | None:
    """How the entry came; None where it was written on the page, or by a device with a right clock at once."""
    came_late = row.client_key is not None and row.said_at is not None
    if not came_late or not is_told(row.skew_seconds, happened_at=row.happened_at, came_at=row.written_at):
        return None
    is_off = abs(row.skew_seconds) >= SKEW_SAID
    return Told(
        said=_readable(hearing, row.said_at) if is_off else None,
        seconds=row.skew_seconds if is_off else 0,
        came=hearing_clocks.both(hearing, row.written_at),
    )


def remarks(unit: Unit, reference: str, *, language: str, by: Actor) -> tuple[RemarkView, ...]:
    """What was refused, the newest first, for whoever conducts the hearing."""
    hearing = hearing_for(unit, reference, by=by, action=Action.CONDUCT)

    def word(text: str) -> str:
        return unit.ports.words.gettext(language, text)

    rows = store.remarks(unit.session, hearing.id, most=MOST_SHOWN)
    return tuple(_remark(hearing, row, word=word) for row in rows)


def kept(unit: Unit, reference: str, *, by: Actor) -> KeptView:
    """The sheet that a device keeps for when there is no network."""
    hearing = hearing_for(unit, reference, by=by, action=Action.CONDUCT)
    court = is_court(hearing, by)
    now = hearing_clocks.both(hearing, unit.now)
    return KeptView(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        state=hearing.state,
        groups=groups((), hearing.state, court=court),
        zones=tuple(dict.fromkeys((post.zone, post.city) for post in (hearing.court, hearing.remote))),
        written=(now.own.reading, now.other.reading),
    )


def in_words(text: str, facts: Mapping[str, str], *, word: Callable[[str], str]) -> str:
    """A refusal as it was kept, in the reader's language: the names of entries in it too."""
    return word(text).format(**{name: word(value) if value else value for name, value in facts.items()})


def _remark(hearing: HearingRow, row: LogRemarkRow, *, word: Callable[[str], str]) -> RemarkView:
    happened_at = moved_by(row.said_at, timedelta(seconds=row.skew_seconds))
    is_off = abs(row.skew_seconds) >= SKEW_SAID
    label, answers = _answers(row, word=word)
    return RemarkView(
        kind=row.kind,
        label=label,
        sentence=in_words(row.text, row.facts, word=word),
        answers=answers,
        note=row.note,
        clock=row.clock,
        who=row.by,
        happened=_readable(hearing, happened_at),
        told=Told(
            said=_readable(hearing, row.said_at) if is_off else None,
            seconds=row.skew_seconds if is_off else 0,
            came=hearing_clocks.both(hearing, row.received_at),
        ),
    )


def _readable(hearing: HearingRow, at: datetime | None) -> BothClocks | None:
    """An instant on both clocks; None for one that no clock of ours can show."""
    return hearing_clocks.both(hearing, at) if at is not None and FIRST_YEAR < at.year < LAST_YEAR else None


def _answers(row: LogRemarkRow, *, word: Callable[[str], str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The kind and the answers in the reader's language, and the answers as they came where no entry has such."""
    if row.kind == UNKNOWN_KIND:
        return word(OF_NO_KIND), tuple(row.answers.items())
    entry = ENTRIES[Kind(row.kind)]
    asked = {one.name: one for one in entry.asks}
    pairs = (
        (word(asked[name].label), word(asked[name].choices.get(value, value))) if name in asked else (name, value)
        for name, value in row.answers.items()
    )
    return word(entry.label), tuple(pairs)
