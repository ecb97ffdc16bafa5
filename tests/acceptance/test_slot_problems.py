"""Published facts about slots, as neutral problems with the answers that other systems and our own oracle agreed on.

Every file of slots/ is a list of cases, each with its source. malformed.json holds what is not a problem: changes to a
good one, things left out of it, or plain text, each with what the message must name. All goes through the command.
"""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from vctestimony.cli import times

HERE = Path(__file__).parent
FOLDER = HERE / "slots"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]
MALFORMED: dict[str, Any] = json.loads((HERE / "malformed.json").read_text(encoding="utf-8"))
BROKEN = [pytest.param(case, id=f"{number}: {case['name'][:60]}") for number, case in enumerate(MALFORMED["cases"], 1)]


def _solved(problem: object, folder: Path) -> Any:  # noqa: ANN401 - JSON
    file = folder / "problem.json"
    file.write_text(json.dumps(problem), encoding="utf-8")
    result = CliRunner().invoke(times.solve, [str(file)])
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def _causes(refusal: dict[str, Any]) -> list[list[str | None]]:
    return [[cause["resource"], cause["rule"]] for cause in refusal["causes"]]


@pytest.mark.parametrize("case", CASES)
def test_the_answer_is_the_published_one(case: dict[str, Any], tmp_path: Path) -> None:
    answer = _solved(case["problem"], tmp_path)
    starts = [slot["start_at"] for slot in answer["slots"]]
    by_date = {refusal["date"]: _causes(refusal) for refusal in answer["refusals"] if "preferred_wall" not in refusal}
    preferred = [_causes(refusal) for refusal in answer["refusals"] if "preferred_wall" in refusal]
    seen = {
        "starts": starts,
        "mains": [slot["main_at"] for slot in answer["slots"]],
        "chosen": [slot["chosen"] for slot in answer["slots"]],
        "walls": [slot["walls"] for slot in answer["slots"]],
        "count": len(starts),
        "first": starts[0] if starts else None,
        "match": answer.get("match"),
        "refusals": by_date,
        "preferred": preferred[0] if preferred else None,
    }
    expected = case["expect"]
    assert expected
    assert {key: seen[key] for key in expected} == expected


def test_a_list_of_all_problems_is_answered_as_each_alone(tmp_path: Path) -> None:
    cases = [case for path in sorted(FOLDER.glob("*.json")) for case in json.loads(path.read_text(encoding="utf-8"))]
    problems = [case["problem"] for case in cases]
    assert _solved(problems, tmp_path) == [_solved(problem, tmp_path) for problem in problems]
    assert len(problems) > 80


def test_every_case_names_its_source_and_every_file_is_read() -> None:
    files = {"causes", "facts", "gaps-and-limits", "nearest", "own", "peers", "rooms", "weeks-and-dates"}
    assert {path.stem for path in FOLDER.glob("*.json")} == files
    for path in FOLDER.glob("*.json"):
        assert all(case["source"] for case in json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_not_well_formed_ends_with_code_2_names_the_key_and_prints_nothing_else(
    case: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "problem.json"
    file.write_text(_text_of(case), encoding="utf-8")
    result = CliRunner().invoke(times.solve, [str(file)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert case["key"] in result.stderr
    assert result.stderr.count("\n") == 1


def _text_of(case: dict[str, Any]) -> str:
    if "text" in case:
        return str(case["text"])
    problem = copy.deepcopy(MALFORMED["problem"])
    for way, value in case.get("change", {}).items():
        place, last = _place(problem, way)
        place[last] = value
    if "without" in case:
        place, last = _place(problem, case["without"])
        del place[last]
    return json.dumps(problem)


def _place(problem: Any, way: str) -> tuple[Any, str | int]:  # noqa: ANN401 - JSON
    *steps, last = (int(step) if step.isdigit() else step for step in way.split("/"))
    for step in steps:
        problem = problem[step]
    return problem, last
