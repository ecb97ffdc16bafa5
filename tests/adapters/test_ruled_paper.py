"""The deposition in lines: 25 a page, each beside its number, and the numbers no part of the text."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low

import pypdfium2
import pytest
from pypdfium2 import raw

from tests.adapters.every_sample import LANGUAGES, press_in
from tests.adapters.paper_reading import pages_of
from tests.adapters.samples_procedure import transcript
from vctestimony.adapters.pdf import PaperPress

MILLIMETRE = 72 / 25.4
LINES, GRID, NEAR = 25, 9.6 * MILLIMETRE, 0.5
MARGIN, HEAD, FOOT = 30 * MILLIMETRE, 28 * MILLIMETRE, (28 + LINES * 9.6) * MILLIMETRE


@dataclass(frozen=True)
class Run:
    """Some words as they are drawn: where their baseline begins, from the upper left, in points; and how tagged."""

    x: float
    y: float
    tag: str


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    made = press_in(tmp_path_factory.mktemp("instance"))
    yield made
    made.close()


@pytest.fixture(scope="module", params=LANGUAGES)
def pages(request: pytest.FixtureRequest, press: PaperPress) -> list[list[Run]]:
    """The runs of each page between its head and its foot, without the first page and the one for signatures."""
    pdf = press.paper("transcript", transcript(request.param), lang=request.param)
    with pypdfium2.PdfDocument(pdf) as document:
        return [list(runs(document[place])) for place in range(1, len(document) - 1)]


def runs(page: pypdfium2.PdfPage) -> Iterator[Run]:
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        _, turned, _, _, x, y = drawn.get_matrix().get()
        below = page.get_height() - y
        if not turned and HEAD < below < FOOT:  # the word "draft" lies across the page
            yield Run(x, below, tag_of(drawn))


def tag_of(drawn: pypdfium2.PdfObject) -> str:
    """The outermost mark."""
    name, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(raw.FPDFPageObj_GetMark(drawn.raw, 0), name, 128, length)
    return bytes(name)[: length.value].decode("utf-16le").strip("\0")


def test_each_page_has_its_25_numbers_and_none_of_them_is_part_of_the_text(pages: list[list[Run]]) -> None:
    assert len(pages) > 3
    for page in pages:
        numbers = sorted((run for run in page if run.x < MARGIN), key=lambda run: run.y)

        assert len(numbers) == LINES
        assert {run.tag for run in numbers} == {"Artifact"}
        assert all(abs(lower.y - upper.y - GRID) < 0.05 for upper, lower in pairwise(numbers))
        assert "Artifact" not in {run.tag for run in page if run.x > MARGIN}


def test_every_line_of_text_stands_beside_its_number_whatever_scripts_are_in_it(pages: list[list[Run]]) -> None:
    lines = 0
    for page in pages:
        words = [run.y for run in page if run.x > MARGIN]
        for number in (run.y for run in page if run.x < MARGIN):
            # A mark of a conjunct may be drawn by itself, a little above or below; most runs lie on the baseline.
            if beside := [y for y in words if abs(y - number) < GRID / 2]:
                assert abs(median_low(beside) - number) < NEAR
                lines += 1
    assert lines > 3 * LINES


@pytest.mark.parametrize("questions", [2, 9, 40])
def test_the_signatures_stand_whole_on_a_page_of_their_own(press: PaperPress, questions: int) -> None:
    sheet = transcript("en", questions=14)
    first, second = sheet.deposition
    sheet = replace(sheet, deposition=(first, replace(second, lines=second.lines * questions)))
    pages = pages_of(press.paper("transcript", sheet, lang="en"))

    assert all(box.title in pages[-1] for box in sheet.signatures)
    assert [place for place, page in enumerate(pages) if "Date, time and place:" in page] == [len(pages) - 1]
    assert "Q. 1 " not in pages[0] + pages[-1]
    assert all("Draft, not sealed" in page for page in pages)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_a_sealed_deposition_is_no_draft(press: PaperPress) -> None:
    text = " ".join(pages_of(press.paper("transcript", replace(transcript("en"), is_sealed=True), lang="en")))

    assert "Signatures" in text
    assert "draft" not in text.lower()
