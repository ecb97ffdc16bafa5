"""The neutral problem: what is answered, and that a problem that is not well formed names the key at fault."""

import copy
import json
from typing import Any

import pytest

from vctestimony.domain.slot_document import BrokenProblem
from vctestimony.domain.slot_problem import solve, solve_text

PROBLEM: dict[str, Any] = {
    "search": {
        "from": "2026-09-14",
        "to": "2026-09-18",
        "zone": "Asia/Kolkata",
        "step_minutes": 15,
        "now": "2026-09-01T00:00:00Z",
        "notice_minutes": 0,
        "limit": 1,
    },
    "pattern": [
        {"part": "pre", "minutes": 15, "needs": ["rpc"]},
        {"part": "main", "minutes": 60, "needs": ["judge", "rpc", ["interpreter-1", "interpreter-2"]]},
        {"part": "post", "minutes": 15, "needs": ["rpc"]},
    ],
    "resources": {
        "judge": {
            "zone": "Asia/Kolkata",
            "hours": {day: [["10:30", "13:30"], ["14:00", "16:30"]] for day in ("mon", "tue", "wed", "thu", "fri")},
            "closed": ["2026-10-02", ["2026-10-19", "2026-10-24"]],
            "open": {"2026-09-19": [["10:30", "13:00"]]},
            "busy": [["2026-09-14T05:30:00Z", "2026-09-14T06:00:00Z"]],
        },
        "rpc": {
            "zone": "Asia/Dhaka",
            "hours": {day: [["09:30", "16:30"]] for day in ("sun", "mon", "tue", "wed", "thu")},
            "busy": [["2026-09-14T09:00", "2026-09-14T11:00"]],
        },
        "interpreter-1": {"zone": "Asia/Kolkata", "busy": [["2026-09-14T06:00:00Z", "2026-09-14T07:00:00Z"]]},
        "interpreter-2": {"zone": "Asia/Kolkata"},
    },
}


def _changed(path: str, value: object) -> dict[str, Any]:
    problem = copy.deepcopy(PROBLEM)
    *way, last = path.split("/")
    here: Any = problem
    for step in way:
        here = here[int(step) if step.isdigit() else step]
    here[int(last) if last.isdigit() else last] = value
    return problem


def test_the_answer_has_instants_the_chosen_and_the_clock_of_every_zone() -> None:
    assert solve(PROBLEM) == {
        "slots": [
            {
                "start_at": "2026-09-14T05:45:00Z",
                "end_at": "2026-09-14T07:15:00Z",
                "main_at": "2026-09-14T06:00:00Z",
                "chosen": {"interpreter": "interpreter-2"},
                "walls": {"Asia/Kolkata": "2026-09-14T11:15", "Asia/Dhaka": "2026-09-14T11:45"},
            }
        ],
        "refusals": [
            {
                "date": "2026-09-18",
                "causes": [{"resource": "rpc", "rule": "weekly_holiday", "zone": "Asia/Dhaka"}],
            }
        ],
    }


def test_a_list_of_problems_gets_a_list_of_answers() -> None:
    assert json.loads(solve_text(json.dumps([PROBLEM, PROBLEM]))) == [solve(PROBLEM), solve(PROBLEM)]
    assert solve([]) == []


def test_a_preferred_start_is_answered_with_match_first() -> None:
    answer: Any = solve(_changed("search/preferred_wall", "2026-09-14T11:30"))
    assert answer["match"] is True
    answer = solve(_changed("search/preferred_wall", "2026-09-14T11:15"))
    assert answer["match"] is False
    assert answer["refusals"][-1]["preferred_wall"] == "2026-09-14T11:15"
    assert {cause["resource"]: cause["rule"] for cause in answer["refusals"][-1]["causes"]} == {"judge": "busy"}


def test_without_a_limit_a_refused_wish_brings_three() -> None:
    problem = _changed("search/preferred_wall", "2026-09-14T11:15")
    del problem["search"]["limit"]
    answer: Any = solve(problem)
    assert len(answer["slots"]) == 3


