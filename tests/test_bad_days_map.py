"""The map of bad days: every id is there and shown or said not to be, and the page says the same."""

from pathlib import Path

from tests.evidence.marks import marks
from tests.torture.document import BEGIN, END, table
from tests.torture.rows import ROWS, shown_by

PROJECT = Path(__file__).resolve().parents[1]
FOUND = marks()


def test_every_bad_day_is_shown_by_a_test_or_says_that_it_is_not() -> None:
    assert list(ROWS) == [f"R{number}" for number in range(1, 27)]
    assert not [name for name, row in ROWS.items() if not (shown_by(name, FOUND) or row.lacks)]


def test_every_longer_form_is_there() -> None:
    modules = [PROJECT.joinpath(*row.long[1].split(".")) for row in ROWS.values() if row.long]
    assert not [
        place for place in modules if not (place.with_suffix(".py").is_file() or (place / "__main__.py").is_file())
    ]


def test_the_page_has_the_table_as_it_is() -> None:
    page = (PROJECT / "docs" / "bad-days.md").read_text(encoding="utf-8")
    assert page.split(BEGIN)[1].split(END)[0].strip() == table(FOUND)
