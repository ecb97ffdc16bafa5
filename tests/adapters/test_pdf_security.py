"""What a document cannot make a printing process do."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.adapters import paper_samples as samples
from tests.adapters.paper_reading import FewLanguages, folded, open_pdf, text_of
from vctestimony.adapters import fonts
from vctestimony.adapters.pdf import PaperPress
from vctestimony.adapters.pdf_frames import Job, Limits
from vctestimony.adapters.pdf_kit import check_engine
from vctestimony.adapters.pdf_pool import PressRoom
from vctestimony.domain.paper import GlyphMissing, PaperFailed

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "pdf"
PAGE = '<html lang="en"><head><title>Test</title>{head}</head><body class="record">{body}</body></html>'
SVG = "http://www.w3.org/2000/svg"
SECRET = "the-canary-sang"


def job(body: str = "<p>Good morning</p>", *, head: str = "") -> Job:
    return Job(html=PAGE.format(head=head, body=body), stamp="2026-09-17T05:30:00Z")


@pytest.fixture(scope="module")
def open_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PressRoom]:
    made = PressRoom(
        style=TEMPLATES / "style",
        font_configuration=partial(fonts.prepare, None, into=tmp_path_factory.mktemp("paper")),
        limits=Limits(),
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    made = PaperPress(
        templates=TEMPLATES, languages=FewLanguages(), fonts=None, instance=tmp_path_factory.mktemp("instance")
    )
    yield made
    made.close()


class Canary:
    """A server that counts who asks, and a file that must not be read."""

    def __init__(self, folder: Path) -> None:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(SECRET.encode())

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        self.asked = asked
        self.file = folder / "canary.txt"
        self.file.write_text(SECRET, encoding="utf-8")
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/canary"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canary]:
    made = Canary(tmp_path_factory.mktemp("canary"))
    yield made
    made.close()


IN_HEAD = {
    "attachment link": '<link rel="attachment" href="{address}">',
    "style sheet": '<link rel="stylesheet" href="{address}">',
    "import": '<style>@import "{address}";</style>',
    "font": "<style>@font-face {{ font-family: F; src: url({address}) }} body {{ font-family: F }}</style>",
    "base address": '<base href="{address}/"><link rel="stylesheet" href="print.css">',
    "page background": "<style>@page {{ background: url({address}) }}</style>",
    "colour profile": "<style>@color-profile --c {{ src: url({address}) }}</style>",
    "print import": '<style media="print">@import url({address}) print;</style>',
    "style instruction": '<?xml-stylesheet href="{address}"?>',
    "refresh": '<meta http-equiv="refresh" content="0; url={address}">',
}
IN_BODY = {
    "attachment anchor": '<a rel="attachment" href="{address}">x</a>',
    "image": '<img src="{address}" alt="x">',
    "image set": '<img srcset="{address} 2x" alt="x">',
    "object": '<object data="{address}"></object>',
    "embed": '<embed src="{address}">',
    "chosen image": '<picture><source srcset="{address}"><img alt="x"></picture>',
    "button image": '<input type="image" src="{address}" alt="x">',
    "film": '<video src="{address}" poster="{address}"></video><audio src="{address}"></audio>',
    "mask": '<p style="mask: url({address}); mask-image: url({address})">x</p>',
    "cursor": '<p style="cursor: url({address}), auto">x</p>',
    "frame": '<iframe src="{address}"></iframe>',
    "script": '<script src="{address}"></script>',
    "background": '<p style="background: url({address})">x</p>',
    "content": '<p style="content: url({address})">x</p>',
    "list mark": '<ul><li style="list-style-image: url({address})">x</li></ul>',
    "border": '<p style="border: 3px solid; border-image: url({address}) 3">x</p>',
    "drawn image": f'<svg xmlns="{SVG}"><title>x</title><image href="{{address}}" width="9" height="9"/></svg>',
    "drawn use": f'<svg xmlns="{SVG}"><title>x</title><use href="{{address}}#a"/></svg>',
    "drawn style": f'<svg xmlns="{SVG}"><title>x</title><style>@import "{{address}}";</style><path d="M0 0h9"/></svg>',
    "nested drawing": (
        f"<img alt=\"x\" src=\"data:image/svg+xml,<svg xmlns='{SVG}'><image href='{{address}}'/></svg>\">"
    ),
}
TRIED = {**{name: (text, "") for name, text in IN_HEAD.items()}, **{name: ("", text) for name, text in IN_BODY.items()}}


@pytest.mark.parametrize("kind", ["http", "file"])
@pytest.mark.parametrize("tried", TRIED)
@pytest.mark.abuse(86, 88)
@pytest.mark.threat("T14")
@pytest.mark.asvs("1.3.6")
def test_no_construct_fetches_an_address_or_reads_a_file(
    open_room: PressRoom, canary: Canary, tried: str, kind: str
) -> None:
    address = canary.address if kind == "http" else canary.file.as_uri()
    head, body = (text.format(address=address) for text in TRIED[tried])

    try:
        pdf = open_room.print(job(body, head=head), document="test")
    except PaperFailed:
        pdf = b""

    assert canary.asked == []
    assert not pdf or (open_pdf(pdf).attachments == {} and SECRET not in text_of(pdf))


def test_a_file_to_be_attached_stops_the_print_and_is_named(open_room: PressRoom, canary: Canary) -> None:
    head = f'<link rel="attachment" href="{canary.file.as_uri()}">'

    with pytest.raises(PaperFailed) as refusal:
        open_room.print(job(head=head), document="record.html")

    assert refusal.value.facts["document"] == "record.html"
    assert "asks for 'file:///" in str(refusal.value.facts["cause"])


@pytest.mark.abuse(86, 44)
@pytest.mark.asvs("1.2.1")
def test_markup_that_somebody_typed_is_printed_as_typed(press: PaperPress) -> None:
    typed = '<img src="file:///etc/hostname"> {{ 7 * 7 }} <b>x</b> &amp; "quoted"'
    sheet = samples.record()
    row = replace(sheet.groups[0].rows[0], value=typed, label="<h1>label</h1>")
    changed = replace(sheet, groups=(replace(sheet.groups[0], rows=(row,)),), certificate="</div><script>")

    text = folded(text_of(press.paper("record", changed, lang="en", attachments={})))

    assert typed in text
    assert "<h1>label</h1>" in text
    assert "</div><script>" in text


@pytest.mark.parametrize(
    ("written", "numbers"), [("தமிழ்", "U+0BA4, U+0BAE, U+0BB4, U+0BBF, U+0BCD"), ("😀", "U+1F600"), ("漢", "U+6F22")]
)
def test_a_character_without_a_shape_fails_and_is_named(press: PaperPress, written: str, numbers: str) -> None:
    sheet = replace(samples.record(), certificate=written)

    with pytest.raises(GlyphMissing) as refusal:
        press.paper("record", sheet, lang="en", attachments={})

    assert refusal.value.facts == {"document": "record.html", "cause": numbers}


def test_a_complaint_of_the_engine_fails_the_print(open_room: PressRoom) -> None:
    with pytest.raises(PaperFailed) as refusal:
        open_room.print(job(head="<style>p { colour: red }</style>"), document="test")

    assert "colour" in str(refusal.value.facts["cause"])


RUN_ELSEWHERE = {
    "a socket": "socket.socket()",
    "another process": "subprocess.run(['true'])",
    "a fork": "os.fork()",
    "a shell": "os.system('true')",
    "a file of the machine": "open('/etc/passwd')",
    "a file to write": "open(sys.executable + '.new', 'w')",
}


@pytest.mark.parametrize("attempt", RUN_ELSEWHERE.values(), ids=RUN_ELSEWHERE.keys())
@pytest.mark.abuse(86)
@pytest.mark.threat("T14")
def test_a_locked_process_has_no_network_no_children_and_no_files(attempt: str) -> None:
    program = (
        "import os, socket, subprocess, sys\n"
        "from vctestimony.adapters.confined import ForbiddenHere, lock_down\n"
        "lock_down(readable=(sys.prefix + '/',))\n"
        f"try:\n    {attempt}\nexcept ForbiddenHere:\n    print('refused')\n"
    )

    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)

    assert said.stdout == "refused\n"


def test_the_engine_is_the_one_the_repairs_were_written_for() -> None:
    check_engine()
