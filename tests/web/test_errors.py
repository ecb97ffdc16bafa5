"""Refusals and failures are answered in our own words, without a trace of the inside."""

import logging

import pytest
from flask.testing import FlaskClient

from tests.web.tiny_app import tiny_app
from vctestimony.web import errors

KINDS = [("invalid", 422), ("conflict", 409), ("absent", 404), ("not-allowed", 403), ("unavailable", 503)]
CODES = [400, 403, 404, 405, 413, 415, 429, 500, 503]


def client() -> FlaskClient:
    """A browser of a service in use: a fault is answered, not raised."""
    app = tiny_app()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app.test_client()


@pytest.mark.parametrize(("kind", "status"), KINDS)
def test_each_kind_of_refusal_has_its_status_and_says_its_sentence(kind: str, status: int) -> None:
    answer = client().get(f"/refusing/{kind}")
    assert answer.status_code == status
    assert f"<h1>{errors.TITLES[status]}</h1>" in answer.text


@pytest.mark.parametrize("status", CODES)
def test_what_the_framework_refuses_is_said_in_our_words(status: int) -> None:
    answer = client().get(f"/refusing/{status}")
    assert answer.status_code == status
    assert f"<h1>{errors.TITLES[status]}</h1>" in answer.text
    assert errors.ADVICE[status] in answer.text


@pytest.mark.abuse(1)
@pytest.mark.threat("T3")
def test_an_address_that_does_not_exist_looks_like_one_that_is_not_yours() -> None:
    browser = client()
    ours, theirs = browser.get("/nowhere"), browser.get("/refusing/404")
    assert ours.text.replace("/nowhere", "") == theirs.text.replace("/refusing/404", "")


def test_the_allowed_methods_are_still_named() -> None:
    answer = client().delete("/entry")
    assert (answer.status_code, "POST" in answer.headers["Allow"]) == (405, True)


@pytest.mark.abuse(113)
@pytest.mark.asvs("16.5.1")
def test_a_fault_gives_a_reference_and_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="vctestimony.web.errors"):
        answer = client().get("/refusing/fault")
    reference = caplog.messages[0].split()[1].rstrip(":")
    assert answer.status_code == 500
    assert reference in answer.text
    assert "KeyError" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.threat("T20")
@pytest.mark.asvs("16.2.5")
def test_the_log_of_a_fault_names_the_place_but_not_the_values(caplog: pytest.LogCaptureFixture) -> None:
    app = tiny_app()
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken() -> str:
        raise ValueError("Rahima " + "Khatun")

    app.add_url_rule("/broken", "broken", broken)
    app.test_client().get("/broken")
    ours = [record.getMessage() for record in caplog.records if record.name == errors.__name__]
    assert "ValueError at broken" in ours[0]
    assert "Rahima Khatun" not in caplog.text


def test_the_page_of_a_fault_asks_no_account_for_its_language() -> None:
    asked: list[str] = []

    def account() -> str | None:
        asked.append("account")
        return None

    app = tiny_app(of_account=account)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = app.test_client().get("/refusing/fault", headers={"Accept-Language": "bn"})
    assert ('<html lang="bn">' in answer.text, asked) == (True, [])


@pytest.mark.parametrize(("kind", "status"), KINDS)
def test_programs_get_a_problem_document(kind: str, status: int) -> None:
    answer = client().get(f"/api/v1/refusing/{kind}")
    assert answer.content_type == "application/problem+json"
    assert answer.status_code == status
    problem = answer.json
    assert problem is not None
    assert problem["status"] == status
    assert problem["title"] == errors.TITLES[status]
    assert problem["type"] == f"urn:vctestimony:problem:{problem['code']}"


def test_a_problem_document_points_at_every_refused_field() -> None:
    problem = client().post("/api/v1/enter", data={"heard_on": "31/4/2026"}).json
    assert problem is not None
    assert [(error["field"], error["code"]) for error in problem["errors"]] == [
        ("title", "missing"),
        ("heard_on", "no_such_day"),
    ]


def test_a_fault_is_a_problem_document_too() -> None:
    problem = client().get("/api/v1/refusing/fault").json
    assert problem is not None
    assert (problem["status"], problem["code"]) == (500, "internal_server_error")
    assert problem["instance"].startswith("urn:vctestimony:fault:")
