"""Pages of witnesses: the pseudonym everywhere, the name nowhere but on the one page that is asked for."""

from pathlib import Path

import pytest

from tests.conftest import FindActor
from tests.services.registered import REAL_NAME, leave
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.casework import ASKED_OF_WITNESS
from vctestimony.domain.people import Role
from vctestimony.services import journal
from vctestimony.services.unit import Units
from vctestimony.store.models import WitnessRow

WITNESS = {
    "pseudonym": "W-12",
    "languages": "Bangla (Jashore)",
    "nationality": "BD",
    "identity_document": "passport",
    "documents_to_show": "",
    **{f"fact_{name}": "no" for name in ASKED_OF_WITNESS},
    "vault_name": REAL_NAME,
    "vault_contact": "+880 1700 000000",
}
REASON = "to compare the passport before the oath"


@pytest.fixture
def clerk(signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


@pytest.fixture
def witness(clerk: Browser, world: World, units: Units, actor: FindActor) -> str:
    """The reference of a witness registered by the form."""
    clerk.send(clerk.get(f"/cases/{world.mumbai.case}/witness"), WITNESS)
    with units.reading() as unit:
        reference = unit.session.query(WitnessRow).filter_by(pseudonym="W-12").one().reference
    leave(units, reference, actor(Role.COORDINATOR, "mumbai"))
    return reference


def test_the_name_goes_into_the_vault_and_comes_out_on_no_page(clerk: Browser, world: World, witness: str) -> None:
    for path in (f"/cases/{world.mumbai.case}", f"/witnesses/{witness}/edit", "/cases", "/journal"):
        page = clerk.get(path)
        for part in (*REAL_NAME.split(), "1700 000000"):
            assert part not in page.response.text, path
    assert "W-12" in clerk.get(f"/cases/{world.mumbai.case}").text


def test_the_form_says_what_is_sealed_without_saying_it(clerk: Browser, witness: str) -> None:
    page = clerk.get(f"/witnesses/{witness}/edit")
    assert page.text.count("Sealed already.") == 2
    assert {name: page.fields()[name] for name in page.fields() if name.startswith("vault_")} == {
        f"vault_{name}": [""] for name in ("name", "parentage", "address", "contact", "identity_number")
    }


def test_a_refused_form_asks_for_everything_at_once(clerk: Browser, world: World) -> None:
    page = clerk.sent(clerk.get(f"/cases/{world.mumbai.case}/witness"), {}, status=422)
    targets = {str(link["href"]) for link in page.soup.select(".summary a")}
    assert targets == {f"#f-fact_{name}" for name in ASKED_OF_WITNESS} | {
        "#f-pseudonym",
        "#f-languages",
        "#f-nationality",
        "#f-identity_document",
    }


def test_a_pseudonym_that_tells_is_refused_and_what_was_typed_is_kept(clerk: Browser, world: World) -> None:
    page = clerk.get(f"/cases/{world.mumbai.case}/witness")
    refused = clerk.sent(page, {**WITNESS, "pseudonym": "W-Rahima"}, status=422)
    assert "contains a part of the real name" in refused.text
    assert refused.fields()["languages"] == ["Bangla (Jashore)"]


def test_the_same_form_sent_twice_makes_one_witness(clerk: Browser, world: World, units: Units) -> None:
    page = clerk.get(f"/cases/{world.mumbai.case}/witness")
    clerk.send(page, WITNESS)
    clerk.send(page, WITNESS)
    with units.reading() as unit:
        assert unit.session.query(WitnessRow).filter_by(pseudonym="W-12").count() == 1


def test_a_change_keeps_what_is_sealed(clerk: Browser, witness: str) -> None:
    clerk.send(clerk.get(f"/witnesses/{witness}/edit"), {"languages": "Bangla, English", "fact_vulnerable": "yes"})
    shown = clerk.sent(clerk.get(f"/witnesses/{witness}/identity"), {"reason": REASON})
    assert REAL_NAME in shown.text


def test_before_anything_is_shown_one_says_why(clerk: Browser, witness: str, units: Units) -> None:
    page = clerk.get(f"/witnesses/{witness}/identity")
    assert "Rahima" not in page.response.text
    for reason in ("", "because"):
        assert "Rahima" not in clerk.sent(page, {"reason": reason}, status=422).response.text
    assert looks(units, witness) == 0


def looks(units: Units, reference: str) -> int:
    with units.reading() as unit:
        return [entry.action for entry in journal.history(unit, reference)].count("vault.opened")


def test_the_page_that_shows_it_is_shown_once_is_never_stored_and_is_in_the_journal(
    clerk: Browser, witness: str, units: Units
) -> None:
    page = clerk.sent(clerk.get(f"/witnesses/{witness}/identity"), {"reason": REASON})
    assert REAL_NAME in page.text
    assert page.title == "Identity of W-12"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert looks(units, witness) == 1
    assert "Rahima" not in clerk.get(f"/witnesses/{witness}/identity").response.text


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        (Role.COORDINATOR, "mumbai", 200),
        (Role.COORDINATOR, "pune", 404),
        (Role.PRESIDING_OFFICER, "pune", 404),
        (Role.LEGAL_STAFF, "mumbai", 403),
        (Role.MISSION_OFFICIAL, "", 404),
        (Role.INTERPRETER, "", 403),
        (Role.SUPPORT, "", 403),
        (Role.ADMINISTRATOR, "", 403),
    ],
)
def test_who_need_not_know_is_told_nothing(signed_in: SignedIn, witness: str, role: Role, at: str, status: int) -> None:
    page = signed_in(role, at).get(f"/witnesses/{witness}/identity", status=status)
    assert ("W-12" in page.text) is (status == 200)


def test_without_signing_in_there_is_no_way(browser: Browser, witness: str) -> None:
    assert browser.ask(f"/witnesses/{witness}/identity").status_code == 302
    answer = browser.ask(f"/witnesses/{witness}/identity", "POST", data={"reason": REASON})
    assert answer.status_code in (302, 400)


def test_the_name_is_in_no_byte_of_the_database(clerk: Browser, witness: str, sqlite_folder: Path) -> None:
    clerk.sent(clerk.get(f"/witnesses/{witness}/identity"), {"reason": f"is {REAL_NAME} in the passport?"})
    content = b"".join(path.read_bytes() for path in sqlite_folder.iterdir())
    assert b"W-12" in content
    for part in (*REAL_NAME.split(), "1700 000000"):
        assert part.encode().lower() not in content.lower()


def test_another_courts_witness_cannot_be_edited(signed_in: SignedIn, witness: str, world: World) -> None:
    stranger = signed_in(Role.COORDINATOR, "pune")
    stranger.get(f"/witnesses/{witness}/edit", status=404)
    page = stranger.get(f"/cases/{world.pune.case}/witness")
    fields = {name: values[0] for name, values in page.fields().items()}
    answer = stranger.ask(
        f"/witnesses/{witness}/edit",
        "POST",
        data={**fields, **WITNESS, "version": "1"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 404
