"""The packs that are delivered: complete against the catalogue, translated, and drafts until signed."""

import ast
import csv
import re
import shutil
from pathlib import Path

import pytest

from tests.adapters.delivered_packs import CHANGES, PACKS, ROOT, VERSIONS, versions
from vctestimony.adapters.catalogue import coverage
from vctestimony.adapters.check import check_catalogue
from vctestimony.adapters.packs import check_packs
from vctestimony.domain.sop import Numbering, Pack

with (ROOT / "tests/acceptance/catalogue.csv").open(encoding="utf-8", newline="") as catalogue:
    ROWS = list(csv.DictReader(catalogue))


def test_the_delivered_packs_have_no_fault() -> None:
    assert check_packs(ROOT / "sop") == []


BOTH = {"nepal", "united-kingdom"}
BEYOND = {"A26": BOTH, "O27": {"statutes-bnss"}, "S19": BOTH, "S20": {"nepal"}, "S21": BOTH, "C27": BOTH, "C28": BOTH}


def test_the_catalogue_has_two_hundred_and_ten_entries_and_beyond_it_the_packs_have_only_these() -> None:
    ids = {row["id"] for row in ROWS}
    assert len(ROWS) == len(ids) == 210
    further = {step.id for step in VERSIONS} - ids
    assert {one: {step.pack_id for step in VERSIONS if step.id == one} for one in further} == BEYOND
    assert ids <= {step.id for step in VERSIONS}


def test_the_coverage_that_is_printed_names_every_entry_its_packs_and_tests_that_look_at_it() -> None:
    found = coverage(ROOT / "sop", PACKS)
    assert [row.id for row in found.rows] == [row["id"] for row in ROWS]
    assert (found.missing, found.summary) == ((), "catalogue: 210 of 210 rows in packs")
    assert {row.id: set(row.packs) for row in found.beyond} == BEYOND
    for row in found.rows:
        every, *closer = row.tests
        assert every == f"tests/adapters/{__name__.rpartition('.')[2]}.py::{EVERY.__name__}[{row.id}]"
        assert [test for test in closer if row.id not in words_in(test)] == []


def words_in(test: str) -> set[str]:
    """The texts a test function is written with, or none when there is no such test."""
    place, _, name = test.partition("::")
    for node in ast.parse((ROOT / place).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return {
                part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return set()


def test_a_row_that_is_in_no_pack_is_named(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sop", tmp_path / "sop")
    listed = tmp_path / "sop" / "coverage" / "catalogue.toml"
    listed.write_text(listed.read_text(encoding="utf-8").replace('"P20",', '"P20", "P99",'), encoding="utf-8")
    assert check_catalogue(tmp_path / "sop") == ["catalogue: no pack has the row P99"]
    listed.unlink()
    (problem,) = check_catalogue(tmp_path / "sop")
    assert "it is not there" in problem


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_every_catalogue_entry_is_in_a_pack_with_its_roles_time_basis_and_evidence(row: dict[str, str]) -> None:
    fitting = [
        step
        for step in versions(row["id"])
        if (" ".join(step.roles), step.basis.value, str(step.evidence)) == (row["roles"], row["basis"], row["evidence"])
    ]
    times = {step.offset.written for step in fitting}
    expected = {"B22": "T"}.get(row["id"], row["offset"])
    assert expected in times


EVERY = test_every_catalogue_entry_is_in_a_pack_with_its_roles_time_basis_and_evidence


@pytest.mark.parametrize("pack", PACKS, ids=[pack.id for pack in PACKS])
def test_every_pack_is_a_draft_until_a_lawyer_signs(pack: Pack) -> None:
    assert (pack.head.status, pack.head.reviewed_by, pack.head.adopted_by, pack.draft) == ("draft", "", "", True)
    assert all(step.draft for step in pack.steps)


def test_a_court_whose_rules_were_not_read_says_so_in_three_languages() -> None:
    unread = {
        pack.id: pack.not_read for pack in PACKS if pack.numbering is Numbering.UNREAD and pack.selection.high_court
    }
    assert sorted(unread) == ["bombay", "calcutta", "delhi", "karnataka"]
    assert all(words and words.hi and words.bn and "not" in words.en for words in unread.values())


def scripts(language: str) -> str:
    return {"hi": r"[\u0900-\u097f]", "bn": r"[\u0980-\u09ff]"}[language]


@pytest.mark.parametrize("language", ["hi", "bn"])
def test_every_text_is_translated_into_the_script_of_its_language(language: str) -> None:
    texts = [step.text for step in VERSIONS] + [step.note for step in VERSIONS if step.note]
    texts += [change.difference for change in CHANGES if change.difference]
    foreign = [text.en for text in texts if not re.search(scripts(language), text.of(language))]
    other = scripts("bn" if language == "hi" else "hi")
    mixed = [text.en for text in texts if re.search(other, text.of(language).replace("।", ""))]
    assert (foreign, mixed) == ([], [])


def test_translations_are_not_copies_of_one_another() -> None:
    for language in ("en", "hi", "bn"):
        said: dict[str, str] = {}
        for step in VERSIONS:
            words = step.text.of(language)
            assert said.setdefault(words, step.id) == step.id


def test_english_texts_name_no_sex() -> None:
    texts = [step.text.en + (step.note.en if step.note else "") for step in VERSIONS]
    assert [text for text in texts if re.search(r"\b(he|she|his|her|him|hers)\b", text, re.IGNORECASE)] == []
