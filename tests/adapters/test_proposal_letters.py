"""The mail that declines a proposal: a DECLINECOUNTER for who proposed by a calendar program, else plain words."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
import vobject
from icalendar import Calendar

from tests.adapters.letter_examples import CONTACT, DHAKA, JUDGE, MUMBAI, NOW, OFFICIAL, SERVICE, START, UID
from tests.adapters.test_letters import COMPOSER, FIRST_ID, GOLDEN, SECOND_ID
from tests.adapters.test_option_letters import reader
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.adapters.letters import LetterComposer
from vctestimony.domain.proposal_letters import ProposalLetter

COUNTER = ProposalLetter(
    uid=UID,
    sequence=3,
    written_at=NOW.replace(microsecond=0),
    reference="H-7K3F9QW2",
    to=reader(OFFICIAL),
    court=MUMBAI,
    remote=DHAKA,
    organizer=SERVICE,
    contact=CONTACT,
    start_at=START,
    end_at=START + timedelta(hours=3),
    words="The judge sits in another case then.\nPlease come as asked.",
    answer_url="https://testimony.example/answer/a-token",
    proposed_at=START + timedelta(days=1),
    by_calendar=True,
)
SUBSTITUTE = replace(COUNTER, to=reader(JUDGE), proposed_at=None, substitute="R. Sen", by_calendar=False)
PROPOSAL_LETTERS = {"proposal_declined": COUNTER, "substitute_declined": SUBSTITUTE}
SECRETS = ("PW-7", "Courtroom", "State v.")


def composed_declined(letter: ProposalLetter) -> bytes:
    return COMPOSER.compose_declined(letter, message_id=SECOND_ID, references=(FIRST_ID,))


def read(letter: ProposalLetter) -> EmailMessage:
    return message_from_bytes(composed_declined(letter), policy=default)


def calendar_of(letter: ProposalLetter) -> bytes:
    (part,) = [part for part in read(letter).walk() if part.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


@pytest.mark.parametrize("name", PROPOSAL_LETTERS)
def test_the_mail_is_the_golden_one(name: str) -> None:
    assert composed_declined(PROPOSAL_LETTERS[name]) == (GOLDEN / f"{name}.eml").read_bytes()


def test_a_counter_is_declined_with_its_own_uid_and_sequence() -> None:
    calendar = Calendar.from_ical(calendar_of(COUNTER))
    (event,) = calendar.events
    assert (calendar["METHOD"], event["UID"], event["SEQUENCE"]) == ("DECLINECOUNTER", UID, 3)
    assert event["ATTENDEE"] == f"mailto:{OFFICIAL.address}"
    assert event["ORGANIZER"] == f"mailto:{SERVICE.address}"
    assert (START, START + timedelta(hours=3), COUNTER.written_at) == (event.DTSTART, event.DTEND, event.DTSTAMP)
    assert event["COMMENT"] == COUNTER.words
    assert "STATUS" not in event
    assert event.alarms.times == []


def test_another_reader_of_calendars_reads_the_same() -> None:
    found = vobject.readOne(calendar_of(COUNTER).decode())
    assert (found.method.value, found.vevent.uid.value, found.vevent.sequence.value) == ("DECLINECOUNTER", UID, "3")
    assert found.vevent.dtstart.value == START


def test_the_mail_has_the_layout_of_the_other_calendar_mails() -> None:
    types = [part.get_content_type() for part in read(COUNTER).walk()]
    assert types == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    part = next(part for part in read(COUNTER).walk() if part.get_content_type() == "text/calendar")
    assert part["Content-Type"].params["method"] == "DECLINECOUNTER"
    attached = next(part for part in read(COUNTER).walk() if part.get_content_type() == "application/ics")
    assert attached.get_payload(decode=True) == calendar_of(COUNTER)


def test_who_proposed_on_a_page_gets_nothing_for_a_calendar() -> None:
    types = [part.get_content_type() for part in read(replace(COUNTER, by_calendar=False)).walk()]
    assert types == ["multipart/alternative", "text/plain", "text/html"]


def test_the_words_name_what_was_proposed_and_what_stands() -> None:
    plain = next(part for part in read(COUNTER).walk() if part.get_content_type() == "text/plain").get_content()
    assert "Tuesday 8 December 2026, 11:00 in Dhaka, 10:30 in Mumbai" in plain
    assert "Monday 7 December 2026, 11:00 to 14:00" in plain
    assert "The judge sits in another case then." in plain
    said = next(part for part in read(SUBSTITUTE).walk() if part.get_content_type() == "text/plain").get_content()
    assert "R. Sen takes your part" in said


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
@pytest.mark.parametrize("letter", PROPOSAL_LETTERS.values(), ids=PROPOSAL_LETTERS.keys())
def test_it_can_be_written_in_every_language(language: str, letter: ProposalLetter) -> None:
    composer = LetterComposer(Languages(FOLDER))
    data = composer.compose_declined(replace(letter, to=replace(letter.to, language=language)), message_id=FIRST_ID)
    assert message_from_bytes(data, policy=default)["Content-Language"] == language


def test_any_text_stays_inside_its_field() -> None:
    evil = "No\r\nATTENDEE:mailto:evil@x.example\r\nBcc: evil@x.example"
    letter = replace(COUNTER, words=evil, substitute=evil, to=replace(COUNTER.to, name=evil))
    assert read(letter)["Bcc"] is None
    (event,) = Calendar.from_ical(calendar_of(letter)).events
    assert event["ATTENDEE"] == f"mailto:{OFFICIAL.address}"
