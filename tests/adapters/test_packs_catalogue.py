"""The packs that are delivered: complete against the catalogue, translated, and drafts until signed."""

import csv
import re

import pytest

from tests.adapters.delivered_packs import CHANGES, PACKS, ROOT, VERSIONS, versions
from vctestimony.adapters.packs import check_packs
from vctestimony.domain.sop import Numbering, Pack

with (ROOT / "tests/acceptance/catalogue.csv").open(encoding="utf-8", newline="") as catalogue:
    ROWS = list(csv.DictReader(catalogue))


def test_the_delivered_packs_have_no_fault() -> None:
    assert check_packs(ROOT / "sop") == []


def test_the_catalogue_has_two_hundred_and_ten_entries_and_the_packs_have_no_others() -> None:
    assert len(ROWS) == 210
    assert {step.id for step in VERSIONS} == {row["id"] for row in ROWS}


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
