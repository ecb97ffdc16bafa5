"""The bench runs, and measures only what agrees with the naive search. No test here looks at a clock."""

import re
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import portioned
from tests.bench.measuring import Row, Unequal, table
from tests.bench.naive import starts_of
from tests.bench.questions import questions
from tests.bench.searching import check, core


def test_the_naive_search_and_ours_find_the_same_starts() -> None:
    asked = questions(8, days=14)
    assert [core(question) for question in asked] == [starts_of(question) for question in asked]
    assert sum(len(core(question)) for question in asked) > 20


def test_nothing_is_measured_that_disagrees() -> None:
    asked = questions(1, days=14)
    with pytest.raises(Unequal):
        check(asked, [[*core(asked[0]), 1]])


def test_the_same_questions_are_asked_in_every_run() -> None:
    assert questions(2) == questions(2)


@pytest.mark.parametrize(
    ("measured", "at_most", "verdict"),
    [(1.9, True, "met"), (2, True, "met"), (2.1, True, "MISSED"), (1.9, False, "MISSED"), (2.1, False, "met")],
)
def test_a_target_is_met_up_to_itself(measured: float, at_most: bool, verdict: str) -> None:
    assert Row("search", "sqlite", measured, 2, at_most=at_most).verdict == verdict


def test_a_table_lines_up() -> None:
    rows = (Row("one", "sqlite", 1.5, 2, note="3 against 2"), Row("a longer name", "–", 12.25))
    assert table(rows).splitlines()[2:] == [
        "one            sqlite  at most 2  1.50      met  3 against 2",
        "a longer name  –                  12.25",
    ]


def test_the_library_portion_finds_the_same_starts() -> None:
    asked = questions(8, days=14)
    assert [core(question) for question in asked] == [portioned.starts_of(question) for question in asked]


def test_every_target_is_in_the_table_and_in_the_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert bench.main(["--tiny", "--write", str(tmp_path / "bench.md")]) == 0
    printed, written = capsys.readouterr().out, (tmp_path / "bench.md").read_text(encoding="utf-8")
    names = {line.split()[0] for line in printed.splitlines() if re.match(r"R\d", line)}
    assert names >= {"R1", "R2", "R5", "R6", "R7", "R8", "R9", "R10", "R12"}
    assert all(f"J{number} " in written for number in (1, 2, 3))
    assert "P20 a batch by one process ÷ by two" in written
    assert "P21 growth of a printing process" in written
    assert {line.split()[1] for line in written.splitlines() if line.startswith("| R")} == names
    machine = printed.splitlines()[0]
    assert machine in written
    assert " cores (" in machine
    assert str(tmp_path) not in written
