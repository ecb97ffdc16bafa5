"""Pages of reminders: one's choices signed in and by link, and what other pages say of who was reminded."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.conftest import FindActor
from tests.fakes import NOW, FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.reminded import everybody_accepts, invited, reminding
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.domain.reminders.notices import Way
from vctestimony.services import journal, reminder_choices
from vctestimony.services.reminding import remind
from vctestimony.services.unit import Units
from vctestimony.store.models import OfficialRow, ReminderChoiceRow

CHOICE = {"way": "page", "hour": "7", "mail_language": "bn"}


@pytest.fixture
def reference(units: Units, world: World, actor: FindActor) -> str:
    return invited(units, world, actor)


@pytest.fixture
def link(units: Units, world: World) -> str:
    token = units.ports.reminder_tokens.issue(f"official:{world.dhaka.coordinator_id}", sequence=0, now=NOW)
    return f"/reminders/{token}"


def chosen(units: Units) -> list[tuple[Way, int]]:
    with units.reading() as unit:
        return [(row.way, row.hour) for row in unit.session.query(ReminderChoiceRow)]


def test_looking_by_the_link_changes_nothing_and_choosing_needs_no_account(
    browser: Browser, units: Units, world: World, link: str
) -> None:
    page = browser.get(link)
    assert "Rina Das" in page.text
    assert "Always mailed, whatever you choose: invitations, moves and cancellations" in page.text
    for method in ("GET", "HEAD"):
        assert browser.fresh().ask(f"{link}?way=page", method).status_code == 200
    assert chosen(units) == []
    saved = browser.sent(page, CHOICE)
    assert chosen(units) == [(Way.PAGE, 7)]
    assert saved.language == "bn"
    with units.reading() as unit:
        assert unit.session.get_one(OfficialRow, world.dhaka.coordinator_id).language == "bn"
        [entry] = list(journal.history(unit, f"official:{world.dhaka.coordinator_id}"))
    assert (entry.action, entry.actor) == ("reminder.chosen", "Rina Das, by link")
    assert link.rpartition("/")[2] not in entry.facts
    assert saved.response.headers["Referrer-Policy"] == "no-referrer"


def test_an_old_page_overwrites_nothing_and_the_same_choice_twice_is_one(
    browser: Browser, units: Units, link: str
) -> None:
    old = browser.get(link)
    browser.sent(old, CHOICE)
    browser.sent(old, CHOICE)
    again = browser.sent(old, {**CHOICE, "hour": "8"}, status=409)
    assert again.fields()["hour"] == ["8"]
    assert chosen(units) == [(Way.PAGE, 7)]


@pytest.mark.parametrize("values", [{**CHOICE, "hour": "3"}, {**CHOICE, "way": "pigeon"}, {**CHOICE, "way": ""}])
def test_what_is_not_offered_is_refused(browser: Browser, units: Units, link: str, values: dict[str, str]) -> None:
    browser.sent(browser.get(link), values, status=422)
    assert chosen(units) == []


def test_who_cannot_sign_in_is_not_offered_the_page_alone(browser: Browser, units: Units, world: World) -> None:
    token = units.ports.reminder_tokens.issue(f"official:{world.mumbai.prosecutor_id}", sequence=0, now=NOW)
    page = browser.get(f"/reminders/{token}")
    assert "Only on the page" not in page.text
    browser.sent(page, CHOICE, status=422)
    assert chosen(units) == []
    browser.sent(page, {**CHOICE, "way": "each"})
    assert chosen(units) == [(Way.EACH, 7)]


def test_a_link_that_is_not_ours_or_opens_something_else_opens_nothing(
    browser: Browser, units: Units, reference: str
) -> None:
    answer_link = units.ports.tokens.issue(f"{reference}-RPC", sequence=0, now=NOW)
    nobody = units.ports.reminder_tokens.issue("official:99999", sequence=0, now=NOW)
    for token in ("x", answer_link, nobody, "ক"):
        assert browser.ask(f"/reminders/{token}").status_code == 404


def test_the_own_page_tells_what_one_was_told_and_takes_the_choice(
    signed_in: SignedIn, units: Units, reference: str, clock: FrozenClock, actor: FindActor
) -> None:
    everybody_accepts(units, reference)
    with units.writing() as unit:
        by = actor(Role.PRESIDING_OFFICER, "mumbai")
        reminder_choices.choose(unit, way=Way.PAGE, hour=9, language="en", version=0, by=by)
    clock.at = datetime(2026, 9, 11, 3, 30, tzinfo=UTC)
    remind(units)
    judge = signed_in(Role.PRESIDING_OFFICER, "mumbai")
    assert "Reminders for you that were not mailed: 1" in judge.get("/").text
    page = judge.get("/account/reminders")
    assert "The hearing is the next day" in page.text
    assert "Mon 14 Sep 2026, 11:00" in page.text
    assert "planning default of this service" in page.text
    answer = judge.send(page, {"way": "each", "hour": "8"}, to="/account/reminders")
    assert "Saved." in judge.follow(answer).response.text
    assert chosen(units) == [(Way.EACH, 8)]


def test_who_belongs_to_no_post_has_no_reminders(signed_in: SignedIn) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    assert "/account/reminders" not in browser.get("/account").links()
    assert browser.ask("/account/reminders").status_code == 404


def test_the_hearing_and_the_first_page_say_who_was_reminded_and_who_must_be_telephoned(
    signed_in: SignedIn, units: Units, reference: str, clock: FrozenClock
) -> None:
    everybody_accepts(units, reference, but=(f"{reference}-RPC",))
    clock.at = datetime(2026, 9, 3, 3, 0, tzinfo=UTC)
    remind(units)
    row = next(
        row
        for row in signed_in(Role.COORDINATOR, "mumbai").get(f"/hearings/{reference}").rows()
        if "Rina Das" in row[0] and "17:00 Dhaka" in row[1]
    )
    assert row[1:] == ["Tue 8 Sep, 17:00 Dhaka", "Thu 3 Sep, 09:00 Dhaka", "Mon 7 Sep, 09:00 Dhaka"]
    clock.at = datetime(2026, 9, 9, 4, 0, tzinfo=UTC)
    remind(units)
    mumbai, pune = (signed_in(Role.COORDINATOR, city).get("/").text for city in ("mumbai", "pune"))
    assert "Needs you: no answer came in time" in mumbai
    assert "Remote Point Coordinator, Rina Das" in mumbai
    assert "+91 22 0000 0001" in mumbai
    assert "Needs you" not in pune
    everybody_accepts(units, reference)
    assert "Needs you" not in signed_in(Role.COORDINATOR, "mumbai").get("/").text


class TestMissionOfficial:
    """At the hearing's other end."""

    def test_sees_the_reminders_of_the_hearing_but_not_whom_the_court_must_call(
        self, signed_in: SignedIn, units: Units, reference: str, clock: FrozenClock
    ) -> None:
        clock.at = MONDAY_11_AT - timedelta(days=4)
        remind(units)
        mission = signed_in(Role.MISSION_OFFICIAL)
        assert "Answer by" in mission.get(f"/hearings/{reference}").text
        assert "Needs you" not in mission.get("/").text
        assert reminding(units)


def test_the_command_tells_what_comes_without_addresses(units: Units, reference: str, app: Flask) -> None:
    runner = app.test_cli_runner()
    plain, open_ = (runner.invoke(args=["reminders", "due", *more]) for more in ([], ["--addresses"]))
    assert "Thu 2026-09-03 09:00 Dhaka (UTC+06:00)  answer  H-MUMBAI1  together  Rina Das" in plain.output
    assert "@" not in plain.output
    assert "<rina.das@dhaka.example>" in open_.output
    assert (plain.exit_code, reminding(units)) == (0, [])
