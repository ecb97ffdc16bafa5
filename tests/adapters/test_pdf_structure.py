"""How a printed document is built for those who hear it instead of seeing it (ISO 14289-1)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.adapters import paper_samples as samples
from tests.adapters.paper_reading import FewLanguages, misplaced, text_of
from vctestimony.adapters.pdf import PaperPress
from vctestimony.domain.documents.record import RecordSheet

TEMPLATES = Path(__file__).parents[2] / "templates" / "pdf"


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    made = PaperPress(
        templates=TEMPLATES, languages=FewLanguages(), fonts=None, instance=tmp_path_factory.mktemp("instance")
    )
    yield made
    made.close()


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


def test_no_template_has_footnotes_or_pictures() -> None:
    written = {path.name: path.read_text("utf-8") for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".css"}}

    for sign in ("<img", "<image", "<picture", "url(", "footnote", '"data:', "'data:", "src="):
        assert [name for name, text in written.items() if sign in text] == []
