"""The map of bad days: every id is there, every test it names exists, and the page says the same."""

from pathlib import Path

from tests.torture.document import BEGIN, END, table
from tests.torture.rows import ROWS

PROJECT = Path(__file__).resolve().parents[1]


def test_every_bad_day_has_a_row_and_its_tests_exist() -> None:
    assert list(ROWS) == [f"R{number}" for number in range(1, 27)]
    assert not [place for row in ROWS.values() for place in row.short if not (PROJECT / place).is_file()]
    assert not [name for name, row in ROWS.items() if not (row.short or row.long or row.lacks)]


def test_the_page_has_the_table_as_it_is() -> None:
    page = (PROJECT / "docs" / "bad-days.md").read_text(encoding="utf-8")
    assert page.split(BEGIN)[1].split(END)[0].strip() == table()
