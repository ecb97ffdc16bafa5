"""Pages of cases and orders: all errors at once, input kept, sent twice stored once, other courts kept out."""

import pytest

from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.casework import ASKED_OF_CASE, ASKED_OF_ORDER
from vctestimony.domain.facts import FACTS
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units
from vctestimony.store.models import CaseRow, OrderRow

CASE = {
    "number": "SC 214/2025",
    "cnr": "MHMM01-000214-2025",
    "cause_title": "State v. Example",
    "sections": "BNS 143, 144",
    "stage": "Prosecution evidence",
    "instance": "sessions",
    "rule_pack": "bombay",
    "instituted_on": "3/3/2025",
    "regime": "bnss",
    **{f"fact_{name}": "no" for name in ASKED_OF_CASE},
}
ORDER = {
    "made_on": "20/8/2026",
    "order_reference": "Exh. 48",
    "conditions": "In camera.",
    "signing": "paper",
    "route": "A",
    **{f"fact_{name}": "no" for name in ASKED_OF_ORDER},
}
BOTH = pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def clerk(signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


def form(browser: Browser, path: str = "/cases/new") -> Page:
    return browser.get(path)


def count(units: Units, row: type[CaseRow | OrderRow]) -> int:
    with units.reading() as unit:
        return unit.session.query(row).count()


@BOTH
def test_a_case_is_registered_and_shown(clerk: Browser, units: Units) -> None:
    page = clerk.follow(clerk.send(form(clerk), {**CASE, "fact_trafficking": "yes"}))
    assert page.heading == "SC 214/2025"
    for expected in ("High Court of Bombay", "BNSS 2023", "Mon 3 Mar 2025", "Trafficking is charged"):
        assert expected in page.text
    assert "A sexual offence is charged" not in page.text
    assert "No order is on file" in page.text


def test_the_list_shows_the_own_courts_cases(clerk: Browser, world: World) -> None:
    clerk.send(form(clerk), CASE)
    assert [row[0] for row in clerk.get("/cases").rows()] == ["SC 214/2025", "Sessions Case 12/2025"]


def test_an_empty_form_is_told_everything_that_is_missing_at_once(clerk: Browser, units: Units) -> None:
    before = count(units, CaseRow)
    page = clerk.sent(form(clerk), {}, status=422)
    errors = [link.get_text() for link in page.soup.select(".summary a")]
    for name in ASKED_OF_CASE:
        assert any(error.startswith(FACTS[name]) for error in errors), name
    for label in ("Case number", "Sections charged", "Stage of the trial", "Kind of trial", "Date of institution"):
        assert any(error.startswith(label) for error in errors), label
    assert not any(error.startswith(("CNR", "Cause title")) for error in errors)
    assert page.title.startswith("Error:")
    assert count(units, CaseRow) == before


def test_every_error_leads_to_its_field(clerk: Browser) -> None:
    page = clerk.sent(form(clerk), {}, status=422)
    targets = [str(link["href"]) for link in page.soup.select(".summary a")]
    assert len(targets) == 7 + len(ASKED_OF_CASE)
    assert all(page.soup.select_one(target) is not None for target in targets)


@pytest.mark.parametrize("missing", ASKED_OF_CASE)
def test_one_unanswered_question_is_enough_to_refuse_and_clears_nothing(clerk: Browser, missing: str) -> None:
    values = {name: value for name, value in CASE.items() if name != f"fact_{missing}"}
    page = clerk.sent(form(clerk), values, status=422)
    kept = {name: value for name, (value, *_) in page.fields().items() if name in values}
    assert kept == values
    assert f"fact_{missing}" not in page.fields()
    assert len(page.soup.select(".summary li")) == 1


@BOTH
def test_the_same_form_sent_twice_makes_one_case(clerk: Browser, units: Units) -> None:
    before = count(units, CaseRow)
    page = form(clerk)
    first, second = clerk.send(page, CASE), clerk.send(page, CASE)
    assert first.headers["Location"] == second.headers["Location"]
    assert count(units, CaseRow) == before + 1


@pytest.mark.abuse(104)
def test_who_goes_back_and_sends_other_answers_is_told_and_may_send_them_as_one_more(
    clerk: Browser, units: Units
) -> None:
    before, page = count(units, CaseRow), form(clerk)
    clerk.send(page, CASE)
    again = clerk.sent(page, {**CASE, "number": "Sessions Case 99/2025"}, status=422)
    assert ("sent before with other answers" in again.text, count(units, CaseRow)) == (True, before + 1)
    assert again.fields()["number"] == ["Sessions Case 99/2025"]
    clerk.send(again, {})
    assert count(units, CaseRow) == before + 2


def test_a_number_the_court_has_already_is_refused_with_the_input_kept(clerk: Browser, world: World) -> None:
    page = clerk.sent(form(clerk), {**CASE, "number": "Sessions Case 12/2025"}, status=409)
    assert "already registered in this court" in page.text
    assert page.fields()["sections"] == ["BNS 143, 144"]


@pytest.mark.parametrize(
    ("day", "regime", "status"),
    [("29/6/2024", "crpc", 303), ("30/6/2024", "bnss", 422), ("30/6/2024", "crpc", 303), ("1/7/2024", "crpc", 422),
     ("1/7/2024", "bnss", 303), ("2/7/2024", "bnss", 303), ("31/2/2025", "bnss", 422), ("2.7.24", "bnss", 422)],
)  # fmt: skip
def test_the_code_fits_the_day_or_the_page_says_why(clerk: Browser, day: str, regime: str, status: int) -> None:
    answer = clerk.send(form(clerk), {**CASE, "instituted_on": day, "regime": regime}, status=status)
    assert status == 303 or day in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }} ${7*7} %s%n {0.__class__}",
        "কলকাতা দায়রা ⚖️",
        "دعوى رقم 12",
    ],
)
def test_whatever_is_written_is_shown_as_text(clerk: Browser, text: str) -> None:
    page = clerk.follow(clerk.send(form(clerk), {**CASE, "number": text, "cause_title": text, "stage": text}))
    assert page.heading == " ".join(text.split())
    assert page.soup.select("main script, main img") == []
    edit = clerk.get(f"{page.response.request.path}/edit")
    assert edit.fields()["cause_title"] == [text]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("number", "x" * 81, "80"),
        ("number", "   ", ""),
        ("number", "\u200b\u200b", ""),
        ("stage", "x" * 201, "200"),
        ("cnr", "x" * 21, "20"),
        ("instance", "military", ""),
        ("rule_pack", "../../etc/passwd", ""),
        ("fact_pocso", "maybe", ""),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(clerk: Browser, name: str, value: str, message: str) -> None:
    page = clerk.sent(form(clerk), {**CASE, name: value}, status=422)
    (error,) = page.soup.select(".summary a")
    assert error["href"] == f"#f-{name}"
    assert message in error.get_text()


