"""The one place that says which documents a hearing has, for whom, and what was printed of them already."""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.documents import FAMILY_LABELS, KINDS, About, Family, Kind
from vctestimony.domain.errors import Absent, Refusal
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.services import hearing_clocks, whereabouts
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.papers.making import Asked
from vctestimony.services.papers.register import CHECKS, MAKERS
from vctestimony.services.printing import action_of
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, ParticipantRow


@dataclass(frozen=True, slots=True)
class For:
    """A person for whom a document is: the public id, the part in the hearing (a marked text) and the name.

    `refusal` says why there is none for this person; empty where there is one.
    """

    person: str
    duty: str
    name: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A kind of document with the persons for whom there is one each; nobody where it is of the whole hearing.

    `refusal` says why the hearing has no such document; empty where it has one, or one for each person.
    """

    kind: Kind
    persons: tuple[For, ...]
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of one hearing by family; labels are marked texts.

    `may_open` tells whether the reader may print what names the witness, on a page of its own.
    """

    reference: str
    case_number: str
    pseudonym: str
    has_time: bool
    may_open: bool
    families: tuple[tuple[str, tuple[Offered, ...]], ...]
    zones: tuple[tuple[str, str], ...]


def shelf(unit: Unit, reference: str, *, language: str, by: Actor) -> Shelf:
    """Every kind of document, with the reason in that language where it cannot be printed for the hearing."""
    hearing = hearing_for(unit, reference, by=by, action=Action.PRINT)
    families = (
        (
            FAMILY_LABELS[family],
            tuple(
                _offered(unit, hearing, kind, language=language, by=by)
                for kind in KINDS.values()
                if kind.family is family and kind.code in MAKERS and may_do(hearing, action_of(kind.code), by=by)
            ),
        )
        for family in Family
    )
    return Shelf(
        reference=reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        has_time=hearing.starts_at is not None,
        may_open=may_do(hearing, Action.OPEN_VAULT, by=by),
        families=tuple((label, offered) for label, offered in families if offered),
        zones=hearing_clocks.zones_of(hearing),
    )


@dataclass(frozen=True, slots=True)
class Named:
    """One document of one hearing, and for whom it is if it is for one person."""

    reference: str
    case_number: str
    pseudonym: str
    kind: Kind
    person: str
    duty: str
    name: str


def named(unit: Unit, reference: str, code: str, person: str, *, by: Actor) -> Named:
    """What such a document is called; Absent for a kind or a person that is not of the hearing."""
    hearing = hearing_for(unit, reference, by=by, action=action_of(code))
    found = next((one for one in _persons(hearing) if one.person == person), None)
    if code not in MAKERS or (person and found is None):
        raise Absent()
    return Named(
        reference=reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        kind=KINDS[code],
        person=person,
        duty=found.duty if found else "",
        name=found.name if found else "",
    )


def having(unit: Unit, reference: str, duty: Duty, *, by: Actor) -> tuple[For, ...]:
    """Who has that duty at the hearing, for somebody who may print for them; nobody for anybody else."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_HEARINGS)
    if not may_do(hearing, Action.PRINT, by=by):
        return ()
    theirs = {one.public_id for one in hearing.participants if one.duty is duty}
    return tuple(one for one in _persons(hearing) if one.person in theirs)


def _persons(hearing: HearingRow) -> tuple[For, ...]:
    return tuple(_for(person) for person in hearing.participants if person.removed_at is None)


def _for(person: ParticipantRow, refusal: str = "") -> For:
    return For(person.public_id, DUTY_LABELS[person.duty], person.official.name, refusal)


def _offered(unit: Unit, hearing: HearingRow, kind: Kind, *, language: str, by: Actor) -> Offered:
    if kind.about is not About.PERSON:
        return Offered(kind, (), _refusal(unit, hearing, Asked(kind, language), by=by))
    present = (person for person in hearing.participants if person.removed_at is None)
    return Offered(
        kind, tuple(_for(person, _refusal(unit, hearing, Asked(kind, language, person), by=by)) for person in present)
    )


def _refusal(unit: Unit, hearing: HearingRow, asked: Asked, *, by: Actor) -> str:
    """Why the document is not to be had, in words; empty where it is."""
    try:
        whereabouts.check_paper(hearing, asked.kind.code, asked.person, by=by)
        CHECKS.get(asked.kind.code, MAKERS[asked.kind.code])(unit, hearing, asked)
    except Refusal as refusal:
        return refusal.sentence(lambda text: unit.ports.words.gettext(asked.language, text))
    return ""
