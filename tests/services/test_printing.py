"""Printing: numbered, hashed, in the journal, and drawn while nobody has to wait for it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

import pytest
import sqlalchemy as sa

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import NOW, FakePress, FrozenClock
from tests.services.planned import booked, listed
from tests.world import World
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.paper import GlyphMissing, Sheet
from vctestimony.domain.people import Role
from vctestimony.services import checklists, journal, printing
from vctestimony.services.checklist_paper import NoTimeYet
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import DocumentRow


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def requested(units: Units, world: World, mumbai: Actor) -> str:
    """A hearing with a checklist and no time."""
    listed(units, world, mumbai)
    return world.mumbai.hearing


@pytest.fixture
def reference(units: Units, requested: str, mumbai: Actor) -> str:
    booked(units, requested, mumbai)
    return requested


def documents(units: Units) -> list[DocumentRow]:
    with units.reading() as unit:
        rows = list(unit.session.scalars(sa.select(DocumentRow).order_by(DocumentRow.id)))
        unit.session.expunge_all()
        return rows


def test_a_print_is_numbered_hashed_and_in_the_journal(units: Units, reference: str, mumbai: Actor) -> None:
    printed = printing.print_for(units, reference, printing.CHECKLIST, lang="bn", by=mumbai)
    assert printed.file_name == f"checklist-{printed.number}-1.pdf"
    assert printed.content.startswith(b"%PDF-1.7 checklist bn ")
    digest = sha256(printed.content).hexdigest()
    (row,) = documents(units)
    assert (row.kind, row.language, row.sha256, row.printed_at, row.by) == (
        "checklist",
        "bn",
        digest,
        NOW,
        mumbai.name,
    )
    assert row.number.encode() in printed.content
    with units.reading() as unit:
        (entry,) = [entry for entry in journal.history(unit, reference) if entry.action == "document.printed"]
    assert json.loads(entry.facts) == {
        "document": "checklist",
        "number": row.number,
        "version": 1,
        "language": "bn",
        "sha256": digest,
    }


def test_the_same_facts_give_the_same_document_again_however_late(
    units: Units, reference: str, mumbai: Actor, clock: FrozenClock
) -> None:
    first = printing.print_for(units, reference, printing.CHECKLIST, lang="en", by=mumbai)
    clock.advance(minutes=90)
    again = printing.print_for(units, reference, printing.CHECKLIST, lang="en", by=mumbai)
    assert again == first
    assert len(documents(units)) == 1
    with units.reading() as unit:
        printed = [entry for entry in journal.history(unit, reference) if entry.action == "document.printed"]
    assert len(printed) == 2


def test_a_changed_fact_gives_the_next_version_of_the_same_number(units: Units, reference: str, mumbai: Actor) -> None:
    first = printing.print_for(units, reference, printing.CHECKLIST, lang="en", by=mumbai)
    with units.writing() as unit:
        checklists.tick(unit, reference, "A01", version=1, note="", by=mumbai)
    second = printing.print_for(units, reference, printing.CHECKLIST, lang="en", by=mumbai)
    assert (second.number, second.version) == (first.number, 2)
    assert second.content != first.content
    assert [(row.number, row.version) for row in documents(units)] == [(first.number, 1), (first.number, 2)]


def test_each_language_is_a_document_of_its_own(units: Units, reference: str, mumbai: Actor) -> None:
    for lang in ("en", "hi", "bn"):
        printing.print_for(units, reference, printing.CHECKLIST, lang=lang, by=mumbai)
    assert len({row.number for row in documents(units)}) == 3


def test_templates_that_changed_give_a_new_version(units: Units, reference: str, mumbai: Actor) -> None:
    printing.print_for(units, reference, printing.CHECKLIST, lang="en", by=mumbai)
    later = units.with_ports(replace(units.ports, press=FakePress(edition="later")))
    assert printing.print_for(later, reference, printing.CHECKLIST, lang="en", by=mumbai).version == 2


def test_the_sheet_names_the_witness_by_pseudonym_and_both_ends(units: Units, reference: str, mumbai: Actor) -> None:
    content = printing.print_for(units, reference, printing.CHECKLIST, lang="en", by=mumbai).content.decode()
    for expected in ("PW-7", "Courtroom 1", "Conference room", "Mumbai", "Dhaka", "High Court of Bombay"):
        assert expected in content


@dataclass(slots=True, kw_only=True)
class SlowPress(FakePress):
    """While it draws, somebody else writes."""

    units: Units
    written: list[str] = field(default_factory=list)

    def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: Mapping[str, bytes] | None = None) -> bytes:
        """Would wait for ever, or fail, if the printing held a transaction."""
        with self.units.writing() as unit:
            journal.write(unit, "test.written", subject="meanwhile", by=SYSTEM)
        self.written.append(lang)
        return b"%PDF-1.7"


def test_while_a_document_is_drawn_others_can_write(units: Units, reference: str, mumbai: Actor) -> None:
    press = SlowPress(units=units)
    printing.print_for(
        units.with_ports(replace(units.ports, press=press)), reference, printing.CHECKLIST, lang="en", by=mumbai
    )
    assert press.written == ["en"]
    with units.reading() as unit:
        assert [entry.action for entry in journal.history(unit, "meanwhile")] == ["test.written"]


def test_a_print_that_failed_leaves_no_number_and_no_line_in_the_journal(
    units: Units, reference: str, mumbai: Actor
) -> None:
    class FailingPress(FakePress):
        def paper(self, document: str, sheet: Sheet, **_told: object) -> bytes:
            raise GlyphMissing(document=document, cause="U+0BA4")

    failing = units.with_ports(replace(units.ports, press=FailingPress()))
    with pytest.raises(GlyphMissing):
        printing.print_for(failing, reference, printing.CHECKLIST, lang="en", by=mumbai)

    assert documents(units) == []
    with units.reading() as unit:
        assert "document.printed" not in {entry.action for entry in journal.history(unit, reference)}


def test_a_hearing_without_a_time_is_not_printed(units: Units, requested: str, mumbai: Actor) -> None:
    with pytest.raises(NoTimeYet):
        printing.print_for(units, requested, printing.CHECKLIST, lang="en", by=mumbai)
    assert documents(units) == []


def test_an_unknown_document_is_not_there(units: Units, reference: str, mumbai: Actor) -> None:
    with pytest.raises(Absent):
        printing.print_for(units, reference, "diary", lang="en", by=mumbai)
    with pytest.raises(Absent):
        printing.render(units, "H-NOWHERE", printing.CHECKLIST, lang="en", by=SYSTEM)
    with units.reading() as unit, pytest.raises(Absent):
        printing.offered(unit, "H-NOWHERE")


def test_who_may_not_print_does_not(units: Units, reference: str, actor: FindActor) -> None:
    with pytest.raises(NotAllowed):
        printing.print_for(units, reference, printing.CHECKLIST, lang="en", by=actor(Role.INTERPRETER))
    with pytest.raises(Absent):
        printing.print_for(units, reference, printing.CHECKLIST, lang="en", by=actor(Role.COORDINATOR, "pune"))
    assert documents(units) == []


def test_the_command_line_prints_the_same_and_signs_as_the_service(units: Units, reference: str) -> None:
    content = printing.render(units, reference, printing.CHECKLIST, lang="hi", by=SYSTEM)
    (row,) = documents(units)
    assert (row.by, row.language, row.sha256) == (SYSTEM.name, "hi", sha256(content).hexdigest())


@dataclass(slots=True)
class RewordedPress(FakePress):
    """Prints the same sheet with other words, as after a mended translation."""

    words: str = ""

    def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: Mapping[str, bytes] | None = None) -> bytes:
        """The usual bytes and the words."""
        return FakePress.paper(self, document, sheet, lang=lang, attachments=attachments) + self.words.encode()


def test_other_bytes_for_the_same_facts_are_the_next_version_once(units: Units, reference: str, mumbai: Actor) -> None:
    press = RewordedPress()
    units = units.with_ports(replace(units.ports, press=press))
    printing.print_for(units, reference, printing.CHECKLIST, lang="bn", by=mumbai)
    press.words = "mended"
    second, third = (printing.print_for(units, reference, printing.CHECKLIST, lang="bn", by=mumbai) for _ in range(2))
    assert (second.version, third) == (2, second)
    assert [row.sha256 for row in documents(units)][-1] == sha256(second.content).hexdigest()
