"""From a mail to the first page: an invitation, a second step set up anew, another address. By the mails that left."""

import re
from dataclasses import replace
from email import message_from_bytes, policy

import pyotp
import pytest

from tests.builders import PASSWORD
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.second_steps import give_app
from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World, email_of
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.adapters.letters import LetterComposer
from vctestimony.adapters.mail import MailboxSender
from vctestimony.domain.people import Role
from vctestimony.services import post_office, second_steps
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units

SET_UP, STEP, SIGN_IN = "/account/second-step", "/sign-in/second-step", "/sign-in"
WANTED, COORDINATOR = "seven lanterns over grey harbour", email_of(Role.COORDINATOR)


@pytest.fixture
def app_ports(app_ports: Ports) -> Ports:
    """With mails as they leave."""
    return replace(app_ports, letters=LetterComposer(Languages(FOLDER)))


def link_to(units: Units, ports: Ports, address: str, *, way: str) -> str:
    """The path of the link in the newest mail that left for the address."""
    own = units.with_ports(ports)
    while post_office.deliver_one(own, owner="one"):
        pass
    assert isinstance(ports.sender, MailboxSender)
    parsed = [message_from_bytes(ports.sender.read(one.name), policy=policy.default) for one in ports.sender.list()]
    texts = [str(mail.get_body(("plain",)).get_content()) for mail in parsed if address in str(mail["To"])]  # type: ignore[union-attr]  # there is one
    (path,) = [found[0] for text in texts if (found := re.findall(rf"{way}/[A-Za-z0-9_-]{{43}}", text))]
    return str(path)


def set_up_an_app(browser: Browser, clock: FrozenClock) -> Page:
    """The page with recovery codes."""
    offered = browser.follow(browser.send(browser.get(SET_UP), {}, to=f"{SET_UP}/app"))
    typed = "".join(re.findall(r"\b[A-Z2-7]{4}\b", offered.text))
    return browser.sent(offered, {"code": pyotp.TOTP(typed).at(clock.at)}, to=f"{SET_UP}/app/confirm")


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.asvs("6.4.1", "6.3.3")
def test_an_invited_person_comes_from_the_mail_to_the_first_page(
    signed_in: SignedIn, browser: Browser, world: World, units: Units, app_ports: Ports, clock: FrozenClock
) -> None:
    office = signed_in(Role.ADMINISTRATOR)
    form = office.get("/admin/accounts/new")
    new = {"email": "asha@mumbai.example", "name": "Asha Rao", "role": "coordinator"}
    office.send(form, {**new, "post": str(world.mumbai.post_id)}, to="/admin/accounts/new")
    path = link_to(units, app_ports, "asha@mumbai.example", way="/sign-in/link")
    for _ in range(3):
        choose = browser.get(path)  # mail scanners look too
    weak = browser.sent(choose, {"wanted": "short"}, to=path, status=422)
    led = browser.follow(browser.send(weak, {"wanted": WANTED}, to=path))
    answer = browser.send(led, {"email": "asha@mumbai.example", "password": WANTED}, to=SIGN_IN)
    assert browser.ask(answer.headers["Location"]).headers["Location"] == SET_UP
    assert set_up_an_app(browser, clock).heading == "Recovery codes"
    assert "Asha Rao" in browser.get("/hearings").response.text
    assert browser.get(path, status=404).heading == "This link does not work"


@pytest.fixture
def reset(units: Units, world: World, app_ports: Ports, actor: FindActor) -> None:
    """The coordinator's phone is lost."""
    give_app(units, world.account_id(Role.COORDINATOR))
    with units.with_ports(app_ports).writing() as unit:
        reason = "Phone stolen; called back"
        second_steps.reset(unit, world.account_id(Role.COORDINATOR), reason=reason, by=actor(Role.ADMINISTRATOR))


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.asvs("6.4.3", "6.6.3")
@pytest.mark.abuse(20, 28)
@pytest.mark.usefixtures("reset")
def test_after_a_reset_neither_password_nor_mailbox_alone_sets_a_second_step_up(
    browser: Browser, other: Browser, units: Units, app_ports: Ports, clock: FrozenClock
) -> None:
    answer = other.send(other.get(SIGN_IN), {"email": COORDINATOR, "password": PASSWORD}, to=SIGN_IN)
    waits = other.follow(answer)
    assert "Open the link in the mail" in waits.text
    for path in ("/", SET_UP, f"{SET_UP}/app", "/account/password", "/account/proof"):
        assert other.ask(path).headers["Location"].startswith(SIGN_IN), path
    path = link_to(units, app_ports, COORDINATOR, way="/sign-in/set-up")
    form = browser.get(path)
    wrong = browser.sent(form, {"password": WANTED}, to=path, status=422)
    browser.send(wrong, {"password": PASSWORD}, to=path)
    assert browser.ask("/hearings").headers["Location"] == SET_UP
    assert other.get(path, status=404).heading == "This link does not work"
    assert set_up_an_app(browser, clock).heading == "Recovery codes"
    assert browser.get("/hearings").heading
    assert other.ask("/").headers["Location"].startswith(SIGN_IN), "the session of the password alone has ended"


@pytest.mark.usefixtures("reset")
def test_who_gave_the_password_may_have_the_link_mailed_again(
    browser: Browser, units: Units, app_ports: Ports, clock: FrozenClock
) -> None:
    old = link_to(units, app_ports, COORDINATOR, way="/sign-in/set-up")
    browser.send(browser.get(SIGN_IN), {"email": COORDINATOR, "password": PASSWORD}, to=SIGN_IN)
    page = browser.follow(browser.send(browser.get(STEP), {}, to=f"{STEP}/link"))
    assert "on its way" in page.response.text
    assert browser.fresh().get(old, status=404).heading == "This link does not work"


def test_another_address_is_asked_for_and_confirmed(
    signed_in: SignedIn, browser: Browser, units: Units, app_ports: Ports, clock: FrozenClock
) -> None:
    owner, new = signed_in(Role.INTERPRETER), "new.name@dhaka.example"
    clock.advance(minutes=11)
    asked = owner.follow(owner.ask("/account/address"))
    assert asked.heading == "Is it still you?"
    form = owner.follow(owner.send(asked, {"proof_password": PASSWORD}, to="/account/proof"))
    owner.sent(form, {"email": "no address"}, to="/account/address", status=422)
    owner.send(form, {"email": new}, to="/account/address")
    path = link_to(units, app_ports, new, way="/sign-in/address")
    assert new in browser.get(path).text
    browser.send(browser.get(path), {}, to=path)
    assert owner.ask("/account").status_code == 302
    assert browser.sign_in(new, PASSWORD).headers["Location"] == "/"
    assert browser.get(path, status=404).heading == "This link does not work"
