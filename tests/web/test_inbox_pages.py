"""The pages of mails that came in: the list and its counts, one mail as plain text, and what is done about it."""

import pytest

from tests.fakes import MemoryInbox
from tests.services.inbound import INTERPRETER, came_in, invitation_known, reply, sample, stored_mails
from tests.services.planned import answered, booked
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Duty, Role
from vctestimony.services import inbox
from vctestimony.services.unit import Units

PERSON = f"H-MUMBAI1-{Duty.INTERPRETER}"
ANSWER = {"person": PERSON, "choice": "ACCEPTED", "how": "answer_read", "note": "She writes that she comes"}


@pytest.fixture
def mail(units: Units, world: World) -> str:
    """The reference of a mail in words about the hearing in Mumbai."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, Actor(name="the tests", post_id=world.mumbai.post_id, role=Role.COORDINATOR))
    invitation_known(units, world.mumbai.hearing)
    came_in(units, sample("words_in_reply"), sample("google_accept"), sample("html_only"))
    return stored_mails(units)[0].reference


@pytest.fixture
def coordinator(signed_in: SignedIn, mail: str) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


def test_what_waits_is_counted_on_the_first_page_listed_and_linked_from_its_hearing(
    coordinator: Browser, mail: str
) -> None:
    assert "Mails to read: 2" in coordinator.get("/").text
    page = coordinator.get("/inbox")
    assert len(page.rows()) == 2
    assert "Kolkata" not in page.text
    assert page.text.count("Dhaka") >= 2
    assert len(coordinator.get("/inbox?all=yes").rows()) == 3
    assert f"/inbox/{mail}" in coordinator.get("/hearings/H-MUMBAI1").links()


def test_a_mail_is_shown_as_plain_text_without_the_secret_of_a_link(coordinator: Browser, mail: str) -> None:
    page = coordinator.get(f"/inbox/{mail}")
    assert "হ্যাঁ, আমি আসব" in page.text
    assert "WyJILU1VTUJBSTEi" not in page.response.text
    assert "2026, 10:30 · Mumbai" in page.text
    assert "2026, 11:00 · Dhaka" in page.text


def test_a_stranger_gets_neither_the_duty_nor_the_answer_of_whom_the_mail_names(
    coordinator: Browser, units: Units
) -> None:
    forged = reply().replace(f"From: {INTERPRETER}".encode(), b"From: stranger@evil.example")
    came_in(units, forged, reply("TENTATIVE", stamp="20360901T045500Z"))
    own, strange = (
        next(row.reference for row in reversed(stored_mails(units)) if row.from_address == sender)
        for sender in (INTERPRETER, "stranger@evil.example")
    )
    for reference, duty, chosen in ((strange, 0, [""]), (own, 1, [PERSON])):
        page = coordinator.get(f"/inbox/{reference}")
        assert [one.text for one in page.soup.select("dd .soft")].count("Interpreter") == duty
        assert page.fields(f"/inbox/{reference}/answer")["person"] == chosen


def test_a_page_in_a_mail_is_never_rendered(coordinator: Browser, units: Units) -> None:
    page = coordinator.get(f"/inbox/{stored_mails(units)[2].reference}")
    assert "I accept." in page.text
    assert "pixel" not in page.response.text
    assert not page.soup.select("main img, main b, main script")


def test_an_answer_is_counted_and_the_same_form_twice_is_one(coordinator: Browser, mail: str) -> None:
    form, to = coordinator.get(f"/inbox/{mail}"), f"/inbox/{mail}/answer"
    first = coordinator.send(form, ANSWER, to=to)
    assert coordinator.send(form, ANSWER, to=to).headers["Location"] == first.headers["Location"]
    assert "Accepted" in coordinator.follow(first).text
    assert "Counted by hand, as the mail says" in coordinator.get(f"/inbox/{mail}").text
    assert "Mails to read: 1" in coordinator.get("/").text


def test_a_form_without_a_reason_is_shown_again_with_what_was_typed(coordinator: Browser, mail: str) -> None:
    form = coordinator.get(f"/inbox/{mail}")
    again = coordinator.sent(form, ANSWER | {"note": ""}, to=f"/inbox/{mail}/answer", status=422)
    assert "Fill this in." in again.text
    assert again.fields(f"/inbox/{mail}/answer")["choice"] == ["ACCEPTED"]


def test_a_mail_is_set_aside_with_a_reason(coordinator: Browser, mail: str) -> None:
    form = coordinator.get(f"/inbox/{mail}")
    coordinator.send(form, {"why": "Only thanks"}, to=f"/inbox/{mail}/aside")
    assert len(coordinator.get("/inbox").rows()) == 1


@pytest.mark.parametrize(
    ("form", "to", "words"),
    [
        (ANSWER, "answer", "Counted by hand, as the mail says"),
        (ANSWER | {"how": "telephoned"}, "answer", "Answered by telephone instead"),
        ({"why": "Only thanks"}, "aside", "Set aside"),
    ],
)
def test_a_mail_that_was_dealt_with_says_what_became_of_it(
    coordinator: Browser, mail: str, form: dict[str, str], to: str, words: str
) -> None:
    coordinator.send(coordinator.get(f"/inbox/{mail}"), form, to=f"/inbox/{mail}/{to}")
    for path in ("/inbox?all=yes", f"/inbox/{mail}", "/hearings/H-MUMBAI1"):
        tags = [one.text for one in coordinator.get(path).soup.select("main .tag")]
        assert words in tags
        assert "To be read by a person" not in tags


def test_administrators_see_that_the_inbox_cannot_be_read_and_since_when(signed_in: SignedIn, units: Units) -> None:
    box = units.ports.inbox
    assert isinstance(box, MemoryInbox)
    box.words = "[Errno 111] Connection refused"
    inbox.read_once(units)
    administrator = signed_in(Role.ADMINISTRATOR)
    assert "The inbox cannot be read." in administrator.get("/admin").text
    page = administrator.get("/inbox")
    assert "Connection refused" in page.text
    assert "2026, 10:30 · Kolkata" in page.text


@pytest.mark.parametrize("role", [Role.PRESIDING_OFFICER, Role.LEGAL_STAFF, Role.MISSION_OFFICIAL, Role.INTERPRETER])
def test_no_other_role_reads_mails(signed_in: SignedIn, role: Role, mail: str) -> None:
    browser = signed_in(role, "mumbai" if role in {Role.PRESIDING_OFFICER, Role.LEGAL_STAFF} else "")
    assert {browser.ask(path).status_code for path in ("/inbox", f"/inbox/{mail}")} == {403}
