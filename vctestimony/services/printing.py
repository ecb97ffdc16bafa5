"""The use-cases of printing: what can be printed, one document at a time, each numbered, hashed and journalled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.wording import N_
from vctestimony.services import checklist_paper, journal, record_paper
from vctestimony.services.access import hearing_for
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit, Units
from vctestimony.store import hearings
from vctestimony.store.models import DocumentRow, HearingRow

CHECKLIST, RECORD = "checklist", "record"
TITLES: Mapping[str, str] = {CHECKLIST: N_("SOP checklist"), RECORD: N_("Hearing record")}


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished document. The file's name tells nothing but its kind and the hearing's reference."""

    file_name: str
    content: bytes


def offered(unit: Unit, reference: str) -> list[dict[str, str]]:
    """The documents of a hearing, for programs."""
    if hearings.by_reference(unit.session, reference) is None:
        raise Absent()
    return [{"document": kind, "title": title} for kind, title in TITLES.items()]


def print_for(units: Units, reference: str, kind: str, *, lang: str, by: Actor) -> Printed:
    """Print for a person who may; the print is journalled."""
    with units.reading() as unit:
        hearing = hearing_for(unit, reference, by=by, action=Action.PRINT)
        job = _job(unit, hearing, kind, lang=lang)
    return Printed(f"{kind}-{reference}.pdf", _print(units, job, by=by))


def render(units: Units, reference: str, kind: str, *, lang: str, by: Actor) -> bytes:
    """Print from the command line."""
    with units.reading() as unit:
        hearing = hearings.by_reference(unit.session, reference)
        if hearing is None:
            raise Absent()
        job = _job(unit, hearing, kind, lang=lang)
    return _print(units, job, by=by)


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be drawn; drawing it takes a second or more and holds no transaction."""

    reference: str
    hearing_id: int
    kind: str
    number: str
    language: str
    draw: Callable[[], bytes]


def _job(unit: Unit, hearing: HearingRow, kind: str, *, lang: str) -> _Job:
    number = new_reference(unit, "D")
    press = unit.ports.press
    if kind == CHECKLIST:
        checklist = checklist_paper.sheet(unit, hearing, number=number, language=lang)
        draw: Callable[[], bytes] = partial(press.checklist, checklist, lang=lang)
    elif kind == RECORD:
        draw = record_paper.drawn(unit, hearing, number=number, language=lang)
    else:
        raise Absent()
    return _Job(hearing.reference, hearing.id, kind, number, lang, draw)


def _print(units: Units, job: _Job, *, by: Actor) -> bytes:
    content = job.draw()
    digest = sha256(content).hexdigest()
    with units.writing() as unit:
        unit.session.add(
            DocumentRow(
                hearing_id=job.hearing_id,
                number=job.number,
                kind=job.kind,
                language=job.language,
                sha256=digest,
                printed_at=unit.now,
                by=by.name,
            )
        )
        facts = {"document": job.kind, "number": job.number, "sha256": digest}
        journal.write(unit, "document.printed", subject=job.reference, by=by, **facts)
    return content
