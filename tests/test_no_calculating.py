"""No text is ever run as a program: neither of a pack, nor of a form, nor of a template made of what somebody typed."""

import ast

import pytest

from tests.architecture import modules
from vctestimony.config import PROJECT

RUNS_TEXT = frozenset({"eval", "exec", "compile", "__import__", "render_template_string", "from_string", "unpickle"})
SERIALISED = ("pickle", "marshal", "shelve", "yaml")


def names_called(tree: ast.Module) -> set[str]:
    """The names of whatever is called, without the object of which it is a part where that is `re`."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    plain = {call.id for call in calls if isinstance(call, ast.Name)}
    parts = {call.attr for call in calls if isinstance(call, ast.Attribute) and ast.unparse(call.value) != "re"}
    return plain | parts


@pytest.mark.abuse(44, 92)
@pytest.mark.threat("T29")
@pytest.mark.asvs("1.3.2", "1.3.7", "1.5.2")
def test_nothing_in_the_package_runs_a_text() -> None:
    found = {
        (module.place, name) for module in modules(PROJECT) for name in sorted(names_called(module.tree) & RUNS_TEXT)
    }
    assert found == set()
    brought = {
        (module.place, alias.name)
        for module in modules(PROJECT)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.partition(".")[0] in SERIALISED
    }
    assert brought == set()
