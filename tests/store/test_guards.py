"""The database's own refusal of overlapping claims, on both engines, at the minute."""

import pytest
from sqlalchemy.exc import DBAPIError

from tests.world import World
from vctestimony.services.unit import Units
from vctestimony.store.models import OccupancyKind, OccupancyRow

TEN, ELEVEN = 600, 660


def claim(units: Units, resource_id: int, start_min: int, end_min: int, *, blocking: bool = True) -> None:
    with units.writing() as unit:
        unit.session.add(
            OccupancyRow(
                resource_id=resource_id,
                start_min=start_min,
                end_min=end_min,
                kind=OccupancyKind.BOOKING,
                blocking=blocking,
            )
        )


@pytest.mark.parametrize(("start", "end"), [(600, 660), (599, 601), (659, 661), (610, 620), (500, 700)])
def test_an_overlapping_claim_is_refused_by_the_database(units: Units, world: World, start: int, end: int) -> None:
    claim(units, world.mumbai.room_id, TEN, ELEVEN)
    with pytest.raises(DBAPIError, match="occupancy_no_overlap"):
        claim(units, world.mumbai.room_id, start, end)


@pytest.mark.parametrize(("start", "end"), [(660, 720), (540, 600)])
def test_back_to_back_claims_do_not_overlap(units: Units, world: World, start: int, end: int) -> None:
    claim(units, world.mumbai.room_id, TEN, ELEVEN)
    claim(units, world.mumbai.room_id, start, end)


def test_another_resource_may_be_claimed_at_the_same_time(units: Units, world: World) -> None:
    claim(units, world.mumbai.room_id, TEN, ELEVEN)
    claim(units, world.pune.room_id, TEN, ELEVEN)


def test_what_does_not_block_may_overlap(units: Units, world: World) -> None:
    claim(units, world.mumbai.room_id, TEN, ELEVEN)
    claim(units, world.mumbai.room_id, TEN, ELEVEN, blocking=False)


def test_moving_a_claim_onto_another_is_refused(units: Units, world: World) -> None:
    claim(units, world.mumbai.room_id, TEN, ELEVEN)
    claim(units, world.mumbai.room_id, ELEVEN, 720)
    with pytest.raises(DBAPIError, match="occupancy_no_overlap"), units.writing() as unit:
        row = unit.session.query(OccupancyRow).filter_by(start_min=ELEVEN).one()
        row.start_min = ELEVEN - 1


def test_a_claim_ends_after_it_starts(units: Units, world: World) -> None:
    with pytest.raises(DBAPIError, match="ends_after_start"):
        claim(units, world.mumbai.room_id, TEN, TEN)
