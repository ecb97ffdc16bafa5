"""Accounts: who may have one, how one gets in, and that what ends an account ends it everywhere."""

import threading
from dataclasses import replace
from functools import partial

import pytest

from tests.builders import PASSWORD, add_account
from tests.conftest import FindActor
from tests.services.test_seconds_racing import at_once
from tests.world import World, email_of
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.errors import Refusal, Stale
from vctestimony.domain.passphrases import PasswordGuessable, PasswordTooShort
from vctestimony.domain.people import Role
from vctestimony.services import account_lists, accounts, journal, limits, sessions, signing_in
from vctestimony.services.accounts import (
    AddressRefused,
    AddressTaken,
    LastAdministrator,
    NewAccount,
    OfficialElsewhere,
    OfficialNeeded,
    PostNeeded,
    PostUnknown,
)
from vctestimony.services.limits import TooManyTries
from vctestimony.services.sessions import Lifetime
from vctestimony.services.signing_in import PasswordWrong, SignInRefused
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow, AttemptRow

ADMINISTRATOR = email_of(Role.ADMINISTRATOR)
COORDINATOR = email_of(Role.COORDINATOR)
FRESH = "seven lanterns over grey harbour"
HERE = "192.0.2.1"


def newcomer(world: World) -> NewAccount:
    return NewAccount(
        email="asha.rao@mumbai.example", name="Asha Rao", role=Role.COORDINATOR, post_id=world.mumbai.post_id
    )


def opened(units: Units, new: NewAccount, password: str = FRESH) -> int:
    with units.writing() as unit:
        return accounts.create(unit, new, password=password, by=SYSTEM)


def enter(units: Units, email: str = COORDINATOR, password: str = PASSWORD, address: str = HERE) -> int:
    return signing_in.sign_in(units, email=email, password=password, address=address)


def session_of(units: Units, account_id: int, token: str) -> None:
    with units.writing() as unit:
        sessions.start(unit, token=token, account_id=account_id, content={}, browser="", lifetime=Lifetime())


def is_alive(units: Units, token: str) -> bool:
    with units.reading() as unit:
        return sessions.find(unit, token, lifetime=Lifetime()) is not None


def journalled(units: Units, subject: str) -> list[str]:
    with units.reading() as unit:
        return [entry.action for entry in journal.history(unit, subject)]


def test_an_opened_account_can_sign_in(units: Units, world: World) -> None:
    account_id = opened(units, newcomer(world))
    assert enter(units, "asha.rao@mumbai.example", FRESH) == account_id
    assert journalled(units, f"account:{account_id}") == ["account.opened", "account.signed_in"]


def test_capitals_and_blanks_around_an_address_do_not_matter(units: Units, world: World) -> None:
    account_id = opened(units, replace(newcomer(world), email=" Asha.Rao@Mumbai.Example "))
    assert enter(units, "ASHA.RAO@mumbai.example ", FRESH) == account_id


