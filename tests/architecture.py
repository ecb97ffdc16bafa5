"""The one place that states the rules of the source tree, each as a function from the project's folder to complaints.

The sources are read, not run, so a rule also sees what no test happens to import. An empty answer means: kept.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = "vctestimony"
COMPOSITION_ROOT = {"cli", "composition"}
ARROWS = {
    "__init__": set[str](),
    "config": {"domain", "settings"},
    "settings": set[str](),
    "outside": {"adapters", "config", "domain", "services", "settings"},
    "domain": set[str](),
    "store": {"domain"},
    "services": {"domain", "store"},
    "adapters": {"domain"},
    "web": {"domain", "services"},
    "api": {"domain", "services"},
    "demo": {"adapters", "domain", "services", "store"},
}
ALLOWED_PLACES = {
    "pytz": "domain/instants.py",
    "importlib.resources": "domain/shipped.py",
    "os.environ": "config.py",
    "os.getenv": "config.py",
    "datetime.datetime.now": "adapters/clock.py",
    "datetime.datetime.utcnow": "adapters/clock.py",
    "datetime.datetime.today": "adapters/clock.py",
    "datetime.date.today": "adapters/clock.py",
    "time.time": "adapters/clock.py",
    "time.time_ns": "adapters/clock.py",
    "sqlalchemy.func.now": "nowhere",
    "typing.TYPE_CHECKING": "nowhere",
    "zoneinfo": "nowhere",
}
WORLDLY = {"os", "pathlib", "shutil", "socket", "smtplib", "sqlite3", "subprocess", "tempfile", "threading", "http"}
COMMITS = "services/unit.py"
VIEW_DECORATORS = {"delete", "get", "patch", "post", "put", "route"}
FILE_LINES, FUNCTION_LINES, VIEW_LINES, TEMPLATE_LINES = 300, 40, 25, 100

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One source file of the package, parsed. `place` is its path inside the package, `layer` its first part."""

    place: str
    layer: str
    text: str
    tree: ast.Module

    @property
    def generated(self) -> bool:
        """Migrations are written by a tool and kept as they ran."""
        return "migrations" in self.place


def modules(project: Path) -> Iterator[Module]:
    """Every module of the package, in a fixed order."""
    for path in sorted((project / PACKAGE).rglob("*.py")):
        place = path.relative_to(project / PACKAGE).as_posix()
        text = path.read_text(encoding="utf-8")
        yield Module(place, place.partition("/")[0].removesuffix(".py"), text, _parsed(text))


@cache
def _parsed(text: str) -> ast.Module:
    """Each rule reads the same trees, and changes none."""
    return ast.parse(text)


def imported(node: ast.AST) -> Iterator[str]:
    """The full names that an import statement brings in.

    >>> list(imported(ast.parse("from os import path, environ").body[0]))
    ['os.path', 'os.environ']
    """
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def used_names(tree: ast.Module) -> Iterator[str]:
    """Full names of what a module imports and of the attributes it reaches through its imports, under any alias.

    >>> sorted(used_names(ast.parse("from datetime import datetime as dt; dt.now()")))
    ['datetime.datetime', 'datetime.datetime.now']
    """
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias, full in zip(node.names, imported(node), strict=True):
                yield full
                plain = isinstance(node, ast.Import) and alias.asname is None
                top = full.partition(".")[0]  # `import a.b` binds a
                known.update({top: top} if plain else {alias.asname or alias.name: full})
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            first, _, rest = ast.unparse(node).partition(".")
            if first in known:
                yield f"{known[first]}.{rest}"


def forbidden_arrows(project: Path) -> list[str]:
    """Imports that point the wrong way, and modules that have no place in the layers."""
    found: list[str] = []
    for module in modules(project):
        if module.layer in COMPOSITION_ROOT:
            continue
        if module.layer not in ARROWS:
            found.append(f"{module.place} belongs to no layer")
            continue
        for name in _imports(module.tree):
            first, _, rest = name.partition(".")
            target = rest.partition(".")[0] or "__init__"
            if name.startswith("."):
                found.append(f"{module.place} imports by a relative name: {name}")
            elif first == PACKAGE and target not in ARROWS[module.layer] | {module.layer}:
                found.append(f"{module.place}: {module.layer} must not import {target}")
    return found


def impure_domain(project: Path) -> list[str]:
    """Imports of the domain from outside the standard library, or of what reaches files, network or processes."""
    pure = sys.stdlib_module_names - WORLDLY | {PACKAGE, "pytz"}  # where pytz may stand is a rule of its own
    return [
        f"{module.place}: domain must not import {name.partition('.')[0]}"
        for module in modules(project)
        if module.layer == "domain"
        for name in _imports(module.tree)
        if name.partition(".")[0] not in pure
    ]


def imports_inside_functions(project: Path) -> list[str]:
    """An import that hides in a function hides an arrow."""
    return [
        f"{module.place}:{node.lineno} imports inside {function.name}"
        for module in modules(project)
        for function in _functions(module.tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def misplaced_names(project: Path) -> list[str]:
    """The clock, the environment and pytz are each read in one file; some names are used nowhere."""
    return [
        f"{module.place} uses {name}, which is for {place}"
        for module in modules(project)
        for used in sorted(set(used_names(module.tree)))
        for name, place in ALLOWED_PLACES.items()
        if (used == name or used.startswith(f"{name}.")) and module.place != place
    ]


def commits_elsewhere(project: Path) -> list[str]:
    """`.commit(` is written once in the package."""
    sites = [
        f"{module.place}:{node.lineno}"
        for module in modules(project)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    if [site.partition(":")[0] for site in sites] == [COMMITS]:
        return []
    return [f"commits must be one, in {COMMITS}; found: {', '.join(sites) or 'none'}"]


def oversized(project: Path) -> list[str]:
    """Files, functions and views beyond the house's limits."""
    found: list[str] = []
    for module in modules(project):
        if module.generated:
            continue
        found += _too_long(module.place, module.text.count("\n"), FILE_LINES)
        for function in _functions(module.tree):
            limit = VIEW_LINES if module.layer in {"api", "web"} and _is_view(function) else FUNCTION_LINES
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            found += _too_long(f"{module.place} {function.name}", lines, limit)
    for path in sorted((project / "tests").rglob("*.py")):
        lines = path.read_text(encoding="utf-8").count("\n")
        found += _too_long(path.relative_to(project).as_posix(), lines, FILE_LINES)
    return found


def careless_templates(project: Path) -> list[str]:
    """Templates that are too long, or that switch the escaping off."""
    found: list[str] = []
    for path in sorted(file for file in (project / "templates").rglob("*") if file.is_file()):
        text = path.read_text(encoding="utf-8")
        place = path.relative_to(project).as_posix()
        limit = FILE_LINES if path.suffix == ".css" else TEMPLATE_LINES
        found += _too_long(place, text.count("\n"), limit)
        if re.search(r"\|\s*safe\b|autoescape\s+false", text):
            found.append(f"{place} switches the escaping off")
    return found


def undescribed(project: Path) -> list[str]:
    """Modules that do not say what they are the only place for."""
    return [module.place for module in modules(project) if not ast.get_docstring(module.tree)]


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        yield from imported(node)


def _functions(tree: ast.Module) -> Iterator[Function]:
    yield from (node for node in ast.walk(tree) if isinstance(node, Function))


def _is_view(function: Function) -> bool:
    calls = (decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in VIEW_DECORATORS for call in calls)


def _too_long(what: str, lines: int, limit: int) -> list[str]:
    return [f"{what} has {lines} lines, over {limit}"] if lines > limit else []
