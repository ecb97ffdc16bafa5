"""Pages of signing: the ways to sign, what is refused in words, and the report; a key is nowhere afterwards."""

from hashlib import sha256
from io import BytesIO

import pytest
from bs4 import BeautifulSoup

from tests.fake_signatures import MARK, PASSPHRASE, certificate_of
from tests.web.browsing import Browser, Page, check
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services import journal, signing
from vctestimony.services.unit import Units
from vctestimony.store import hearings
from vctestimony.store.models import SealedRecordRow

NAME = "Meera of the tokens"


@pytest.fixture
def copy(units: Units, world: World, mumbai: Actor) -> str:
    with units.writing() as unit:
        row = hearings.by_reference(unit.session, world.mumbai.hearing)
        assert row is not None
        return signing.offer(unit, row, purpose="transcript", content=b"%PDF-1.7 x\n", language="en", by=mumbai)


@pytest.fixture
def address(world: World, copy: str) -> str:
    return f"/hearings/{world.mumbai.hearing}/signing/{copy}"


@pytest.fixture
def judge(signed_in: SignedIn) -> Browser:
    return signed_in(Role.PRESIDING_OFFICER, "mumbai")


def posted(browser: Browser, address: str, way: str, status: int, **answers: str | bytes) -> Page | None:
    """Fill in that form of the field's page, files as bytes, and send it; the page that says what is wrong, if any."""
    to = f"{address}/sig_judge"
    page = browser.get(to)
    data: dict[str, object] = {**page.fields(f"{to}/{way}")}
    data |= {name: (BytesIO(one), name) if isinstance(one, bytes) else one for name, one in answers.items()}
    answer = browser.ask(f"{to}/{way}", "POST", data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == status, answer.text
    if status == 303:
        return None
    shown = Page(answer, BeautifulSoup(answer.data, "lxml"))
    check(shown)
    return shown


def test_a_file_is_signed_with_a_key_that_is_confirmed_first(
    judge: Browser, address: str, units: Units, copy: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert "Nobody has signed this file yet." in judge.get(address).text
    wrong = posted(judge, address, "file", 422, key=NAME.encode(), passphrase="hunter2-never-shown")
    assert wrong is not None
    assert "did not open" in wrong.text
    assert "hunter2" not in wrong.response.text
    first = posted(judge, address, "file", 422, key=NAME.encode(), passphrase=PASSPHRASE)
    assert first is not None
    fingerprint = certificate_of(NAME).sha256
    assert f"with the certificate of {NAME}, issued by Test CA" in first.text
    assert fingerprint[:4].upper() in first.text
    posted(judge, address, "file", 303, key=NAME.encode(), passphrase=PASSPHRASE, fingerprint=fingerprint[:8])
    page = judge.get(address)
    assert "Valid, issuer not known to this court" in page.text
    assert f"Name in the certificate {NAME}" in page.text
    assert "Another name" in page.text
    assert "Mumbai" in page.text
    assert "Dhaka" in page.text
    assert "tag ok" not in str(page.soup.select_one("section[aria-labelledby=report-sig_judge]"))
    with units.reading() as unit:
        assert signing.is_signed(unit, copy, "sig_judge")
        told = " ".join(entry.facts for entry in journal.history(unit, address.split("/")[2]))
    assert PASSPHRASE not in told
    assert "hunter2" not in told + caplog.text


def test_a_file_is_signed_elsewhere_and_comes_back(judge: Browser, address: str) -> None:
    now = judge.ask(f"{address}/file.pdf").data
    line = MARK + b'{"field": "sig_judge", "by": "%s", "at": "2026-09-01T05:00:00+00:00"}' % NAME.encode()
    fingerprint = certificate_of(NAME).sha256[:8]
    refused = posted(judge, address, "upload", 422, file=b"%PDF-1.7 another", fingerprint=fingerprint)
    assert refused is not None
    assert "not the file as it is now" in refused.text
    posted(judge, address, "upload", 303, file=now + line, fingerprint=fingerprint)
    taken = judge.ask(f"{address}/file.pdf")
    assert (taken.data, taken.headers["Content-Disposition"][:7]) == (now + line, "inline;")


def test_bytes_are_signed_elsewhere_and_fill_their_gap(judge: Browser, address: str) -> None:
    line = MARK + b'{"field": "sig_judge", "by": "%s", "at": "2026-09-01T05:00:00+00:00"}\n' % NAME.encode()
    posted(judge, address, "prepare", 303)
    given = judge.ask(f"{address}/to-sign.bin").data
    assert sha256(given).hexdigest() in judge.get(f"{address}/sig_judge").text
    posted(judge, address, "digest", 303, made=line, fingerprint=certificate_of(NAME).sha256[:8])
    assert "as a detached signature" in judge.get(address).text


def test_others_see_the_file_and_sign_only_what_is_theirs(
    signed_in: SignedIn, address: str, world: World, judge: Browser
) -> None:
    official = signed_in(Role.MISSION_OFFICIAL)
    page = official.get(address)
    links = [link for link in page.links() if "/sig_" in link]
    assert {link.rsplit("/", 1)[1] for link in links} == {"sig_coordinator", "sig_mission"}
    assert "not yours to sign" in official.get(f"{address}/sig_judge").text
    judge.get(f"{address}/sig_nobody", status=404)
    signed_in(Role.PRESIDING_OFFICER, "pune").get(address, status=404)
    assert judge.get(f"/hearings/{world.mumbai.hearing}/signing").links()[-1].endswith(address.rsplit("/", 1)[1])


def test_a_record_that_was_sealed_before_is_offered_by_a_button(
    judge: Browser, units: Units, world: World, mumbai: Actor
) -> None:
    address = f"/hearings/{world.mumbai.hearing}/signing"
    with units.writing() as unit:
        head = SealedRecordRow(hearing_id=world.mumbai.hearing_id, code="R-1", content="{}", content_sha256="0" * 64)
        head.pdf, head.pdf_sha256, head.journal_head, head.language = b"%PDF-1.7 r\n", "1" * 64, "2" * 64, "en"
        head.sealed_at, head.by = unit.now, mumbai.name
        unit.session.add(head)
    page = judge.follow(judge.send(judge.get(address), {}, to=address))
    assert page.heading.startswith("Sealed record S-")
    assert "Let it be signed" not in judge.get(address).text
