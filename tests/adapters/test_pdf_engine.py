"""The engine is the one that the repairs were written for, and nothing it grumbles about gets into a file."""

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pydyf
import pytest
import weasyprint
from weasyprint.pdf.stream import Stream

from vctestimony.adapters import fonts, pdf_kit
from vctestimony.adapters.pdf_frames import Job, Limits
from vctestimony.adapters.pdf_pool import PressRoom
from vctestimony.domain.paper import GlyphMissing, PaperFailed

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "pdf"
PAGE = '<html lang="en"><head><title>Test</title>{head}</head><body class="record">{body}</body></html>'
PINNED = ("weasyprint==70.0", "pydyf==0.13.0")
# What `pdf_kit.actual_text` does instead of the engine, in the engine's own words.
MARKED = """
        if self._tags is not None:
            property_list = None
            mcid = len(self._tags)
            assert box not in self._tags
            self._tags[box] = {'tag': tag, 'mcid': mcid}
            property_list = pydyf.Dictionary({'MCID': mcid})
            super().begin_marked_content(tag, property_list)
        try:
            yield
        finally:
            if self._tags is not None:
                super().end_marked_content()
"""


def job(body: str, *, head: str = "") -> Job:
    return Job(html=PAGE.format(head=head, body=body), stamp="2026-09-17T05:30:00Z")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PressRoom]:
    made = PressRoom(
        style=TEMPLATES / "style",
        font_configuration=partial(fonts.prepare, None, into=tmp_path_factory.mktemp("paper")),
        limits=Limits(),
    )
    yield made
    made.close()


def test_both_halves_of_the_engine_are_pinned_exactly() -> None:
    required = (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8").split()

    assert set(PINNED) <= set(required)
    assert set(PINNED) <= set(locked)
    assert (f"weasyprint=={weasyprint.__version__}", f"pydyf=={pydyf.VERSION}") == PINNED


def test_what_is_replaced_in_the_engine_still_has_the_shape_it_had() -> None:
    body = inspect.getsource(Stream.marked).partition("def marked(self, box, tag):")[2]

    assert body.strip() == MARKED.strip(), "Stream.marked changed: read it, then mend pdf_kit.actual_text to match"


@pytest.mark.parametrize(("module", "name"), [(weasyprint, "__version__"), (pydyf, "VERSION")])
def test_another_engine_is_refused_with_both_versions(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    monkeypatch.setattr(module, name, "99.9")

    with pytest.raises(pdf_kit.WrongEngine, match=r"written for .*70\.0.*found .*99\.9"):
        pdf_kit.check_engine()


def test_the_engine_is_complete_on_this_machine() -> None:
    """Without libharfbuzz-subset0 it warns, and makes other bytes."""
    said = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning", "-c", "import weasyprint"], capture_output=True, check=False
    )

    assert (said.returncode, said.stderr) == (0, b"")
    assert "libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core" in (ROOT / ".ci" / "setup").read_text("utf-8")


def test_fonts_are_sixteen_static_files_in_a_folder_that_is_named_alone(tmp_path: Path) -> None:
    written = fonts.prepare(None, into=tmp_path).read_text(encoding="utf-8")
    shown = sorted(path.name for path in (tmp_path / "fonts").iterdir())

    assert shown == sorted(fonts.FILES)
    assert len(shown) == 16
    assert not [name for name in shown if "[" in name]  # a variable font names its axes so
    assert written.count("<dir>") == 1
    assert "<include" not in written


GRUMBLES = {
    "a picture without words": (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
        "",
        "no words for those who do not see it",
    ),
    "an unknown property": ("<p>x</p>", "<style>p { colour: red }</style>", "colour"),
    "an address": ('<a rel="attachment" href="http://example.org/x">x</a>', "", "asks for 'http://example.org/x'"),
    "a link into nowhere": ('<p><a href="#nowhere">x</a></p>', "", "nowhere"),
}


@pytest.mark.parametrize(("body", "head", "cause"), GRUMBLES.values(), ids=GRUMBLES.keys())
def test_whatever_the_engine_grumbles_about_fails_the_print_and_is_named(
    room: PressRoom, body: str, head: str, cause: str
) -> None:
    with pytest.raises(PaperFailed) as refusal:
        room.print(job(body, head=head), document="test.html")

    assert refusal.value.facts["document"] == "test.html"
    assert cause in str(refusal.value.facts["cause"])


def test_a_control_character_that_got_past_every_door_fails_the_print_by_its_number(room: PressRoom) -> None:
    with pytest.raises(GlyphMissing) as refusal:
        room.print(job("<p>be\x01fore</p>"), document="test.html")

    assert refusal.value.facts == {"document": "test.html", "cause": "U+0001"}


def test_a_kind_of_page_is_asked_for_by_whole_documents_only() -> None:
    """A class that asks for a page of its own forces a page break wherever another document uses the same word."""
    rules = [
        (sheet.name, rule.split("{")[0].strip())
        for sheet in sorted((TEMPLATES / "style").glob("*.css"))
        for rule in sheet.read_text(encoding="utf-8").split("}")
        if re.search(r"\{[^}]*(?<![\w-])page:\s", rule + "}")
    ]
    assert len(rules) > 3
    for name, selectors in rules:
        for selector in selectors.split("*/")[-1].split(","):
            assert selector.strip().startswith("body."), (name, selector)
