"""The views of the pages that add to a sealed record, and of the words that its redacted copy leaves out."""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.instants import wall_of
from vctestimony.domain.record.addenda import ADDENDA, Addendum, AddendumKind
from vctestimony.services import left_words
from vctestimony.services.access import hearing_for
from vctestimony.services.addenda import check_addable
from vctestimony.services.left_words import LeftWord
from vctestimony.services.unit import Unit
from vctestimony.store import records
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AddView:
    """The form of one addendum; `filled` stands in its fields at first."""

    reference: str
    case_number: str
    pseudonym: str
    kind: AddendumKind
    addendum: Addendum
    filled: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindsView:
    """Which addenda there are to choose from."""

    reference: str
    case_number: str
    pseudonym: str
    kinds: tuple[tuple[AddendumKind, Addendum], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionView:
    """What the court leaves out of the redacted copy, and in which language that is printed."""

    reference: str
    case_number: str
    pseudonym: str
    language: str
    words: tuple[LeftWord, ...]


def choose(unit: Unit, reference: str, *, by: Actor) -> KindsView:
    """The kinds, for somebody who may add; NotSealedYet before the seal."""
    hearing = check_addable(unit, reference, by=by)
    return KindsView(
        reference=reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        kinds=tuple(ADDENDA.items()),
    )


def ask(unit: Unit, reference: str, kind: AddendumKind, *, by: Actor) -> AddView:
    """The form of one kind."""
    hearing = check_addable(unit, reference, by=by)
    return AddView(
        reference=reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        kind=kind,
        addendum=ADDENDA[kind],
        filled=_continuation(unit, hearing) if kind is AddendumKind.CONTINUATION else {},
    )


def redaction(unit: Unit, reference: str, *, by: Actor) -> RedactionView:
    """What is left out, for the court; before the seal there is no copy yet, but words may be entered."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEAL)
    row = records.sealed(unit.session, hearing.id)
    return RedactionView(
        reference=reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        language=row.language if row else "",
        words=left_words.words(unit, hearing, by=by),
    )


def _continuation(unit: Unit, hearing: HearingRow) -> dict[str, str]:
    following = records.continuation(unit.session, hearing.id)
    on = (
        wall_of(following.starts_at, hearing.court.zone).date().isoformat() if following and following.starts_at else ""
    )
    return {"reasons": hearing.reason, "next": following.reference if following else "", "next_on": on}
