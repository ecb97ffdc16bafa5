"""Links by mail: an invitation, a lost password. Each works once, for an hour, and signs nobody in."""

import re
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from tests.builders import PASSWORD
from tests.conftest import FindActor
from tests.faked_letters import FakeLetterPress
from tests.fakes import FrozenClock
from tests.services.mails import opened
from tests.world import World, email_of
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.adapters.letters import LetterComposer
from vctestimony.domain.errors import Conflict, Refusal
from vctestimony.domain.passphrases import PasswordBreached, PasswordListUnusable
from vctestimony.domain.people import Role
from vctestimony.services import account_links, accounts, journal, second_steps, sessions, signing_in
from vctestimony.services.account_links import LinkDead
from vctestimony.services.accounts import NewAccount
from vctestimony.services.limits import TooManyTries
from vctestimony.services.ports import Ports, Vetting
from vctestimony.services.sessions import Lifetime
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountLinkRow, AccountRow, OutboxRow, WebSessionRow

WANTED = "seven lanterns over grey harbour"
OWNER, HERE = email_of(Role.COORDINATOR), "192.0.2.1"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    """With mails as they leave."""
    return replace(ports, letters=LetterComposer(Languages(FOLDER)))


def mails(units: Units, to: str = OWNER) -> list[str]:
    with units.reading() as unit:
        rows = unit.session.query(OutboxRow).filter_by(to_address=to).order_by(OutboxRow.id)
        parsed = [message_from_bytes(row.body, policy=policy.default) for row in opened(unit, rows)]
    return [f"{mail['Subject']}\n{text.get_content()}" for mail in parsed if (text := mail.get_body(("plain",)))]


def asked(units: Units) -> str:
    """The token of a link that was asked for."""
    account_links.ask_for_link(units, email=OWNER, address=HERE)
    return token_in(mails(units)[-1])


def token_in(mail: str) -> str:
    return str(re.findall(r"/sign-in/link/([A-Za-z0-9_-]{43})", mail)[0])


def works(units: Units, token: str) -> bool:
    try:
        account_links.choose_password(units, token, wanted=WANTED)
    except LinkDead:
        return False
    return True


@pytest.mark.abuse(19)
@pytest.mark.asvs("6.4.1")
def test_abuse_row_19_a_link_works_once(units: Units, world: World) -> None:
    token = asked(units)
    assert works(units, token)
    assert not works(units, token)
    assert signing_in.sign_in(units, email=OWNER, password=WANTED, address=HERE)


@pytest.mark.parametrize(("minutes", "alive"), [(59, True), (60, False), (61, False)])
@pytest.mark.abuse(19)
@pytest.mark.asvs("6.4.1")
def test_abuse_row_19_and_asvs_6_4_1_a_link_lives_for_an_hour(
    units: Units, world: World, clock: FrozenClock, minutes: int, alive: bool
) -> None:
    token = asked(units)
    clock.advance(minutes=minutes)
    assert works(units, token) is alive


@pytest.mark.abuse(19)
def test_abuse_row_19_a_newer_link_ends_the_one_before(units: Units, world: World) -> None:
    first, second = asked(units), asked(units)
    assert not works(units, first)
    assert works(units, second)


@pytest.mark.abuse(19)
def test_abuse_row_19_a_changed_password_ends_the_link(units: Units, world: World, actor: FindActor) -> None:
    token = asked(units)
    signing_in.change_password(
        units, present=PASSWORD, wanted="other words that nobody guesses", by=actor(Role.COORDINATOR)
    )
    assert not works(units, token)
    token = asked(units)
    with units.writing() as unit:
        accounts.renew_password(unit, world.account_id(Role.COORDINATOR), by=actor(Role.ADMINISTRATOR))
    assert not works(units, token)


def test_a_link_of_a_closed_account_is_dead(units: Units, world: World) -> None:
    token = asked(units)
    with units.writing() as unit:
        unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR)).is_active = False
    assert not works(units, token)


@pytest.mark.abuse(20, 22)
@pytest.mark.asvs("6.4.3")
def test_abuse_row_20_and_asvs_6_4_3_a_link_signs_nobody_in_ends_sessions_and_keeps_the_second_step(
    units: Units, world: World
) -> None:
    account_id = world.account_id(Role.COORDINATOR)
    with units.writing() as unit:
        sessions.start(
            unit, token="here", account_id=account_id, content={}, browser="", lifetime=Lifetime(), has_passed=True
        )
    assert works(units, asked(units))
    with units.reading() as unit:
        assert unit.session.query(WebSessionRow).filter_by(account_id=account_id).count() == 0
        assert second_steps.standing(unit, account_id).is_on


def test_the_link_is_kept_by_its_hash_and_the_mail_names_no_role_and_no_place(units: Units, world: World) -> None:
    token = asked(units)
    with units.reading() as unit:
        (row,) = unit.session.query(AccountLinkRow)
        assert token not in row.token_hash
    text = mails(units)[-1].replace("Coordinator mumbai.example", "")
    assert not re.search(r"coordinator|mumbai|court|hearing H-|W-|case", text, re.IGNORECASE)


