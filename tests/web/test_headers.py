"""Every answer carries the same protective headers, and other sites cannot start a write."""

import pytest

from tests.web.tiny_app import tiny_app
from vctestimony.web import headers


@pytest.mark.parametrize(
    "path", ["/", "/refusing/absent", "/refusing/403", "/refusing/429", "/refusing/503", "/nowhere", "/static/site.css"]
)
def test_every_answer_carries_the_headers(path: str) -> None:
    with tiny_app().test_client().get(path) as answer:
        assert {name: answer.headers[name] for name in headers.ALWAYS} == headers.ALWAYS


def test_the_policy_allows_only_our_own_files_and_no_framing() -> None:
    assert headers.POLICY == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def test_pages_are_not_stored_and_name_their_charset() -> None:
    answer = tiny_app().test_client().get("/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_transport_security_is_promised_only_over_tls() -> None:
    client = tiny_app().test_client()
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"] == headers.TRANSPORT


@pytest.mark.parametrize(
    ("site", "status"),
    [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200), (None, 200)],
)
@pytest.mark.abuse(31)
@pytest.mark.asvs("3.5.3")
def test_a_write_started_by_another_site_is_refused(site: str | None, status: int) -> None:
    sent = {"Sec-Fetch-Site": site} if site else {}
    answer = tiny_app().test_client().post("/entry", data={"title": "Order", "heard_on": "2026-09-14"}, headers=sent)
    assert answer.status_code == status


@pytest.mark.abuse(31)
@pytest.mark.asvs("3.5.3")
@pytest.mark.parametrize(
    ("origin", "status"), [("http://evil.example", 403), ("http://localhost", 200), ("null", 200), ("http://[", 403)]
)
def test_a_write_that_names_another_site_is_refused(origin: str, status: int) -> None:
    sent = {"Origin": origin}
    answer = tiny_app().test_client().post("/entry", data={"title": "Order", "heard_on": "2026-09-14"}, headers=sent)
    assert answer.status_code == status


def test_a_page_may_be_opened_from_another_site() -> None:
    assert tiny_app().test_client().get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
