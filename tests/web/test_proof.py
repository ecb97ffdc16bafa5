"""The page that compares a code with the register, in the hands of somebody who tries codes."""

from io import BytesIO
from urllib.parse import quote

import pytest
from flask import Flask

from tests.conftest import FindActor
from tests.services.planned import answered, booked
from tests.services.test_signing import latest, offered, signed
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units
from vctestimony.web.verify import MOST_WRONG


def test_trying_codes_is_stopped_after_thirty_wrong_ones(browser: Browser, world: World) -> None:
    for _ in range(MOST_WRONG):
        browser.get("/verify/R-00000000", status=404)
    answer = browser.ask("/verify/R-00000000")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("code", ["R-00000000", "r0000 0000"])
def test_an_unknown_code_is_given_back_to_be_compared(app: Flask, world: World, code: str) -> None:
    page = Browser(app).get(f"/verify/{code}", status=404)
    assert "R-00000000" in page.text


@pytest.mark.parametrize(
    "typed", ["<i>Rahima</i>", "নমুনা", "Rahima", "BX0777123", "H-00000000", "R-0000000", "R-000000000"]
)
def test_what_is_no_code_may_be_a_name_and_is_not_given_back(app: Flask, world: World, typed: str) -> None:
    page = Browser(app).get(f"/verify/{quote(typed)}", status=404)
    assert typed.removeprefix("R-") not in page.response.text
    assert "Rahima" not in page.response.text


def test_a_page_that_is_not_there_does_not_give_back_what_was_asked_for(signed_in: SignedIn) -> None:
    page = signed_in(Role.COORDINATOR, "mumbai").get("/hearings/Rahima%20Khatun", status=404)
    assert "Rahima" not in page.response.text


def test_a_name_typed_into_an_address_is_not_carried_to_the_sign_in(app: Flask, world: World) -> None:
    answer = Browser(app).ask("/hearings/Rahima%20Khatun")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=/")


def test_the_page_of_a_printed_number_tells_its_version_and_nothing_of_its_content(
    app: Flask, world: World, signed_in: SignedIn, units: Units, actor: FindActor
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    clerk = signed_in(Role.COORDINATOR, "mumbai")
    answer = clerk.ask(f"/hearings/{world.mumbai.hearing}/papers/oath-interpreter.pdf")
    number = answer.headers["Content-Disposition"].split("interpreter-")[1].rpartition("-")[0]
    page = Browser(app).get(f"/verify/{number.lower()}?version=1")
    assert "The start of the hearing has not changed since." in page.text
    for hidden in (world.mumbai.hearing, "PW-7", "Courtroom 1"):
        assert hidden not in page.text
    Browser(app).get(f"/verify/{number}?version=2", status=404)
    Browser(app).get(f"/verify/{number}?version=x")
    other = clerk.ask(f"/hearings/{world.mumbai.hearing}/papers/oath-witness.pdf").data
    address, anybody = f"/verify/{number}", Browser(app)
    for content, said in (
        (answer.data, "Yes:"),
        (other, "No: the file is another document"),
        (b"x", "neither printed"),
    ):
        data = {**anybody.get(address).fields(address), "file": (BytesIO(content), "x.pdf")}
        assert said in anybody.ask(address, "POST", data=data).text
    assert "Choose the PDF file" in anybody.sent(anybody.get(address), {}, to=address, status=422).text


def test_anybody_learns_how_many_signatures_of_a_file_hold_and_of_what_duty_but_not_whose(
    app: Flask, world: World, units: Units, actor: FindActor
) -> None:
    judge, hearing = actor(Role.PRESIDING_OFFICER, "mumbai"), world.mumbai.hearing
    code = offered(units, hearing, judge)
    signed(units, hearing, code, "sig_judge", judge)
    whole, anybody = latest(units, code), Browser(app)

    def compared(content: bytes) -> str:
        data = {**anybody.get("/verify").fields("/verify"), "file": (BytesIO(content), "x.pdf")}
        answer = anybody.ask("/verify", "POST", data=data)
        assert answer.status_code == 200
        return answer.text

    page = compared(whole)
    assert "This is a file that was offered here to be signed, as it is now." in page
    assert "1 of 1 hold." in page
    assert "Presiding officer" in page
    assert judge.name not in page
    assert hearing not in page
    assert "what follows was not added here" in compared(whole + b"\n%more\n%%EOF")
    assert "electronic signatures" not in compared(b"%PDF-1.7 of somebody else")
