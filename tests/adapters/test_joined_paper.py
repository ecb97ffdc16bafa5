"""Documents joined into one file: a bookmark for each, pages counted by each, their words, the same bytes again."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters import every_sample
from tests.adapters.paper_reading import FewLanguages, folded, open_pdf, pages_of, shown_strings, text_of
from tests.adapters.samples_bundles import contents
from tests.adapters.samples_joining import joining_sheet
from tests.adapters.samples_lists import empty_week
from vctestimony.adapters.pdf import PaperPress
from vctestimony.adapters.pdf_frames import Job
from vctestimony.domain.paper import PaperFailed, Sheet

TEMPLATES = Path(__file__).parents[2] / "templates" / "pdf"
LABELS = ("সূচি", "যোগদানপত্র – ১", "যোগদানপত্র – ২", "সপ্তাহ")
LANG = "bn"
APART = {"record-H-1.pdf": b"%PDF-1.7 sealed"}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    made = PaperPress(
        templates=TEMPLATES, languages=FewLanguages(), fonts=None, instance=tmp_path_factory.mktemp("instance")
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def sheets() -> list[tuple[str, Sheet]]:
    week = empty_week(LANG)
    person = joining_sheet(LANG)
    return [("contents", contents(LANG)), ("joining-sheet", person), ("joining-sheet", person), ("week-list", week)]


@pytest.fixture(scope="module")
def loose(press: PaperPress, sheets: list[tuple[str, Sheet]]) -> list[tuple[str, bytes]]:
    return [(label, press.loose(code, sheet, lang=LANG)) for label, (code, sheet) in zip(LABELS, sheets, strict=True)]


@pytest.fixture(scope="module")
def joined(press: PaperPress, loose: list[tuple[str, bytes]]) -> bytes:
    return press.joined("contents", loose, apart=APART)


def test_each_document_has_one_bookmark_of_the_first_level_at_its_first_page_and_counts_its_own_pages(
    press: PaperPress, sheets: list[tuple[str, Sheet]], joined: bytes
) -> None:
    counts = [len(open_pdf(press.paper(code, sheet, lang=LANG)).pages) for code, sheet in sheets]
    reader = open_pdf(joined)
    top = [item for item in reader.outline if not isinstance(item, list)]
    assert [item.title for item in top] == list(LABELS)
    firsts = [reader.get_destination_page_number(item) for item in top]
    assert firsts == [sum(counts[:place]) for place in range(len(counts))]
    assert len(reader.pages) == sum(counts)
    numbered = [(number, count) for count in counts for number in range(1, count + 1)]
    for page, (number, count) in zip(pages_of(joined), numbered, strict=True):
        assert f"Page {number} of {count}" in page


def test_every_text_of_every_document_can_be_searched_and_the_file_is_sound(
    sheets: list[tuple[str, Sheet]], joined: bytes, tmp_path: Path
) -> None:
    given_back = folded(text_of(joined))
    # What a document is about heads its later pages, and the week has only one.
    told = [text for _, sheet in sheets for text in shown_strings(sheet) if text != sheet.heading.about]
    assert [text for text in told if folded(text) not in given_back] == []
    assert open_pdf(joined).attachments == {name: [content] for name, content in APART.items()}
    path = tmp_path / "joined.pdf"
    path.write_bytes(joined)
    subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)


def test_the_same_documents_give_the_same_bytes(
    press: PaperPress, loose: list[tuple[str, bytes]], joined: bytes
) -> None:
    assert press.joined("contents", loose, apart=APART) == joined


def test_one_document_that_cannot_be_drawn_leaves_no_file(press: PaperPress, loose: list[tuple[str, bytes]]) -> None:
    spoilt = Job(html="<html lang=bn><img src='file:///etc/passwd' alt=x>", stamp="2026-09-17T05:30:00Z").to_bytes()
    with pytest.raises(PaperFailed):
        press.joined("contents", [*loose[:1], ("x", spoilt)], apart={})


def test_a_preview_says_what_is_ruled_carries_the_styles_and_has_no_number_and_no_code(press: PaperPress) -> None:
    week = empty_week(LANG)
    bare = type(week)(heading=type(week.heading)(issuer="Court", about="Week"), post=week.post, days=week.days)
    shown = press.preview("week-list", bare, lang="en", styles=("/papers/document.css",))
    assert '<link rel="stylesheet" href="/papers/document.css">' in shown.html
    assert "<svg" not in shown.html
    assert (shown.blanks, shown.others) == ((), False)
    assert "D-" not in shown.html


@pytest.mark.parametrize("code", ["declaration-start", "consent", "oath-witness", "dispatch-cover", "certificate-63-4"])
def test_a_preview_of_a_form_with_boxes_never_says_that_nothing_or_only_so_much_is_left(
    press: PaperPress, code: str
) -> None:
    assert press.preview(code, every_sample.SAMPLES[code]("en"), lang="en").others
