"""Each of the thirty-five statements rests on what the facts of the procedure say, and on nothing else."""

import tomllib
from pathlib import Path

import pytest

from vctestimony.domain.record.fields import Field, Source
from vctestimony.domain.record.required import FIELDS

ROWS = tomllib.loads(Path(__file__).with_name("record_facts.toml").read_text(encoding="utf-8"))["rows"]
CODES = {
    Source.MODEL: "MR",
    Source.SCHEDULE: "Sch",
    Source.KERALA: "KER",
    Source.KERALA_SCHEDULE: "KER-Sch",
    Source.KERALA_PRACTICE: "KCRP",
    Source.GUJARAT: "GUJ",
    Source.BNSS: "BNSS",
    Source.SAVING: "BNSS*",
    Source.BSA: "BSA",
    Source.OATHS: "OATHS",
    Source.POCSO: "POCSO",
    Source.SUJOY: "SUJOY",
    Source.ORDER: "ORDER",
    Source.MUTUAL_ASSISTANCE: "MACMA",
}
# The codes before the Sanhita and the Adhiniyam stand beside them: the section of the old code for the same thing.
OLD = {Source.CRPC, Source.EVIDENCE_ACT}


def cited(field: Field) -> set[str]:
    found: dict[Source, list[str]] = {}
    for cite in field.cites:
        if cite.source not in OLD:
            found.setdefault(cite.source, []).append(cite.rule)
    return {f"{CODES[source]} {', '.join(rules)}".strip() for source, rules in found.items()}


@pytest.mark.parametrize(("number", "authority", "evidence"), ROWS, ids=[f"field-{row[0]}" for row in ROWS])
def test_a_statement_rests_on_what_was_read(number: int, authority: str, evidence: str) -> None:
    (field,) = (field for field in FIELDS if field.number == number)
    assert cited(field) == set(authority.split("; "))
    assert field.evidence.value == evidence
    assert field.supplied_by


def test_no_statement_is_missing() -> None:
    assert [row[0] for row in ROWS] == list(range(1, 36)) == sorted(field.number for field in FIELDS)
