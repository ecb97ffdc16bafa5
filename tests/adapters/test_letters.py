"""Whole mails: layout, headers, words and bytes (RFC 6047, 5322, 2045–2047, 3834)."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.adapters.letter_examples import (
    BOOKED,
    CANCEL,
    FIRST,
    INVITATION,
    MOVE,
    REMOVED,
    English,
    planned,
)
from vctestimony.adapters.ical import AddressUnusable, one_line
from vctestimony.adapters.letters import LetterComposer
from vctestimony.domain.letters import Letter

GOLDEN = Path(__file__).parents[1] / "golden"
FIRST_ID = "<aaaqeayeaudaocaj.0@testimony.example>"
SECOND_ID = "<aaaqeayeaudaocaj.1@testimony.example>"
COMPOSER = LetterComposer(English())
LETTERS = {"invitation": INVITATION, "move": MOVE, "cancel": CANCEL, "removed": REMOVED}
TEXT = st.text(st.characters(codec="utf-8"), max_size=150) | st.sampled_from(
    ["Rahman\r\nBcc: evil@x.example", '"; x@y.example', "=?utf-8?q?=0D=0A?=", "\u202eevil", "ঢাকা " * 40, "👩‍⚖️" * 30]
)


def composed(letter: Letter) -> bytes:
    if letter.sequence == 0:
        return COMPOSER.compose(letter, message_id=FIRST_ID)
    return COMPOSER.compose(letter, message_id=SECOND_ID, references=(FIRST_ID,))


def read_mail(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)


def display_name(data: bytes, header: str) -> str:
    """The name before the address, by RFC 2047 6.2 (the modern parser of Python shows spaces between encoded words)."""
    name, address = parseaddr(message_from_bytes(data)[header])
    assert "@" in address
    return str(make_header(decode_header(name)))


# RFC 6047 2.4, RFC 2046 5.1: layout


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
def test_a_mail_has_three_alternatives_and_the_calendar_again_as_a_file(letter: Letter) -> None:
    mail = read_mail(composed(letter))
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    assert [part.defects for part in mail.walk()] == [[]] * 6
    inline, attached = list(mail.walk())[4:]
    assert inline.get_payload(decode=True) == attached.get_payload(decode=True) == COMPOSER.preview(letter).calendar
    assert inline["Content-Disposition"] is None
    assert (attached.get_content_disposition(), attached.get_filename()) == ("attachment", "invite.ics")
    assert (inline.get_param("method"), attached.get_param("method")) == (_method(letter), None)


def _method(letter: Letter) -> str:
    return str(Calendar.from_ical(COMPOSER.preview(letter).calendar)["METHOD"])


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
def test_every_octet_passes_every_relay(letter: Letter) -> None:
    data = composed(letter)
    assert data.isascii()
    assert b"\x00" not in data
    assert all(len(line) <= 78 for line in data.split(b"\r\n"))
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", data) is None


# RFC 5322 3.6, RFC 3834: headers


def test_headers_say_from_whom_to_whom_and_that_a_machine_wrote() -> None:
    letter = planned(None, BOOKED)[1]
    mail = read_mail(composed(letter))
    assert {name: str(value) for name, value in mail.items()} == {
        "From": "Video testimony service <hearings@testimony.example>",
        "To": "judge@court.example",
        "Subject": ("Please answer: hearing H-7K3F9QW2, Monday 7 December 2026, 11:00 in Mumbai, 11:30 in Dhaka"),
        "Date": "Fri, 20 Nov 2026 06:30:12 +0000",
        "Message-ID": FIRST_ID,
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/mixed; boundary="=_' + _boundary_of(composed(letter)) + '"',
    }


def _boundary_of(data: bytes) -> str:
    found = re.search(rb'boundary="=_([0-9a-f]{32})"', data)
    assert found is not None
    return found[1].decode()


@pytest.mark.parametrize("letter", [MOVE, CANCEL, REMOVED])
def test_later_mails_refer_to_the_first(letter: Letter) -> None:
    mail = read_mail(composed(letter))
    assert (mail["References"], mail["In-Reply-To"], mail["Message-ID"]) == (FIRST_ID, FIRST_ID, SECOND_ID)


def test_the_same_letter_has_the_same_bytes_and_another_id_other_boundaries() -> None:
    assert composed(MOVE) == LetterComposer(English()).compose(MOVE, message_id=SECOND_ID, references=(FIRST_ID,))
    other = COMPOSER.compose(MOVE, message_id=FIRST_ID)
    assert _boundary_of(other) != _boundary_of(composed(MOVE))


@settings(max_examples=100, deadline=None)
@given(name=TEXT, service=TEXT, contact=TEXT, city=TEXT)
def test_any_text_stays_inside_its_field(name: str, service: str, contact: str, city: str) -> None:
    letter = replace(
        INVITATION,
        to=replace(INVITATION.to, name=name),
        organizer=replace(INVITATION.organizer, name=service),
        contact=replace(INVITATION.contact, name=contact),
        court=replace(INVITATION.court, city=city),
    )
    data = composed(letter)
    mail = read_mail(data)
    assert mail.keys() == read_mail(composed(INVITATION)).keys()
    assert mail["To"] == INVITATION.to.address
    assert mail["From"].addresses[0].addr_spec == INVITATION.organizer.address
    assert mail["Subject"] == COMPOSER.preview(letter).subject
    assert data.isascii()
    assert [part.get_content_type() for part in mail.walk()].count("text/calendar") == 1
    assert display_name(data, "From") == one_line(service)


@pytest.mark.parametrize("references", [("<a@b>\r\nBcc: x@y.example",), ("<a@b>\nX: y",)])
def test_a_line_end_in_an_id_stops_the_mail(references: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="line end"):
        COMPOSER.compose(MOVE, message_id=SECOND_ID, references=references)


def test_an_address_with_a_line_end_stops_the_mail() -> None:
    bad = replace(INVITATION, to=replace(INVITATION.to, address="a@b.example\r\nBcc: x@y.example"))
    with pytest.raises(AddressUnusable):
        composed(bad)


# The exact bytes


@pytest.mark.parametrize("name", LETTERS)
def test_the_mail_is_the_golden_one(name: str) -> None:
    assert composed(LETTERS[name]) == (GOLDEN / f"{name}.eml").read_bytes()


@pytest.mark.parametrize("name", LETTERS)
def test_the_calendar_object_is_the_golden_one(name: str) -> None:
    assert COMPOSER.preview(LETTERS[name]).calendar == (GOLDEN / f"{name}.ics").read_bytes()


def test_the_download_is_the_golden_one() -> None:
    assert COMPOSER.download(INVITATION) == (GOLDEN / "download.ics").read_bytes()


def test_old_times_are_those_that_were_told_whatever_todays_clock_rules_say() -> None:
    half_an_hour = tuple(replace(one, clocks=(("Asia/Kolkata", 300), ("Asia/Dhaka", 360))) for one in BOOKED.invitees)
    letters = planned(replace(BOOKED, invitees=half_an_hour), BOOKED, last=FIRST)
    judge = next(letter for letter in letters if letter.to.participant == "p-judge")
    shown = COMPOSER.preview(judge)
    old = shown.plain.partition("OLD TIME, NO LONGER VALID")[2]
    assert "10:30 to 13:00\n    UTC+05:00, Asia/Kolkata" in old
    assert "11:30 to 14:00\n    UTC+06:00, Asia/Dhaka" in old
    assert "11:00 to 13:30\n    UTC+05:30, Asia/Kolkata" in shown.plain
    assert "The official time at your place has changed" in shown.plain
    assert shown.subject.startswith("Moved: hearing H-7K3F9QW2 is now Monday 7 December 2026, 11:00 in Mumbai")
