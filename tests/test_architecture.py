"""The source tree keeps its own rules; each rule is also shown a tree that breaks it, so that no rule is blind."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import architecture

PROJECT = Path(__file__).resolve().parent.parent
RULES = [
    architecture.forbidden_arrows,
    architecture.impure_domain,
    architecture.imports_inside_functions,
    architecture.misplaced_names,
    architecture.commits_elsewhere,
    architecture.oversized,
    architecture.careless_templates,
    architecture.undescribed,
]
Rule = Callable[[Path], list[str]]
ONE_COMMIT = ("vctestimony/services/unit.py", '"""Commits."""\nsession.commit()\n')
FUNCTION = "def long() -> None:\n" + "    pass\n" * 40
VIEW = "@pages.get('/')\ndef page() -> None:\n" + "    pass\n" * 25

IMPORT_BY_IMPORT = """
import importlib, pkgutil, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names | {"vctestimony", "pytz"}:
            raise ImportError(f"domain must not import {top}")

sys.path.insert(0, sys.argv[1])
sys.meta_path.insert(0, Refuse())
domain = importlib.import_module("vctestimony.domain")
for module in pkgutil.walk_packages(domain.__path__, "vctestimony.domain."):
    print(importlib.import_module(module.name).__name__)
"""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_source_tree_keeps_the_rule(rule: Rule) -> None:
    found = rule(PROJECT)
    assert not found, "\n".join(found)


def planted(project: Path, *files: tuple[str, str]) -> Path:
    for place, text in files:
        path = project / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return project


@pytest.mark.parametrize(
    ("rule", "place", "text", "complaint"),
    [
        ("forbidden_arrows", "domain/slots.py", "import vctestimony.store.db", "domain must not import store"),
        ("forbidden_arrows", "domain/slots.py", "from vctestimony import store", "domain must not import store"),
        ("forbidden_arrows", "store/a.py", "import vctestimony.services.unit", "store must not import services"),
        ("forbidden_arrows", "services/a.py", "import vctestimony.adapters.mail", "services must not import adapters"),
        ("forbidden_arrows", "adapters/a.py", "import vctestimony.store.db", "adapters must not import store"),
        ("forbidden_arrows", "adapters/a.py", "from vctestimony import config", "adapters must not import config"),
        ("forbidden_arrows", "web/a.py", "from vctestimony.store.db import db", "web must not import store"),
        ("forbidden_arrows", "web/a.py", "from vctestimony.api import b", "web must not import api"),
        ("forbidden_arrows", "api/a.py", "import vctestimony", "api must not import __init__"),
        ("forbidden_arrows", "web/a.py", "from ..store import db", "imports by a relative name"),
        ("forbidden_arrows", "__init__.py", "from vctestimony import web", "__init__ must not import web"),
        ("forbidden_arrows", "helpers.py", "", "belongs to no layer"),
        ("impure_domain", "domain/slots.py", "from flask import g", "domain must not import flask"),
        ("impure_domain", "domain/slots.py", "import pathlib", "domain must not import pathlib"),
        ("imports_inside_functions", "web/a.py", "def view():\n    import os", "imports inside view"),
        ("misplaced_names", "domain/a.py", "from pytz import utc", "uses pytz"),
        ("misplaced_names", "domain/instants.py", "import zoneinfo", "uses zoneinfo"),
        ("misplaced_names", "web/a.py", "import os\nos.environ['X']", "uses os.environ"),
        ("misplaced_names", "web/a.py", "from os import getenv", "uses os.getenv"),
        ("misplaced_names", "web/a.py", "from typing import TYPE_CHECKING", "uses typing.TYPE_CHECKING"),
        ("misplaced_names", "web/a.py", "from datetime import datetime as d\nd.now()", "uses datetime.datetime.now"),
        ("misplaced_names", "web/a.py", "import datetime as d\nf = d.date.today", "uses datetime.date.today"),
        ("misplaced_names", "web/a.py", "import time\ntime.time()", "uses time.time"),
        ("misplaced_names", "web/a.py", "from time import time", "uses time.time"),
        ("misplaced_names", "store/a.py", "import sqlalchemy as sa\nsa.func.now()", "uses sqlalchemy.func.now"),
        ("commits_elsewhere", "web/a.py", "session.commit()", "web/a.py:1"),
        ("oversized", "web/a.py", "\n" * 301, "web/a.py has 301 lines, over 300"),
        ("oversized", "domain/a.py", FUNCTION, "long has 41 lines, over 40"),
        ("oversized", "web/a.py", VIEW, "page has 26 lines, over 25"),
        ("oversized", "../tests/test_a.py", "\n" * 301, "test_a.py has 301 lines, over 300"),
        ("careless_templates", "../templates/a.html", "\n" * 101, "a.html has 101 lines, over 100"),
        ("careless_templates", "../templates/a.css", "\n" * 301, "a.css has 301 lines, over 300"),
        ("careless_templates", "../templates/a/b.html", "{{ x | safe }}", "switches the escaping off"),
        ("careless_templates", "../templates/a/b.html", "{% autoescape false %}", "switches the escaping off"),
        ("undescribed", "domain/a.py", "x = 1", "domain/a.py"),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, rule: str, place: str, text: str, complaint: str) -> None:
    project = planted(tmp_path, ONE_COMMIT, (f"vctestimony/{place}", text))
    found = getattr(architecture, rule)(project)
    assert [line for line in found if complaint in line] == found != []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_what_is_at_the_limit_and_in_its_place_is_not_complained_of(tmp_path: Path, rule: Rule) -> None:
    project = planted(
        tmp_path,
        ONE_COMMIT,
        ("vctestimony/composition.py", '"""Joins."""\nfrom vctestimony.web import a\n'),
        ("vctestimony/config.py", '"""Reads."""\nimport os\nos.environ["X"]\n'),
        ("vctestimony/adapters/clock.py", '"""Clock."""\nfrom datetime import datetime\ndatetime.now()\n'),
        ("vctestimony/domain/instants.py", '"""Zones."""\nimport pytz\npytz.utc\n'),
        ("vctestimony/store/migrations/one.py", '"""Generated."""\n' + "\n" * 300),
        ("vctestimony/domain/long.py", '"""Long."""\n' + FUNCTION.replace("    pass\n", "", 1) + "\n" * 259),
        ("vctestimony/web/a.py", '"""Views."""\n' + VIEW.replace("    pass\n", "", 1)),
        ("templates/a.html", "{{ safe }}" + "\n" * 100),
    )
    assert rule(project) == []


def test_a_package_that_never_commits_is_found(tmp_path: Path) -> None:
    project = planted(tmp_path, ("vctestimony/services/unit.py", "x = 1"))
    assert architecture.commits_elsewhere(project) == ["commits must be one, in services/unit.py; found: none"]


def test_a_second_commit_beside_the_first_is_found(tmp_path: Path) -> None:
    project = planted(tmp_path, (ONE_COMMIT[0], ONE_COMMIT[1] * 2))
    assert len(architecture.commits_elsewhere(project)) == 1


def import_domain(project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-c", IMPORT_BY_IMPORT, str(project)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_domain_imports_where_no_framework_is_installed() -> None:
    done = import_domain(PROJECT)
    assert done.stderr == ""
    assert "vctestimony.domain.hearing" in done.stdout.split()


def test_a_domain_that_needs_a_framework_is_found(tmp_path: Path) -> None:
    planted(
        tmp_path,
        ("vctestimony/__init__.py", ""),
        ("vctestimony/domain/__init__.py", ""),
        ("vctestimony/domain/rows.py", "from sqlalchemy import orm"),
    )
    assert "domain must not import sqlalchemy" in import_domain(tmp_path).stderr
