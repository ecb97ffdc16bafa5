"""What the forms of the log show: the questions of one kind of entry, a correction, the passing of a gate."""

from collections.abc import Mapping
from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.hearing import End
from vctestimony.domain.record.entries import ENTRIES, sentence
from vctestimony.domain.record.gate_names import GateKey
from vctestimony.domain.record.gates import GateState
from vctestimony.domain.record.kinds import Entry, Kind
from vctestimony.domain.record.waiting import WAITING
from vctestimony.services import hearing_clocks, logbook
from vctestimony.services.access import hearing_for
from vctestimony.services.day_steps import StepView, holding, steps_of
from vctestimony.services.day_views import EntryView, city_of, entries_of
from vctestimony.services.record_values import named_at
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import is_court
from vctestimony.store.models import HearingRow

_PREFILLED: Mapping[Kind, End] = {
    Kind.PRESENCE_COURT: End.COURT,
    Kind.PRESENCE_REMOTE: End.REMOTE,
    Kind.ROOM_SWEPT: End.REMOTE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskView:
    """The form of one entry; `filled` stands in its fields at first. `held` must be settled or passed before it.

    `waiting`: the entries that this one can be on, by number, with their words.
    """

    reference: str
    case_number: str
    pseudonym: str
    kind: Kind
    entry: Entry
    filled: dict[str, str]
    at: str
    own_city: str
    corrected: EntryView | None
    held: tuple[StepView, ...]
    waiting: tuple[tuple[int, str], ...]
    zones: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassView:
    """The form by which the presiding officer passes an open gate; for everybody else, who can."""

    reference: str
    case_number: str
    pseudonym: str
    step: StepView
    zones: tuple[tuple[str, str], ...]


def ask(unit: Unit, reference: str, kind: Kind, *, language: str, by: Actor) -> AskView:
    """The form of one kind of entry, its time already set to this minute on the person's own clock."""
    hearing = hearing_for(unit, reference, by=by, action=Action.CONDUCT)
    end = _PREFILLED.get(kind)

    def word(text: str) -> str:
        return unit.ports.words.gettext(language, text)

    filled = {"persons": named_at(hearing, end, word=word)} if end else {}
    held = holding(unit, hearing, kind, language=language, by=by)
    waiting = _waiting(unit, hearing, kind, language=language)
    if len(waiting) == 1:
        filled["of"] = str(waiting[0][0])
    return _ask(unit, hearing, kind, filled=filled, corrected=None, held=held, waiting=waiting, by=by)


def _waiting(unit: Unit, hearing: HearingRow, kind: Kind, *, language: str) -> tuple[tuple[int, str], ...]:
    """What such an entry can be on."""
    if kind not in WAITING:
        return ()
    said = logbook.said(unit, hearing, language=language)
    return tuple(
        (one.number, f"{said.time(one.happened_at)}: {sentence(one.kind, one.facts, translate=said.word)}")
        for one in WAITING[kind](logbook.entries(unit, hearing))
    )


def ask_correction(unit: Unit, reference: str, number: int, *, language: str, by: Actor) -> AskView:
    """The form that corrects an entry."""
    hearing = hearing_for(unit, reference, by=by, action=Action.CONDUCT)
    found = [e for e in entries_of(unit, hearing, language=language, court=is_court(hearing, by)) if e.number == number]
    if not found or not found[0].can_correct:
        raise Absent()
    return _ask(unit, hearing, Kind.CORRECTION, filled={}, corrected=found[0], held=(), by=by)


def ask_passing(unit: Unit, reference: str, gate: GateKey, *, language: str, by: Actor) -> PassView:
    """The form that passes an open gate; Absent for one that is not open."""
    hearing = hearing_for(unit, reference, by=by, action=Action.CONDUCT)
    steps = steps_of(unit, hearing, logbook.entries(unit, hearing), language=language, by=by)
    found = next((one for one in steps.all if one.key is gate and one.state is GateState.OPEN), None)
    if found is None:
        raise Absent()
    return PassView(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        step=found,
        zones=hearing_clocks.zones_of(hearing),
    )


def _ask(
    unit: Unit,
    hearing: HearingRow,
    kind: Kind,
    *,
    filled: dict[str, str],
    corrected: EntryView | None,
    held: tuple[StepView, ...],
    waiting: tuple[tuple[int, str], ...] = (),
    by: Actor,
) -> AskView:
    own = logbook.own_end(hearing, by)
    return AskView(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        kind=kind,
        entry=ENTRIES[kind],
        filled=filled,
        at=f"{hearing_clocks.at_end(hearing, unit.now, own).wall:%H:%M}" if hearing.ended_at is None else "",
        own_city=city_of(hearing, own),
        corrected=corrected,
        held=held,
        waiting=waiting,
        zones=hearing_clocks.zones_of(hearing),
    )
