"""What each form of the reading over begins with: what the log of the day says of it, as far as it can be entered."""

from dataclasses import replace
from datetime import time

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services import cycling
from tests.services.cycling import do, told
from tests.services.sittings import logged
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.domain.record.cycle import Rung
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import cycle_views
from vctestimony.services.cycle_shown import NextView
from vctestimony.services.unit import Units


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def court(actor: FindActor) -> Actor:
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def hearing(units: Units, world: World, court: Actor, clock: FrozenClock) -> str:
    return cycling.taken_down(units, world, clock, court)


def test_the_form_of_the_reading_over_begins_with_what_the_log_says_of_it(
    units: Units, hearing: str, court: Actor, clock: FrozenClock
) -> None:
    logged(units, hearing, Kind.READ_OVER, court, manner="interpreted", corrections="none")
    clock.advance(minutes=40)
    with units.reading() as unit:
        shown = cycle_views.page(unit, hearing, language="en", by=court).next
    assert shown is not None
    assert shown.filled["manner"] == "interpreted"
    assert (shown.filled["done_on"], shown.filled["done_time"]) == ("2026-09-14", "12:00")


def test_each_form_of_the_reading_begins_with_what_can_be_entered(
    units: Units, hearing: str, court: Actor, clock: FrozenClock
) -> None:
    def form() -> NextView:
        with units.reading() as unit:
            shown = cycle_views.page(unit, hearing, language="en", by=court).next
        assert shown is not None
        return shown

    logged(units, hearing, Kind.READ_OVER, court, manner="read", corrections="None.")
    clock.advance(minutes=5)
    logged(units, hearing, Kind.ADMITTED_CORRECT, court)
    clock.advance(minutes=40)
    do(units, hearing, Rung.READ_OVER, court, form=replace(told(units, hearing, Rung.READ_OVER), at=time(12, 0)))
    corrections = form()
    assert corrections.logged
    assert dict(corrections.filled) == {"done_on": "2026-09-14", "done_time": "12:00", "outcome": "none"}
    do(units, hearing, Rung.CORRECTED, court)
    admitted = form()
    assert admitted.logged
    assert "done_time" not in admitted.filled, "12:05 lies before the corrections, which were entered as done now"


def test_what_the_log_says_was_corrected_stands_in_the_form_and_how_is_left_to_say(
    units: Units, hearing: str, court: Actor
) -> None:
    do(units, hearing, Rung.READ_OVER, court)
    with units.reading() as unit:
        shown = cycle_views.page(unit, hearing, language="en", by=court).next
    assert shown is not None
    assert (shown.logged, shown.log_kind) == (False, ""), "nothing is to be logged again"
    logged(units, hearing, Kind.READ_OVER, court, manner="read", corrections="Line 1: Dhaka instead of Khulna")
    with units.reading() as unit:
        shown = cycle_views.page(unit, hearing, language="en", by=court).next
    assert shown is not None
    assert shown.filled["text"] == "Line 1: Dhaka instead of Khulna"
    assert "outcome" not in shown.filled
