"""`python -m tests.evidence` writes the three pages; with `--run` the tests of the abuse list are run first."""

import argparse
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.evidence import pages
from tests.evidence.marks import PROJECT, Mark, marks


def run(among: tuple[Mark, ...]) -> dict[str, str]:
    """How each test of the abuse list ended; one with several cases passed when all of them did."""
    wanted = sorted({mark.test for mark in among if mark.kind == "abuse"})
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", f"--junitxml={report}"]
        subprocess.run([*command, *wanted], cwd=PROJECT, check=False)
        cases = list(ET.parse(report).iter("testcase"))
    ends: dict[str, set[str]] = {}
    for case in cases:
        name = str(case.get("name")).partition("[")[0]
        place = str(case.get("classname")).replace(".", "/")
        test = next((one for one in wanted if one.endswith(f"::{name}") and _place(one, place)), "")
        kinds = {child.tag for child in case}
        ends.setdefault(test, set()).add(
            "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        )
    return {test: ", ".join(sorted(kinds)) for test, kinds in ends.items()}


def _place(test: str, place: str) -> bool:
    return test.rpartition("::")[0].replace(".py", "").replace("::", "/") == place


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser(prog="python -m tests.evidence")
    parser.add_argument("--run", action="store_true", help="run the tests of the abuse list and say how they ended")
    found = marks()
    results = run(found) if parser.parse_args().run else {}
    docs = PROJECT / "docs"
    (docs / "abuse.md").write_text(pages.abuse(found, results), encoding="utf-8")
    (docs / "asvs.md").write_text(pages.asvs(found), encoding="utf-8")
    (docs / "threat-model.md").write_text(pages.threats(found), encoding="utf-8")


if __name__ == "__main__":
    main()
