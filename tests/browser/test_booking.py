"""A hearing from the order to the booked time, in a real browser without JavaScript; the story has it with."""

import pytest

from tests.browser import telling
from tests.browser.conftest import SitDown
from tests.browser.serving import Server, calendar_of

pytestmark = pytest.mark.browser


@pytest.fixture
def server(own_server: Server) -> Server:
    """The first free time is known where nobody else books."""
    return own_server


def test_a_coordinator_registers_plans_and_books_and_an_official_answers_by_mail(server: Server, desk: SitDown) -> None:
    clerk = desk(javascript=False)
    clerk.sign_in(telling.COORDINATOR)
    hearing = telling.plan(clerk, telling.register(clerk))
    clerk.go(f"/hearings/{hearing}")
    assert "Interpreter" in clerk.text()
    telling.name(clerk, hearing)
    telling.book_first(clerk, hearing)
    # Monday 7 September: the consul has another hearing in the morning.
    assert "Mon 7 Sep 2026, 15:00" in clerk.text()
    assert "Mon 7 Sep 2026, 15:30" in clerk.text()

    mail = server.mail(telling.CONSUL, hearing=hearing, method="REQUEST", sequence=0)
    assert "DTSTART:20260907T093000Z" in calendar_of(mail)
    official = desk(javascript=False, width=360)
    official.go(telling.answer_link(server, telling.CONSUL, hearing))
    official.fill(choice="ACCEPTED", comment="The conference room is kept free.")
    official.press("Send the answer")
    clerk.go(f"/hearings/{hearing}")
    assert "The conference room is kept free." in clerk.text()
