"""The use-cases of putting right what a file was read as, line by line, before any of it is added."""

from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent, Stale
from vctestimony.domain.record import parts
from vctestimony.domain.record.parts import Part, PartKind
from vctestimony.domain.record.speech import NothingSaid
from vctestimony.services import deposition_drafts
from vctestimony.services.access import hearing_for
from vctestimony.services.deposition_drafts import IMPORTING
from vctestimony.services.deposition_fixing import check_open
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import held

LONGEST_PREVIEW = 60


class Edit(StrEnum):
    """What is done with a line, after what was typed over in it is taken."""

    SAVE = "save"
    KIND = "kind"
    DIVIDE = "divide"
    JOIN = "join"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class PartView:
    """One line of what would be added; `places`: where it can be divided, each with the words that begin there."""

    reference: str
    place: int
    total: int
    part: Part
    places: tuple[tuple[str, str], ...]
    edit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is asked: `part` as it was typed over, then `what`, of which `kind` and `at` are the choices."""

    part: Part
    what: Edit
    kind: PartKind
    at: str = ""


def line(unit: Unit, reference: str, place: int, *, by: Actor) -> PartView:
    """One line; Absent where nothing waits, or not so many lines."""
    hearing = hearing_for(unit, reference, by=by, action=Action.TRANSCRIBE)
    kept = deposition_drafts.mine(unit, hearing, IMPORTING, by=by)
    found = parts.from_fields(dict(kept.fields)) if kept else ()
    if kept is None or not 0 < place <= len(found):
        raise Absent()
    part = found[place - 1]
    offered = [(name, text, at) for name, text in _texts(part) for at in parts.places(text)]
    return PartView(
        reference=reference,
        place=place,
        total=len(found),
        part=part,
        places=tuple((f"{name}-{at}", _preview(text[at:])) for name, text, at in offered),
        edit=int(kept.fields["edit"]),
    )


def change(unit: Unit, reference: str, place: int, asked: Change, *, edit: int, by: Actor) -> int:
    """Do what is asked; the place to look at next. Stale when it was changed in another window since."""
    hearing = held(unit, reference, by=by, action=Action.TRANSCRIBE)
    check_open(unit, hearing, by=by)
    kept = deposition_drafts.mine(unit, hearing, IMPORTING, by=by)
    if kept is None:
        raise Absent()
    before = parts.from_fields(dict(kept.fields))
    if kept.fields["edit"] != str(edit) or not 0 < place <= len(before):
        raise Stale()
    after = _done(before, place, asked)
    if not after or not all(part.question or part.answer for part in after):
        raise NothingSaid(field="answer")
    fields = {**parts.as_fields(after), "edit": str(edit + 1), "notices": kept.fields["notices"]}
    deposition_drafts.keep(unit, reference, IMPORTING, fields, line_version=0, window="", by=by)
    return min(max(place + len(after) - len(before), 1), len(after))


def _done(before: tuple[Part, ...], place: int, asked: Change) -> tuple[Part, ...]:
    if asked.what is Edit.DROP:
        return (*before[: place - 1], *before[place:])
    typed = parts.changed(before, place, asked.part)
    if asked.what is Edit.KIND:
        return parts.of_kind(typed, place, asked.kind)
    if asked.what is Edit.JOIN:
        return parts.joined(typed, place)
    if asked.what is Edit.DIVIDE:
        name, _, at = asked.at.partition("-")
        return parts.divided(typed, place, name=name, at=int(at) if at.isdecimal() else 0)
    return typed


def _texts(part: Part) -> tuple[tuple[str, str], ...]:
    return (("question", part.question), ("answer", part.answer))


def _preview(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_PREVIEW else f"{line[: LONGEST_PREVIEW - 1]}…"
