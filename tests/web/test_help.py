"""Pages anybody may read: the words, whether the process answers, whether it can work."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import answered, booked
from tests.web.browsing import Browser
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units


def test_the_words_are_explained_without_signing_in(browser: Browser) -> None:
    page = browser.get("/glossary")
    assert "Remote Point" in page.text


def test_even_without_its_tables_the_process_answers_and_says_what_is_wrong(browser: Browser, units: Units) -> None:
    with units.writing() as unit:
        unit.session.execute(sa.text("DROP TABLE outbox"))
    browser.client.set_cookie("vct", "a" * 43, domain="127.0.0.1")
    answer = browser.ask("/healthz")
    trouble = "The database does not answer."
    assert (answer.status_code, answer.json) == (503, {"status": "unwell", "troubles": [trouble]})


def test_it_is_ready_when_the_database_answers_and_no_mail_is_stuck(browser: Browser) -> None:
    answer = browser.ask("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "troubles": []})


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (15, 200), (16, 503)])
def test_mail_that_has_waited_too_long_is_trouble(
    browser: Browser, units: Units, world: World, actor: FindActor, clock: FrozenClock, minutes: int, status: int
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    clock.at += timedelta(minutes=minutes)
    answer = browser.ask("/readyz")
    assert answer.status_code == status
    assert ("16 minutes" in answer.text) is (status == 503)


def test_a_database_without_its_tables_is_trouble_said_in_words(browser: Browser, units: Units) -> None:
    with units.writing() as unit:
        unit.session.execute(sa.text("DROP TABLE outbox"))
    answer = browser.ask("/readyz")
    assert (answer.status_code, answer.json) == (
        503,
        {"status": "not ready", "troubles": ["The database does not answer."]},
    )
