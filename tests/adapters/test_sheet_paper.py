"""Lists and plain sheets as they come from the press: heads repeated, rows whole, dates named, nothing betrayed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters.paper_reading import FewLanguages, pages_of, text_of
from tests.adapters.samples_joining import survivor_sheet
from tests.adapters.samples_lists import day_sheet, empty_week, movement_sheet
from vctestimony.adapters.pdf import PaperPress

TEMPLATES = Path(__file__).parents[2] / "templates" / "pdf"
HEAD = "Time on both clocks"
HIDDEN = ("verify", "http", "itness", "estimony", "PW-", "ST 214", "Sessions")


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    instance = tmp_path_factory.mktemp("instance")
    made = PaperPress(templates=TEMPLATES, languages=FewLanguages(), fonts=None, instance=instance)
    yield made
    made.close()


def test_a_long_day_repeats_its_head_and_splits_no_hearing(press: PaperPress) -> None:
    pages = pages_of(press.paper("day-sheet", day_sheet("en"), lang="en"))
    with_hearings = [page for page in pages if "Special Case" in page]
    assert len(with_hearings) > 1
    for page in with_hearings:
        assert HEAD in page
        assert page.count("Special Case") == page.count("Host magistrate") == page.count("Other end:")
    assert sum(page.count("Special Case") for page in pages) == 8
    assert "Tue 15 Sep 2026 00:05" in with_hearings[-1]
    assert "Tue 15 Sep" not in "".join(with_hearings[:-1])


def test_a_week_without_hearings_says_so(press: PaperPress) -> None:
    text = text_of(press.paper("week-list", empty_week("en"), lang="en"))
    assert "No hearing stands here in this week." in text
    assert text.count("no hearing") == 7


@pytest.mark.parametrize(("code", "sheet"), [("survivor-sheet", survivor_sheet), ("movement-sheet", movement_sheet)])
def test_whoever_finds_a_neutral_sheet_learns_neither_who_nor_why(press: PaperPress, code: str, sheet: object) -> None:
    assert callable(sheet)
    content = press.paper(code, sheet("en"), lang="en")
    text = text_of(content)
    assert not [word for word in HIDDEN if word in text]
    assert code.encode() not in content
    assert "Fri 18 Sep 2026" in text
