"""Calendar objects: what RFC 5545 and 5546 ask for, with any text in any field."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.adapters.letter_examples import BOOKED, CANCEL, INVITATION, MOVE, REMOVED, SERVICE, UID, planned
from vctestimony.adapters.ical import (
    AddressUnusable,
    checked_address,
    common_name,
    download,
    many_lines,
    one_line,
    scheduling_object,
)
from vctestimony.domain.itip import PartStat
from vctestimony.domain.letters import Letter

HOSTILE = [
    "Rahman\r\nATTENDEE:mailto:evil@x.example",
    'He said "yes"; no, maybe\\n \\, \\; \\\\',
    "মাননীয় বিচারক মোহাম্মদ রফিকুল ইসলাম চৌধুরী, ঢাকা মহানগর দায়রা জজ আদালত, ঢাকা",
    "श्रीमती न्यायाधीश सुनीता देशपांडे, मुंबई सत्र न्यायालय; कक्ष संख्या बारह",
    "👩‍⚖️ \U0001f1e7\U0001f1e9",
    "a\x00b\x07c\x0bd\x85e\u2028f\u2029g",
    "\u202eevil\u202c \u2066x\u2069 \ufeff",
    "^n ^' ^^ =?utf-8?q?x?= <script>&amp;",
    "END:VEVENT\nBEGIN:VALARM\nACTION:EMAIL",
]
TEXT = st.text(st.characters(codec="utf-8"), max_size=120) | st.sampled_from(HOSTILE)


def written(
    letter: Letter, *, summary: str = "Hearing", location: str = "Court Point", description: str = "x"
) -> bytes:
    return scheduling_object(letter, summary=summary, location=location, description=description)


def event_of(data: bytes) -> dict[str, Any]:
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    return cast("dict[str, Any]", event)


def lines_of(data: bytes) -> list[str]:
    """The content lines, unfolded by the letter of RFC 5545 3.1 and by nobody's library."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def values(data: bytes, name: str) -> list[str]:
    return [line for line in lines_of(data) if line.split(":")[0].split(";")[0] == name]


# RFC 5546 3.2.2: REQUEST


def test_an_invitation_is_a_request_with_everything_a_calendar_needs() -> None:
    data = written(INVITATION)
    for name, line in {
        "METHOD": "METHOD:REQUEST",
        "UID": f"UID:{UID}",
        "SEQUENCE": "SEQUENCE:0",
        "DTSTAMP": "DTSTAMP:20261120T063012Z",
        "DTSTART": "DTSTART:20261207T050000Z",
        "DTEND": "DTEND:20261207T080000Z",
        "STATUS": "STATUS:CONFIRMED",
        "CLASS": "CLASS:PRIVATE",
        "ORGANIZER": 'ORGANIZER;CN="Video testimony service":mailto:hearings@testimony.example',
        "ATTENDEE": (
            'ATTENDEE;CN="মোহাম্মদ রফিকুল ইসলাম";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;'
            "ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:second.secretary@mission.example"
        ),
    }.items():
        assert values(data, name) == [line]


def test_the_judge_takes_the_chair() -> None:
    assert "ROLE=CHAIR" in values(written(planned(None, BOOKED)[1]), "ATTENDEE")[0]


