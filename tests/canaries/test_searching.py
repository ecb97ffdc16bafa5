"""The search for canaries finds what is planted, in every form in which text leaves a service."""

import base64
import gzip
import io
import json
import zipfile
from email.message import EmailMessage
from urllib.parse import quote

import pytest

from tests.canaries.searching import CANARIES, Found

NAME, BENGALI = CANARIES["name"], CANARIES["name, Bengali"]


def mail(text: str) -> bytes:
    message = EmailMessage()
    message["Message-ID"] = "<a@b.example>"
    message.set_content("nothing")
    message.add_attachment(text.encode(), maintype="text", subtype="calendar")
    return message.as_bytes()


def zipped(text: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", text)
    return content.getvalue()


@pytest.mark.parametrize("canary", [NAME, BENGALI])
@pytest.mark.parametrize(
    "planted",
    [
        str.encode,
        lambda text: text.upper().encode(),
        lambda text: text.encode("utf-16-le"),
        lambda text: f"GET /?q={quote(text)} HTTP/1.1".encode(),
        lambda text: json.dumps(text).encode(),
        lambda text: base64.b64encode(f"ab{text} and more".encode()),
        lambda text: f"SUMMARY:{text[:6]}\r\n {text[6:]}".encode(),
        mail,
        zipped,
        lambda text: gzip.compress(text.encode()),
    ],
)
def test_what_is_planted_is_found(planted: object, canary: str) -> None:
    found = Found("here")
    found.search("file", b"before " + planted(canary) if planted is str.encode else planted(canary))  # type: ignore[operator]
    assert found.hits


def test_nothing_is_found_where_nothing_is() -> None:
    found = Found("here")
    found.search("file", mail("a hearing, and nobody named"))
    assert (found.files, found.hits) == (1, [])
