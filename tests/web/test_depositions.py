"""Pages of the deposition: bring in a file, look back, fix and open again; numbers and texts that are far too large."""

from io import BytesIO

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, started
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.record.speech import Stage
from vctestimony.services import depositions
from vctestimony.services.deposition_drafts import LONGEST
from vctestimony.services.deposition_lines import MOST_LETTERS
from vctestimony.services.unit import Units

ANSWER = "ক" * 19_992
FROM_US = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def address(units: Units, world: World, actor: FindActor, clock: FrozenClock) -> str:
    """The deposition of a hearing that is open, with one line in it."""
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    by = actor(Role.COORDINATOR, "mumbai")
    started(units, world.mumbai.hearing, by)
    with units.writing() as unit:
        depositions.paste(unit, world.mumbai.hearing, stage=Stage.CHIEF, text="Q. Where?\nA. In Khulna.", by=by)
    return f"/hearings/{world.mumbai.hearing}/deposition"


@pytest.fixture
def clerk(signed_in: SignedIn, address: str) -> Browser:
    """Signed in once the hearing is open."""
    return signed_in(Role.COORDINATOR, "mumbai")


def long_text(letters: int) -> str:
    """So many letters of Bengali, in answers that fit."""
    whole = "\n".join(f"Q. a\nA. {ANSWER}" for _ in range(letters // 20_000 - 1))
    rest = letters - len(whole) - len("\nQ. a\nA. \nQ. a\nA. ")
    return f"{whole}\nQ. a\nA. {'ক' * (rest // 2)}\nQ. a\nA. {'ক' * (rest - rest // 2)}"


def test_a_file_is_shown_before_its_lines_are_added(clerk: Browser, address: str) -> None:
    asked = clerk.get(f"{address}/import")
    sent = {**asked.fields(f"{address}/import"), "stage": "cross", "file": (BytesIO(b"Q. Who?\nA. Karim."), "a.txt")}
    answer = clerk.ask(f"{address}/import", "POST", data=sent, headers=FROM_US)
    assert answer.status_code == 303, answer.text
    check = clerk.follow(answer)
    assert "Karim." in check.text
    assert "Karim." not in clerk.get(address).text
    clerk.send(check, {}, to=f"{address}/import/check")
    assert "Karim." in clerk.get(address).text
    clerk.get(f"{address}/import/check", status=404)


def test_versions_and_changes_show_both_states_of_a_line(clerk: Browser, address: str) -> None:
    line = clerk.get(f"{address}/1")
    clerk.send(line, {"answer": "In Jessore.", "what": "save"}, to=f"{address}/1")
    for path in ("1/versions", "changes?first=1"):
        shown = clerk.get(f"{address}/{path}")
        assert [one.text.strip() for one in shown.soup.select("del, ins")][-2:] == ["Khulna.", "Jessore."]


def test_a_fixed_text_is_opened_again_by_the_judge_only(clerk: Browser, signed_in: SignedIn, address: str) -> None:
    fixing = f"{address}/fixing"
    clerk.send(clerk.get(fixing), {}, to=fixing)
    fixed = clerk.get(address)
    assert not fixed.soup.select("textarea")
    assert f"{address.removesuffix('deposition')}cycle" in fixed.links(), "what comes next is a press away"
    assert not clerk.get(fixing).soup.select(f'form[action="{fixing}/reopen"]')
    judge = signed_in(Role.PRESIDING_OFFICER, "mumbai")
    judge.sent(judge.get(fixing), {"reason": ""}, to=f"{fixing}/reopen", status=422)
    judge.send(judge.get(fixing), {"reason": "A word was missing."}, to=f"{fixing}/reopen")
    assert clerk.get(address).soup.select("textarea")


def test_pages_of_a_hearing_show_the_clocks_of_its_two_ends(signed_in: SignedIn, address: str) -> None:
    official = signed_in(Role.MISSION_OFFICIAL)

    def clocks(path: str) -> list[str]:
        return [clock.get_text(" ").split()[0] for clock in official.get(path).soup.select("header .clocks > span")]

    assert clocks("/steps") == ["Dhaka", "Kolkata"], "of no hearing"
    place = address.removesuffix("/deposition")
    for path in ("day", "deposition", "record", "cycle", "checklist", "papers"):
        assert clocks(f"{place}/{path}") == ["Mumbai", "Dhaka"], path


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_numbers_that_no_table_holds_lead_nowhere(clerk: Browser, address: str) -> None:
    huge, bengali = "9" * 30, "\u09e7"
    for number in (huge, bengali, "9" * 5_000):
        for path in (number, f"{number}/versions"):
            clerk.get(f"{address}/{path}", status=404)
        for path in ("changes?first=", "changes?first=0&last=", "?page="):
            clerk.get(f"{address}/{path}{number}".replace("/?", "?"))
    line = clerk.get(f"{address}/1")
    clerk.sent(line, {"what": "save", "version": huge}, to=f"{address}/1", status=422)
    form = {**line.fields(f"{address}/1"), "window": "one"}
    kept = {
        place: clerk.ask(f"{address}/typing/{place}", "POST", data=form, headers=FROM_US).status_code
        for place in ("1", "01", bengali, huge)
    }
    assert kept == {"1": 200, "01": 404, bengali: 404, huge: 404}


def test_the_longest_text_is_taken_and_a_longer_one_comes_back(clerk: Browser, address: str) -> None:
    page = clerk.get(address)
    fields = {**page.fields(address), "stage": "chief"}
    too_long = long_text(MOST_LETTERS + 1)
    refused = clerk.ask(address, "POST", data=fields | {"text": too_long}, headers=FROM_US)
    assert (refused.status_code, too_long in refused.text) == (422, True)
    kept = clerk.ask(
        f"{address}/typing/add",
        "POST",
        data=fields | {"text": "ক" * MOST_LETTERS, "version": "0", "window": "one"},
        headers=FROM_US,
    )
    assert kept.status_code == 200, kept.text
    added = clerk.ask(address, "POST", data=fields | {"text": long_text(MOST_LETTERS)}, headers=FROM_US)
    assert added.status_code == 303, added.text[:2_000]


def test_what_is_too_large_to_be_read_at_all_leads_back(clerk: Browser, signed_in: SignedIn, address: str) -> None:
    fields = {**clerk.get(address).fields(address), "stage": "chief", "text": "ক" * (LONGEST + 10_000)}
    refused = clerk.ask(address, "POST", data=fields, headers=FROM_US)
    assert refused.status_code == 413
    assert f"at most {MOST_LETTERS} characters" in refused.text
    assert f'href="{address}"' in refused.text
    fields["text"] = "ক" * MOST_LETTERS
    other = signed_in(Role.INTERPRETER)
    assert other.ask(address, "POST", data=fields, headers=FROM_US).status_code == 413


def test_a_part_of_a_file_is_put_right_and_a_refusal_keeps_what_was_typed(clerk: Browser, address: str) -> None:
    asked = clerk.get(f"{address}/import")
    file = BytesIO(b"Q. Who?\nA. Karim.\nWhen? In winter.")
    sent = {**asked.fields(f"{address}/import"), "stage": "cross", "file": (file, "a.txt")}
    clerk.follow(clerk.ask(f"{address}/import", "POST", data=sent, headers=FROM_US))
    check, part = f"{address}/import/check", f"{address}/import/check/1"
    refused = clerk.sent(
        clerk.get(part), {"answer": "Karim, once. Again.", "at": "", "what": "divide"}, to=part, status=422
    )
    assert "Karim, once. Again." in refused.response.text
    clerk.sent(clerk.get(part), {"at": "answer-7", "what": "divide"}, to=part, status=303)
    second = f"{address}/import/check/2"
    clerk.sent(clerk.get(second), {"kind": "question", "what": "kind"}, to=second, status=303)
    assert "These questions have no answer yet" in clerk.get(check).text
    clerk.sent(clerk.get(check), {}, to=check, status=422)
    typed = {"question": "When?", "answer": "In winter.", "speaker": Duty.JUDGE.value, "what": "save"}
    clerk.sent(clerk.get(second), typed, to=second, status=303)
    clerk.sent(clerk.get(check), {}, to=check, status=303)
    assert "In winter." in clerk.get(f"{address}/3").text


def test_what_is_typed_beside_a_line_comes_back_until_it_is_put_in(clerk: Browser, address: str) -> None:
    insert = f"{address}/1/insert"
    form = clerk.get(insert)
    box = form.soup.select_one("[data-typing]")
    assert box is not None
    typing = str(box["data-typing"])
    token = form.fields(insert)["csrf_token"]
    for place, text in ((typing, "Q. half a que"), (f"{address}/typing/add", "for the end")):
        typed = {"text": text, "where": "before", "version": "0", "window": "one", "csrf_token": token}
        assert clerk.ask(place, "POST", data=typed, headers=FROM_US).status_code == 200
    again = clerk.get(insert)
    assert (again.fields(insert)["text"], again.fields(insert)["where"]) == (["Q. half a que"], ["before"])
    clerk.sent(again, {"text": "Q. Before?\nA. Yes."}, to=insert, status=303)
    assert "half a que" not in clerk.get(f"{address}/2/insert").response.text
    assert "for the end" in clerk.get(address).response.text
    missing = clerk.ask(typing.replace("-1", "-99"), "POST", data=typed, headers=FROM_US)
    assert missing.status_code == 404


def test_lines_are_inserted_and_moved_on_their_pages(clerk: Browser, address: str) -> None:
    insert, move = f"{address}/1/insert", f"{address}/1/move"
    opened = clerk.get(f"{address}/1")
    refused = clerk.sent(clerk.get(insert), {"text": "Q. unanswered?", "where": "before"}, to=insert, status=422)
    assert "Q. unanswered?" in refused.response.text
    clerk.sent(clerk.get(insert), {"text": "Q. Before?\nA. Yes.", "where": "before"}, to=insert, status=303)
    clerk.sent(clerk.get(move), {"after": "9"}, to=move, status=422)
    clerk.sent(opened, {"answer": "In Jessore.", "what": "save"}, to=f"{address}/1", status=303)
    shown = clerk.get(address).text
    assert shown.index("Before?") < shown.index("In Jessore.")
    clerk.sent(clerk.get(move), {"after": "2"}, to=move, status=303)
    shown = clerk.get(address).text
    assert shown.index("In Jessore.") < shown.index("Before?")
    assert "to line 2" in clerk.get(f"{address}/2/versions").text