@pytest.mark.threat("T24")
def test_an_account_gets_three_mails_an_hour_and_nobody_else_any(
    units: Units, world: World, clock: FrozenClock
) -> None:
    for _ in range(5):
        account_links.ask_for_link(units, email=OWNER, address=HERE)
    account_links.ask_for_link(units, email="nobody@mumbai.example", address=HERE)
    with units.reading() as unit:
        assert unit.session.query(OutboxRow).count() == account_links.MAILS
    clock.advance(minutes=60)
    account_links.ask_for_link(units, email=OWNER, address=HERE)
    assert len(mails(units)) == account_links.MAILS + 1


def test_asking_is_counted_by_address(units: Units, world: World) -> None:
    for number in range(account_links.ASKED):
        account_links.ask_for_link(units, email=f"a{number}@mumbai.example", address=HERE)
    with pytest.raises(TooManyTries):
        account_links.ask_for_link(units, email=OWNER, address=HERE)


@pytest.mark.abuse(17)
@pytest.mark.asvs("6.3.8")
def test_abuse_row_17_a_letter_is_made_whether_there_is_an_account_or_not(
    units: Units, world: World, ports: Ports
) -> None:
    press = FakeLetterPress()
    own = units.with_ports(replace(ports, letters=press))
    for email in (OWNER, "nobody@mumbai.example"):
        account_links.ask_for_link(own, email=email, address=HERE)
    assert len(press.about_accounts) == 2


def test_an_invited_person_chooses_the_password_and_nobody_gets_in_before(
    units: Units, world: World, actor: FindActor
) -> None:
    new = NewAccount(email="asha@mumbai.example", name="Asha Rao", role=Role.LEGAL_STAFF, post_id=world.mumbai.post_id)
    with units.writing() as unit:
        account_id = account_links.invite(unit, new, by=actor(Role.ADMINISTRATOR))
    for password in (PASSWORD, "x"):
        with pytest.raises(signing_in.SignInRefused):
            signing_in.sign_in(units, email=new.email, password=password, address=HERE)
    assert works(units, token_in(mails(units, new.email)[0]))
    assert signing_in.sign_in(units, email=new.email, password=WANTED, address=HERE) == account_id
    with units.reading() as unit:
        told = [entry.action for entry in journal.history(unit, f"account:{account_id}")]
    assert told[:2] == ["account.opened", "account.invited"]
    assert told[-2:] == ["account.password_chosen_by_link", "account.signed_in"]


def test_a_closed_account_is_not_invited(units: Units, world: World, actor: FindActor) -> None:
    account_id = world.account_id(Role.SUPPORT)
    with units.writing() as unit:
        unit.session.get_one(AccountRow, account_id).is_active = False
    with pytest.raises(Conflict), units.writing() as unit:
        account_links.send_invitation(unit, account_id, by=actor(Role.ADMINISTRATOR))


@pytest.mark.abuse(22)
@pytest.mark.asvs("7.4.3")
def test_abuse_row_22_second_steps_taken_away_end_the_sessions_and_tell_the_person(
    units: Units, world: World, actor: FindActor
) -> None:
    account_id = world.account_id(Role.COORDINATOR)
    with units.writing() as unit:
        sessions.start(
            unit, token="here", account_id=account_id, content={}, browser="", lifetime=Lifetime(), has_passed=True
        )
        second_steps.new_codes(unit, by=actor(Role.COORDINATOR))
    with pytest.raises(second_steps.ReasonMissing), units.writing() as unit:
        second_steps.reset(unit, account_id, reason="lost", by=actor(Role.ADMINISTRATOR))
    with units.writing() as unit:
        second_steps.reset(unit, account_id, reason="Phone stolen; called back", by=actor(Role.ADMINISTRATOR))
    with units.reading() as unit:
        assert sessions.find(unit, "here", lifetime=Lifetime()) is None
        standing = second_steps.standing(unit, account_id)
    assert (standing.is_on, standing.codes_left, standing.waits_for_link) == (False, 0, True)
    assert "taken away" in mails(units)[0]


@pytest.mark.asvs("6.2.12")
def test_a_stolen_password_is_chosen_by_nobody_in_any_way_and_nothing_changes(
    units: Units, world: World, actor: FindActor, ports: Ports
) -> None:
    """For a new account, in place of another, and by a link; nor any while nobody can say what was stolen."""
    link, coordinator = asked(units), actor(Role.COORDINATOR)
    new = NewAccount(email="new@mumbai.example", name="N. N.", role=Role.COORDINATOR, post_id=world.mumbai.post_id)

    def unusable(_password: str) -> bool:
        raise PasswordListUnusable()

    refusals: tuple[tuple[Callable[[str], bool], type[Refusal]], ...] = (
        (WANTED.__eq__, PasswordBreached),
        (unusable, PasswordListUnusable),
    )
    for breached, refusal in refusals:
        own = units.with_ports(replace(ports, vetting=Vetting(breached=breached)))
        with pytest.raises(refusal), own.writing() as unit:
            accounts.create(unit, new, password=WANTED, by=coordinator)
        with pytest.raises(refusal):
            signing_in.change_password(own, present=PASSWORD, wanted=WANTED, by=coordinator)
        with pytest.raises(refusal):
            account_links.choose_password(own, link, wanted=WANTED)
    assert signing_in.sign_in(units, email=OWNER, password=PASSWORD, address=HERE)
    assert works(units, link)
