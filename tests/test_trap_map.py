"""The page on the traps of the procedure names tests that exist, and leaves no number out."""

import re

import pytest

from tests.test_requirements_map import PROJECT, cases_in

PAGE = PROJECT / "docs" / "procedures.md"
_ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = [(int(number), trap, done, shown) for number, trap, done, shown in _ROW.findall(PAGE.read_text("utf-8"))]


def test_every_trap_stands_there_once_and_in_order() -> None:
    assert [number for number, *_ in ROWS] == list(range(1, 23))


@pytest.mark.parametrize(("number", "trap", "done", "shown"), ROWS, ids=lambda value: str(value)[:2])
def test_each_trap_says_what_is_done_and_names_tests_that_exist(number: int, trap: str, done: str, shown: str) -> None:
    assert trap.endswith(".")
    assert done.endswith(".")
    tests = re.findall(r"`([^`]+::[^`]+)`", shown)
    assert tests
    assert [one for one in tests if one.partition("::")[2] not in cases_in(one.partition("::")[0])] == []
