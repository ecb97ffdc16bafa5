"""Pages of procedure: every pack can be read by whoever signs in, in every language, and says what it is worth."""

from dataclasses import replace

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.web.browsing import HEAVIEST, Browser
from tests.web.conftest import SignedIn
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.sop import Pack
from vctestimony.services.ports import Ports


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


def test_every_pack_is_listed_with_its_version_and_whether_a_lawyer_signed_it(signed_in: SignedIn) -> None:
    page = signed_in(Role.COORDINATOR).get("/procedures")
    rows = page.rows()
    assert len(rows) == len(PACKS)
    for pack in PACKS:
        (row,) = [row for row in rows if row[0] == pack.title.en]
        assert row[1].startswith(pack.version)
        assert ("Draft" in row[3]) is pack.draft


@pytest.mark.parametrize("role", list(Role))
def test_whoever_signs_in_may_read(signed_in: SignedIn, role: Role) -> None:
    signed_in(role).get("/procedures/base")


def test_who_does_not_sign_in_is_asked_to(browser: Browser) -> None:
    assert browser.ask("/procedures").status_code == 302


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
@pytest.mark.parametrize("pack", [pack.id for pack in PACKS])
def test_a_pack_is_light_in_every_language(signed_in: SignedIn, pack: str, language: str) -> None:
    browser = signed_in(Role.COORDINATOR)
    browser.client.set_cookie("language", language, domain="127.0.0.1")
    page = browser.get(f"/procedures/{pack}")
    assert len(page.response.data) < HEAVIEST


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_every_step_of_a_pack_is_on_its_page_with_its_rule_and_when_it_applies(signed_in: SignedIn, pack: Pack) -> None:
    page = signed_in(Role.COORDINATOR).get(f"/procedures/{pack.id}")
    shown = {str(card["id"]).removeprefix("step-"): card.get_text(" ") for card in page.soup.select("[id^=step-]")}
    assert list(shown) == [step.id for step in pack.steps]
    for step in pack.steps:
        assert step.text.en in shown[step.id]
        assert "Applies:" in shown[step.id]


def test_of_a_duty_only_its_own_steps_are_shown(signed_in: SignedIn) -> None:
    page = signed_in(Role.COORDINATOR).get("/procedures/base?duty=RPC")
    base = next(pack for pack in PACKS if pack.id == "base")
    shown = [str(card["id"]).removeprefix("step-") for card in page.soup.select("[id^=step-]")]
    assert shown == [step.id for step in base.steps if Duty.REMOTE_COORDINATOR in step.roles]


def test_a_high_courts_pack_says_what_is_different_there(signed_in: SignedIn) -> None:
    page = signed_in(Role.COORDINATOR).get("/procedures/kerala")
    assert "What is different here" in page.text
    assert "High Court of Kerala" in page.text


@pytest.mark.parametrize("pack", ["nowhere", "..%2Fbase", "base.toml", "%00"])
def test_a_pack_that_is_not_there_is_not_found(signed_in: SignedIn, pack: str) -> None:
    assert signed_in(Role.COORDINATOR).ask(f"/procedures/{pack}").status_code == 404
