"""The list of hearings: a page at a time, the one on which what is near begins first; filters look at all of them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.builders import add_hearing
from tests.fakes import NOW
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import wall_of
from vctestimony.services.hearing_index import PAGE, Filters, Listed, listed
from vctestimony.services.unit import Units
from vctestimony.store.models import CaseRow, HearingRow, WitnessRow

OVER, AHEAD = PAGE + 1, 3


@pytest.fixture
def world(world: World, units: Units) -> World:
    """Hearings that are over, one a day up to two days ago, three to come, and those of the world without a time."""
    with units.writing() as unit:
        for number in range(-OVER, AHEAD):
            row = add_hearing(
                unit.session, world.mumbai, world.dhaka, world.link_id, reference=f"H-NUMBER{number + OVER:02}"
            )
            row.starts_at = NOW + timedelta(days=number if number >= 0 else number - 1)
            row.starts_wall, row.state = wall_of(row.starts_at, "Asia/Kolkata"), State.BOOKED
    return world


def read(units: Units, by: Actor, filters: Filters = Filters(), number: int | None = None) -> Listed:  # noqa: B008 - it cannot change
    with units.reading() as unit:
        return listed(unit, filters, number=number, by=by)


def test_without_a_wish_the_page_opens_where_what_is_near_begins(units: Units, world: World, mumbai: Actor) -> None:
    found = read(units, mumbai)
    assert (found.number, found.pages) == (2, 2)
    assert [line.reference for line in found.lines][:4] == [f"H-NUMBER{OVER - 1 + n}" for n in range(4)]


@pytest.mark.parametrize(("minutes", "number"), [(-1, 2), (0, 2), (1, 1)])
def test_a_hearing_is_near_until_a_day_after_it_began(
    units: Units, world: World, mumbai: Actor, minutes: int, number: int
) -> None:
    """Of the fifty on the first page the last one began a day ago, or a minute more or less."""
    with units.writing() as unit:
        rows = unit.session.scalars(sa.select(HearingRow).where(HearingRow.starts_at.is_not(None)))
        for row in rows:
            row.starts_at = NOW + timedelta(days=int(row.reference[-2:]) - PAGE) + timedelta(minutes=minutes)
    assert read(units, mumbai).number == number


def test_every_hearing_stands_on_one_page(units: Units, world: World, mumbai: Actor) -> None:
    pages = [read(units, mumbai, number=number) for number in (1, 2)]
    lines = [line.reference for page in pages for line in page.lines]
    assert (len(lines), len(set(lines)), len(pages[0].lines)) == (pages[0].total, pages[0].total, PAGE)


@pytest.mark.parametrize(("wanted", "shown"), [(1, 1), (2, 2), (3, 2), (999_999_999, 2)])
def test_a_page_behind_the_last_one_is_the_last_one(
    units: Units, world: World, mumbai: Actor, wanted: int, shown: int
) -> None:
    assert read(units, mumbai, number=wanted).number == shown


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("\u09ac\u09be\u09a1\u09bc\u09bf", True),  # as it is typed by one keyboard
        ("\u09ac\u09be\u09dc\u09bf", True),  # and by another
        ("\u0915\u093c\u093e\u0928\u0942\u0928", True),
        ("\u0958\u093e\u0928\u0942\u0928", True),
        ("ÄRZTE pw-ß", True),
        ("a\u0308rzte MUMBAI", True),
        ("ärzte pune", False),
        ("%", False),
        ("12_2026", False),
    ],
)
def test_words_are_found_however_they_are_typed_and_in_what_is_shown_alone(
    units: Units, world: World, mumbai: Actor, words: str, is_found: bool
) -> None:
    with units.writing() as unit:
        case = unit.session.get_one(CaseRow, world.mumbai.case_id)
        case.number, case.cause_title = (
            "SC 12/2026 \u09ac\u09be\u09dc\u09bf \u0915\u093c\u093e\u0928\u0942\u0928 Ärzte",
            "%",
        )
        unit.session.get_one(WitnessRow, world.mumbai.witness_id).pseudonym = "PW-ss"
    found = read(units, mumbai, Filters(words=words))
    assert bool(found.lines) is is_found


def test_filters_look_at_all_pages_and_begin_at_the_first(units: Units, world: World, mumbai: Actor) -> None:
    assert [line.reference for line in read(units, mumbai, Filters(words="number00")).lines] == ["H-NUMBER00"]
    booked = read(units, mumbai, Filters(state=State.BOOKED))
    assert (booked.total, booked.number) == (OVER + AHEAD, 1)
    on = wall_of(NOW, "Asia/Kolkata").date()
    assert [line.reference for line in read(units, mumbai, Filters(from_on=on, to_on=on)).lines] == [f"H-NUMBER{OVER}"]
