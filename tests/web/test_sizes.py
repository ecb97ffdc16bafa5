"""How much may be sent, by whom: what is too much is refused before it is read, and nothing of it is kept."""

import gc
import gzip
from io import BytesIO

import pytest
from flask import Flask

from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from vctestimony.domain.people import Role
from vctestimony.web import sizes

FROM_US = {"Sec-Fetch-Site": "same-origin"}
LARGE = 6 * 2**20
LEFT = "ignore::pytest.PytestUnraisableExceptionWarning"
"""Werkzeug leaves what it gives up on to the collector, which is asked within the test."""
PARTS = b"".join(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' for _ in range(2001)) + b"--x--\r\n"


class Unread(BytesIO):
    """A body that fails whoever reads it."""

    def read(self, *_words: object) -> bytes:
        raise AssertionError("the body was read")

    readinto = readline = readlines = read  # type: ignore[assignment]  # every way of reading fails


def path_of(app: Flask, endpoint: str) -> str:
    """An address of that route, of things that are not there."""
    rule = next(rule for rule in app.url_map.iter_rules(endpoint) if "POST" in (rule.methods or set()))
    path = rule.rule
    for name in rule.arguments:
        path = path.replace(f"<{name}>", "1").replace(f"<int:{name}>", "1")
    return path


@pytest.mark.abuse(94)
@pytest.mark.asvs("5.2.1")
@pytest.mark.threat("T25")
@pytest.mark.parametrize("endpoint", sorted(sizes._LARGER))
def test_a_large_file_of_somebody_who_is_not_signed_in_is_not_read(browser: Browser, app: Flask, endpoint: str) -> None:
    answer = browser.ask(
        path_of(app, endpoint),
        "POST",
        input_stream=Unread(),
        headers=FROM_US | {"Content-Length": str(LARGE)},
        content_type="multipart/form-data; boundary=x",
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


@pytest.mark.abuse(94)
@pytest.mark.filterwarnings(LEFT)
def test_whose_work_it_is_not_sends_no_more_than_a_form_holds(signed_in: SignedIn, app: Flask) -> None:
    administrator = signed_in(Role.ADMINISTRATOR)
    path = path_of(app, "signing.upload")
    sent = {"data": {"file": (BytesIO(b"x" * LARGE), "signed.pdf")}, "headers": FROM_US}
    assert administrator.ask(path, "POST", **sent).status_code == 413
    gc.collect()


@pytest.mark.abuse(94)
@pytest.mark.filterwarnings(LEFT)
@pytest.mark.parametrize(
    "sent",
    [
        {"data": b"note=" + b"x" * 10 * 2**20, "content_type": "application/x-www-form-urlencoded"},
        {"data": PARTS, "content_type": "multipart/form-data; boundary=x"},
    ],
    ids=["ten-megabytes", "two-thousand-and-one-parts"],
)
def test_a_form_that_is_too_large_is_refused(browser: Browser, sent: dict[str, object]) -> None:
    assert browser.ask("/sign-in", "POST", headers=FROM_US, **sent).status_code == 413
    gc.collect()


@pytest.mark.abuse(95)
@pytest.mark.parametrize(("fields", "status"), [(5001, 413), (2001, 413), (2000, 400)])
def test_a_form_of_too_many_fields_is_refused_although_it_is_small(browser: Browser, fields: int, status: int) -> None:
    body = "&".join(f"f{number}=1" for number in range(fields))
    sent = browser.ask("/sign-in", "POST", data=body, content_type="application/x-www-form-urlencoded", headers=FROM_US)
    assert sent.status_code == status  # 400: read as a whole, and its token is missing


@pytest.mark.abuse(110)
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "GZIP", "br", "gzip, gzip"])
def test_what_is_sent_packed_is_not_unpacked(browser: Browser, encoding: str) -> None:
    bomb = gzip.compress(b"email=" + b"x" * 2**20)
    answer = browser.ask(
        "/sign-in",
        "POST",
        data=bomb,
        headers=FROM_US | {"Content-Encoding": encoding},
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 415


@pytest.mark.abuse(109)
@pytest.mark.parametrize(
    "headers",
    [{"Range": "bytes=" + ",".join("0-" for _ in range(1000))}, {"Range": "bytes=5-2"}, {"If-Modified-Since": "x"}],
)
def test_pages_come_whole_whatever_range_is_asked_for(browser: Browser, headers: dict[str, str]) -> None:
    answer = browser.ask("/sign-in", headers=headers)
    assert (answer.status_code, "Content-Range" in answer.headers) == (200, False)


@pytest.mark.abuse(109)
def test_ranges_of_a_kept_file_are_served_once_or_refused_and_never_multiplied(browser: Browser) -> None:
    with browser.ask("/static/site.css") as answer:
        whole = len(answer.data)
    with browser.ask("/static/site.css", headers={"Range": "bytes=" + ",".join("0-" for _ in range(1000))}) as answer:
        assert answer.status_code in {200, 206, 416}
        assert len(answer.data) <= whole


@pytest.mark.abuse(32)
@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
def test_a_form_sent_as_something_else_is_no_form(browser: Browser, kind: str) -> None:
    answer = browser.ask("/sign-in", "POST", data='{"email": "a@b.example"}', content_type=kind, headers=FROM_US)
    assert answer.status_code in {400, 415}