@pytest.mark.parametrize("text", ["SC\x00 214", "SC\x07 214", "SC 214\r\nBcc: x@evil.example", "SC \u202e412"])
def test_marks_that_cannot_be_seen_never_reach_the_list(clerk: Browser, text: str) -> None:
    answer = clerk.ask(
        "/cases/new",
        "POST",
        data={**{name: v for name, (v, *_) in form(clerk).fields().items()}, **CASE, "number": text},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code in (303, 422)
    cells = [row[0] for row in clerk.get("/cases").rows()]
    assert not [cell for cell in cells if any(mark in cell for mark in "\x00\x07\r\n\u202e")]


def test_a_form_opened_before_somebody_else_saved_shows_what_they_saved(
    clerk: Browser, signed_in: SignedIn, world: World
) -> None:
    path = f"/cases/{world.mumbai.case}/edit"
    mine, theirs = clerk.get(path), signed_in(Role.LEGAL_STAFF, "mumbai")
    answers = {f"fact_{name}": "no" for name in ASKED_OF_CASE}
    theirs.send(theirs.get(path), {**answers, "stage": "Arguments"})
    page = clerk.sent(mine, {**answers, "stage": "Defence evidence"}, status=409)
    assert "Saved by somebody else meanwhile: Arguments" in page.text
    assert page.fields()["stage"] == ["Defence evidence"]
    clerk.send(page, {})
    assert "Defence evidence" in clerk.get(f"/cases/{world.mumbai.case}").text


@pytest.mark.parametrize("where", ["", "/edit", "/order", "/witness"])
def test_another_courts_case_looks_like_one_that_does_not_exist(signed_in: SignedIn, world: World, where: str) -> None:
    stranger = signed_in(Role.COORDINATOR, "pune")
    theirs = stranger.get(f"/cases/{world.mumbai.case}{where}", status=404)
    absent = stranger.get(f"/cases/C-NOWHERE1{where}", status=404)
    assert theirs.text == absent.text
    assert "12/2025" not in theirs.text


@pytest.mark.parametrize(
    "role", [Role.PRESIDING_OFFICER, Role.MISSION_OFFICIAL, Role.INTERPRETER, Role.SUPPORT, Role.ADMINISTRATOR]
)
def test_who_registers_nothing_sees_no_cases(signed_in: SignedIn, role: Role) -> None:
    browser = signed_in(role)
    browser.get("/cases", status=403)
    browser.get("/cases/new", status=403)


@BOTH
def test_an_order_is_added_once_and_opens_the_way_to_a_hearing(clerk: Browser, units: Units, world: World) -> None:
    before = count(units, OrderRow)
    page = clerk.get(f"/cases/{world.mumbai.case}/order")
    first, second = clerk.send(page, ORDER), clerk.send(page, ORDER)
    assert first.headers["Location"] == second.headers["Location"]
    assert count(units, OrderRow) == before + 1
    shown = clerk.follow(first)
    assert "Exh. 48 , Thu 20 Aug 2026" in shown.text
    assert f"/hearings/new?case={world.mumbai.case}" in shown.links()


@pytest.mark.parametrize("hearing", ["", "H-NONE", "pune"])
def test_an_order_for_a_hearing_that_is_not_of_the_case_leads_to_the_case(
    clerk: Browser, world: World, hearing: str
) -> None:
    wanted = world.pune.hearing if hearing == "pune" else hearing
    page = clerk.get(f"/cases/{world.mumbai.case}/order?for={wanted}")
    assert clerk.send(page, ORDER).headers["Location"] == f"/cases/{world.mumbai.case}"


def test_an_orders_questions_and_dates_are_asked_at_once(clerk: Browser, world: World) -> None:
    page = clerk.get(f"/cases/{world.mumbai.case}/order")
    refused = clerk.sent(page, {"not_before_on": "tomorrow"}, status=422)
    targets = {str(link["href"]) for link in refused.soup.select(".summary a")}
    assert targets == {f"#f-fact_{name}" for name in ASKED_OF_ORDER} | {
        "#f-made_on",
        "#f-order_reference",
        "#f-signing",
        "#f-not_before_on",
    }
    crossed = {**ORDER, "not_before_on": "10/9/2026", "not_after_on": "9/9/2026"}
    again = clerk.sent(refused, crossed, status=422)
    assert "lies before the first" in again.text
    assert again.fields()["conditions"] == ["In camera."]


def test_a_hearing_of_the_case_is_shown_with_its_state(clerk: Browser, world: World) -> None:
    page = clerk.get(f"/cases/{world.mumbai.case}")
    assert f"{world.mumbai.hearing} , PW-7 Requested" in page.text


@pytest.mark.parametrize("language", ["hi", "bn"])
def test_the_pages_speak_other_languages(clerk: Browser, world: World, language: str) -> None:
    clerk.client.set_cookie("language", language, domain="127.0.0.1")
    for path in ("/cases", "/cases/new", f"/cases/{world.mumbai.case}", f"/cases/{world.mumbai.case}/order"):
        page = clerk.get(path)
        assert page.soup.html is not None
        assert page.soup.html["lang"] == language
