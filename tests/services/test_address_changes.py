"""Another e-mail address: confirmed by a link to the new one, told to the old one, and everybody is out."""

from dataclasses import replace

import pytest

from tests.builders import PASSWORD
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.test_account_links import HERE, OWNER, mails
from tests.world import World, email_of
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.adapters.letters import LetterComposer
from vctestimony.domain.people import Role
from vctestimony.services import account_links, address_changes, journal, sessions, signing_in
from vctestimony.services.account_links import LinkDead
from vctestimony.services.ports import Ports
from vctestimony.services.sessions import Lifetime
from vctestimony.services.unit import Units
from vctestimony.store.models import OutboxRow

NEW = "new.name@mumbai.example"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    """With mails as they leave."""
    return replace(ports, letters=LetterComposer(Languages(FOLDER)))


def asked(units: Units, actor: FindActor, wanted: str = NEW) -> str:
    """The token of the link; empty where none was mailed."""
    with units.writing() as unit:
        address_changes.ask(unit, wanted, by=actor(Role.COORDINATOR))
    found = mails(units, wanted.casefold())
    return found[-1].partition("/sign-in/address/")[2][:43] if found else ""


def confirmed(units: Units, token: str) -> bool:
    try:
        with units.writing() as unit:
            address_changes.confirm(unit, token)
    except LinkDead:
        return False
    return True


@pytest.mark.abuse(22, 29)
def test_the_new_address_signs_in_once_confirmed_and_the_old_one_is_told(
    units: Units, world: World, actor: FindActor
) -> None:
    account_id = world.account_id(Role.COORDINATOR)
    with units.writing() as unit:
        sessions.start(
            unit, token="here", account_id=account_id, content={}, browser="", lifetime=Lifetime(), has_passed=True
        )
    token = asked(units, actor, NEW.upper())
    assert signing_in.sign_in(units, email=OWNER, password=PASSWORD, address=HERE) == account_id
    assert confirmed(units, token)
    assert not confirmed(units, token)
    assert signing_in.sign_in(units, email=NEW, password=PASSWORD, address=HERE) == account_id
    with pytest.raises(signing_in.SignInRefused):
        signing_in.sign_in(units, email=OWNER, password=PASSWORD, address=HERE)
    (told,) = mails(units, OWNER)
    assert "was changed" in told
    assert NEW not in told
    with units.reading() as unit:
        assert sessions.find(unit, "here", lifetime=Lifetime()) is None
        facts = " ".join(f"{one.action}{one.facts}" for one in journal.history(unit, f"account:{account_id}"))
    assert "account.address_changed" in facts
    assert "@" not in facts


def test_an_address_that_is_taken_gets_no_mail_and_taken_meanwhile_the_link_is_dead(
    units: Units, world: World, actor: FindActor
) -> None:
    assert asked(units, actor, email_of(Role.SUPPORT)) == ""
    token = asked(units, actor)
    with units.writing() as unit:
        address_changes.ask(unit, NEW, by=actor(Role.SUPPORT))
    theirs = mails(units, NEW)[-1].partition("/sign-in/address/")[2][:43]
    assert confirmed(units, theirs)
    assert not confirmed(units, token)


def test_a_link_lives_an_hour_is_replaced_by_a_newer_and_opens_nothing_else(
    units: Units, world: World, actor: FindActor, clock: FrozenClock
) -> None:
    first, second = asked(units, actor), asked(units, actor)
    assert not confirmed(units, first)
    with pytest.raises(LinkDead):
        account_links.choose_password(units, second, wanted="seven lanterns over grey harbour")
    clock.advance(minutes=60)
    assert not confirmed(units, second)
    with pytest.raises(address_changes.SameAddress), units.writing() as unit:
        address_changes.ask(unit, OWNER, by=actor(Role.COORDINATOR))


def test_three_mails_an_hour_go_to_one_address(units: Units, world: World, actor: FindActor) -> None:
    for _ in range(5):
        asked(units, actor)
    with units.reading() as unit:
        assert unit.session.query(OutboxRow).filter_by(to_address=NEW).count() == account_links.MAILS
