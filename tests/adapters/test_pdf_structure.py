"""How a printed document is built for those who hear it instead of seeing it (ISO 14289-1)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.adapters import paper_samples as samples
from tests.adapters.paper_reading import FewLanguages, nesting_of, text_of
from vctestimony.adapters.pdf import PaperPress
from vctestimony.domain.documents.record import RecordSheet

TEMPLATES = Path(__file__).parents[2] / "templates" / "pdf"
# What each part of a table may stand in (ISO 32000-1, table 337).
TABLE_PARTS = {
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/TR": {"/THead", "/TBody"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/LI": {"/L"},
    "/LBody": {"/LI"},
}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    made = PaperPress(
        templates=TEMPLATES, languages=FewLanguages(), fonts=None, instance=tmp_path_factory.mktemp("instance")
    )
    yield made
    made.close()


def misplaced(pdf: bytes) -> list[tuple[str, str]]:
    """Parts of tables and lists that stand where none may."""
    return sorted(pair for pair in nesting_of(pdf) if pair[0] not in TABLE_PARTS.get(pair[1], {pair[0]}))


def nothing_happened_yet() -> RecordSheet:
    """The record of a hearing that is still to come, and a group without a field."""
    sheet = samples.record(sealed=False)
    bare = replace(sheet.groups[0], rows=())
    return replace(sheet, groups=(bare, sheet.groups[1]), log=(), documents=(), interruptions=(), deposition=())


def test_a_table_without_rows_holds_no_table_within_its_body(press: PaperPress) -> None:
    pdf = press.paper("record", nothing_happened_yet(), lang="en", attachments={})

    assert misplaced(pdf) == []


def test_a_record_of_a_hearing_still_to_come_says_that_nothing_was_recorded(press: PaperPress) -> None:
    text = text_of(press.paper("record", nothing_happened_yet(), lang="en", attachments={}))

    assert text.count("Nothing was recorded.") == 2
    assert text.count("What happened") == 0
