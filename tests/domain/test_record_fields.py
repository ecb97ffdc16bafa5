"""The statements of the record: which apply, which are missing, on what they rest, and the text that is hashed."""

import json
import math

import pytest

from vctestimony.domain.facts import FACTS
from vctestimony.domain.record.content import canonical
from vctestimony.domain.record.fields import (
    ADJOURNED,
    DOCUMENT_SHOWN,
    GUJARAT,
    KERALA,
    Field,
    applicable,
    authority,
    missing,
    of_court,
)
from vctestimony.domain.record.required import FIELDS

BY_KEY = {field.key: field for field in FIELDS}
PLAIN = {**dict.fromkeys(FACTS, False), ADJOURNED: False, DOCUMENT_SHOWN: False, **of_court("bombay"), "bnss": True}
COURT = "High Court of Bombay"


def with_facts(*names: str) -> dict[str, bool]:
    return {**PLAIN, **dict.fromkeys(names, True)}


def said(field: Field, *names: str, alike: bool = True) -> str:
    facts = with_facts(*names)
    if "crpc" in names:
        facts["bnss"] = False
    return authority(field, facts=facts, high_court=COURT, numbers_alike=alike)


def test_there_are_thirty_five_statements_each_numbered_and_keyed_once() -> None:
    assert sorted(field.number for field in FIELDS) == list(range(1, 36))
    assert len(BY_KEY) == 35


def test_every_statement_names_somebody_who_can_supply_it() -> None:
    assert [field.key for field in FIELDS if not field.supplied_by] == []


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("interpreter", ("interpreter",)),
        ("interpreter", ("speech_disability",)),
        ("documents", ("documents",)),
        ("documents", ("documents_remote",)),
        ("documents", (DOCUMENT_SHOWN,)),
        ("identification", ("identification",)),
        ("host_signature", ("overseas",)),
        ("recording", ("recorded",)),
        ("adjournment", (ADJOURNED,)),
    ],
)
def test_a_statement_applies_on_its_facts_only(key: str, names: tuple[str, ...]) -> None:
    assert BY_KEY[key] not in applicable(FIELDS, PLAIN)
    assert BY_KEY[key] in applicable(FIELDS, with_facts(*names))


def test_all_other_statements_always_apply() -> None:
    assert len(applicable(FIELDS, PLAIN)) == 35 - 6


def test_an_unanswered_fact_is_not_taken_as_no() -> None:
    facts = {name: value for name, value in PLAIN.items() if name != "recorded"}
    with pytest.raises(KeyError, match="recorded"):
        applicable(FIELDS, facts)


@pytest.mark.parametrize(("value", "is_missing"), [("", True), ("  \n", True), ("none", False), ("নেই", False)])
def test_an_entered_none_is_a_value_and_blanks_are_not(value: str, is_missing: bool) -> None:
    values = {field.key: "given" for field in FIELDS} | {"costs": value}
    assert (missing(FIELDS, facts=PLAIN, values=values) == (BY_KEY["costs"],)) is is_missing


def test_without_any_value_everything_that_applies_is_missing() -> None:
    assert missing(FIELDS, facts=PLAIN, values={}) == applicable(FIELDS, PLAIN)


def test_the_model_rules_are_cited_only_as_the_high_court_adopted_them() -> None:
    cited = [said(field) for field in FIELDS if "Model Rules" in said(field)]
    assert len(cited) > 20
    assert all(f"as adopted by {COURT}" in text for text in cited)


def test_where_the_numbering_was_not_read_the_reader_is_told_to_check() -> None:
    assert said(BY_KEY["objections"]).endswith("r. 8.7")
    assert said(BY_KEY["objections"], alike=False).endswith("check its number there")


def test_rules_of_one_source_stand_together() -> None:
    assert said(BY_KEY["present_remote"]).endswith("r. 8.11, 14.2, 16.2")


@pytest.mark.parametrize(
    ("key", "names", "there", "not_there"),
    [
        ("demeanour", (), "BNSS 2023, s. 315", "CrPC"),
        ("demeanour", ("crpc",), "CrPC 1973, s. 280", "BNSS"),
        ("regime", ("crpc",), "BNSS 2023, s. 531(2)(a)", "CrPC"),
        ("protection", ("pocso",), "POCSO Act 2012, s. 33, 36, 37", "BNSS"),
        ("protection", (), "r. 8.10", "POCSO"),
        ("witness", (KERALA,), "Kerala Criminal Rules of Practice 1982, r. 56", "recommended"),
        ("witness", (), "recommended", "Kerala"),
        ("host_signature", ("overseas",), "recommended", "Model Rules"),
        ("remote_declaration", ("overseas",), "confirm locally", "POCSO"),
        ("remote_declaration", (), "r. 5.6.2–5.6.4", "Sujoy"),
        ("host_signature", ("route_b", "host_bangladesh"), "Act 2012 of Bangladesh", "Model Rules"),
        ("host_signature", ("route_b", "host_nepal"), "recommended", "Bangladesh"),
        ("oath", (), "r. 8.2", "Kerala"),
        ("oath", (KERALA,), "Kerala Video Linkage Rules 2021, r. 8(7)", "Gujarat"),
        ("oath", (GUJARAT,), "Oaths Act 1969, s. 4–6", "8.2"),
        ("read_over", (GUJARAT,), "2025, r. 13(3)", "CrPC"),
        ("examination", ("crpc",), "(confirm locally)", "BSA"),
        ("interruptions", (), "the detail is recommended, not law", "BNSS"),
    ],
)
def test_no_more_is_claimed_than_holds(key: str, names: tuple[str, ...], there: str, not_there: str) -> None:
    assert there in said(BY_KEY[key], *names)
    assert not_there not in said(BY_KEY[key], *names)


def test_the_same_facts_give_the_same_text_in_whatever_order() -> None:
    first = {"b": {"y": 1, "x": [True, None]}, "a": 'শপথ "‘'}
    second = {"a": 'শপথ "‘', "b": {"x": [True, None], "y": 1}}
    assert canonical(first) == canonical(second) == '{"a":"শপথ \\"‘","b":{"x":[true,null],"y":1}}'
    assert json.loads(canonical(first)) == first


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes"])
def test_what_json_does_not_know_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"a": value})


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"a": math.nan})
