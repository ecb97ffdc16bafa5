"""Pages of what follows a seal: choosing and sealing an addendum, the words left out, and what anybody can compare."""

from io import BytesIO

import pytest
from flask import Flask

from tests.conftest import FindActor
from tests.services.addenda_entered import ANSWERS
from tests.services.sittings import confirmed, ready_to_seal
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.domain.record.addenda import AddendumKind
from vctestimony.services import seals
from vctestimony.services.unit import Units
from vctestimony.web import verify


@pytest.fixture
def record(units: Units, world: World, actor: FindActor) -> str:
    """A sealed record; its code."""
    confirmed(units, world)
    by = actor(Role.COORDINATOR, "mumbai")
    ready_to_seal(units, world.mumbai.hearing, by)
    return seals.seal(units, world.mumbai.hearing, language="en", by=by)


def test_an_addendum_is_sealed_on_its_page_and_found_from_the_record(
    app: Flask, world: World, record: str, signed_in: SignedIn
) -> None:
    clerk, base = signed_in(Role.COORDINATOR, "mumbai"), f"/hearings/{world.mumbai.hearing}"
    chosen = clerk.get(f"{base}/addenda")
    assert all(chosen.soup.select_one(f'a[href="{base}/addenda/new/{kind}"]') for kind in AddendumKind)
    address = f"{base}/addenda/new/receipt"
    answers = ANSWERS[AddendumKind.RECEIPT] | {"language": "en"}
    refused = clerk.sent(clerk.get(address), answers | {"received_on": "1/8/2026"}, to=address, status=422)
    assert "received before it was dispatched" in refused.text
    assert "Signed transcript, 4 pages" in refused.response.text
    clerk.sent(clerk.get(address), answers, to=address, status=303)
    page = clerk.get(f"{base}/record")
    link = page.soup.select_one("#added li a[href*='.pdf']")
    assert link is not None
    pdf = clerk.ask(str(link["href"]))
    assert pdf.mimetype == "application/pdf"
    anybody = Browser(app)
    shown = anybody.get(f"/verify/{record}")
    assert "Addendum 1" in shown.text
    assert "Receipt" not in shown.text
    said = anybody.ask(
        "/verify", "POST", data={**anybody.get("/verify").fields("/verify"), "file": (BytesIO(pdf.data), "x")}
    )
    assert "this file is an addendum to a sealed record" in said.text
    clerk.get(f"{base}/addenda/new/unknown", status=404)


def test_how_many_files_one_address_compares_is_limited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "MOST_COMPARED", 2)
    anybody = Browser(app)
    fields = anybody.get("/verify").fields("/verify")
    found = [
        anybody.ask(address, "POST", data={**fields, "file": (BytesIO(b"%PDF-1.7"), "x")}).status_code
        for address in ("/verify", "/verify/R-ZZZZZZZZ", "/verify", "/verify/R-ZZZZZZZZ")
    ]
    assert found == [200, 404, 429, 429]


def test_the_court_enters_what_is_left_out(world: World, record: str, signed_in: SignedIn) -> None:
    clerk, address = signed_in(Role.COORDINATOR, "mumbai"), f"/hearings/{world.mumbai.hearing}/redaction"
    refused = clerk.sent(clerk.get(address), {"word": "ab", "what": "address"}, to=address, status=422)
    assert "at least 3" in refused.text
    clerk.sent(clerk.get(address), {"word": "Sonadanga", "what": "address"}, to=address, status=303)
    page = clerk.get(address)
    assert "Sonadanga" not in page.text
    link = page.soup.select_one('a[href*="take-back"]')
    assert link is not None
    back = str(link["href"])
    refused = clerk.sent(clerk.get(back), {"reason": "ok"}, to=back, status=422)
    assert "Say why" in refused.text
    clerk.sent(clerk.get(back), {"reason": "said in open court"}, to=back, status=303)
    after = clerk.get(address).text
    assert "Nothing is left out besides." in after
    assert "said in open court" in after
    assert "took this back already" in clerk.get(back, status=409).text
