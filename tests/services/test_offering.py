"""Offering several times: all or none, asked by mail, one is booked and the rest is free, and the clock ends it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import FindActor
from tests.faked_letters import FakeLetterPress
from tests.fakes import NOW, FrozenClock
from tests.services.offered import PEOPLE, ROWS, book_option, kinds, rows, sent
from tests.services.planned import (
    FRIDAY_11,
    KOLKATA,
    MONDAY_11,
    MONDAY_11_AT,
    MONDAY_14,
    TUESDAY_11,
    PlainTokens,
    answered,
    booked,
    hearing_of,
    held,
    moved_to,
    options_of,
    take,
    version_of,
)
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import NotAllowed, Stale
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import to_min
from vctestimony.domain.options import OptionGone, OptionRanOut, OptionsOverlap, OptionState
from vctestimony.domain.people import Role
from vctestimony.services import journal, offering
from vctestimony.services.claims import SlotTaken, TimeRefused
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import OccupancyKind, OfficialRow, OutboxState


@pytest.fixture
def press() -> FakeLetterPress:
    return FakeLetterPress()


@pytest.fixture
def ports(ports: Ports, press: FakeLetterPress) -> Ports:
    return replace(ports, tokens=PlainTokens(), option_tokens=PlainTokens(), letters=press)


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


@pytest.fixture
def pune(actor: FindActor) -> Actor:
    return actor(Role.COORDINATOR, "pune")


def test_three_times_are_held_together_and_everybody_is_asked(
    units: Units, world: World, mumbai: Actor, press: FakeLetterPress
) -> None:
    held(units, world.mumbai.hearing, mumbai, TUESDAY_11, MONDAY_14, MONDAY_11, asks=True)
    options = options_of(units, world.mumbai.hearing)
    assert [(one.number, one.starts_wall) for one in options] == [(1, MONDAY_11), (2, MONDAY_14), (3, TUESDAY_11)]
    assert [len(one.answers) for one in options] == [PEOPLE] * 3
    assert rows(units, OccupancyKind.HOLD) == 3 * ROWS
    assert kinds(units) == ["options"] * PEOPLE
    letter = press.about_options[0]
    assert [time.number for time in letter.times] == [1, 2, 3]
    assert letter.answer_url.startswith("http://127.0.0.1:8000/options/")
    assert press.composed == []


@pytest.mark.parametrize("wall", [FRIDAY_11, MONDAY_11 - timedelta(days=30)])
def test_when_one_of_them_cannot_be_none_is_held(units: Units, world: World, mumbai: Actor, wall: object) -> None:
    with pytest.raises(Exception, match=r"cannot be at this time|too near"):
        held(units, world.mumbai.hearing, mumbai, MONDAY_11, wall)  # type: ignore[arg-type]  # parametrized
    assert rows(units, OccupancyKind.HOLD) == 0
    assert options_of(units, world.mumbai.hearing) == []
    assert hearing_of(units, world.mumbai.hearing).state is State.REQUESTED


def test_options_that_share_a_minute_are_refused(units: Units, world: World, mumbai: Actor) -> None:
    with pytest.raises(OptionsOverlap):
        held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_11 + timedelta(minutes=75))
    assert rows(units, OccupancyKind.HOLD) == 0


def test_booking_one_gives_the_others_back_and_only_invitations_leave(
    units: Units, world: World, mumbai: Actor, pune: Actor
) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_14, asks=True)
    sent(units)
    book_option(units, world.mumbai.hearing, mumbai, 2)
    row = hearing_of(units, world.mumbai.hearing)
    assert (row.state, row.starts_wall) == (State.BOOKED, MONDAY_14)
    states = [one.state for one in options_of(units, world.mumbai.hearing)]
    assert states == [OptionState.RELEASED, OptionState.BOOKED]
    assert (rows(units, OccupancyKind.HOLD), rows(units, OccupancyKind.BOOKING)) == (0, ROWS)
    assert kinds(units, OutboxState.PENDING) == ["invitation"] * PEOPLE
    booked(units, world.pune.hearing, pune, MONDAY_11)


@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_the_clock_alone_ends_an_option(
    units: Units, world: World, mumbai: Actor, pune: Actor, clock: FrozenClock, minutes: int
) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_14, asks=True)
    clock.advance(hours=48, minutes=minutes)
    if minutes < 0:
        with pytest.raises(SlotTaken):
            booked(units, world.pune.hearing, pune, MONDAY_11)
        book_option(units, world.mumbai.hearing, mumbai, 1)
        assert hearing_of(units, world.mumbai.hearing).state is State.BOOKED
    else:
        with pytest.raises(OptionRanOut, match=r"held until 2026-09-03 10:30 Mumbai \(UTC\+05:30\)"):
            book_option(units, world.mumbai.hearing, mumbai, 1)
        booked(units, world.pune.hearing, pune, MONDAY_11)
        with pytest.raises(OptionRanOut):
            book_option(units, world.mumbai.hearing, mumbai, 1)


def test_booking_another_time_by_hand_ends_the_options(units: Units, world: World, mumbai: Actor) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_14, asks=True)
    booked(units, world.mumbai.hearing, mumbai, TUESDAY_11)
    assert {one.state for one in options_of(units, world.mumbai.hearing)} == {OptionState.RELEASED}
    assert (rows(units, OccupancyKind.HOLD), rows(units, OccupancyKind.BOOKING)) == (0, ROWS)
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_11)


def test_an_option_that_is_gone_is_not_booked(units: Units, world: World, mumbai: Actor) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11)
    with pytest.raises(OptionGone):
        book_option(units, world.mumbai.hearing, mumbai, 2)


def test_somebody_who_went_on_leave_meanwhile_stops_the_booking_of_that_option_only(
    units: Units, world: World, mumbai: Actor
) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_14)
    with units.reading() as unit:
        judge = unit.session.get_one(OfficialRow, world.mumbai.judge_id).resource_id
    take(units, judge, to_min(MONDAY_11_AT), to_min(MONDAY_11_AT) + 60, blocking=False)
    with pytest.raises(SlotTaken):
        book_option(units, world.mumbai.hearing, mumbai, 1)
    book_option(units, world.mumbai.hearing, mumbai, 2)
    assert hearing_of(units, world.mumbai.hearing).starts_wall == MONDAY_14


def test_only_the_coordinator_of_the_court_offers_and_a_stale_form_offers_nothing(
    units: Units, world: World, mumbai: Actor, actor: FindActor
) -> None:
    judge = actor(Role.PRESIDING_OFFICER, "mumbai")
    with pytest.raises(NotAllowed):
        held(units, world.mumbai.hearing, judge, MONDAY_11)
    version = version_of(units, world.mumbai.hearing)
    held(units, world.mumbai.hearing, mumbai, MONDAY_11)
    what = offering.Offer(starts=(MONDAY_14,), zone=KOLKATA)
    with pytest.raises(Stale), units.writing() as unit:
        offering.offer(unit, world.mumbai.hearing, what, version=version, by=mumbai)


def test_the_journal_tells_the_story(units: Units, world: World, mumbai: Actor, clock: FrozenClock) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_14, asks=True)
    book_option(units, world.mumbai.hearing, mumbai, 1)
    with units.reading() as unit:
        entries = [entry.action for entry in journal.history(unit, world.mumbai.hearing)]
        assert journal.verify(unit)[1] is None
    assert entries == ["hearing.held", "options.asked", "hearing.booked", "invitations.written"]
    assert clock.at == NOW


def test_a_time_outside_the_hours_is_refused_as_everywhere(units: Units, world: World, mumbai: Actor) -> None:
    with pytest.raises(TimeRefused) as refused:
        held(units, world.mumbai.hearing, mumbai, MONDAY_11.replace(hour=6))
    assert len(refused.value.alternatives) == 3
