"""Pages that try the packs on facts, and the list for lawyers: linked, shared by address, refused in words."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.domain.sop_examples import answers
from tests.services.planned import answered
from tests.web.browsing import HEAVIEST, Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services import checklists
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, actor: FindActor) -> str:
    by = actor(Role.COORDINATOR, "mumbai")
    with units.writing() as unit:
        answered(unit.session, world)
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        checklists.compose_for(unit, row, by=by)
    return world.mumbai.hearing


@pytest.fixture
def clerk(signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


def address(court: str = "kerala", **changed: bool | None) -> str:
    given: dict[str, bool | None] = {**answers(), **changed}
    said = {name: "yes" if value else "no" for name, value in given.items() if value is not None}
    return f"/procedures/try/facts?{urlencode({'court': court, 'phase': 'D', **said})}"


def test_from_a_checklist_one_link_leads_to_the_reasons_of_its_steps(clerk: Browser, reference: str) -> None:
    checklist = clerk.get(f"/hearings/{reference}/checklist")
    (why,) = [link for link in checklist.links() if link.startswith("/procedures/try")]
    page = clerk.get(f"{why}&phase=C")
    assert "Have the host country's consent on file" in page.text
    assert "It must be so, and it is: The witness is outside India" in page.text
    assert f"/hearings/{reference}/checklist" in page.links()


def test_a_hearing_can_be_chosen_among_those_one_sees(clerk: Browser, reference: str) -> None:
    page = clerk.get("/procedures/try")
    offered = [str(option["value"]) for option in page.soup.select("#f-hearing option")]
    assert reference in offered
    facts = clerk.get(f"/procedures/try/facts?hearing={reference}")
    assert len(facts.soup.select("input[type=radio][checked]")) == len(answers())
    assert [label.text for label in facts.soup.select("label[for=f-court]")] == ["High Court"]


def test_a_hearing_one_may_not_see_is_not_there(signed_in: SignedIn, reference: str) -> None:
    other = signed_in(Role.COORDINATOR, "pune")
    assert other.ask(f"/procedures/try?hearing={reference}").status_code == 404
    assert other.ask(f"/procedures/try/facts?hearing={reference}").status_code == 404


def test_facts_set_by_hand_stand_in_the_address_and_lead_to_their_steps(clerk: Browser) -> None:
    page = clerk.get(address(child=True))
    assert "It must be so, and it is not: The witness is under twelve" in page.text
    change = next(link for link in page.links() if "change=1" in link)
    assert len(clerk.get(change).soup.select("input[type=radio][checked]")) == len(answers())


def test_an_open_question_is_refused_in_words_and_never_read_as_no(clerk: Browser) -> None:
    response = clerk.ask(address(child=None, documents=None))
    assert response.status_code == 422
    assert response.text.count("Not answered yet.") == 4
    assert 'href="#f-child"' in response.text
    nothing = clerk.ask("/procedures/try/facts?court=kerala")
    assert nothing.status_code == 422
    assert "questions are not answered yet" in nothing.text


def test_answers_that_contradict_each_other_and_a_court_without_a_pack_are_refused(clerk: Browser) -> None:
    both = clerk.ask(address(crpc=True))
    assert (both.status_code, "contradict each other" in both.text) == (422, True)
    assert clerk.ask(address("nowhere")).status_code == 422


def test_what_waits_for_a_lawyer_can_be_read_by_whoever_signs_in(clerk: Browser) -> None:
    clerk.client.set_cookie("language", "bn", domain="127.0.0.1")
    page = clerk.get("/procedures/waiting")
    assert len(page.response.data) < HEAVIEST
    assert len(page.soup.select("main section")) == len(PACKS)
    assert "/procedures/nepal#step-S20" in page.links()
