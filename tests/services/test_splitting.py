"""A testimony over several days: the preview, and that all its sittings are taken or none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.services.planned import KOLKATA, PlainTokens, answered, booked, hearing_of, take, version_of
from tests.world import World
from vctestimony.adapters.packs import load_packs
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import NotAllowed, Stale
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import resolve, to_min
from vctestimony.domain.people import Role
from vctestimony.domain.sittings import LongerThanOrdered
from vctestimony.domain.sop import Pack
from vctestimony.services import checklists, journal, planning, splitting
from vctestimony.services.claims import SlotTaken
from vctestimony.services.invited import first_of
from vctestimony.services.ports import Ports
from vctestimony.services.splitting import NotToBeSplit, SittingsChanged, SplitPage, TooManySittings, Wish
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OccupancyRow, OutboxRow, StepRow, StepState

WISH = Wish(total_minutes=150, longest_minutes=60, most_days_between=7)


@cache
def packs() -> tuple[Pack, ...]:
    """The real rule packs."""
    return load_packs(Path(__file__).parents[2] / "sop")


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens(), packs=packs)


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def previewed(units: Units, world: World, by: Actor, wish: Wish = WISH) -> SplitPage:
    with units.reading() as unit:
        return splitting.preview(unit, world.mumbai.hearing, wish, by=by)


def split(
    units: Units, world: World, by: Actor, walls: Sequence[datetime], *, hold: bool = False, wish: Wish = WISH
) -> tuple[str, ...]:
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        return splitting.split(unit, world.mumbai.hearing, wish, walls, zone=KOLKATA, hold=hold, version=version, by=by)


def walls_of(page: SplitPage) -> list[datetime]:
    return [one.time.start_wall for one in page.sittings]


def counted(units: Units) -> tuple[int, int, int]:
    """Hearings, claims and mails."""
    with units.reading() as unit:
        rows = (HearingRow, OccupancyRow, OutboxRow)
        hearings, claims, mails = (unit.session.scalar(sa.select(sa.func.count()).select_from(row)) for row in rows)
        return hearings or 0, claims or 0, mails or 0


def test_the_preview_shows_the_next_common_days_with_even_lengths(units: Units, world: World, mumbai: Actor) -> None:
    page = previewed(units, world, mumbai)
    assert [one.minutes for one in page.sittings] == [50, 50, 50]
    assert [(wall.day, wall.hour, wall.minute) for wall in walls_of(page)] == [(2, 10, 30), (3, 10, 30), (7, 10, 30)]


def test_all_sittings_are_booked_as_continuations_with_the_same_people(
    units: Units, world: World, mumbai: Actor
) -> None:
    walls = walls_of(previewed(units, world, mumbai))
    references = split(units, world, mumbai, walls)
    rows = [hearing_of(units, reference) for reference in references]
    assert references[0] == world.mumbai.hearing
    assert [row.state for row in rows] == [State.BOOKED] * 3
    assert [row.main_minutes for row in rows] == [50, 50, 50]
    assert [row.continues_id for row in rows] == [None, rows[0].id, rows[1].id]
    with units.reading() as unit:
        stored = [unit.session.get_one(HearingRow, row.id) for row in rows]
        assert {first_of(row).reference for row in stored} == {references[0]}
    assert [row.starts_wall for row in rows] == walls
    assert {len(row.participants) for row in rows} == {7}
    assert counted(units)[2] == 21


def test_one_sitting_that_is_taken_meanwhile_leaves_nothing_of_the_others(
    units: Units, world: World, mumbai: Actor
) -> None:
    walls, before = walls_of(previewed(units, world, mumbai)), counted(units)
    third = to_min(resolve(walls[2], KOLKATA))
    take(units, world.mumbai.room_id, third + 20, third + 21)
    with pytest.raises(SlotTaken):
        split(units, world, mumbai, walls)
    hearings, claims, mails = before
    assert counted(units) == (hearings, claims + 1, mails)
    row = hearing_of(units, world.mumbai.hearing)
    assert (row.state, row.main_minutes, row.starts_at) == (State.REQUESTED, 60, None)
    again = walls_of(previewed(units, world, mumbai))
    assert again[:2] == walls[:2]
    assert again[2] != walls[2]


def test_all_sittings_can_be_held_and_nobody_is_written_to(units: Units, world: World, mumbai: Actor) -> None:
    with units.reading() as unit:  # far enough ahead that people can be asked meanwhile
        page = splitting.preview(unit, world.mumbai.hearing, WISH, from_on=date(2026, 9, 14), by=mumbai)
    references = split(units, world, mumbai, walls_of(page), hold=True)
    assert {hearing_of(units, reference).state for reference in references} == {State.PROPOSED}
    assert counted(units)[2] == 0


def test_times_that_do_not_fit_the_sittings_are_refused(units: Units, world: World, mumbai: Actor) -> None:
    walls = walls_of(previewed(units, world, mumbai))
    far = [*walls[:2], walls[1] + timedelta(days=8)]
    for wrong in (walls[:2], [walls[0], walls[0], walls[1]], list(reversed(walls)), far):
        with pytest.raises(SittingsChanged):
            split(units, world, mumbai, wrong)


def test_the_order_sets_the_longest_day_and_its_breaks(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit:
        order = unit.session.get_one(HearingRow, world.mumbai.hearing_id).order
        order.longest_minutes, order.break_after_minutes, order.break_minutes = 50, 25, 5
    with units.reading() as unit:
        wish = splitting.wish_of(unit, world.mumbai.hearing, total=None, longest=None, between=None, by=mumbai)
    assert (wish.total_minutes, wish.longest_minutes) == (60, 50)
    page = previewed(units, world, mumbai, wish)
    assert [one.minutes for one in page.sittings] == [25, 25]  # 60 with two breaks is 50 of sitting
    with pytest.raises(LongerThanOrdered):
        previewed(units, world, mumbai, replace(wish, longest_minutes=51))


def test_what_cannot_be_placed_says_how_far_it_gets_and_why(units: Units, world: World, mumbai: Actor) -> None:
    after = to_min(resolve(datetime(2026, 9, 3), KOLKATA))
    take(units, world.mumbai.room_id, after, after + 60 * 24 * 60)
    page = previewed(units, world, mumbai)
    assert (page.sittings, page.placed, page.count) == ((), 1, 3)
    assert f"{page.stuck_after_on}" == "2026-09-02"
    assert page.reasons[0].on.day == 3
    assert [why.rule for why in page.reasons[0].whys] == ["already taken"]


def test_sittings_longer_than_any_common_stretch_name_the_longest_that_fits(
    units: Units, world: World, mumbai: Actor
) -> None:
    page = previewed(units, world, mumbai, Wish(total_minutes=400, longest_minutes=200, most_days_between=7))
    assert (page.sittings, page.placed) == ((), 0)
    assert page.longest_that_fits == 120  # the mission stops at 13:00 by Mumbai's clock
    fitting = Wish(total_minutes=400, longest_minutes=120, most_days_between=7)
    assert len(previewed(units, world, mumbai, fitting).sittings) == 4


def test_a_step_that_holds_booking_and_was_settled_counts_for_the_continuation(
    units: Units, world: World, mumbai: Actor
) -> None:
    with units.writing() as unit:
        first = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        checklists.compose_for(unit, first, by=mumbai)
        second = planning.continuation_of(unit, first, main_minutes=60, by=mumbai)
        steps = unit.session.scalars(sa.select(StepRow).order_by(StepRow.id)).all()
        of_first, open_one = steps[0], steps[1]
        for step in steps:
            if step.step_id in {of_first.step_id, open_one.step_id}:
                step.blocks = "book"
        still = open_one.step_id
        of_first.state, of_first.acted_by, of_first.acted_at = StepState.DONE, "A clerk", unit.now
        unit.session.flush()
        checklists.carry_over(unit, first, second, gate="book", by=mumbai)
        left = [step.id for step in checklists.open_steps(unit, second, "book")]
        said = [one.action for one in journal.history(unit, second.reference)]
    assert left == [still]
    assert said.count("step.carried_over") == 1


def test_only_a_hearing_without_a_time_is_split_and_an_old_page_changes_nothing(
    units: Units, world: World, mumbai: Actor, actor: FindActor
) -> None:
    walls = walls_of(previewed(units, world, mumbai))
    with pytest.raises(NotAllowed), units.writing() as unit:
        by = actor(Role.MISSION_OFFICIAL)
        splitting.split(unit, world.mumbai.hearing, WISH, walls, zone=KOLKATA, hold=False, version=1, by=by)
    with pytest.raises(Stale), units.writing() as unit:
        splitting.split(unit, world.mumbai.hearing, WISH, walls, zone=KOLKATA, hold=False, version=99, by=mumbai)
    with pytest.raises(TooManySittings):
        previewed(units, world, mumbai, Wish(total_minutes=600, longest_minutes=10, most_days_between=7))
    booked(units, world.mumbai.hearing, mumbai)
    with pytest.raises(NotToBeSplit):
        previewed(units, world, mumbai)
