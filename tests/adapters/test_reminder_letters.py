"""Reminding mails: their layout without any calendar, their words, their exact bytes."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from tests.adapters.letter_examples import CONTACT, OFFICIAL, START
from tests.adapters.reminder_examples import ASKING, DIGEST, ESCALATION, REMINDER, REMINDER_LETTERS, letter, matter
from tests.adapters.test_letters import COMPOSER, FIRST_ID, GOLDEN, SECOND_ID
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.adapters.letters import LetterComposer
from vctestimony.domain.reminders.letters import ReminderLetter
from vctestimony.domain.reminders.notices import Rule


def composed_reminder(one: ReminderLetter) -> bytes:
    return COMPOSER.compose_reminder(one, message_id=SECOND_ID, references=(FIRST_ID,))


def mail_of(one: ReminderLetter) -> EmailMessage:
    return message_from_bytes(composed_reminder(one), policy=default)


def texts_of(one: ReminderLetter) -> list[str]:
    mail = mail_of(one)
    return [" ".join(part.get_content().split()) for part in mail.walk() if part.get_content_maintype() == "text"]


@pytest.mark.parametrize("name", REMINDER_LETTERS)
def test_the_mail_is_the_golden_one(name: str) -> None:
    assert composed_reminder(REMINDER_LETTERS[name]) == (GOLDEN / f"{name}.eml").read_bytes()


@pytest.mark.parametrize("one", REMINDER_LETTERS.values(), ids=REMINDER_LETTERS.keys())
def test_a_reminder_holds_nothing_for_a_calendar(one: ReminderLetter) -> None:
    data, mail = composed_reminder(one), mail_of(one)
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert [part.defects for part in mail.walk()] == [[]] * 3
    assert not re.search(rb"text/calendar|METHOD|BEGIN:V|\.ics", data)
    assert data.isascii()
    assert all(len(line) <= 78 for line in data.split(b"\r\n"))
    assert (mail["To"], mail["Auto-Submitted"]) == (one.to.address, "auto-generated")


@pytest.mark.parametrize("one", [REMINDER, DIGEST])
def test_both_clocks_stand_in_it_the_readers_own_first_and_every_thing_has_its_link(one: ReminderLetter) -> None:
    for said in texts_of(one):
        assert "Please answer by Friday 4 December 2026, 17:00 in Dhaka, 16:30 in Mumbai." in said
        assert said.index("11:00") < said.index("10:30")
        for url in {each.url for each in one.matters} | {one.choices_url}:
            assert url in said


def test_an_escalation_names_whom_to_telephone() -> None:
    for said in texts_of(ESCALATION):
        assert "মোহাম্মদ রফিকুল ইসলাম, Remote Point Coordinator: +880 2 5550 0100" in said
        assert "Anjali Sen, Interpreter: no telephone number is entered" in said
    assert mail_of(ESCALATION)["Subject"].startswith("No answer, please telephone: hearing H-7K3F9QW2, Monday 7 Dec")


def test_a_digest_counts_its_things_and_cuts_a_long_list() -> None:
    assert mail_of(DIGEST)["Subject"] == "3 things about your hearings"
    for said in texts_of(DIGEST):
        assert "line 8. (Sunday 6 December 2026, 12:00 in Dhaka, 11:30 in Mumbai)" in said
        assert "line 9" not in said
        assert "and 2 more" in said
        assert "nobody is named as: Interpreter" in said


@pytest.mark.parametrize(("days", "title"), [(1, "Tomorrow: hearing H-7K3F9QW2"), (3, "Your next hearing: H-7K3F9QW2")])
def test_the_day_after_a_weekend_is_not_called_tomorrow(days: int, title: str) -> None:
    one = letter(matter(Rule.TOMORROW), written_at=START - timedelta(days=days))
    assert str(mail_of(one)["Subject"]).startswith(title)


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
@pytest.mark.parametrize("rule", Rule)
def test_every_reminder_can_be_written_in_every_language(language: str, rule: Rule) -> None:
    composer = LetterComposer(Languages(FOLDER))
    to = replace(ASKING.to, language=language)
    data = composer.compose_reminder(letter(matter(rule), matter(rule), to=to), message_id=FIRST_ID)
    assert message_from_bytes(data, policy=default)["Content-Language"] == language


def test_any_text_stays_inside_its_field() -> None:
    evil = "Rahman\r\nBcc: evil@x.example"
    one = matter(Rule.TOMORROW, replace(OFFICIAL, name=evil), contact=replace(CONTACT, name=evil))
    assert mail_of(letter(one))["Bcc"] is None
