"""The page that says where each demand on an invitation is shown names tests that exist, and leaves no number out."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PAGE = PROJECT / "docs" / "invitations.md"
NUMBERS = range(1, 32)
_ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def rows() -> list[tuple[int, str, list[str]]]:
    """Number, demand and tests of each line."""
    found = _ROW.findall(PAGE.read_text(encoding="utf-8"))
    return [(int(number), demand, re.findall(r"`([^`]+)`", shown)) for number, demand, shown in found]


@cache
def cases_in(place: str) -> frozenset[str]:
    """The test functions of one file."""
    path = PROJECT / place
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_number_stands_there_once_and_in_order() -> None:
    assert [number for number, _, _ in rows()] == list(NUMBERS)


@pytest.mark.parametrize(("number", "demand", "shown"), rows(), ids=lambda value: str(value)[:2])
def test_each_line_names_tests_that_exist(number: int, demand: str, shown: list[str]) -> None:
    assert demand.endswith(".")
    assert shown
    missing = [one for one in shown if one.partition("::")[2] not in cases_in(one.partition("::")[0])]
    assert not missing
