"""The page on which a hearing moves to a newer edition of the rule packs: what changes in words, one button, light."""

from dataclasses import replace

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.services.planned import listed
from tests.services.test_editions import GONE, NEW, REWORDED, moved_on
from tests.services.ticking import steps_of, tick
from tests.web.browsing import HEAVIEST, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.domain.sop import Edition, Pack, Text
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units

NEWER = "The rule packs of this checklist have a newer edition."
LONG = "বাংলায় একটি দীর্ঘ বাক্য, যা প্রতিটি ধাপে দাঁড়ায়। " * 3
Files = list[tuple[Pack, ...]]


@pytest.fixture
def files() -> Files:
    """The packs of the service, to be exchanged as when it starts with other files."""
    return [PACKS]


@pytest.fixture
def ports(ports: Ports, files: Files) -> Ports:
    return replace(ports, packs=lambda: files[0])


@pytest.fixture
def path(units: Units, world: World, actor: FindActor) -> str:
    """A hearing's checklist."""
    mumbai = actor(Role.COORDINATOR, "mumbai")
    listed(units, world, mumbai)
    tick(units, world.mumbai.hearing, REWORDED, mumbai)
    tick(units, world.mumbai.hearing, GONE, mumbai)
    return f"/hearings/{world.mumbai.hearing}/checklist"


def below(page: Page, heading: str) -> str:
    """What stands after a heading, up to the next."""
    (found,) = [one for one in page.soup.select("h3, h4") if one.get_text(" ").startswith(heading)]
    return " ".join(one.get_text(" ") for one in found.find_next_siblings())


def test_a_newer_edition_is_announced_explained_and_taken_by_one_button(
    signed_in: SignedIn, units: Units, path: str, files: Files
) -> None:
    clerk = signed_in(Role.COORDINATOR, "mumbai")
    assert NEWER not in clerk.get(path).text
    files[0] = moved_on()
    assert NEWER in clerk.get(path).text
    page = clerk.get(f"{path}/edition")
    assert "from version" in page.text
    assert NEW in below(page, "Steps that come")
    assert "stays in the journal" in below(page, "Steps that go")
    assert "it is settled already" in below(page, REWORDED)
    clerk.send(page, {}, to=f"{path}/edition")
    assert NEW in steps_of(units)
    assert NEWER not in clerk.get(path).text
    assert clerk.ask(f"{path}/edition").status_code == 409


def test_who_may_not_move_it_sees_what_would_change_and_no_button(signed_in: SignedIn, path: str, files: Files) -> None:
    files[0] = moved_on()
    page = signed_in(Role.PRESIDING_OFFICER, "mumbai").get(f"{path}/edition")
    assert NEW in page.text
    assert "The coordinator of the court can move" in page.text
    assert not page.soup.select("input[name=seen]")


@pytest.mark.parametrize("language", ["en", "bn"])
def test_the_page_is_light_when_every_step_changes(signed_in: SignedIn, path: str, files: Files, language: str) -> None:
    files[0] = tuple(
        replace(
            pack,
            edition=Edition(digest=f"other {pack.id}", content=pack.edition.content),
            steps=tuple(replace(step, text=Text(LONG, LONG, LONG)) for step in pack.steps),
        )
        for pack in PACKS
    )
    clerk = signed_in(Role.COORDINATOR, "mumbai")
    clerk.client.set_cookie("language", language, domain="127.0.0.1")
    assert len(clerk.get(f"{path}/edition").response.data) < HEAVIEST
