"""However options end, those who know of them are told once, by the invitation or by a mail of its own."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.builders import add_official
from tests.conftest import FindActor
from tests.faked_letters import FakeLetterPress
from tests.fakes import FrozenClock
from tests.services.offered import PEOPLE, ROWS, book_option, kinds, released, rows, sent
from tests.services.planned import (
    MONDAY_11,
    MONDAY_11_AT,
    MONDAY_14,
    TUESDAY_11,
    PlainTokens,
    answered,
    hearing_of,
    held,
    options_of,
    take,
    version_of,
)
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import to_min
from vctestimony.domain.options import Ending
from vctestimony.domain.people import Duty, Role
from vctestimony.services import offering, scheduling
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store import hearings
from vctestimony.store.models import NeedRow, OccupancyKind, OccupancyRow, OfficialRow, OutboxState, PostRow


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


def test_a_mail_that_has_not_left_is_overtaken_by_the_invitation(units: Units, world: World, mumbai: Actor) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, asks=True)
    book_option(units, world.mumbai.hearing, mumbai, 1)
    assert kinds(units, OutboxState.PENDING) == ["invitation"] * PEOPLE
    assert kinds(units, OutboxState.SUPERSEDED) == ["options"] * PEOPLE


def test_what_ran_out_at_different_times_ends_one_by_one(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock
) -> None:
    clock.at = MONDAY_11_AT - timedelta(hours=60)
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, TUESDAY_11, hours=48, asks=True)
    assert [one.held_until - clock.at for one in options_of(units, world.mumbai.hearing)] == [
        timedelta(hours=36),
        timedelta(hours=48),
    ]
    sent(units)
    clock.advance(hours=36)
    with units.writing() as unit:
        assert offering.release_expired(unit) == 0
    assert hearing_of(units, world.mumbai.hearing).state is State.PROPOSED
    assert rows(units, OccupancyKind.HOLD) == ROWS
    clock.advance(hours=12)
    with units.writing() as unit:
        assert offering.release_expired(unit) == 1
    assert hearing_of(units, world.mumbai.hearing).state is State.REQUESTED
    assert kinds(units, OutboxState.PENDING) == ["options_withdrawn"] * PEOPLE


def test_the_worker_tells_those_who_were_asked_that_all_ran_out(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock, press: FakeLetterPress
) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_14, asks=True)
    sent(units)
    clock.advance(hours=48)
    with units.writing() as unit:
        assert offering.release_expired(unit) == 1
        assert offering.release_expired(unit) == 0
    assert kinds(units, OutboxState.PENDING) == ["options_withdrawn"] * PEOPLE
    said = press.about_options[-1]
    assert (said.ending, [time.number for time in said.times], said.answer_url) == (Ending.EXPIRED, [1, 2], "")


def test_who_was_not_told_of_an_offer_is_not_told_of_its_end(units: Units, world: World, mumbai: Actor) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, asks=True)
    released(units, world.mumbai.hearing, mumbai)
    assert kinds(units, OutboxState.PENDING) == []
    held(units, world.mumbai.hearing, mumbai, MONDAY_11)
    released(units, world.mumbai.hearing, mumbai)
    assert kinds(units, OutboxState.PENDING) == []


def test_a_new_offer_says_that_it_replaces_the_old_one_and_no_second_mail_leaves(
    units: Units, world: World, mumbai: Actor, press: FakeLetterPress
) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, asks=True)
    sent(units)
    held(units, world.mumbai.hearing, mumbai, MONDAY_14, TUESDAY_11, asks=True)
    assert kinds(units, OutboxState.PENDING) == ["options"] * PEOPLE
    assert {letter.replaces for letter in press.about_options[PEOPLE:]} == {True}
    assert rows(units, OccupancyKind.HOLD) == 2 * ROWS
    assert [(one.offer, one.number) for one in options_of(units, world.mumbai.hearing)] == [(2, 1), (2, 2)]


@pytest.mark.parametrize(
    ("how", "ending"), [("release", Ending.RELEASED), ("cancel", Ending.CANCELLED), ("hold", Ending.RELEASED)]
)
def test_whatever_else_ends_the_offer_is_told_once(
    units: Units, world: World, mumbai: Actor, press: FakeLetterPress, how: str, ending: Ending
) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_14, asks=True)
    sent(units)
    reference = world.mumbai.hearing
    if how == "release":
        released(units, reference, mumbai)
    elif how == "hold":
        held(units, reference, mumbai, TUESDAY_11)
    else:
        version = version_of(units, reference)
        with units.writing() as unit:
            scheduling.cancel(unit, reference, reason="Settled", version=version, by=mumbai)
    assert kinds(units, OutboxState.PENDING) == ["options_withdrawn"] * PEOPLE
    assert {letter.ending for letter in press.about_options[PEOPLE:]} == {ending}


def test_after_the_booking_a_cancellation_says_nothing_of_options(units: Units, world: World, mumbai: Actor) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, asks=True)
    sent(units)
    book_option(units, world.mumbai.hearing, mumbai, 1)
    sent(units)
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        scheduling.cancel(unit, world.mumbai.hearing, reason="Settled", version=version, by=mumbai)
    assert kinds(units, OutboxState.PENDING) == ["cancellation"] * PEOPLE


def test_who_serves_is_held_with_the_option_and_takes_the_seat_when_it_is_booked(
    units: Units, world: World, mumbai: Actor, press: FakeLetterPress
) -> None:
    """Two interpreters would do. The first is away at that hour, so the second is held, and the first is told."""
    with units.writing() as unit:
        post = unit.session.get_one(PostRow, world.dhaka.post_id)
        first = unit.session.get_one(OfficialRow, world.dhaka.interpreter_id)
        second = add_official(unit.session, "Farida Yasmin", post=post, duty=Duty.INTERPRETER)
        for rank, official in enumerate((first, second), start=1):
            need = NeedRow(
                need="seat:INT", rank=rank, resource_id=official.resource_id, hearing_id=world.mumbai.hearing_id
            )
            unit.session.add(need)
        away, number = first.resource_id, second.resource_id
    take(units, away, to_min(MONDAY_11_AT), to_min(MONDAY_11_AT) + 30, blocking=False)
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_14, asks=True)
    assert [dict(one.chosen) for one in options_of(units, world.mumbai.hearing)] == [
        {f"{away}|{number}": str(number)},
        {f"{away}|{number}": str(away)},
    ]
    sent(units)
    book_option(units, world.mumbai.hearing, mumbai, 1)
    with units.reading() as unit:
        claimed = set(
            unit.session.scalars(sa.select(OccupancyRow.resource_id).where(OccupancyRow.hearing_id.is_not(None)))
        )
        seated = hearings.by_reference(unit.session, world.mumbai.hearing)
        assert seated is not None
        names = [one.official.name for one in seated.participants if one.removed_at is None]
    assert (number in claimed, away in claimed, "Farida Yasmin" in names) == (True, False, True)
    assert kinds(units, OutboxState.PENDING) == ["invitation"] * PEOPLE + ["options_withdrawn"]
    assert (press.about_options[-1].to.name, press.about_options[-1].ending) == ("Nasrin Alam", Ending.REPLACED)
