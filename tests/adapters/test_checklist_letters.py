"""The mail that brings somebody the link to their own checklist: what it says, and what it leaves out."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from tests.adapters.letter_examples import CONTACT, DHAKA, MUMBAI, NOW, OFFICIAL, SERVICE, START
from tests.adapters.test_letters import COMPOSER, FIRST_ID, GOLDEN, SECOND_ID
from tests.adapters.test_option_letters import reader
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.adapters.letters import LetterComposer
from vctestimony.domain.checklist_letters import ChecklistLetter

LETTER = ChecklistLetter(
    written_at=NOW.replace(microsecond=0),
    reference="H-7K3F9QW2",
    to=reader(OFFICIAL),
    court=MUMBAI,
    remote=DHAKA,
    organizer=SERVICE,
    contact=CONTACT,
    url="https://testimony.example/field/a-token",
    start_at=START,
    end_at=START + timedelta(hours=3),
)
CHECKLIST_LETTERS = {
    "checklist_link": LETTER,
    "checklist_link_untimed": replace(LETTER, start_at=None, end_at=None),
}


def composed_checklist(letter: ChecklistLetter) -> bytes:
    return COMPOSER.compose_checklist(letter, message_id=SECOND_ID, references=(FIRST_ID,))


@pytest.mark.parametrize("name", CHECKLIST_LETTERS)
def test_the_mail_is_the_golden_one(name: str) -> None:
    assert composed_checklist(CHECKLIST_LETTERS[name]) == (GOLDEN / f"{name}.eml").read_bytes()


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_it_can_be_written_in_every_language_and_has_nothing_for_a_calendar(language: str) -> None:
    letter = replace(LETTER, to=replace(LETTER.to, language=language))
    mail = message_from_bytes(
        LetterComposer(Languages(FOLDER)).compose_checklist(letter, message_id=FIRST_ID), policy=default
    )
    assert mail["Content-Language"] == language
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    bodies = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    assert all(LETTER.url in body for body in bodies)


def test_any_text_stays_inside_its_field() -> None:
    evil = "No\r\nBcc: evil@x.example"
    letter = replace(LETTER, reference=evil, to=replace(LETTER.to, name=evil))
    assert message_from_bytes(composed_checklist(letter), policy=default)["Bcc"] is None
