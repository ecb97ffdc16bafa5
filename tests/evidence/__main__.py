"""`python -m tests.evidence` writes the three pages; with `--run` the tests of the abuse list are run first.

They can be run group by group (`--run A R`), so that a machine that has other work to do is not taken for an hour: how
each test ended is kept in instance/safety.json, and the page is written of all that was run so far. Or the report of a
whole run is read (`pytest --junitxml=FILE`, then `--report FILE`): that shows every row at once.
"""

import argparse
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.evidence import pages
from tests.evidence.marks import PROJECT, Mark, marks, tests_of

KEPT = PROJECT / "instance" / "safety.json"
LONGEST_S = 3600
UNENDED = "did not end"


def tests_in(group: str, among: tuple[Mark, ...]) -> list[str]:
    """The tests that show the rows of a group."""
    rows = [str(row["number"]) for row in pages.rows("abuse") if row["group"] == group]
    return sorted({test for row in rows for test in tests_of("abuse", row, among)})


def run(wanted: list[str]) -> dict[str, str]:
    """How each of these tests ended; one with several cases passed when all of them did."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n", os.environ.get("WORKERS", "2"), "--dist", "loadfile"]
        try:
            told = [*command, f"--junitxml={report}", *wanted]
            subprocess.run(told, cwd=PROJECT, check=False, timeout=LONGEST_S)
            cases = list(ET.parse(report).iter("testcase"))
        except (subprocess.TimeoutExpired, ET.ParseError, FileNotFoundError):
            return dict.fromkeys(wanted, UNENDED)
    return ended(wanted, cases)


def ended(wanted: list[str], cases: Iterable[ET.Element]) -> dict[str, str]:
    """How each test ended, of the cases of a report.

    >>> case = ET.fromstring('<testcase classname="tests.web.test_a" name="test_b[1]"><failure/></testcase>')
    >>> ended(["tests/web/test_a.py::test_b", "tests/web/test_a.py::test_c"], [case])
    {'tests/web/test_a.py::test_b': 'failed', 'tests/web/test_a.py::test_c': 'did not end'}
    """
    ends: dict[str, set[str]] = {test: set() for test in wanted}
    for case in cases:
        name = str(case.get("name")).partition("[")[0]
        place = str(case.get("classname")).replace(".", "/")
        kinds = {child.tag for child in case}
        for test in wanted:
            if test.endswith(f"::{name}") and _place(test, place):
                ends[test].add(
                    "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
                )
    return {test: _all(kinds) for test, kinds in ends.items()}


def _all(kinds: set[str]) -> str:
    """A test of several cases, of which one is skipped where there is no PostgreSQL, passed if the others did."""
    return ", ".join(sorted(kinds - {"skipped"} or kinds)) or UNENDED


def _place(test: str, place: str) -> bool:
    return test.rpartition("::")[0].replace(".py", "").replace("::", "/") == place


def kept() -> dict[str, str]:
    """How the tests ended that were run before."""
    found: dict[str, str] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    return found


def write(found: tuple[Mark, ...], results: Mapping[str, str]) -> None:
    """The three pages."""
    docs = PROJECT / "docs"
    (docs / "abuse.md").write_text(pages.abuse(found, results), encoding="utf-8")
    (docs / "asvs.md").write_text(pages.asvs(found), encoding="utf-8")
    (docs / "threat-model.md").write_text(pages.threats(found), encoding="utf-8")


def main() -> None:
    """Run what is asked for, and write the pages."""
    parser = argparse.ArgumentParser(prog="python -m tests.evidence")
    parser.add_argument("--run", nargs="*", metavar="GROUP", help="run these groups of the abuse list, or all of it")
    parser.add_argument("--report", type=Path, help="how the tests of another run ended, instead")
    options = parser.parse_args()
    asked, (found, results) = options.run, (marks(), kept())
    if options.report is not None:
        wanted = sorted({test for group in pages.GROUPS for test in tests_in(group, found)})
        _keep(results | ended(wanted, ET.parse(options.report).iter("testcase")))
    for group in [] if asked is None else asked or list(pages.GROUPS):
        results |= run(tests_in(group, found))
        _keep(results)
        write(found, results)
    write(found, kept())


def _keep(results: Mapping[str, str]) -> None:
    KEPT.parent.mkdir(mode=0o700, exist_ok=True)
    KEPT.write_text(json.dumps(results, indent=1, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
