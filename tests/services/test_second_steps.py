"""The second step: codes that work once, recovery codes, who must have one, what setting it up ends."""

import pyotp
import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.second_steps import SECRET, TYPED, code, give_app
from tests.world import World
from vctestimony.domain.errors import Refusal
from vctestimony.domain.one_time_codes import code_at, matching_step, step_of
from vctestimony.domain.people import Role
from vctestimony.services import journal, second_step_taking, second_steps, sessions
from vctestimony.services.limits import TooManyTries
from vctestimony.services.second_steps import CodeWrong, StillNeeded
from vctestimony.services.sessions import Lifetime, Live
from vctestimony.services.unit import Units
from vctestimony.store.models import AuthenticatorRow, RecoveryCodeRow

LIFETIME = Lifetime()


@pytest.fixture
def account_id(units: Units, world: World) -> int:
    """The coordinator, with the app of the tests."""
    number = world.account_id(Role.COORDINATOR)
    give_app(units, number)
    return number


def waiting(units: Units, account_id: int, token: str = "first") -> int:  # no password
    with units.writing() as unit:
        return sessions.start(
            unit, token=token, account_id=account_id, content={}, browser="Firefox", lifetime=LIFETIME
        )


def found(units: Units, token: str) -> Live | None:
    with units.reading() as unit:
        return sessions.find(unit, token, lifetime=LIFETIME)


def take(units: Units, account_id: int, given: str, session_id: int = 0, token: str = "second") -> str:
    return second_step_taking.take(
        units,
        account_id=account_id,
        given=given,
        session_id=session_id or waiting(units, account_id, f"before {token}"),
        token=token,
    )


def test_our_codes_are_those_of_any_app(clock: FrozenClock) -> None:
    for later in range(5):
        step = step_of(clock.at) + later * 1_000_003
        assert code_at(SECRET, step) == pyotp.TOTP(TYPED).at(step * 30)


