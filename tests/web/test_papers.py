"""The shelf of a hearing's documents, and each as PDF."""

import gzip
import io
import zipfile
from dataclasses import replace

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.services.planned import booked, listed
from tests.services.registered import REAL_NAME, leave, witness_entry
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.documents import KINDS, REDACTED, About
from vctestimony.domain.documents.forms import ROUTE_B, SEALED_SUMMONS
from vctestimony.domain.errors import Refusal
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Role
from vctestimony.services import witnesses
from vctestimony.services.bundle_making import make_one
from vctestimony.services.papers.making import Asked, Check
from vctestimony.services.papers.register import CHECKS, MAKERS
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Unit, Units
from vctestimony.store.models import HearingRow

NOT_OF_IT = {REDACTED, ROUTE_B, "transcript"}


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def shelf(units: Units, world: World, actor: FindActor) -> str:
    """Where the documents of a booked hearing are."""
    mumbai = actor(Role.COORDINATOR, "mumbai")
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return f"/hearings/{world.mumbai.hearing}/papers"


@pytest.fixture
def clerk(signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


def test_every_document_of_a_hearing_is_offered_in_three_languages_and_comes_as_pdf(clerk: Browser, shelf: str) -> None:
    for language in ("en", "hi", "bn"):
        page = clerk.get(f"{shelf}?lang={language}")
        for code in MAKERS:
            links = page.soup.select(f'#{code} a[href^="{shelf}/{code}.pdf?lang={language}"]')
            looks = page.soup.select(f'#{code} a[href^="{shelf}/{code}?lang={language}"]')
            assert bool(looks) == bool(links) == (code not in NOT_OF_IT)
            if links:
                answer = clerk.ask(str(links[0]["href"]))
                assert (answer.status_code, answer.mimetype) == (200, "application/pdf")


def test_what_would_be_refused_stands_without_a_link_and_says_why(
    clerk: Browser, shelf: str, units: Units, world: World
) -> None:
    refused = clerk.get(shelf).soup.select_one(f"#{ROUTE_B}")
    assert refused is not None
    assert "only for mutual legal assistance" in refused.text
    assert clerk.ask(f"{shelf}/{ROUTE_B}.pdf").status_code == 409
    with units.writing() as unit:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        hearing.state, hearing.starts_at = State.REQUESTED, None
    page = clerk.get(shelf)
    for code in MAKERS:
        links = [str(link["href"]) for link in page.soup.select(f'#{code} a[href*=".pdf"]')]
        assert {clerk.ask(link).status_code for link in links} <= {200}
        assert links or page.soup.select(f"#{code} .soft")


def test_a_light_check_refuses_exactly_what_its_maker_does(units: Units, shelf: str, world: World) -> None:
    with units.reading() as unit:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        for code, check in CHECKS.items():
            named = hearing.participants if KINDS[code].about is About.PERSON else [None]
            for person in named:
                asked = Asked(KINDS[code], "en", person)
                found = [refused(make, unit, hearing, asked) for make in (check, MAKERS[code])]
                assert found[0] == found[1], code


def refused(make: Check, unit: Unit, hearing: HearingRow, asked: Asked) -> str:
    try:
        make(unit, hearing, asked)
    except Refusal as refusal:
        return refusal.sentence()
    return ""


def test_a_document_is_looked_at_in_a_frame_of_ours_and_only_there(clerk: Browser, shelf: str) -> None:
    page = clerk.get(f"{shelf}/checklist?lang=bn")
    assert "frame-src 'self'" in page.response.headers["Content-Security-Policy"]
    assert "Court fee" in page.text
    frames = page.soup.select("iframe")
    assert [frame["sandbox"] for frame in frames] == [["allow-same-origin"]]
    alone = clerk.ask(str(frames[0]["src"]))
    assert alone.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in alone.headers["Content-Security-Policy"]
    assert 'lang="bn"' in alone.text
    packed = clerk.ask(str(frames[0]["src"]), headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == alone.data
    assert clerk.ask("/papers/document.css").mimetype == "text/css"
    assert clerk.ask(f"{shelf}/day-sheet").status_code == 404
    assert clerk.ask(f"{shelf}/checklist/preview?for=nobody").headers["X-Frame-Options"] == "DENY"


def test_everything_is_asked_for_watched_and_fetched_as_one_zip(clerk: Browser, shelf: str, units: Units) -> None:
    to = f"{shelf}/everything"
    page = clerk.get(shelf)
    answer = clerk.send(page, {}, to=to)
    assert clerk.send(page, {}, to=to).headers["Location"] == answer.headers["Location"]
    waiting = clerk.follow(answer)
    assert waiting.soup.select_one('meta[http-equiv="refresh"]')
    assert make_one(units, owner="worker")
    ready = clerk.follow(answer)
    assert not ready.soup.select_one('meta[http-equiv="refresh"]')
    found = clerk.ask(next(link for link in ready.links() if link.endswith("all.zip")))
    assert (found.status_code, found.mimetype) == (200, "application/zip")
    assert "H-MUMBAI" not in found.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "contents.txt"
    assert str(answer.headers["Location"]).partition("?")[0] in clerk.get("/papers").links()
    assert clerk.ask(f"{str(answer.headers['Location']).partition('?')[0]}/all.exe").status_code == 404


def test_a_document_for_one_person_is_not_printed_for_nobody_or_for_a_stranger(clerk: Browser, shelf: str) -> None:
    for kind in (kind for kind in KINDS.values() if kind.about is About.PERSON):
        assert clerk.ask(f"{shelf}/{kind.code}.pdf").status_code == 404
        assert clerk.ask(f"{shelf}/{kind.code}.pdf?for=nobody").status_code == 404
    assert clerk.ask(f"{shelf}/checklist.pdf?for=nobody").status_code == 404


def test_the_paper_with_a_name_has_a_form_of_its_own_and_no_link(
    clerk: Browser, signed_in: SignedIn, shelf: str, units: Units, world: World, actor: FindActor
) -> None:
    with units.writing() as unit:
        witness = witness_entry("PW-7", "interpreter", "support_person")
        witnesses.revise(unit, world.mumbai.witness, witness, version=2, by=actor(Role.COORDINATOR, "mumbai"))
    leave(units, world.mumbai.witness, actor(Role.COORDINATOR, "mumbai"))
    assert not clerk.get(shelf).soup.select(f'a[href*="{SEALED_SUMMONS}.pdf"]')
    assert clerk.ask(f"{shelf}/{SEALED_SUMMONS}.pdf").status_code == 404
    page = clerk.get(f"{shelf}/sealed-summons")
    assert "at least 10 characters" in clerk.sent(page, {"reason": "short", "lang": "bn"}, status=422).text
    answer = clerk.send(page, {"reason": "to serve the summons", "lang": "bn"}, status=200)
    assert answer.mimetype == "application/pdf"
    assert REAL_NAME in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    number = answer.headers["Content-Disposition"].partition("summons-sealed-")[2].removesuffix('-1.pdf"')
    register = clerk.get(f"/verify/{number}")
    assert "not kept" in register.text
    assert not [part for part in REAL_NAME.split() if part in register.text]
    assert f"{shelf}/sealed-summons" in clerk.get(shelf).links()
    lawyer = signed_in(Role.LEGAL_STAFF, "mumbai")
    assert f"{shelf}/sealed-summons" not in lawyer.get(shelf).links()
    assert lawyer.ask(f"{shelf}/sealed-summons").status_code == 403
