"""What a seal means for a transcript on its way, and what the record may say of it meanwhile."""

from dataclasses import replace

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services import cycling
from tests.services.cycling import do
from tests.services.sittings import filled
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.domain.record.cycle import Rung
from vctestimony.services import cycle_views, cycle_waiting, records
from vctestimony.services.ports import Ports
from vctestimony.services.records import SigningUnfinished
from vctestimony.services.unit import Units
from vctestimony.store.models import SealedRecordRow


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def court(actor: FindActor) -> Actor:
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def hearing(units: Units, world: World, court: Actor, clock: FrozenClock) -> str:
    return cycling.taken_down(units, world, clock, court)


def test_a_seal_before_the_signatures_ends_the_way_and_the_page_says_so(
    units: Units, hearing: str, court: Actor, world: World
) -> None:
    do(units, hearing, Rung.READ_OVER, court)
    with units.writing() as unit:
        head = SealedRecordRow(hearing_id=world.mumbai.hearing_id, code="R-1", content="{}", content_sha256="0" * 64)
        head.pdf, head.pdf_sha256, head.journal_head, head.language = b"%PDF-1.7 r\n", "1" * 64, "2" * 64, "en"
        head.sealed_at, head.by = unit.now, court.name
        unit.session.add(head)
    with units.reading() as unit:
        page = cycle_views.page(unit, hearing, language="en", by=court)
        assert (page.ended, page.next, page.due, page.back_to) == (True, None, None, ())
        assert cycle_waiting.page(unit, by=court) == ()


@pytest.mark.parametrize("value", ["none", " None. ", "Nil", "n/a", "–", "कोई नहीं", "নেই।"])
def test_a_statement_of_the_signing_is_not_none_while_the_signing_goes_on(
    units: Units, hearing: str, court: Actor, value: str
) -> None:
    assert filled(units, hearing, "transcript", value, court)
    do(units, hearing, Rung.READ_OVER, court)
    with units.reading() as unit:
        found = {one.key: one for one in records.page(unit, hearing, language="en", by=court).missing}
    assert found["transcript"].also
    for key in ("read_over", "transcript", "host_signature", "dispatch"):
        with pytest.raises(SigningUnfinished):
            filled(units, hearing, key, value, court)
    filled(units, hearing, "costs", value, court)
    filled(units, hearing, "transcript", "The transcript was not signed because the witness fell ill.", court)
    with units.reading() as unit:
        view = records.page(unit, hearing, language="en", by=court)
    assert "transcript" not in {one.key for one in view.missing}
    assert view.signing_ends
