"""Mails about options: their layout without any calendar, their words, their exact bytes."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from tests.adapters.letter_examples import CONTACT, DHAKA, JUDGE, MUMBAI, NOW, OFFICIAL, SERVICE, START
from tests.adapters.test_letters import COMPOSER, FIRST_ID, GOLDEN, SECOND_ID
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.adapters.letters import LetterComposer
from vctestimony.domain.letters import Invitee
from vctestimony.domain.option_letters import ENDING_TEXTS, OfferedTime, OptionLetter, OptionReader
from vctestimony.domain.options import Ending

LENGTH = timedelta(hours=3)
HELD = NOW.replace(second=0, microsecond=0) + timedelta(hours=48)
TIMES = tuple(
    OfferedTime(
        number=number,
        start_at=START + timedelta(days=days),
        end_at=START + timedelta(days=days) + LENGTH,
        held_until=HELD,
    )
    for number, days in ((1, 0), (2, 1), (3, 3))
)


def reader(one: Invitee) -> OptionReader:
    return OptionReader(one.name, one.address, one.language, one.duty, one.end, one.city, one.zone)


OFFER = OptionLetter(
    reference="H-7K3F9QW2",
    written_at=NOW.replace(microsecond=0),
    to=reader(OFFICIAL),
    court=MUMBAI,
    remote=DHAKA,
    organizer=SERVICE,
    contact=CONTACT,
    times=TIMES,
    answer_url="https://testimony.example/options/a-token",
)
WITHDRAWAL = replace(OFFER, to=reader(JUDGE), answer_url="", ending=Ending.EXPIRED)
OPTION_LETTERS = {"options": OFFER, "options_withdrawn": WITHDRAWAL}


def composed_options(letter: OptionLetter) -> bytes:
    if letter.ending is None:
        return COMPOSER.compose_options(letter, message_id=FIRST_ID)
    return COMPOSER.compose_options(letter, message_id=SECOND_ID, references=(FIRST_ID,))


@pytest.mark.parametrize("name", OPTION_LETTERS)
def test_the_mail_is_the_golden_one(name: str) -> None:
    assert composed_options(OPTION_LETTERS[name]) == (GOLDEN / f"{name}.eml").read_bytes()


@pytest.mark.parametrize("letter", OPTION_LETTERS.values(), ids=OPTION_LETTERS.keys())
def test_a_mail_about_options_holds_nothing_for_a_calendar(letter: OptionLetter) -> None:
    data = composed_options(letter)
    mail = message_from_bytes(data, policy=default)
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert [part.defects for part in mail.walk()] == [[]] * 3
    assert not re.search(rb"text/calendar|METHOD|BEGIN:V|\.ics", data)
    assert data.isascii()
    assert all(len(line) <= 78 for line in data.split(b"\r\n"))
    assert (mail["To"], mail["Auto-Submitted"]) == (letter.to.address, "auto-generated")


def test_every_time_stands_on_both_clocks_with_the_readers_own_first() -> None:
    _, plain = COMPOSER.option_words(OFFER)
    first = plain[plain.index("OPTION 1") : plain.index("OPTION 2")]
    assert first.index("Remote Point, Dhaka") < first.index("Court Point, Mumbai")
    assert "Monday 7 December 2026, 11:00 to 14:00" in first
    assert "Monday 7 December 2026, 10:30 to 13:30" in first
    assert "Held until Sunday 22 November 2026, 12:30 in Dhaka, 12:00 in Mumbai." in first
    assert "https://testimony.example/options/a-token" in plain


def test_one_time_is_asked_for_in_the_singular_and_a_second_offer_says_what_it_replaces() -> None:
    subject, plain = COMPOSER.option_words(replace(OFFER, times=TIMES[:1], replaces=True))
    assert subject == "Does this time suit you? Hearing H-7K3F9QW2"
    assert "replace those of the mail before" in plain
    assert COMPOSER.option_words(OFFER)[0] == "Which time suits you? Hearing H-7K3F9QW2, 3 times are held"


@pytest.mark.parametrize("ending", Ending)
def test_the_end_of_an_offer_says_why(ending: Ending) -> None:
    _, plain = COMPOSER.option_words(replace(WITHDRAWAL, ending=ending))
    assert ENDING_TEXTS[ending] in plain
    assert "You need not answer." in plain


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
@pytest.mark.parametrize("letter", OPTION_LETTERS.values(), ids=OPTION_LETTERS.keys())
def test_the_mail_can_be_written_in_every_language(language: str, letter: OptionLetter) -> None:
    composer = LetterComposer(Languages(FOLDER))
    data = composer.compose_options(replace(letter, to=replace(letter.to, language=language)), message_id=FIRST_ID)
    assert message_from_bytes(data, policy=default)["Content-Language"] == language


def test_any_text_stays_inside_its_field() -> None:
    evil = "Rahman\r\nBcc: evil@x.example"
    letter = replace(OFFER, to=replace(OFFER.to, name=evil), contact=replace(CONTACT, name=evil))
    mail = message_from_bytes(composed_options(letter), policy=default)
    assert mail["Bcc"] is None
