"""Every route of the running application, and every kind of refusal, answers with the same protective headers."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask, abort
from flask.typing import ResponseReturnValue
from werkzeug.routing import Rule
from werkzeug.wrappers import Response

from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from vctestimony.domain.people import Role
from vctestimony.services.limits import TooManyTries
from vctestimony.web import errors, headers
from vctestimony.web.context import open_to_all

FROM_US = {"Sec-Fetch-Site": "same-origin"}
REFUSALS = (400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 428, 429, 500, 503)
MAY_DIFFER = {"Content-Security-Policy", "X-Frame-Options"}


def filled(rule: Rule) -> str:
    """An address of the route, of things that are not there."""
    return re.sub(r"<(?:[^:>]+:)?[^>]+>", "1", rule.rule)


def missing(answer: Response) -> list[str]:
    """Headers that the answer should have and has not, or says otherwise."""
    found = [
        name
        for name, value in headers.ALWAYS.items()
        if answer.headers.get(name) != value and (name not in MAY_DIFFER or name not in answer.headers)
    ]
    policy = answer.headers.get("Content-Security-Policy", "")
    found += [part for part in ("default-src 'none'", "base-uri 'none'", "frame-ancestors") if part not in policy]
    found += [word for word in ("unsafe", "*", "http:", "data:") if word in policy]
    kind = answer.headers.get("Content-Type", "text/html; charset=utf-8")
    found += [kind] if kind.startswith("text/") and "charset=utf-8" not in kind else []
    return found + ([] if "Cache-Control" in answer.headers else ["Cache-Control"])


def every_way(app: Flask, methods: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Each of these methods that a route takes, and one that none takes."""
    for rule in app.url_map.iter_rules():
        for method in sorted(methods & ((rule.methods or set()) | {"PROPFIND"})):
            yield method, filled(rule)


@pytest.mark.abuse(11, 13, 34, 73)
@pytest.mark.asvs("3.4.1", "3.4.3", "3.4.4", "3.4.5", "3.4.6", "4.1.1")
@pytest.mark.parametrize(
    ("role", "methods"), [(None, frozenset({"GET", "POST", "PROPFIND"})), (Role.COORDINATOR, frozenset({"GET"}))]
)
def test_every_route_answers_every_method_with_the_headers_and_without_a_fault(
    app: Flask, signed_in: SignedIn, browser: Browser, role: Role | None, methods: frozenset[str]
) -> None:
    asking = browser if role is None else signed_in(role, "mumbai")
    wrong: list[tuple[str, str, int, list[str]]] = []
    for method, path in every_way(app, methods):
        if path == "/sign-out":
            continue
        with asking.ask(path, method, headers=FROM_US) as answer:
            lacking = missing(answer)
            is_refused = method != "PROPFIND" or answer.status_code in {303, 302, 403, 404, 405}
            if lacking or answer.status_code >= 500 or not is_refused:
                wrong.append((method, path, answer.status_code, lacking))
    assert wrong == []


@pytest.fixture
def refusing(app: Flask) -> Iterator[Browser]:
    """The real application with one more page, which refuses as it is told."""

    @open_to_all
    def refuse() -> ResponseReturnValue:
        if refuse.status == 429:  # type: ignore[attr-defined]
            raise TooManyTries(seconds=90)
        abort(refuse.status)  # type: ignore[attr-defined]

    kept = app.view_functions["help.glossary"]
    app.view_functions["help.glossary"] = refuse
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield Browser(app)
    app.config["PROPAGATE_EXCEPTIONS"] = None
    app.view_functions["help.glossary"] = kept


@pytest.mark.asvs("3.4.1", "3.4.3", "16.5.1")
@pytest.mark.abuse(113)
@pytest.mark.parametrize("status", REFUSALS)
def test_every_refusal_carries_the_headers_and_its_own_words(refusing: Browser, app: Flask, status: int) -> None:
    vars(app.view_functions["help.glossary"])["status"] = status
    answer = refusing.ask("/glossary")
    assert (answer.status_code, missing(answer)) == (status, [])
    assert errors.TITLES[status] in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert ("Retry-After" in answer.headers) == (status == 429)
    secure = refusing.client.get("/glossary", base_url="https://127.0.0.1:8000")
    assert secure.headers["Strict-Transport-Security"] == headers.TRANSPORT


@pytest.mark.asvs("13.2.4")
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:8000@evil.example", ""])
def test_a_host_that_is_not_ours_is_refused(browser: Browser, host: str) -> None:
    answer = browser.client.get("/sign-in", base_url="http://127.0.0.1:8000", headers={"Host": host})
    assert (answer.status_code, missing(answer), "evil.example" in answer.text) == (400, [], False)


@pytest.mark.abuse(14)
@pytest.mark.parametrize(
    "path",
    [
        *("//hearings", "/hearings/1/..;/", "/HEARINGS", "/%2e%2e/hearings", "/hearings.", "/hearings;x=1"),
        *("/hearings/%00", "/hearings/%0d%0aX-Evil:1", "/static/../config.py", "/static/%2e%2e/%2e%2e/config.py"),
        *("/hearings/" + "a" * 8000, "/\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")),
    ],
)
def test_tricks_in_the_address_open_nothing(browser: Browser, path: str) -> None:
    answer = browser.ask(path)
    assert answer.status_code in {302, 308, 400, 404}
    assert missing(answer) == []
    assert "X-Evil" not in answer.headers
    if answer.status_code in {302, 308}:
        assert answer.headers["Location"].startswith(("/sign-in", "http://127.0.0.1:8000/"))


@pytest.mark.abuse(16)
def test_of_a_parameter_given_twice_one_counts_and_both_are_never_mixed(signed_in: SignedIn) -> None:
    clerk = signed_in(Role.COORDINATOR, "mumbai")
    assert clerk.ask("/hearings?state=held&state=booked").status_code in {200, 400}


@pytest.mark.abuse(100, 101)
def test_there_is_no_door_for_programs_that_takes_a_key(app: Flask) -> None:
    assert [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith(errors.PROGRAMS)] == []
