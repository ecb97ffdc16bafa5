"""A sealed record on paper: the very bytes of the seal, its code as its number, and never a draft again."""

import json

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.services.sittings import confirmed, ready_to_seal
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.documents.record import RecordSheet
from vctestimony.domain.people import Role
from vctestimony.services import journal, printing, record_paper, seals
from vctestimony.services.unit import Units
from vctestimony.store import hearings
from vctestimony.store.models import SealedRecordRow


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World) -> Actor:
    confirmed(units, world)
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


def kept(units: Units) -> SealedRecordRow:
    """What was sealed."""
    with units.reading() as unit:
        row = unit.session.scalars(sa.select(SealedRecordRow)).one()
        unit.session.expunge(row)
    return row


@pytest.mark.abuse(89)
@pytest.mark.threat("T13")
def test_a_sealed_record_prints_as_the_very_bytes_of_the_seal(units: Units, hearing: str, mumbai: Actor) -> None:
    ready_to_seal(units, hearing, mumbai)
    seals.seal(units, hearing, language="en", by=mumbai)
    printed = printing.print_for(units, hearing, printing.RECORD, lang="hi", by=mumbai)
    assert printed.content == kept(units).pdf
    with units.reading() as unit:
        row = hearings.by_reference(unit.session, hearing)
        assert row is not None
        assert record_paper.transcript(unit, row, language="hi").is_sealed
        prints = [json.loads(e.facts) for e in journal.history(unit, hearing) if e.action == "document.printed"]
    assert prints == [{"document": "record", "sha256": kept(units).pdf_sha256}]


def test_a_sealed_record_is_previewed_as_sealed_and_carries_its_code_as_its_number(
    units: Units, hearing: str, mumbai: Actor
) -> None:
    ready_to_seal(units, hearing, mumbai)
    code = seals.seal(units, hearing, language="en", by=mumbai)
    assert f"Imprint(number={code!r}".encode() in kept(units).pdf
    with units.reading() as unit:
        row = hearings.by_reference(unit.session, hearing)
        assert row is not None
        sheet = record_paper.made(unit, row, language="en").sheet
    assert isinstance(sheet, RecordSheet)
    assert sheet.seal is not None
    assert (sheet.seal.code, sheet.seal.sha256) == (code, kept(units).content_sha256)
