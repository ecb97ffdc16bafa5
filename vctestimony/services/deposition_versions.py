"""The use-cases of looking back: every state of a line, and what differs between two moments of the deposition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.record.differing import Run, difference, merged
from vctestimony.domain.record.speech import STAGE_LABELS, TONGUE_LABELS, Stage, Tongue
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks
from vctestimony.services.access import hearing_for
from vctestimony.services.deposition_fixing import said
from vctestimony.services.deposition_keeping import Done
from vctestimony.services.deposition_lines import LineView
from vctestimony.services.unit import Unit
from vctestimony.store import depositions as store
from vctestimony.store.models import DepositionVersionRow, HearingRow

DONE_LABELS: dict[Done, str] = {
    Done.WRITTEN: N_("Taken down"),
    Done.REVISED: N_("Corrected"),
    Done.STRUCK: N_("Struck out"),
    Done.MOVED: N_("Moved"),
}
FIELD_LABELS: dict[str, str] = {
    "stage": N_("Stage"),
    "speaker": N_("Who asks, or tells the passage"),
    "question": N_("Question"),
    "question_language": N_("Language of the question"),
    "question_translation": N_("Translation of the question"),
    "answer": N_("Answer, or passage"),
    "answer_language": N_("Language of the answer"),
    "answer_translation": N_("Translation of the answer"),
    "translation_language": N_("Language of the translation"),
    "translated_by": N_("Translated by"),
    "exhibits": N_("Exhibit marks"),
    "spoken_at": N_("Said at"),
}
MERGED = ("question", "question_translation", "answer", "answer_translation", "exhibits")
_LANGUAGES = frozenset({"question_language", "answer_language", "translation_language"})


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """What differs in one field; the label is marked with N_."""

    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """One state of a line: what was done, by whom, when, and what differs from the state before.

    `place` is its number after it was moved, else 0.
    """

    label: str
    by: str
    written: BothClocks
    change: int
    differences: tuple[FieldDifference, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment between which and another the deposition can be compared: the number of the last change made then."""

    change: int
    by: str
    written: BothClocks


