"""The pages on abuse, threats and requirements name tests that exist and leave no row out; no mark is of nothing."""

import re

import pytest

from tests.evidence import pages
from tests.evidence.marks import PROJECT, marks
from tests.test_requirements_map import cases_in
from tests.torture.rows import ROWS

FOUND = marks()
PAGES = {name: (PROJECT / "docs" / f"{name}.md").read_text("utf-8") for name in ("abuse", "asvs", "threat-model")}


@pytest.mark.parametrize("name", PAGES)
def test_every_test_that_a_page_names_is_there(name: str) -> None:
    named = set(pages.named_in(PAGES[name]))
    assert named
    assert [one for one in sorted(named) if one.rpartition("::")[2] not in cases_in(one.partition("::")[0])] == []


def test_every_row_of_the_abuse_list_stands_on_its_page_once() -> None:
    numbers = [int(number) for number in re.findall(r"^\| (\d+) \|", PAGES["abuse"], re.MULTILINE)]
    assert numbers == [row["number"] for row in pages.rows("abuse")]
    assert len(numbers) == len(set(numbers)) == 77


def test_every_threat_stands_on_its_page_once() -> None:
    assert re.findall(r"^\| (T\d+) \|", PAGES["threat-model"], re.MULTILINE) == [f"T{n}" for n in range(1, 33)]


def test_every_mark_is_of_a_row_that_exists() -> None:
    known = {("abuse", str(row["number"])) for row in pages.rows("abuse")}
    known |= {("threat", row["name"]) for row in pages.rows("threats")}
    known |= {("bad_day", name) for name in ROWS}
    assert [mark for mark in FOUND if mark.kind != "asvs" and (mark.kind, mark.shows) not in known] == []
    assert [mark for mark in FOUND if mark.kind == "asvs" and not re.fullmatch(r"\d+\.\d+\.\d+", mark.shows)] == []


def test_a_threat_names_the_place_of_its_defence() -> None:
    for row in pages.rows("threats"):
        places = re.findall(r"[a-z_]+/[a-z_]+\.(?:py|js)", row["lives"]) or re.findall(r"make sbom", row["lives"])
        missing = [p for p in places if p != "make sbom" and not list((PROJECT / "vctestimony").rglob(p.split("/")[1]))]
        assert (bool(places), missing) == (True, []), row["name"]