@pytest.mark.parametrize(("later", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
@pytest.mark.asvs("6.5.5")
def test_asvs_6_5_5_a_code_counts_one_step_early_or_late(clock: FrozenClock, later: int, counts: bool) -> None:
    found_step = matching_step(SECRET, code(clock.at, later=later), at=clock.at, after=0)
    assert (found_step is not None) is counts


@pytest.mark.abuse(28)
@pytest.mark.asvs("6.3.3", "7.2.4")
def test_nobody_is_in_before_the_second_step(units: Units, account_id: int, clock: FrozenClock) -> None:
    session_id = waiting(units, account_id)
    before = found(units, "first")
    assert before is not None
    assert (before.actor, before.waiting_id) == (None, account_id)
    assert take(units, account_id, code(clock.at), session_id) == second_step_taking.APP
    assert found(units, "first") is None, "the token of before the step is worth nothing (ASVS 7.2.4)"
    after = found(units, "second")
    assert after is not None
    assert after.actor is not None
    assert after.waiting_id is None


@pytest.mark.asvs("6.5.1")
def test_asvs_6_5_1_a_code_works_once_and_so_do_those_before_it(
    units: Units, account_id: int, clock: FrozenClock
) -> None:
    take(units, account_id, code(clock.at))
    for used in (code(clock.at), code(clock.at, later=-1)):
        with pytest.raises(CodeWrong):
            take(units, account_id, used, token=f"token {used}")
    clock.advance(seconds=30)
    take(units, account_id, code(clock.at), token="fourth")


@pytest.mark.abuse(25)
@pytest.mark.asvs("6.5.1", "6.5.2")
def test_abuse_row_25_a_recovery_code_works_once(units: Units, account_id: int, actor: FindActor) -> None:
    with units.writing() as unit:
        codes = second_steps.new_codes(unit, by=actor(Role.COORDINATOR))
        kept = " ".join(row.code_hash for row in unit.session.query(RecoveryCodeRow))
    assert len(set(codes)) == second_steps.CODES
    assert codes[0] not in kept
    assert take(units, account_id, codes[0].lower().replace("-", " ")) == second_step_taking.PAPER
    with pytest.raises(CodeWrong):
        take(units, account_id, codes[0], token="third")
    assert take(units, account_id, codes[1], token="fourth") == second_step_taking.PAPER
    with units.writing() as unit:
        second_steps.new_codes(unit, by=actor(Role.COORDINATOR))
    with pytest.raises(CodeWrong):
        take(units, account_id, codes[2], token="fifth")


def test_the_recovery_code_of_another_account_is_worth_nothing(
    units: Units, world: World, account_id: int, actor: FindActor
) -> None:
    with units.writing() as unit:
        codes = second_steps.new_codes(unit, by=actor(Role.COORDINATOR, "pune"))
    with pytest.raises(CodeWrong):
        take(units, account_id, codes[0])


@pytest.mark.asvs("6.6.3")
def test_asvs_6_6_3_tries_are_counted_and_the_right_code_must_wait_too(
    units: Units, account_id: int, clock: FrozenClock
) -> None:
    session_id = waiting(units, account_id)
    for _ in range(second_step_taking.TRIES):
        with pytest.raises(CodeWrong):
            take(units, account_id, "not six digits", session_id)
    with pytest.raises(TooManyTries):
        take(units, account_id, code(clock.at), session_id)
    clock.advance(minutes=15)
    take(units, account_id, code(clock.at), session_id)
    with units.reading() as unit:
        told = [entry.action for entry in journal.history(unit, f"account:{account_id}")]
    assert told.count("account.second_step_failed") == second_step_taking.TRIES


def test_the_secret_is_sealed_for_its_own_account(units: Units, world: World, account_id: int) -> None:
    other = world.account_id(Role.COORDINATOR, "pune")
    give_app(units, other)
    with units.writing() as unit:
        mine, theirs = (unit.session.get_one(AuthenticatorRow, number) for number in (account_id, other))
        assert TYPED.encode() not in mine.sealed
        theirs.sealed = mine.sealed
    with pytest.raises(Refusal), units.reading() as unit:
        second_steps.secret_of(unit, unit.session.get_one(AuthenticatorRow, other))


@pytest.mark.abuse(22)
@pytest.mark.asvs("7.4.3")
def test_setting_up_ends_the_other_sessions_and_lets_this_one_stay(
    units: Units, world: World, actor: FindActor, clock: FrozenClock
) -> None:
    by = actor(Role.INTERPRETER)
    here, _ = waiting(units, by.account_id or 0, "here"), waiting(units, by.account_id or 0, "elsewhere")
    with units.writing() as unit:
        sealed = second_steps.new_secret(unit, by.account_id)
        typed = second_steps.offer(unit, sealed, by=by).typed.replace(" ", "")
        with pytest.raises(CodeWrong):
            second_steps.confirm_app(unit, sealed, code="000000x", session_id=here, by=by)
        now = pyotp.TOTP(typed).at(clock.at)
        second_steps.confirm_app(unit, sealed, code=now, session_id=here, by=by)
    assert found(units, "elsewhere") is None
    stayed = found(units, "here")
    assert stayed is not None
    assert stayed.actor == by
    with pytest.raises(CodeWrong):
        take(units, by.account_id or 0, now)
    with units.writing() as unit:
        second_steps.remove_app(unit, session_id=here, by=by)
        assert not second_steps.standing(unit, by.account_id).is_on


def test_who_must_have_one_cannot_take_the_last_away(units: Units, account_id: int, actor: FindActor) -> None:
    with pytest.raises(StillNeeded), units.writing() as unit:
        second_steps.remove_app(unit, session_id=None, by=actor(Role.COORDINATOR))


def test_a_code_is_shown_for_accounts_of_the_demonstration_only_and_each_once(
    units: Units, world: World, account_id: int, clock: FrozenClock
) -> None:
    invented = world.account_id(Role.PRESIDING_OFFICER)
    with units.writing() as unit:
        second_steps.give_for_demonstration(unit, invented)
        assert second_steps.demonstration_code(unit, account_id) is None
    for number in range(3):
        with units.reading() as unit:
            shown = second_steps.demonstration_code(unit, invented)
        assert shown is not None
        take(units, invented, shown, token=f"time {number}")
    with units.reading() as unit:
        assert second_steps.demonstration_code(unit, invented) is None