@dataclass(frozen=True, slots=True)
class LineDifference:
    """What happened to one line between two moments; a number is 0 where the line was not there."""

    label: str
    before: int
    after: int
    differences: tuple[FieldDifference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The deposition at two moments; only lines that differ."""

    reference: str
    moments: tuple[Moment, ...]
    first: int
    last: int
    lines: tuple[LineDifference, ...]
    same: int


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed: theirs as it stands, and both changes together where that is possible."""

    name: str
    label: str
    mine: str
    theirs: str
    runs: tuple[Run, ...]
    joined: str | None


def of_line(unit: Unit, reference: str, number: int, *, by: Actor) -> tuple[VersionView, ...]:
    """Every state of the line that has this number now, the first first."""
    hearing = hearing_for(unit, reference, by=by, action=Action.READ_RECORD)
    row = next((one for one in _standing(unit, hearing, _last(unit, hearing)) if one[0] == number), None)
    if row is None:
        raise Absent()
    rows = store.versions_of(unit.session, hearing_id=hearing.id, ordinal=row[1].ordinal)
    before: dict[str, str] = {}
    found = []
    for one in rows:
        content = _content(unit, hearing, one, by=by)
        found.append(
            VersionView(
                label=DONE_LABELS[Done(one.done)],
                by=one.by,
                written=hearing_clocks.both(hearing, one.written_at),
                change=one.change,
                differences=_differences(before, content),
                place=one.number if one.done == Done.MOVED else 0,
            )
        )
        before = content
    return tuple(found)


def compare(unit: Unit, reference: str, *, first: int, last: int | None, by: Actor) -> Comparison:
    """What differs between two moments; from the first one where none is named, until now where no last one is."""
    hearing = hearing_for(unit, reference, by=by, action=Action.READ_RECORD)
    newest = _last(unit, hearing)
    last = newest if last is None else min(max(last, 0), newest)
    first = _first(unit, hearing) if first < 0 else min(first, newest)
    old = {row.ordinal: (number, row) for number, row in _standing(unit, hearing, first)}
    new = {row.ordinal: (number, row) for number, row in _standing(unit, hearing, last)}
    moved = {row.ordinal for row in store.changes(unit.session, hearing.id, after=first, until=last) if _is_move(row)}
    lines, same = [], 0
    for ordinal in sorted({*old, *new}, key=lambda one: (new.get(one) or old[one])[0]):
        before, after = old.get(ordinal), new.get(ordinal)
        stayed = ordinal not in moved or (before and after and before[0] == after[0])
        if before and after and before[1].content == after[1].content and stayed:
            same += 1
            continue
        lines.append(_line(unit, hearing, before, after, by=by))
    moments = tuple(
        Moment(change, who, hearing_clocks.both(hearing, at))
        for change, at, who in store.moments(unit.session, hearing.id)
    )
    return Comparison(reference, moments, first, last, tuple(lines), same)


def clashes(
    unit: Unit, reference: str, line: LineView, *, mine: dict[str, str], opened_version: int, by: Actor
) -> tuple[Clash, ...]:
    """The texts in which somebody's change and the stored line differ, with both joined where they do not touch."""
    hearing = hearing_for(unit, reference, by=by, action=Action.TRANSCRIBE)
    base = store.version(unit.session, hearing_id=hearing.id, ordinal=line.ordinal, line_version=opened_version)
    known = base.content if base is not None else {}
    found = []
    for name in MERGED:
        theirs, ours = str(getattr(line, name)), mine.get(name, "").replace("\r\n", "\n")
        joined = merged(str(known.get(name, "")), ours, theirs) if base is not None else None
        found.append(Clash(name, FIELD_LABELS[name], ours, theirs, difference(theirs, ours), joined))
    return tuple(found) if any(one.mine != one.theirs for one in found) else ()


def _first(unit: Unit, hearing: HearingRow) -> int:
    return next((change for change, _, _ in store.moments(unit.session, hearing.id)), 0)


def _last(unit: Unit, hearing: HearingRow) -> int:
    return store.last_change(unit.session, hearing.id)


def _standing(unit: Unit, hearing: HearingRow, change: int) -> list[tuple[int, DepositionVersionRow]]:
    """The lines that stood after that change, each with the number it had then: every change done once more."""
    latest: dict[int, DepositionVersionRow] = {}
    places: list[int] = []
    for row in store.changes(unit.session, hearing.id, until=change):
        if row.ordinal in latest and row.done in (Done.STRUCK, Done.MOVED):
            places.remove(row.ordinal)
        if row.ordinal not in latest or row.done == Done.MOVED:
            places.insert(row.number - 1, row.ordinal)
        latest[row.ordinal] = row
    return [(number, latest[ordinal]) for number, ordinal in enumerate(places, start=1)]


def _is_move(row: DepositionVersionRow) -> bool:
    return row.done == Done.MOVED


def _line(
    unit: Unit,
    hearing: HearingRow,
    before: tuple[int, DepositionVersionRow] | None,
    after: tuple[int, DepositionVersionRow] | None,
    *,
    by: Actor,
) -> LineDifference:
    done = Done.WRITTEN if before is None else Done.STRUCK if after is None else Done.REVISED
    if before and after and before[1].content == after[1].content:
        done = Done.MOVED
    old = _content(unit, hearing, before[1], by=by) if before else {}
    new = _content(unit, hearing, after[1], by=by) if after else {}
    return LineDifference(
        DONE_LABELS[done], before[0] if before else 0, after[0] if after else 0, _differences(old, new)
    )


def _differences(before: dict[str, str], after: dict[str, str]) -> tuple[FieldDifference, ...]:
    names: Iterable[str] = (name for name in FIELD_LABELS if before.get(name, "") != after.get(name, ""))
    return tuple(
        FieldDifference(FIELD_LABELS[name], difference(before.get(name, ""), after.get(name, ""))) for name in names
    )


def _content(unit: Unit, hearing: HearingRow, row: DepositionVersionRow, *, by: Actor) -> dict[str, str]:
    """The kept fields in words of the reader's language; a line that was struck out has none any more."""
    if row.done == Done.STRUCK:
        return {}
    return {name: _said(unit, hearing, name, str(value), by=by) for name, value in row.content.items() if value}


def _said(unit: Unit, hearing: HearingRow, name: str, value: str, *, by: Actor) -> str:
    def word(text: str) -> str:
        return unit.ports.words.gettext(by.language, text)

    if name == "stage":
        return word(STAGE_LABELS[Stage(value)])
    if name == "speaker":
        return word(DUTY_LABELS[Duty(value)])
    if name in _LANGUAGES:
        return word(TONGUE_LABELS[Tongue(value)])
    if name == "spoken_at":
        return said(unit, hearing, datetime.fromisoformat(value), language=by.language)
    return value
