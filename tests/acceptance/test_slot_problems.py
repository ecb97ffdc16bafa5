"""Published facts about slots, as neutral problems with the answers that other systems and our own oracle agreed on."""

import json
from pathlib import Path
from typing import Any

import pytest

from vctestimony.domain.slot_problem import solve

FOLDER = Path(__file__).parent / "slots"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]


def _causes(refusal: dict[str, Any]) -> list[list[str | None]]:
    return [[cause["resource"], cause["rule"]] for cause in refusal["causes"]]


@pytest.mark.parametrize("case", CASES)
def test_the_answer_is_the_published_one(case: dict[str, Any]) -> None:
    answer: Any = solve(case["problem"])
    starts = [slot["start_at"] for slot in answer["slots"]]
    by_date = {refusal["date"]: _causes(refusal) for refusal in answer["refusals"] if "preferred_wall" not in refusal}
    preferred = [_causes(refusal) for refusal in answer["refusals"] if "preferred_wall" in refusal]
    seen = {
        "starts": starts,
        "mains": [slot["main_at"] for slot in answer["slots"]],
        "chosen": [slot["chosen"] for slot in answer["slots"]],
        "count": len(starts),
        "first": starts[0] if starts else None,
        "match": answer.get("match"),
        "refusals": by_date,
        "preferred": preferred[0] if preferred else None,
    }
    expected = case["expect"]
    assert expected
    assert {key: seen[key] for key in expected} == expected


def test_every_file_of_cases_is_read() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == {
        "causes",
        "gaps-and-limits",
        "nearest",
        "own",
        "rooms",
        "weeks-and-dates",
    }
