"""What a seal fixes: its paper comes from its data alone, names the journal before it, and is never older than that."""

import json

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.sittings import confirmed, ready_to_seal
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services import fixed_paper, journal, seals
from vctestimony.services.unit import Units
from vctestimony.store.models import SealedRecordRow


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World) -> Actor:
    confirmed(units, world)
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


def kept(units: Units) -> SealedRecordRow:
    with units.reading() as unit:
        row = unit.session.scalars(sa.select(SealedRecordRow)).one()
        unit.session.expunge(row)
        return row


@pytest.mark.parametrize("back", [1, 60 * 24 * 400])
def test_with_its_clock_set_back_the_service_seals_nothing(
    units: Units, hearing: str, mumbai: Actor, clock: FrozenClock, back: int
) -> None:
    ready_to_seal(units, hearing, mumbai)
    clock.advance(minutes=-back)
    with pytest.raises(seals.ClockSetBack):
        seals.seal(units, hearing, language="en", by=mumbai)
    clock.advance(minutes=back)
    assert seals.seal(units, hearing, language="en", by=mumbai)


def test_the_head_of_the_journal_stands_in_the_data_and_on_the_paper(units: Units, hearing: str, mumbai: Actor) -> None:
    ready_to_seal(units, hearing, mumbai)
    with units.reading() as unit:
        *_, before = journal.history(unit, hearing)
    seals.seal(units, hearing, language="en", by=mumbai)
    row = kept(units)
    assert json.loads(row.content)["journal"] == {"number": before.number, "hash": before.hash}
    assert before.hash.encode() in row.pdf


def test_the_paper_is_made_from_the_data_alone(units: Units, hearing: str, mumbai: Actor) -> None:
    ready_to_seal(units, hearing, mumbai)
    seals.seal(units, hearing, language="bn", by=mumbai)
    row = kept(units)
    paper = fixed_paper.paper_of(row.content)
    again = units.ports.press.paper("record", paper.sheet, lang=paper.language, attachments=paper.attachments)
    assert again == row.pdf
    assert set(paper.attachments) == {"audit.csv", "hearing.ics", "record.json", "transcript.txt"}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format":"vctestimony-record/1"}', "{"])
def test_other_data_gives_no_paper(text: str) -> None:
    with pytest.raises(fixed_paper.NotARecord):
        fixed_paper.paper_of(text)