def test_busy_times_are_rounded_outward_to_whole_minutes() -> None:
    problem = _changed("resources/judge/busy", [["2026-09-14T05:00:00Z", "2026-09-14T05:15:01Z"]])
    problem["pattern"] = [{"part": "main", "minutes": 15, "needs": ["judge"]}]
    answer: Any = solve(problem)
    assert answer["slots"][0]["start_at"] == "2026-09-14T05:30:00Z"


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("search/from", "2026-9-14", "search.from"),
        ("search/from", "2026-02-30", "search.from"),
        ("search/from", 20260914, "search.from"),
        ("search/to", "2026-09-13", "search.to"),
        ("search/to", "9999-12-31", "search.to"),
        ("search/to", "2037-12-31", "search.to"),
        ("search/zone", "IST", "search.zone"),
        ("search/zone", "asia/kolkata", "search.zone"),
        ("search/step_minutes", 0, "search.step_minutes"),
        ("search/step_minutes", 15.0, "search.step_minutes"),
        ("search/step_minutes", True, "search.step_minutes"),
        ("search/step_minutes", "15", "search.step_minutes"),
        ("search/now", "2026-09-01T00:00:00", "search.now"),
        ("search/notice_minutes", -1, "search.notice_minutes"),
        ("search/limit", 0, "search.limit"),
        ("search/limit", None, "search.limit"),
        ("search/day", ["00:00"], "search.day"),
        ("search/day", ["00:00", "24:01"], "search.day[1]"),
        ("search/day", ["9:00", "10:00"], "search.day[0]"),
        ("search/preferred_wall", "2026-09-14T11:00Z", "search.preferred_wall"),
        ("search/preferred_wall", "2026-09-14T11:00:30", "search.preferred_wall"),
        ("search/prefered_wall", "2026-09-14T11:00", "search.prefered_wall"),
        ("search/limits", {}, "search.limits"),
        ("search/limits", [{"rule": "daylight", "zone": "Asia/Dhaka"}], "search.limits[0].allowed"),
        ("search/limits", [{"rule": "busy", "zone": "Asia/Dhaka", "allowed": []}], "search.limits[0].rule"),
        ("search/limits", [{"rule": "daylight", "zone": "IST", "allowed": []}], "search.limits[0].zone"),
        (
            "search/limits",
            [{"rule": "daylight", "zone": "Asia/Dhaka", "allowed": [["06:00", "18:00"]]}],
            "search.limits[0].allowed[0][0]",
        ),
        ("resources/judge/gap_minutes", -1, "resources.judge.gap_minutes"),
        ("resources/judge/gap_minutes", 1441, "resources.judge.gap_minutes"),
        ("resources/judge/booked", [["2026-09-14T11:00"]], "resources.judge.booked[0]"),
        ("pattern", {}, "pattern"),
        ("pattern", [], "pattern"),
        ("pattern/1/part", "pre", "pattern"),
        ("pattern/0/part", "main", "pattern"),
        ("pattern/0/minutes", 0, "pattern[0].minutes"),
        ("pattern/0/minutes", 1.5, "pattern[0].minutes"),
        ("pattern/0/needs", "rpc", "pattern[0].needs"),
        ("pattern/0/needs", ["ghost"], "pattern[0].needs[0]"),
        ("pattern/0/needs", [["rpc", "ghost"]], "pattern[0].needs[0][1]"),
        ("pattern/0/needs", [[]], "pattern[0].needs[0]"),
        ("pattern/0/needs", [7], "pattern[0].needs[0]"),
        ("pattern/0/colour", "red", "pattern[0].colour"),
        ("resources", [], "resources"),
        ("resources/judge/zone", "Mars/Base", "resources.judge.zone"),
        ("resources/judge/hour", {}, "resources.judge.hour"),
        ("resources/judge/hours", {"monday": []}, "resources.judge.hours.monday"),
        ("resources/judge/hours/mon", [["10:30"]], "resources.judge.hours.mon[0]"),
        ("resources/judge/hours/mon", [["10:30", "25:00"]], "resources.judge.hours.mon[0][1]"),
        ("resources/judge/closed", ["2026-10-32"], "resources.judge.closed[0]"),
        ("resources/judge/closed", [["2026-10-24", "2026-10-19"]], "resources.judge.closed[0]"),
        ("resources/judge/open", {"monday": []}, "resources.judge.open.monday"),
        ("resources/judge/open", {"2026-09-19": ["10:30"]}, "resources.judge.open.2026-09-19[0]"),
        ("resources/judge/busy", [["2026-09-14T05:30:00Z"]], "resources.judge.busy[0]"),
        ("resources/judge/busy", [["2026-09-14T06:00Z", "2026-09-14T05:59Z"]], "resources.judge.busy[0]"),
        ("resources/judge/busy", [["9999-12-31T23:59-05:00", "9999-12-31T23:59Z"]], "resources.judge.busy[0][0]"),
    ],
)
def test_what_is_not_well_formed_is_named_by_its_key(path: str, value: object, key: str) -> None:
    with pytest.raises(BrokenProblem) as caught:
        solve(_changed(path, value))
    assert caught.value.facts["key"] == key
    assert key in caught.value.sentence()


@pytest.mark.parametrize(
    ("way", "key"),
    [
        (("search", "zone"), "search.zone"),
        (("search", "now"), None),
        (("pattern",), "pattern"),
        (("resources", "judge", "zone"), "resources.judge.zone"),
    ],
)
def test_a_missing_key_is_named_unless_it_may_be_left_out(way: tuple[str, ...], key: str | None) -> None:
    problem = copy.deepcopy(PROBLEM)
    here: Any = problem
    for step in way[:-1]:
        here = here[step]
    del here[way[-1]]
    if key is None:
        assert solve(problem) == solve(PROBLEM)
        return
    with pytest.raises(BrokenProblem) as caught:
        solve(problem)
    assert caught.value.facts["key"] == key


def test_a_notice_without_now_cannot_be_counted() -> None:
    problem = _changed("search/notice_minutes", 60)
    del problem["search"]["now"]
    with pytest.raises(BrokenProblem, match=r"search\.now"):
        solve(problem)


def test_the_problem_at_fault_in_a_list_is_named_by_its_place() -> None:
    with pytest.raises(BrokenProblem, match=r"\[1\]\.search\.zone"):
        solve([PROBLEM, _changed("search/zone", "IST")])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "not JSON"),
        ("", "not JSON"),
        ('{"search": NaN}', "NaN"),
        ('{"search": {}, "search": {}}', "search is given twice"),
        ("[" * 100_000, "not JSON"),
        ("7", "must be an object"),
    ],
)
def test_what_is_not_a_json_problem_is_refused(text: str, why: str) -> None:
    with pytest.raises(BrokenProblem, match=why):
        solve_text(text)


def test_a_preferred_start_beyond_the_dates_is_outside_the_window() -> None:
    answer: Any = solve(_changed("search/preferred_wall", "2026-09-21T11:00"))
    assert [cause["rule"] for cause in answer["refusals"][-1]["causes"]] == ["day_window"]
