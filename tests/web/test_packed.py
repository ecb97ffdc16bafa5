"""Styles and scripts travel packed; pages never do, and a packed file is known as the one that the browser has."""

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

PACKING = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def got(client: FlaskClient, name: str, headers: dict[str, str]) -> Response:
    """The answer, with its file closed."""
    with client.get(f"/static/{name}", headers=headers, buffered=True) as answer:
        return answer


@pytest.mark.parametrize("name", ["site.css", "day.js", "icon.svg"])
def test_a_file_that_is_the_same_for_everybody_comes_packed_to_who_can_unpack_it(
    client: FlaskClient, name: str
) -> None:
    plain, packed = got(client, name, {}), got(client, name, PACKING)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data)
    assert {plain.headers["Vary"], packed.headers["Vary"]} == {"Accept-Encoding"}
    assert packed.headers["X-Content-Type-Options"] == "nosniff"


def test_who_has_the_file_gets_it_once_packed_or_not(client: FlaskClient) -> None:
    for first, again in ((PACKING, PACKING), (PACKING, {}), ({}, PACKING)):
        etag = got(client, "site.css", first).headers["ETag"]
        assert got(client, "site.css", {**again, "If-None-Match": etag}).status_code == 304


def test_no_page_is_packed(client: FlaskClient) -> None:
    page = client.get("/sign-in", headers=PACKING)
    assert page.status_code == 200
    assert "Content-Encoding" not in page.headers
