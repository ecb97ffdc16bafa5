"""Pages of procedure: every pack can be read by whoever signs in, in every language, and says what it is worth."""

from dataclasses import replace

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.web.browsing import HEAVIEST, Browser, Page
from tests.web.conftest import SignedIn
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.sop import for_duty
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


def cards(page: Page) -> dict[str, str]:
    """What stands of each step, by its id."""
    return {str(card["id"]).removeprefix("step-"): card.get_text(" ") for card in page.soup.select("[id^=step-]")}


def test_every_pack_is_light_in_the_script_that_weighs_most(signed_in: SignedIn) -> None:
    browser = signed_in(Role.COORDINATOR)
    browser.client.set_cookie("language", "bn", domain="127.0.0.1")
    weights = {pack.id: len(browser.get(f"/procedures/{pack.id}").response.data) for pack in PACKS}
    assert {name: weight for name, weight in weights.items() if weight >= HEAVIEST} == {}


def test_every_step_of_a_pack_is_on_its_page_with_its_rule_and_when_it_applies(signed_in: SignedIn) -> None:
    browser = signed_in(Role.COORDINATOR)
    for pack in PACKS:
        shown = cards(browser.get(f"/procedures/{pack.id}"))
        for step in pack.steps:
            assert step.text.en in shown[step.id]
            assert "Applies:" in shown[step.id]
        for change in pack.changes:
            assert "Different here" in shown[change.id]
            assert "The step is from" in shown[change.id]


def test_of_a_duty_only_its_own_steps_and_those_for_everybody_are_shown(signed_in: SignedIn) -> None:
    page = signed_in(Role.COORDINATOR).get("/procedures/base?duty=RPC")
    base = next(pack for pack in PACKS if pack.id == "base")
    acting = {step.id for step in for_duty(base.steps, Duty.REMOTE_COORDINATOR)}
    assert set(cards(page)) == acting
    of_phase = signed_in(Role.COORDINATOR).get("/procedures/base?duty=RPC&phase=B")
    assert set(cards(of_phase)) == {step_id for step_id in acting if step_id.startswith("B")}


def test_a_high_courts_pack_shows_each_field_before_and_after_and_what_it_takes_over(signed_in: SignedIn) -> None:
    page = signed_in(Role.COORDINATOR).get("/procedures/gujarat?phase=B")
    card = page.soup.select_one("#step-B01")
    assert card is not None
    rows = {row.th.text: [cell.text for cell in row.find_all("td")] for row in card.select("tbody tr") if row.th}
    assert rows["Basis of the time"] == ["stated in the law", "the law gives the order of events, the number is ours"]
    taken = page.soup.select_one(".taken #step-B05 a")
    assert taken is not None
    assert taken["href"] == "/procedures/base#step-B05"


def test_how_well_a_rule_is_known_is_said_in_words_and_by_the_kind_of_line(signed_in: SignedIn) -> None:
    page = signed_in(Role.COORDINATOR).get("/procedures/nepal")
    said = {mark: page.soup.select(f"div.known.{mark}") for mark in "PUD"}
    words = {"P": "Check the full text", "U": "Confirm locally", "D": "Recommended"}
    for mark, found in said.items():
        assert found
        assert all(words[mark] in card.text for card in found)


def test_no_pack_has_the_name_of_a_page() -> None:
    assert not {"try", "waiting"} & {pack.id for pack in PACKS}


@pytest.mark.parametrize("pack", ["nowhere", "..%2Fbase", "base.toml", "%00"])
def test_a_pack_that_is_not_there_is_not_found(signed_in: SignedIn, pack: str) -> None:
    assert signed_in(Role.COORDINATOR).ask(f"/procedures/{pack}").status_code == 404
