"""The one place that finds the marks `abuse`, `threat`, `asvs`, `bad_day` on tests; it runs and imports none.

    @pytest.mark.abuse(17, 19)        rows of the abuse list
    @pytest.mark.threat("T9")         threats of docs/threat-model.md
    @pytest.mark.asvs("7.4.1")        requirements of OWASP ASVS 5.0
    @pytest.mark.bad_day("R8")        rows of docs/bad-days.md

A mark on a class counts for its tests, and `pytestmark` for the file.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = frozenset({"abuse", "threat", "asvs", "bad_day"})
PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One test and one thing that it shows."""

    kind: str
    shows: str
    test: str


def marks(project: Path = PROJECT) -> tuple[Mark, ...]:
    """Every mark of the suite, in a fixed order."""
    found: set[Mark] = set()
    for path in sorted((project / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if any(f"mark.{kind}" in text for kind in KINDS):
            found.update(_of_file(path.relative_to(project).as_posix(), ast.parse(text)))
    return tuple(sorted(found))


def tests_of(kind: str, shows: str, among: tuple[Mark, ...]) -> list[str]:
    """The ids of tests that show this."""
    return [mark.test for mark in among if (mark.kind, mark.shows) == (kind, shows)]


def _of_file(place: str, tree: ast.Module) -> Iterator[Mark]:
    whole = [pair for node in tree.body if isinstance(node, ast.Assign) for pair in _named(node)]
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            of_class = whole + [pair for decorator in node.decorator_list for pair in _pairs(decorator)]
            for inner in node.body:
                yield from _of_test(f"{place}::{node.name}", inner, of_class)
        yield from _of_test(place, node, whole)


def _of_test(place: str, node: ast.stmt, given: list[tuple[str, str]]) -> Iterator[Mark]:
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
        own = [pair for decorator in node.decorator_list for pair in _pairs(decorator)]
        yield from (Mark(kind, shows, f"{place}::{node.name}") for kind, shows in [*given, *own])


def _named(node: ast.Assign) -> Iterator[tuple[str, str]]:
    if any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets):
        for call in ast.walk(node.value):
            yield from _pairs(call)


def _pairs(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What a call like `pytest.mark.abuse(17, 19)` says."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in KINDS:
        if ast.unparse(node.func.value) != "pytest.mark":
            return
        for argument in node.args:
            if isinstance(argument, ast.Constant):
                yield node.func.attr, str(argument.value)
