"""The one place that says which documents a hearing has, for whom, and what was printed of them already."""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.documents import FAMILY_LABELS, KINDS, About, Family, Kind
from vctestimony.domain.errors import Absent
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.papers.register import MAKERS
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True)
class For:
    """A person for whom a document is: the public id, the part in the hearing (a marked text) and the name."""

    person: str
    duty: str
    name: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A kind of document with the persons for whom there is one each; nobody where it is of the whole hearing."""

    kind: Kind
    persons: tuple[For, ...]


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


def shelf(unit: Unit, reference: str, *, by: Actor) -> Shelf:
    """Every document that can be printed for the hearing."""
    hearing = hearing_for(unit, reference, by=by, action=Action.PRINT)
    persons = _persons(hearing)
    families = ((FAMILY_LABELS[family], _offered(family, persons)) for family in Family)
    return Shelf(
        reference=reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        has_time=hearing.starts_at is not None,
        may_open=may_do(hearing, Action.OPEN_VAULT, by=by),
        families=tuple((label, offered) for label, offered in families if offered),
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
    hearing = hearing_for(unit, reference, by=by, action=Action.PRINT)
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
    return tuple(
        For(person.public_id, DUTY_LABELS[person.duty], person.official.name)
        for person in hearing.participants
        if person.removed_at is None
    )


def _offered(family: Family, persons: tuple[For, ...]) -> tuple[Offered, ...]:
    return tuple(
        Offered(kind, persons if kind.about is About.PERSON else ())
        for kind in KINDS.values()
        if kind.family is family and kind.code in MAKERS
    )