def test_a_password_is_the_same_in_both_ways_keyboards_send_it(units: Units, world: World) -> None:
    composed, decomposed = "নদীর ধারে গো\u09cbলাপ বাগান", "নদীর ধারে গো\u09c7\u09beলাপ বাগান"
    account_id = opened(units, newcomer(world), composed)
    assert enter(units, "asha.rao@mumbai.example", decomposed) == account_id


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"email": "no address"}, AddressRefused),
        ({"email": "a@b@c.example"}, AddressRefused),
        ({"email": "a\r\nBcc: x@evil.example"}, AddressRefused),
        ({"email": COORDINATOR}, AddressTaken),
        ({"email": COORDINATOR.upper()}, AddressTaken),
        ({"post_id": None}, PostNeeded),
        ({"post_id": 999}, PostNeeded),
        ({"role": Role.INTERPRETER}, OfficialNeeded),
        ({"role": Role.SUPPORT}, OfficialNeeded),
        ({"official_id": 999}, OfficialNeeded),
    ],
)
def test_an_account_that_could_not_be_used_is_refused(
    units: Units, world: World, change: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        opened(units, replace(newcomer(world), **change))  # type: ignore[arg-type]  # one field at a time


def test_a_place_is_found_by_its_code(units: Units, world: World) -> None:
    with units.reading() as unit:
        assert accounts.post_of(unit, "pune-court") == world.pune.post_id
        with pytest.raises(PostUnknown):
            accounts.post_of(unit, "nowhere-court")


def test_an_officials_account_belongs_to_the_officials_place(units: Units, world: World) -> None:
    interpreter = NewAccount(
        email="n@dhaka.example", name="Nasrin", role=Role.INTERPRETER, official_id=world.dhaka.interpreter_id
    )
    with pytest.raises(OfficialElsewhere):
        opened(units, replace(interpreter, post_id=world.pune.post_id))
    account_id = opened(units, interpreter)
    with units.reading() as unit:
        assert account_lists.one_account(unit, account_id).post == "Dhaka: dhaka-mission"


def test_two_administrators_opening_the_same_account_at_once_open_one(units: Units, world: World) -> None:
    outcomes: list[str] = []
    both = threading.Barrier(2)

    def open_it() -> None:
        both.wait()
        try:
            opened(units, newcomer(world))
            outcomes.append("opened")
        except AddressTaken:
            outcomes.append("taken")

    threads = [threading.Thread(target=open_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["opened", "taken"]


def test_a_first_password_works_once_seen_and_must_be_changed(units: Units, world: World) -> None:
    with units.writing() as unit:
        password = accounts.create_with_first_password(unit, newcomer(world), by=SYSTEM)
    account_id = enter(units, "asha.rao@mumbai.example", password)
    by = Actor(name="Asha Rao", account_id=account_id)
    with units.reading() as unit:
        assert account_lists.own_account(unit, by=by).must_change
    signing_in.change_password(units, present=password, wanted=FRESH, by=by)
    with units.reading() as unit:
        assert not account_lists.own_account(unit, by=by).must_change


def test_first_passwords_are_long_and_never_the_same() -> None:
    made = {accounts.first_password() for _ in range(50)}
    assert len(made) == 50
    assert {len(password) for password in made} == {23}


@pytest.mark.asvs("6.2.8")
@pytest.mark.parametrize("password", ["", "wrong", PASSWORD + " ", PASSWORD.upper()])
def test_only_the_exact_password_signs_in(units: Units, world: World, password: str) -> None:
    with pytest.raises(SignInRefused):
        enter(units, password=password)
    assert journalled(units, f"account:{world.account_id(Role.COORDINATOR)}") == ["account.sign_in_failed"]


def test_a_failed_try_at_an_unknown_address_is_journalled_without_it(units: Units, world: World) -> None:
    with pytest.raises(SignInRefused):
        enter(units, "nobody@mumbai.example")
    assert journalled(units, "account:unknown") == ["account.sign_in_failed"]
    with units.reading() as unit:
        assert not any("nobody" in entry.facts + entry.actor for entry in journal.history(unit, "account:unknown"))


def test_one_account_is_limited_wherever_the_tries_come_from(units: Units, world: World) -> None:
    for number in range(10):
        with pytest.raises(SignInRefused):
            enter(units, password="no", address=f"192.0.2.{number}")
    with pytest.raises(TooManyTries):
        enter(units, address="192.0.2.99")


@pytest.mark.threat("T21")
def test_one_address_is_limited_whichever_accounts_it_tries_but_not_for_whom_it_knows(
    units: Units, world: World
) -> None:
    assert enter(units) == world.account_id(Role.COORDINATOR)
    for number in range(11):
        with pytest.raises(SignInRefused):
            enter(units, f"person{number}@mumbai.example", "no")
    assert enter(units, ADMINISTRATOR) == world.account_id(Role.ADMINISTRATOR), "a court has more than ten people"
    with units.writing() as unit:
        for _ in range(11, signing_in.TRIES_FROM_A_PLACE):
            limits.note(unit, f"sign-in-from:{HERE}")
    with pytest.raises(TooManyTries):
        enter(units, email_of(Role.MISSION_OFFICIAL))
    assert enter(units) == world.account_id(Role.COORDINATOR)
    assert enter(units, email_of(Role.MISSION_OFFICIAL), address="192.0.2.2")


def test_people_of_one_office_who_all_sign_in_rightly_do_not_use_up_its_tries(units: Units, world: World) -> None:
    for _ in range(11):
        enter(units)
    with units.reading() as unit:
        assert not [row for row in unit.session.query(AttemptRow) if row.bucket.startswith("sign-in")]


def test_disabling_ends_every_session_and_every_sign_in(units: Units, world: World, actor: FindActor) -> None:
    account_id = world.account_id(Role.COORDINATOR)
    session_of(units, account_id, "one")
    session_of(units, account_id, "two")
    with units.writing() as unit:
        accounts.disable(unit, account_id, version=1, by=actor(Role.ADMINISTRATOR))
    assert not is_alive(units, "one")
    assert not is_alive(units, "two")
    with pytest.raises(SignInRefused):
        enter(units)


def test_an_account_changed_meanwhile_is_not_disabled(units: Units, world: World, actor: FindActor) -> None:
    with pytest.raises(Stale), units.writing() as unit:
        accounts.disable(unit, world.account_id(Role.COORDINATOR), version=2, by=actor(Role.ADMINISTRATOR))


@pytest.mark.asvs("2.3.4")
def test_of_two_administrators_who_disable_each_other_at_once_one_stays(units: Units, world: World) -> None:
    with units.writing() as unit:
        other = add_account(unit.session, Role.ADMINISTRATOR, "other@service.example")
        own = unit.session.get_one(AccountRow, world.account_id(Role.ADMINISTRATOR))
        pair = [(one.id, one.version, accounts.actor_of(by)) for one, by in ((own, other), (other, own))]
    acts = [partial(accounts.disable, account_id=number, version=version, by=by) for number, version, by in pair]
    assert sorted(at_once(units, acts)) == ["LastAdministrator", "done"]


def test_the_last_administrator_cannot_be_disabled(units: Units, world: World, actor: FindActor) -> None:
    by = actor(Role.ADMINISTRATOR)
    with pytest.raises(LastAdministrator), units.writing() as unit:
        accounts.disable(unit, world.account_id(Role.ADMINISTRATOR), version=1, by=by)
    other = opened(units, NewAccount(email="second@office.example", name="Second", role=Role.ADMINISTRATOR))
    with units.writing() as unit:
        accounts.disable(unit, other, version=1, by=by)
    with pytest.raises(SignInRefused):
        enter(units, "second@office.example", FRESH)


def test_an_enabled_account_needs_its_new_first_password(units: Units, world: World, actor: FindActor) -> None:
    account_id, by = world.account_id(Role.COORDINATOR), actor(Role.ADMINISTRATOR)
    with units.writing() as unit:
        accounts.disable(unit, account_id, version=1, by=by)
    with units.writing() as unit:
        password = accounts.enable(unit, account_id, version=2, by=by)
    with pytest.raises(SignInRefused):
        enter(units)
    assert enter(units, password=password) == account_id


@pytest.mark.asvs("6.2.2", "6.2.3")
def test_a_changed_password_replaces_the_old_one_and_ends_every_session(
    units: Units, world: World, actor: FindActor
) -> None:
    by = actor(Role.COORDINATOR)
    session_of(units, world.account_id(Role.COORDINATOR), "copied")
    signing_in.change_password(units, present=PASSWORD, wanted=FRESH, by=by)
    assert not is_alive(units, "copied")
    with pytest.raises(SignInRefused):
        enter(units)
    assert enter(units, password=FRESH) == by.account_id


@pytest.mark.parametrize(
    ("present", "wanted", "refusal"),
    [
        ("wrong", FRESH, PasswordWrong),
        (PASSWORD, "too short", PasswordTooShort),
        (PASSWORD, "testimony court mumbai", PasswordGuessable),
    ],
)
def test_a_refused_change_leaves_the_password_as_it_was(
    units: Units, world: World, actor: FindActor, present: str, wanted: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        signing_in.change_password(units, present=present, wanted=wanted, by=actor(Role.COORDINATOR))
    assert enter(units) == world.account_id(Role.COORDINATOR)


@pytest.mark.asvs("6.2.3")
def test_the_present_password_cannot_be_guessed_at_will(units: Units, world: World, actor: FindActor) -> None:
    by = actor(Role.COORDINATOR)
    for _ in range(10):
        with pytest.raises(PasswordWrong):
            signing_in.change_password(units, present="no", wanted=FRESH, by=by)
    with pytest.raises(TooManyTries):
        signing_in.change_password(units, present=PASSWORD, wanted=FRESH, by=by)
