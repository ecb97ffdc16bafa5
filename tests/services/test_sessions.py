"""Browser sessions as they are kept: how long they live, what is kept in them, whose they are."""

import pytest

from tests.conftest import FindActor
from tests.fakes import NOW, FrozenClock
from tests.world import World
from vctestimony.domain.errors import Absent
from vctestimony.domain.people import Role
from vctestimony.services import journal, sessions
from vctestimony.services.sessions import Lifetime, Live
from vctestimony.services.unit import Units
from vctestimony.store.models import WebSessionRow

LIFETIME = Lifetime()


def started(units: Units, token: str, account_id: int | None = None, browser: str = "Firefox") -> int:
    with units.writing() as unit:
        return sessions.start(
            unit,
            token=token,
            account_id=account_id,
            content={"said": ["ok"]},
            browser=browser,
            lifetime=LIFETIME,
            has_passed=True,
        )


def found(units: Units, token: str) -> Live | None:
    with units.reading() as unit:
        return sessions.find(unit, token, lifetime=LIFETIME)


def is_alive(units: Units, token: str) -> bool:
    return found(units, token) is not None


def test_a_session_is_found_by_its_token_alone(units: Units, world: World, actor: FindActor) -> None:
    started(units, "one", world.account_id(Role.COORDINATOR))
    live = found(units, "one")
    assert live is not None
    assert live.actor == actor(Role.COORDINATOR)
    assert (live.actor.city, live.actor.zone) == ("Mumbai", "Asia/Kolkata")
    assert live.content == {"said": ["ok"]}
    assert not is_alive(units, "two")


@pytest.mark.parametrize(("minutes", "alive"), [(29, True), (30, False), (31, False)])
def test_an_unused_session_ends_after_half_an_hour(
    units: Units, world: World, clock: FrozenClock, minutes: int, alive: bool
) -> None:
    started(units, "one")
    clock.advance(minutes=minutes)
    assert is_alive(units, "one") is alive


@pytest.mark.parametrize(("minutes", "alive"), [(479, True), (480, False), (481, False)])
def test_a_used_session_ends_after_eight_hours(
    units: Units, world: World, clock: FrozenClock, minutes: int, alive: bool
) -> None:
    number = started(units, "one")
    for passed in range(0, minutes, 29):
        clock.at = NOW
        clock.advance(minutes=passed)
        with units.writing() as unit:
            sessions.keep(unit, number, content=None)
    clock.at = NOW
    clock.advance(minutes=minutes)
    assert is_alive(units, "one") is alive


@pytest.mark.parametrize(("seconds", "worth"), [(59, False), (60, True), (61, True)])
def test_a_use_is_worth_noting_once_a_minute(
    units: Units, world: World, clock: FrozenClock, seconds: int, worth: bool
) -> None:
    started(units, "one")
    clock.advance(seconds=seconds)
    live = found(units, "one")
    assert live is not None
    assert live.is_worth_noting is worth


def test_an_ended_session_cannot_be_brought_back_by_a_late_answer(units: Units, world: World) -> None:
    number = started(units, "one")
    with units.writing() as unit:
        sessions.end(unit, number)
    with units.writing() as unit:
        sessions.keep(unit, number, content={"said": ["late"]})
    assert not is_alive(units, "one")


def test_dead_sessions_go_when_another_starts(units: Units, world: World, clock: FrozenClock) -> None:
    started(units, "old")
    clock.advance(minutes=30)
    started(units, "new")
    with units.reading() as unit:
        assert unit.session.query(WebSessionRow).count() == 1


def test_signing_out_ends_one_session_and_is_journalled(units: Units, world: World, actor: FindActor) -> None:
    account_id = world.account_id(Role.COORDINATOR)
    number = started(units, "one", account_id)
    started(units, "two", account_id)
    with units.writing() as unit:
        sessions.sign_out(unit, number, by=actor(Role.COORDINATOR))
    assert (is_alive(units, "one"), is_alive(units, "two")) == (False, True)
    with units.reading() as unit:
        assert [e.action for e in journal.history(unit, f"account:{account_id}")] == ["account.signed_out"]


def test_the_longest_name_of_a_browser_fits(units: Units, world: World) -> None:
    started(units, "one", browser="x" * 10_000)
    assert is_alive(units, "one")


def test_sessions_are_listed_and_ended_by_their_own_person_only(
    units: Units, world: World, actor: FindActor, clock: FrozenClock
) -> None:
    mine, theirs = actor(Role.COORDINATOR), actor(Role.COORDINATOR, "pune")
    started(units, "first", world.account_id(Role.COORDINATOR))
    clock.advance(minutes=5)
    started(units, "second", world.account_id(Role.COORDINATOR))
    with units.reading() as unit:
        second, first = sessions.own(unit, by=mine, this_id=None)
        assert sessions.own(unit, by=theirs, this_id=None) == ()
    assert [reading.wall.strftime("%H:%M") for reading in second.started] == ["10:35", "11:05"]
    with pytest.raises(Absent), units.writing() as unit:
        sessions.end_own(unit, first.id, by=theirs)
    with units.writing() as unit:
        sessions.end_others(unit, by=mine, this_id=second.id)
    assert (is_alive(units, "first"), is_alive(units, "second")) == (False, True)
