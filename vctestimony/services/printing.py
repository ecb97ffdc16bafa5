"""The use-cases of printing: a numbered document with its hash in the journal, drawn outside any transaction.

The same facts give the same document again: number, version, time of printing and every byte. When a fact has changed
since, the document keeps its number and gets the next version.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy.exc import IntegrityError

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.documents import KINDS, OF_THE_COURT, About, Kind
from vctestimony.domain.errors import Absent, Conflict
from vctestimony.domain.paper import BothClocks, Imprint, Preview, Sheet
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, journal, whereabouts
from vctestimony.services.access import hearing_for
from vctestimony.services.papers.making import Asked, Made
from vctestimony.services.papers.register import MAKERS
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit, Units
from vctestimony.store import documents, hearings
from vctestimony.store.models import DocumentRow, HearingRow

CHECKLIST, RECORD = "checklist", "record"
_TRIES = 5


class ChangesTooFast(Conflict):
    """Somebody prints the same document with other facts at the same moment, again and again."""

    text = N_("This document was printed by somebody else at the same moment. Print it again.")


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished document. The file's name tells nothing but its kind, its number and its version."""

    file_name: str
    content: bytes
    number: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything of a document but its imprint. `key` names it among all: about what, kind, for whom, language.

    `guarded` stands for the facts of a sheet that holds an identity: what changes with them, and from which nothing of
    them can be guessed. Of such a document no hash of the file is kept either, for a guess could be tried against it.
    """

    kind: Kind
    key: str
    language: str
    made: Made
    clocks: Callable[[datetime], BothClocks]
    subject: str
    hearing_id: int | None = None
    post_id: int | None = None
    starts_at: datetime | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    guarded: object = None

    def hash_of(self, content: bytes) -> str:
        """What the register and the journal keep of the file; empty where nothing may be kept."""
        return sha256(content).hexdigest() if self.guarded is None else ""


def offered(unit: Unit, reference: str) -> list[dict[str, str]]:
    """The documents of a hearing, for programs."""
    if hearings.by_reference(unit.session, reference) is None:
        raise Absent()
    return [
        {"document": kind.code, "title": kind.title, "about": kind.about.value}
        for kind in KINDS.values()
        if kind.code in MAKERS
    ]


def action_of(kind: str) -> Action:
    """What a person must be allowed to do to have such a document."""
    return Action.READ_RECORD if kind in OF_THE_COURT else Action.PRINT


def print_for(units: Units, reference: str, kind: str, *, lang: str, by: Actor, person: str = "") -> Printed:
    """Print for a user who may; `person` is the public id of the participant it is for, where the kind asks for one."""
    with units.reading() as unit:
        hearing = hearing_for(unit, reference, by=by, action=action_of(kind))
        draft = drafted_for(unit, hearing, kind, lang=lang, person=person, by=by)
    return issue(units, draft, by=by)


def render(units: Units, reference: str, kind: str, *, lang: str, by: Actor, person: str = "") -> bytes:
    """Print from the command line."""
    with units.reading() as unit:
        hearing = hearings.by_reference(unit.session, reference)
        if hearing is None:
            raise Absent()
        draft = drafted(unit, hearing, kind, lang=lang, person=person)
    return issue(units, draft, by=by).content


def preview_for(
    units: Units, reference: str, kind: str, *, lang: str, by: Actor, person: str = "", styles: Sequence[str] = ()
) -> Preview:
    """The same as HTML, to be looked at before it is printed; nothing is numbered or journalled."""
    with units.reading() as unit:
        hearing = hearing_for(unit, reference, by=by, action=action_of(kind))
        draft = drafted_for(unit, hearing, kind, lang=lang, person=person, by=by)
    return units.ports.press.preview(draft.kind.code, draft.made.sheet, lang=lang, styles=styles)


def drafted_for(unit: Unit, hearing: HearingRow, code: str, *, lang: str, person: str = "", by: Actor) -> Draft:
    """The same for somebody who may print; PlaceWithheld for a paper that names a place they may not know."""
    found = next((one for one in hearing.participants if one.public_id == person), None)
    whereabouts.check_paper(hearing, code, found, by=by)
    return drafted(unit, hearing, code, lang=lang, person=person)


def drafted(unit: Unit, hearing: HearingRow, code: str, *, lang: str, person: str = "") -> Draft:
    """One document of the hearing as the facts are now; Absent for a kind or a person that is not of it."""
    kind, maker = KINDS.get(code), MAKERS.get(code)
    if kind is None or maker is None:
        raise Absent()
    found = next((p for p in hearing.participants if p.public_id == person and p.removed_at is None), None)
    if (kind.about is About.PERSON) != bool(person) or bool(person) != (found is not None):
        raise Absent()
    made = maker(unit, hearing, Asked(kind, lang, found))
    return Draft(
        kind=kind,
        key="|".join((hearing.reference, code, person, lang)),
        language=lang,
        made=made,
        clocks=hearing_clocks.clocks_for(hearing),
        subject=hearing.reference,
        hearing_id=hearing.id,
        starts_at=hearing.starts_at,
        facts=made.facts,
    )


def issue(units: Units, draft: Draft, *, by: Actor) -> Printed:
    """Print a draft: as it was printed before where nothing has changed since, else as its next version."""
    if draft.made.stored is not None:
        with units.writing() as unit:
            facts = {"document": draft.kind.code, "sha256": sha256(draft.made.stored).hexdigest()}
            journal.write(unit, "document.printed", subject=draft.subject, by=by, **facts)
        return Printed(f"{draft.kind.code}-{draft.subject}.pdf", draft.made.stored)
    printed, _imprint = issued(units, draft, by=by)
    return printed


def issued(units: Units, draft: Draft, *, by: Actor) -> tuple[Printed, Imprint]:
    """The same for a draft of which no file is stored, with the imprint that it got."""
    facts_sha256, outdated = _facts_digest(draft, edition=units.ports.press.edition), ""
    for _ in range(_TRIES):
        with units.reading() as unit:
            imprint, known = _imprint(unit, draft, facts_sha256=facts_sha256, outdated=outdated)
        content = _drawn(units, draft, imprint)
        is_known = known is not None
        if known is not None and known != draft.hash_of(content):  # words or fonts changed: another paper
            outdated = known
            continue
        try:
            with units.writing() as unit:
                if not is_known:
                    _keep(unit, draft, imprint, facts_sha256=facts_sha256, content=content, by=by)
                _note(unit, draft, imprint, content=content, by=by)
        except IntegrityError:  # somebody printed this very version meanwhile
            continue
        name = f"{draft.kind.file_name or draft.kind.code}-{imprint.number}-{imprint.version}.pdf"
        return Printed(name, content, imprint.number, imprint.version), imprint
    raise ChangesTooFast()


def _facts_digest(draft: Draft, *, edition: str) -> str:
    """Equal for equal facts; frozen sheets tell all of themselves."""
    facts = draft.made.sheet if draft.guarded is None else draft.guarded
    return sha256(repr((edition, facts, sorted(draft.made.attachments.items()))).encode()).hexdigest()


def _imprint(unit: Unit, draft: Draft, *, facts_sha256: str, outdated: str) -> tuple[Imprint, str | None]:
    """The imprint that these facts have already, with the hash of its file; or the next one, and None.

    `outdated` is the hash of a file that does not come out again, though the facts are the same.
    """
    latest = documents.latest(unit.session, draft.key)
    if latest is not None and latest.facts_sha256 == facts_sha256 and (not outdated or latest.sha256 != outdated):
        return _numbered(unit, draft, latest.number, latest.version, latest.printed_at), latest.sha256
    number, version = (latest.number, latest.version + 1) if latest else (new_reference(unit, "D"), 1)
    return _numbered(unit, draft, number, version, unit.now), None


def _numbered(unit: Unit, draft: Draft, number: str, version: int, printed_at: datetime) -> Imprint:
    return Imprint(
        number=number,
        version=version,
        printed=draft.clocks(printed_at),
        verify_url=f"{unit.ports.addresses.public_url}/verify/{number}?version={version}",
    )


def _drawn(units: Units, draft: Draft, imprint: Imprint) -> bytes:
    sheet = stamped(draft.made.sheet, imprint)
    return units.ports.press.paper(
        draft.kind.code, sheet, lang=draft.language, attachments=dict(draft.made.attachments)
    )


def stamped(sheet: Sheet, imprint: Imprint) -> Sheet:
    """The same sheet under that number and version."""
    heading = replace(sheet.heading, imprint=imprint)  # type: ignore[type-var]  # every masthead is a frozen dataclass
    stamped_sheet: Sheet = replace(sheet, heading=heading)  # type: ignore[type-var]  # and every sheet
    return stamped_sheet


def _keep(unit: Unit, draft: Draft, imprint: Imprint, *, facts_sha256: str, content: bytes, by: Actor) -> None:
    unit.session.add(
        DocumentRow(
            hearing_id=draft.hearing_id,
            post_id=draft.post_id,
            starts_at=draft.starts_at,
            key=draft.key,
            number=imprint.number,
            version=imprint.version,
            kind=draft.kind.code,
            language=draft.language,
            facts_sha256=facts_sha256,
            sha256=draft.hash_of(content),
            printed_at=imprint.printed.own.reading.at,
            by=by.name,
        )
    )
    unit.session.flush()


def _note(unit: Unit, draft: Draft, imprint: Imprint, *, content: bytes, by: Actor) -> None:
    facts: dict[str, object] = {
        "document": draft.kind.code,
        "number": imprint.number,
        "version": imprint.version,
        "language": draft.language,
        "sha256": draft.hash_of(content),
        **draft.facts,
    }
    journal.write(unit, "document.printed", subject=draft.subject, by=by, **facts)