def test_a_move_keeps_uid_and_organizer_and_asks_again() -> None:
    before, after = event_of(written(INVITATION)), event_of(written(MOVE))
    assert (before["UID"], before["ORGANIZER"]) == (after["UID"], after["ORGANIZER"])
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt
    assert after["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


def test_an_answer_that_still_stands_is_repeated_and_not_asked_for() -> None:
    accepted = replace(MOVE, to=replace(MOVE.to, part_stat=PartStat.ACCEPTED))
    attendee = event_of(written(accepted))["ATTENDEE"]
    assert (attendee.params["PARTSTAT"], attendee.params["RSVP"]) == ("ACCEPTED", "FALSE")


# RFC 5546 3.2.5: CANCEL


@pytest.mark.parametrize(("letter", "sequence", "status"), [(CANCEL, 2, ["STATUS:CANCELLED"]), (REMOVED, 1, [])])
def test_a_cancellation_names_the_whole_event_or_only_the_attendee(
    letter: Letter, sequence: int, status: list[str]
) -> None:
    data = written(letter)
    assert values(data, "METHOD") == ["METHOD:CANCEL"]
    assert values(data, "SEQUENCE") == [f"SEQUENCE:{sequence}"]
    assert values(data, "STATUS") == status
    assert len(values(data, "ATTENDEE")) == 1
    assert "RSVP" not in values(data, "ATTENDEE")[0]


@pytest.mark.parametrize(("letter", "alarms"), [(INVITATION, 2), (MOVE, 2), (CANCEL, 0), (REMOVED, 0)])
def test_only_a_request_rings(letter: Letter, alarms: int) -> None:
    assert lines_of(written(letter)).count("BEGIN:VALARM") == alarms


# RFC 5545 3.6.1: a file to keep


@pytest.mark.parametrize(("letter", "status"), [(MOVE, "CONFIRMED"), (CANCEL, "CANCELLED")])
def test_a_download_asks_nobody_and_has_the_uid_and_sequence_of_the_mail(letter: Letter, status: str) -> None:
    data = download(letter, summary="Hearing", location="Court Point", description="x")
    for name in ("METHOD", "ORGANIZER", "ATTENDEE", "TRIGGER"):
        assert values(data, name) == []
    assert values(data, "UID") == [f"UID:{UID}"]
    assert values(data, "SEQUENCE") == [f"SEQUENCE:{letter.sequence}"]
    assert values(data, "STATUS") == [f"STATUS:{status}"]


# RFC 5545 3.3.5: instants


@pytest.mark.parametrize(
    "start_at",
    [
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),  # London's clocks have just gone forward
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),  # London shows 01:30 for the first time
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),  # and for the second
        datetime(2028, 2, 29, 18, 29, tzinfo=UTC),  # the last minute of a leap day in Mumbai
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Dhaka", "Asia/Kathmandu", "Europe/London", "America/New_York"])
def test_times_are_utc_whatever_the_zone(start_at: datetime, zone: str) -> None:
    by = start_at - INVITATION.to.start_at
    stretches = tuple(
        replace(one, start_at=one.start_at + by, end_at=one.end_at + by) for one in INVITATION.to.stretches
    )
    data = written(replace(INVITATION, to=replace(INVITATION.to, zone=zone, stretches=stretches)))
    assert values(data, "DTSTART") == [f"DTSTART:{start_at:%Y%m%dT%H%M%SZ}"]
    assert b"TZID" not in data
    assert b"VTIMEZONE" not in data


# RFC 5545 3.1, 3.2, 3.3.11 and RFC 6868: any text


@settings(max_examples=150, deadline=None)
@given(name=TEXT, organizer=TEXT, summary=TEXT, location=TEXT, description=TEXT)
def test_any_text_in_any_field_changes_nothing_but_that_text(
    name: str, organizer: str, summary: str, location: str, description: str
) -> None:
    letter = replace(INVITATION, to=replace(INVITATION.to, name=name), organizer=replace(SERVICE, name=organizer))
    data = written(letter, summary=summary, location=location, description=description)
    event = event_of(data)
    shape = [line.split(":")[0].split(";")[0] for line in lines_of(data)]
    assert shape == [line.split(":")[0].split(";")[0] for line in lines_of(written(INVITATION))]
    assert str(event["SUMMARY"]) == one_line(summary)
    assert str(event["LOCATION"]) == one_line(location)
    assert str(event["DESCRIPTION"]) == many_lines(description)
    assert event["ATTENDEE"].params["CN"] == (common_name(name) or letter.to.address)
    assert event["ORGANIZER"].params["CN"] == (common_name(organizer) or SERVICE.address)
    assert (event["UID"], event["DTSTART"].dt) == (UID, INVITATION.to.start_at)


@pytest.mark.parametrize("text", HOSTILE)
def test_lines_end_in_crlf_have_75_octets_and_whole_characters(text: str) -> None:
    long = text * 8
    data = written(
        replace(INVITATION, to=replace(INVITATION.to, name=long)), summary=long, location=long, description=long
    )
    assert data.endswith(b"END:VCALENDAR\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert b"\n" not in line
        assert b"\r" not in line
        assert len(line) <= 75
        assert line.decode("utf-8") != ""


@pytest.mark.parametrize("clean", [one_line, many_lines])
@given(text=st.text(st.characters(), max_size=60))
def test_cleaned_text_holds_no_control_and_is_clean_already(clean: Callable[[str], str], text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once.encode("utf-8").decode("utf-8") == once
    assert not set(once) & {
        chr(code) for code in (*range(10), *range(11, 32), *range(127, 160), 0x2028, 0x2029, 0xFEFF)
    }
    assert not set(once) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def test_joiners_of_bengali_hindi_and_emoji_stay() -> None:
    assert one_line("র‍্যাব क्‍ष 👩‍⚖️") == "র‍্যাব क्‍ष 👩‍⚖️"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b\r\nATTENDEE:mailto:x@y.example",
        "a b@c.example",
        "a@b@c.example",
        "a@b.example,c@d.example",
        '"a"@b.example',
        "<a@b.example>",
        "অ@b.example",
        "a@b..example",
    ],
)
def test_an_address_that_programs_read_differently_is_refused(address: str) -> None:
    with pytest.raises(AddressUnusable):
        written(replace(INVITATION, to=replace(INVITATION.to, address=address)))


@pytest.mark.parametrize("address", ["a@b", "first.last+court@sub.domain.example", "o'neil@x-y.example"])
def test_an_ordinary_address_is_kept_as_it_is(address: str) -> None:
    assert checked_address(address) == address
