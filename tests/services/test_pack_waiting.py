"""What waits for a lawyer: everything that rests on less than a rule read, and nothing that a lawyer has settled."""

from dataclasses import replace

import pytest

from tests.adapters.delivered_packs import PACKS
from vctestimony.domain.sop import Mark
from vctestimony.services import pack_waiting
from vctestimony.services.pack_waiting import WaitingPack
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def packs(units: Units) -> dict[str, WaitingPack]:
    with units.reading() as unit:
        return {pack.id: pack for pack in pack_waiting.waiting(unit, language="en")}


def test_every_step_that_is_not_simply_read_waits(packs: dict[str, WaitingPack]) -> None:
    for pack in PACKS:
        listed = {step.id for step in packs[pack.id].steps}
        for step in pack.steps:
            compared = any(item.compare or item.mark in (Mark.PARTLY_READ, Mark.UNVERIFIED) for item in step.authority)
            assert (step.id in listed) is (str(step.evidence) != "R" or compared), step.id


def test_every_draft_and_every_text_that_was_not_read_waits(packs: dict[str, WaitingPack]) -> None:
    for pack in PACKS:
        asks = packs[pack.id].asks
        assert (pack_waiting.DRAFT in asks) is pack.draft
        assert pack.not_read is None or pack.not_read.en in asks
    assert pack_waiting.NUMBERS_UNREAD in packs["delhi"].asks
    assert pack_waiting.NUMBERS_OWN in packs["kerala"].asks


def test_a_change_waits_only_for_what_it_brings_itself(packs: dict[str, WaitingPack]) -> None:
    assert "B01" not in {step.id for step in packs["gujarat"].steps}
    seat = next(step for step in packs["nepal"].steps if step.id == "C11")
    assert seat.marks == "U/D"
    assert seat.asks[0] == "Nothing was found in the law: confirm locally, or strike it out."
    assert seat.text.endswith("(as changed from another pack)")
    oath = next(step for step in packs["base"].steps if step.id == "B23")
    assert oath.marks == "R/U"
    assert [ask.partition(" ")[0] for ask in oath.asks] == ["A", "Practice"]
