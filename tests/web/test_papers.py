"""The shelf of a hearing's documents, and each as PDF."""

from dataclasses import replace

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.services.planned import answered, booked
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.documents import KINDS, About
from vctestimony.domain.people import Role
from vctestimony.services import checklists
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def shelf(units: Units, world: World, actor: FindActor) -> str:
    """Where the documents of a booked hearing are."""
    mumbai = actor(Role.COORDINATOR, "mumbai")
    with units.writing() as unit:
        answered(unit.session, world)
        checklists.compose_for(unit, unit.session.get_one(HearingRow, world.mumbai.hearing_id), by=mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return f"/hearings/{world.mumbai.hearing}/papers"


@pytest.fixture
def clerk(signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


def test_every_document_of_a_hearing_is_offered_in_three_languages_and_comes_as_pdf(clerk: Browser, shelf: str) -> None:
    page = clerk.get(shelf)
    for kind in (kind for kind in KINDS.values() if kind.about is not About.POST):
        links = page.soup.select(f'#{kind.code} a[href^="{shelf}/{kind.code}.pdf"]')
        assert {link["lang"] for link in links} == {"en", "hi", "bn"}
        answer = clerk.ask(str(links[0]["href"]))
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")


def test_a_document_for_one_person_is_not_printed_for_nobody_or_for_a_stranger(clerk: Browser, shelf: str) -> None:
    for kind in (kind for kind in KINDS.values() if kind.about is About.PERSON):
        assert clerk.ask(f"{shelf}/{kind.code}.pdf").status_code == 404
        assert clerk.ask(f"{shelf}/{kind.code}.pdf?for=nobody").status_code == 404
    assert clerk.ask(f"{shelf}/checklist.pdf?for=nobody").status_code == 404
