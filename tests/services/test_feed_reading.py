"""A feed as programs read it again and again: the same bytes, few statements, in time, and noted that it was read."""

import cProfile
import pstats
from datetime import timedelta
from itertools import pairwise

import pytest

from tests.conftest import Database
from tests.fakes import NOW, FrozenClock
from tests.services.fed import events, given, made, many, shown
from tests.services.planned import MONDAY_11_AT, MONDAY_14, answered, booked, moved_to
from tests.services.test_finding import counted
from tests.world import World
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.services.feed_addresses import Holder
from vctestimony.services.unit import NotSaved, Unit, Units
from vctestimony.store.models import FeedRow, HearingRow, OfficialRow

BOTH = pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    """SQLite, unless the test asks for another: where PostgreSQL could answer a query differently, both are asked."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def test_an_unchanged_feed_is_the_same_byte_for_byte_and_a_changed_one_is_later(
    units: Units, world: World, mumbai: Actor, judge: Actor, clock: FrozenClock
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    token = made(units, Holder(official_id=judge.official_id), judge)
    first = given(units, token)
    clock.advance(minutes=50)
    assert given(units, token) == first
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14)
    second = given(units, token)
    assert second.etag != first.etag
    assert (first.changed_at, second.changed_at) == (NOW, NOW + timedelta(minutes=50))
    with units.writing() as unit:
        unit.session.get_one(OfficialRow, world.mumbai.judge_id).language = "hi"
    third = given(units, token)
    assert third.changed_at == second.changed_at + timedelta(seconds=1)
    assert "सुनवाई" in third.content.decode()


@BOTH
def test_that_a_feed_was_read_is_noted_every_quarter_of_an_hour_if_it_can_be(
    units: Units, world: World, mumbai: Actor, judge: Actor, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = made(units, Holder(official_id=judge.official_id), judge)
    reads = []
    for minutes in (0, 14, 1):
        clock.advance(minutes=minutes)
        given(units, token)
        with units.reading() as unit:
            reads.append(unit.session.query(FeedRow).one().read_at)
    assert reads == [NOW, NOW, NOW + timedelta(minutes=15)]
    booked(units, world.mumbai.hearing, mumbai)

    def full(_self: Units, *, wakes: bool = True) -> Unit:
        raise NotSaved

    monkeypatch.setattr(Units, "writing", full)
    assert len(shown(units, token)) == 1


@BOTH
def test_a_feed_takes_as_many_statements_however_many_hearings(
    units: Units, world: World, database: Database, judge: Actor
) -> None:
    tokens = (
        made(units, Holder(official_id=judge.official_id), judge),
        made(units, Holder(room_id=world.mumbai.room_id), SYSTEM),
    )
    found = []
    for count in (1, 30):
        with units.writing() as unit:
            many(
                unit.session,
                world,
                count,
                first_at=MONDAY_11_AT + timedelta(days=count),
                addresses=unit.ports.addresses,
            )
        for token in tokens:
            given(units, token)
            with counted(database) as statements:
                given(units, token)
            found.append(len(statements))
    assert found[:2] == found[2:]
    assert max(found) <= 6


def test_five_hundred_hearings_are_written_once_and_then_kept(units: Units, world: World, judge: Actor) -> None:
    with units.writing() as unit:
        many(unit.session, world, 500, first_at=MONDAY_11_AT, addresses=unit.ports.addresses)
    token, calls = made(units, Holder(official_id=judge.official_id), judge), []
    for _ in range(2):
        with cProfile.Profile() as profile:
            content = given(units, token).content
        calls.append(pstats.Stats(profile).__dict__["total_calls"])
    assert len(events(content)) == 500
    assert calls[1] < calls[0] / 2, calls


@BOTH
def test_continuations_are_related_to_the_first_hearing_in_as_many_statements(
    units: Units, world: World, database: Database, judge: Actor
) -> None:
    token = made(units, Holder(official_id=judge.official_id), judge)
    with units.writing() as unit:
        many(unit.session, world, 12, first_at=MONDAY_11_AT, addresses=unit.ports.addresses)
    given(units, token)
    with counted(database) as alone:
        given(units, token)
    with units.writing() as unit:
        ours = unit.session.query(HearingRow).filter(HearingRow.reference.like("H-OF12N%"))
        rows = ours.order_by(HearingRow.id).all()
        for before, after in pairwise(rows):
            after.continues_id = before.id
        rows[0].starts_at = MONDAY_11_AT - timedelta(days=200)
        uid = rows[0].uid
    given(units, token)
    with counted(database) as chained:
        content = given(units, token).content
    assert len(chained) == len(alone)
    assert [str(one["RELATED-TO"]) for one in events(content) if "RELATED-TO" in one] == [uid] * 11
