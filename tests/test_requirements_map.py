"""The pages that say where each demand on invitations and paper is shown name tests that exist, and leave none out."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PAGES = {
    "invitations.md": tuple(str(number) for number in range(1, 32)),
    "paper.md": tuple(f"P{number}" for number in range(1, 23)),
}
"""Each page with its numbers. What was measured may stand in one more column."""
_ROW = re.compile(r"^\| (P?\d+) \| ([^|]+) \| ([^|]+) \|(?: [^|]+ \|)?$", re.MULTILINE)


def rows() -> list[tuple[str, str, str, list[str]]]:
    """Page, number, demand and tests of each line."""
    return [
        (page, number, demand, re.findall(r"`([^`]+)`", shown))
        for page in PAGES
        for number, demand, shown in _ROW.findall((PROJECT / "docs" / page).read_text(encoding="utf-8"))
    ]


@cache
def cases_in(place: str) -> frozenset[str]:
    """The test functions of one file."""
    path = PROJECT / place
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("page", PAGES)
def test_every_number_stands_there_once_and_in_order(page: str) -> None:
    assert tuple(number for own, number, _, _ in rows() if own == page) == PAGES[page]


@pytest.mark.parametrize(("page", "number", "demand", "shown"), rows(), ids=lambda value: str(value)[:3])
def test_each_line_names_tests_that_exist(page: str, number: str, demand: str, shown: list[str]) -> None:
    assert demand.endswith(".")
    assert shown
    missing = [one for one in shown if one.partition("::")[2] not in cases_in(one.partition("::")[0])]
    assert not missing
