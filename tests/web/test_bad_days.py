"""Pages on bad days: two people save one thing, the database is shut, the service says how it is."""

from datetime import timedelta

import pytest

from tests.fakes import FrozenClock
from tests.services.planned import answered, booked
from tests.services.shut import read_only
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.people import Role
from vctestimony.services import held_mails, journal, wellbeing
from vctestimony.services.heartbeat import Heartbeat
from vctestimony.services.unit import Units
from vctestimony.store.db import db


@pytest.mark.bad_day("R16")
def test_who_comes_second_sees_both_versions_and_puts_theirs_on_top(signed_in: SignedIn, world: World) -> None:
    first, second = signed_in(Role.ADMINISTRATOR), signed_in(Role.ADMINISTRATOR)
    with_form = second.get("/posts/mumbai-court/edit")
    first.send(first.get("/posts/mumbai-court/edit"), {"phone": "+91 22 1111"}, to="/posts/mumbai-court/edit")
    page = second.sent(with_form, {"phone": "+91 22 2222"}, to="/posts/mumbai-court/edit", status=409)
    (row,) = page.rows()
    assert row[1:] == ["+91 22 2222", "+91 22 1111"]
    assert "Changed by Administrator" in page.text
    assert page.text.count("UTC+") == 2
    second.send(page, {}, to="/posts/mumbai-court/edit")
    assert second.get("/posts/mumbai-court/edit").fields("/posts/mumbai-court/edit")["phone"] == ["+91 22 2222"]


@pytest.mark.bad_day("R8", "R9", "R10")
def test_what_cannot_be_saved_comes_back_on_the_page_and_goes_through_later(signed_in: SignedIn, world: World) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    form = browser.get("/posts/mumbai-court/edit")
    with browser.app.app_context():
        engine = db.engine
    with read_only(engine):
        page = browser.sent(form, {"phone": "+91 22 3333", "city": "<b>"}, to="/posts/mumbai-court/edit", status=503)
        health = browser.ask("/healthz")
    assert ("+91 22 3333" in page.text, "<b>" in page.text) == (True, True)
    assert (health.status_code, health.json) == (503, {"status": "unwell", "troubles": [wellbeing.READ_ONLY]})
    browser.send(page, {"city": "Mumbai"})
    assert browser.get("/posts/mumbai-court/edit").fields("/posts/mumbai-court/edit")["phone"] == ["+91 22 3333"]


@pytest.mark.parametrize(("seconds", "words"), [(120, ""), (121, "no sign of life for 2 minutes")])
def test_a_silent_worker_is_trouble_after_two_minutes(
    browser: Browser, units: Units, clock: FrozenClock, seconds: int, words: str
) -> None:
    Heartbeat()(units)
    clock.at += timedelta(seconds=seconds)
    answer = browser.ask("/healthz")
    assert (answer.status_code, words in answer.text) == (503 if words else 200, True)


@pytest.mark.bad_day("R11")
@pytest.mark.parametrize(("seconds", "is_told"), [(5, False), (6, True)])
def test_a_clock_that_was_set_back_is_told_though_the_service_works(
    browser: Browser, units: Units, clock: FrozenClock, seconds: int, is_told: bool
) -> None:
    with units.writing() as unit:
        journal.write(unit, "thing.done", subject="H-1", by=SYSTEM)
    clock.at -= timedelta(seconds=seconds)
    answer = browser.ask("/readyz")
    assert (answer.status_code, "it was set back" in answer.text) == (200, is_told)


def test_a_disk_that_is_nearly_full_is_trouble(units: Units) -> None:
    assert wellbeing.troubles(units) == []
    (trouble,) = wellbeing.troubles(units, least_free=2**62)
    assert trouble.startswith("The disk of the database is nearly full")


def test_held_mail_is_shown_released_and_told_to_who_asks(
    signed_in: SignedIn, browser: Browser, world: World, units: Units, mumbai: Actor
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        held_mails.hold(unit, backup_made_at="2026-09-01T00:00:00+00:00")
    assert browser.ask("/healthz").json == {"status": "ok", "troubles": [], "notes": [wellbeing.HELD]}
    assert signed_in(Role.COORDINATOR, "mumbai").ask("/admin/held-mails").status_code == 403
    admin = signed_in(Role.ADMINISTRATOR)
    assert "No mail leaves" in admin.get("/admin").text
    page = admin.get("/admin/held-mails")
    page = admin.sent(page, {"what": "drop"}, to="/admin/held-mails/choose", status=422)
    assert "Choose at least one mail." in page.text
    number = str(page.soup.select("input[name=mail]")[0]["value"])
    admin.send(page, {"mail": number, "what": "drop"}, to="/admin/held-mails/choose")
    assert "Mails that will not leave: 1." in admin.get("/admin/held-mails").text
    admin.send(page, {}, to="/admin/held-mails/release")
    assert "No mail is held" in admin.get("/admin/held-mails").text
