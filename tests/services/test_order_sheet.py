"""The order sheet: which statements stand on it under which rule, what is ruled, what is added up."""

from dataclasses import replace

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT, hearing_of_unit
from tests.services.sittings import adjourned, completed, confirmed, filled, logged, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.documents.order_sheet import OrderSheet
from vctestimony.domain.documents.record import FieldRow
from vctestimony.domain.people import Role
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import order_sheets, printing
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow


@pytest.fixture
def engine_name() -> str:
    """What stands on a paper does not depend on the database."""
    return "sqlite"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World, clock: FrozenClock) -> Actor:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    return actor(Role.COORDINATOR, "mumbai")


def sheet_of(units: Units, hearing: str) -> OrderSheet:
    with units.reading() as unit:
        sheet = printing.drafted(unit, hearing_of_unit(unit, hearing), "order-sheet", lang="en").made.sheet
    assert isinstance(sheet, OrderSheet)
    return sheet


def rows_of(sheet: OrderSheet) -> dict[str, FieldRow]:
    return {row.label.partition(":")[0].partition(";")[0]: row for group in sheet.groups for row in group.rows}


def test_before_the_hearing_it_is_a_form_to_be_filled_in(units: Units, world: World, mumbai: Actor) -> None:
    sheet = sheet_of(units, world.mumbai.hearing)
    assert len(sheet.missing) == 11
    assert all(row.supplied_by or row.number == 1 for row in sheet.missing)
    assert (sheet.interruptions, sheet.documents, sheet.signature.end.value) == ((), (), "court")


def test_the_link_is_added_up_and_each_interruption_stands_by_itself(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock
) -> None:
    hearing = world.mumbai.hearing
    started(units, hearing, mumbai)
    for cause in ("power cut", "storm"):
        clock.advance(minutes=5)
        logged(units, hearing, Kind.LINK_LOST, mumbai, cause=cause)
        clock.advance(minutes=4)
        logged(units, hearing, Kind.LINK_RESTORED, mumbai, cause=cause, undisturbed="yes", repeated="yes")
    clock.advance(minutes=5)
    logged(units, hearing, Kind.BREAK_BEGAN, mumbai)
    clock.advance(minutes=10)
    logged(units, hearing, Kind.BREAK_ENDED, mumbai)
    completed(units, hearing, mumbai)
    sheet = sheet_of(units, hearing)
    rows = rows_of(sheet)
    both = "From {} Mumbai / {} Dhaka to {} Mumbai / {} Dhaka, 4 minutes. {}. Last answer repeated: yes."
    assert rows["Issues"].value.splitlines() == [
        "Losses of the link: 2, 8 minutes in all.",
        "1. " + both.format("11:05", "11:35", "11:09", "11:39", "power cut"),
        "2. " + both.format("11:14", "11:44", "11:18", "11:48", "storm"),
        "Breaks: 1, 10 minutes in all.",
    ]
    assert rows["Documents produced or transmitted"].value == "None was logged."
    assert "Duration 33 minutes" in rows["Date, time and duration, on both clocks"].value
    assert [one.repeated for one in sheet.interruptions] == ["yes", "yes", "–"]


def test_without_any_interruption_somebody_must_say_so(units: Units, world: World, mumbai: Actor) -> None:
    hearing = world.mumbai.hearing
    started(units, hearing, mumbai)
    completed(units, hearing, mumbai)
    assert rows_of(sheet_of(units, hearing))["Issues"].missing
    filled(units, hearing, "interruptions", "none", mumbai)
    assert rows_of(sheet_of(units, hearing))["Issues"].value == "none"


def test_an_adjourned_hearing_says_what_follows_and_the_page_says_the_same(
    units: Units, world: World, mumbai: Actor
) -> None:
    hearing = world.mumbai.hearing
    started(units, hearing, mumbai)
    adjourned(units, hearing, mumbai)
    with units.reading() as unit:
        groups = order_sheets.before_seal(unit, hearing, language="en", by=mumbai)
    assert groups == sheet_of(units, hearing).groups
    assert groups[-1].rows[0].label.startswith("Adjournment with reasons")
    assert [row.number for group in groups for row in group.rows] == list(range(1, 13))


@pytest.mark.parametrize(
    ("pack", "label", "authority"),
    [
        ("kerala", "Satisfaction of the court", "Kerala Video Linkage Rules 2021, r. 10(7)"),
        ("gujarat", "Evidence was taken by video link", "2025, r. 18"),
        ("bombay", "Evidence was taken by video link", "as adopted by the High Court of Bombay, r. 14.9"),
        ("bombay", "Objections and rulings", "that it stands on the order sheet is recommended"),
    ],
)
def test_each_line_rests_on_the_rule_of_its_own_high_court(
    units: Units, world: World, mumbai: Actor, pack: str, label: str, authority: str
) -> None:
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).case.rule_pack = pack
    rows = rows_of(sheet_of(units, world.mumbai.hearing))
    row = next(row for name, row in rows.items() if name.startswith(label))
    assert authority in row.authority
