"""What the log tells of requests: the route and never the address, the kind of a refusal and never what was typed."""

import logging

import pytest

from tests.builders import PASSWORD
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World, email_of
from vctestimony.domain.people import Role
from vctestimony.web.request_log import log

TOKEN = "k7Jd93hFmsP0aQwXzR5tYbN2vLcE8uGiOoT1s6DfHjK"


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, logger=log.name)
    return caplog


def facts(record: logging.LogRecord) -> dict[str, object]:
    names = ("route", "method", "status", "code", "account", "reference", "ms")
    return {name: getattr(record, name) for name in names}


@pytest.mark.asvs("16.2.1", "16.2.5")
def test_an_answer_is_told_with_its_route_person_and_time(
    signed_in: SignedIn, world: World, told: pytest.LogCaptureFixture
) -> None:
    coordinator = signed_in(Role.COORDINATOR, "mumbai")
    told.clear()
    coordinator.get("/hearings?state=held")
    record = told.records[-1]
    found = facts(record)
    assert (record.getMessage(), record.levelname, found["status"]) == ("answered", "INFO", 200)
    assert (found["route"], found["method"]) == ("/hearings", "GET")
    assert found["account"] == world.account_id(Role.COORDINATOR, "mumbai")
    assert "held" not in repr(vars(record))


@pytest.mark.asvs("16.3.1")
def test_a_sign_in_that_fails_is_told_and_neither_address_nor_password_is(
    browser: Browser, world: World, told: pytest.LogCaptureFixture
) -> None:
    typed = {"email": email_of(Role.PRESIDING_OFFICER), "password": f"{PASSWORD} no"}
    browser.send(browser.get("/sign-in"), typed, to="/sign-in", status=422)
    record = told.records[-1]
    assert (record.getMessage(), facts(record)["route"], bool(facts(record)["code"])) == ("refused", "/sign-in", True)
    assert not [word for word in typed.values() if word in told.text]


@pytest.mark.asvs("16.3.2")
@pytest.mark.abuse(1)
def test_what_somebody_may_not_see_is_told_as_a_warning_with_who_it_was(
    signed_in: SignedIn, world: World, told: pytest.LogCaptureFixture
) -> None:
    signed_in(Role.COORDINATOR, "pune").get(f"/hearings/{world.mumbai.hearing}", status=404)
    record = told.records[-1]
    assert (record.levelname, facts(record)["status"]) == ("WARNING", 404)
    assert facts(record)["account"] == world.account_id(Role.COORDINATOR, "pune")


@pytest.mark.threat("T17", "T20")
@pytest.mark.parametrize("path", [f"/feeds/{TOKEN}.ics", f"/no/such/{TOKEN}", f"/sign-in?next=/{TOKEN}"])
def test_no_secret_of_an_address_is_told(browser: Browser, told: pytest.LogCaptureFixture, path: str) -> None:
    browser.ask(path)
    assert told.records
    assert TOKEN not in repr([vars(record) for record in told.records])


@pytest.mark.abuse(47)
def test_a_method_that_somebody_made_up_is_not_repeated(browser: Browser, told: pytest.LogCaptureFixture) -> None:
    browser.ask("/sign-in", 'X"}{"EVENT":1')
    assert facts(told.records[-1])["method"] == "other"


def test_files_and_the_checks_of_a_monitor_are_not_told(browser: Browser, told: pytest.LogCaptureFixture) -> None:
    browser.ask("/healthz")
    with browser.ask("/static/site.css"):
        pass
    assert told.records == []
