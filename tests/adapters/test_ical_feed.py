"""The bytes of feeds and downloads: what stands in them, what must not, and that programs not ours read them alike."""

import re
from dataclasses import replace
from datetime import timedelta

import ics
import pytest
import vobject
from icalendar import Calendar

from tests.adapters.letter_examples import BOOKED, CONTACT, DHAKA, MUMBAI, NOW, START, UID, stretches
from tests.services.fed import times
from vctestimony.adapters.ical_feed import CalendarFeeds
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.adapters.letters import LetterComposer
from vctestimony.domain.feeds import BusyFeed, Feed, HearingEntry, HeldEntry, Reader, held_uid
from vctestimony.domain.invited import kept
from vctestimony.domain.itip import Revision
from vctestimony.domain.letters import Letter, Point

HOSTILE = 'Room "2", floor\\3; \r\nATTENDEE:mailto:x@y.example\n🏛 ' + "আদালত কক্ষ " * 9
READER = Reader("bn", "Dhaka", "Asia/Dhaka")
REVISION = Revision(3, NOW.replace(microsecond=0))
FORBIDDEN = {"METHOD", "ORGANIZER", "ATTENDEE", "SOURCE", "CONFERENCE", "ATTACH"}


@pytest.fixture(scope="module")
def writer() -> CalendarFeeds:
    return CalendarFeeds(LetterComposer(Languages(FOLDER)), uid_host="testimony.example")


def letter(language: str, *, is_on: bool = True) -> Letter:
    one = replace(BOOKED.invitees[0], language=language, name="", address="")
    return kept(BOOKED, one, REVISION, is_on=is_on, whole_hearing_cancelled=not is_on)


IN_ROOM = HearingEntry(
    uid=f"room-{UID}",
    sequence=2,
    dtstamp_at=NOW,
    reference="H-7K3F9QW2",
    court=MUMBAI,
    remote=replace(DHAKA, city="Dhaka; \r\nSUMMARY:x"),
    reader=READER,
    stretches=stretches(),
    hearing_url="https://testimony.example/hearings/H-7K3F9QW2",
    place=HOSTILE,
    contact=replace(CONTACT, name=HOSTILE),
)
HELD = HeldEntry(
    uid=held_uid(UID, offer=1, number=2),
    dtstamp_at=NOW,
    reference="H-7K3F9QW2",
    court=MUMBAI,
    remote=Point("London", "Europe/London"),
    reader=READER,
    start_at=START + timedelta(days=1),
    end_at=START + timedelta(days=1, hours=2),
    held_until=START - timedelta(days=9),
    hearing_url="https://testimony.example/hearings/H-7K3F9QW2",
)


def whole(language: str) -> Feed:
    off = replace(letter(language, is_on=False), uid=f"off-{UID}")
    return Feed(language, HOSTILE, (letter(language), off, IN_ROOM, HELD))


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_three_readers_that_are_not_ours_find_the_same_events(writer: CalendarFeeds, language: str) -> None:
    content = writer.feed(whole(language))
    ours = {(str(one["UID"]), *times(one)) for one in Calendar.from_ical(content).events}
    theirs = {(one.uid, one.begin.datetime, one.end.datetime) for one in ics.Calendar(content.decode()).events}
    others = {
        (one.uid.value, one.dtstart.value, one.dtend.value) for one in vobject.readOne(content.decode()).vevent_list
    }
    assert len(ours) == 4
    assert ours == theirs == others
    summaries = {str(one["UID"]): str(one["SUMMARY"]) for one in Calendar.from_ical(content).events}
    assert {one.uid: one.name for one in ics.Calendar(content.decode()).events} == summaries


def test_the_calendar_says_its_name_when_to_come_again_and_its_colour(writer: CalendarFeeds) -> None:
    text = writer.feed(Feed("en", "", ())).decode()
    for line in (
        "NAME:Hearings by video link",
        "X-WR-CALNAME:Hearings by video link",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "COLOR:steelblue",
        "VERSION:2.0",
    ):
        assert f"\r\n{line}\r\n" in text


def test_nobody_is_asked_anything_and_text_stays_text(writer: CalendarFeeds) -> None:
    content = writer.feed(whole("en"))
    written = {re.split(rb"[:;]", line)[0].decode() for line in content.split(b"\r\n")}
    assert not written & FORBIDDEN
    assert b"VALARM" not in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert "".join(line.decode() for line in content.split(b"\r\n"))  # no character is cut in two
    assert content.count(b"BEGIN:VCALENDAR") == content.count(b"END:VCALENDAR") == 1
    room = next(one for one in Calendar.from_ical(content).events if str(one["UID"]) == IN_ROOM.uid)
    assert str(room["LOCATION"]).startswith('Room "2", floor\\3; ATTENDEE:mailto:x@y.example 🏛 আদালত')


def test_each_entry_says_how_it_stands(writer: CalendarFeeds) -> None:
    found = [
        (str(one["STATUS"]), str(one["TRANSP"]), one.sequence)
        for one in Calendar.from_ical(writer.feed(whole("en"))).events
    ]
    assert found == [
        ("CONFIRMED", "OPAQUE", 3),
        ("CANCELLED", "TRANSPARENT", 3),
        ("CONFIRMED", "OPAQUE", 2),
        ("TENTATIVE", "OPAQUE", 0),
    ]


def test_what_is_off_says_so_in_its_title_for_programs_that_look_at_nothing_else(writer: CalendarFeeds) -> None:
    (event,) = Calendar.from_ical(writer.download(letter("en", is_on=False))).events
    assert str(event["SUMMARY"]).startswith("Cancelled: Hearing ")


def test_a_clock_that_is_neither_ends_stands_first(writer: CalendarFeeds) -> None:
    (event,) = Calendar.from_ical(writer.download(replace(HELD, reader=Reader("en", "Dhaka", "Asia/Dhaka")))).events
    lines = str(event["DESCRIPTION"]).splitlines()
    assert lines[2] == "Your own time, Dhaka"
    assert [line for line in lines if "UTC" in line] == [
        "    UTC+06:00, Asia/Dhaka",
        "    UTC+05:30, Asia/Kolkata",
        "    UTC+00:00, Europe/London",
    ]


def test_a_download_is_the_event_of_the_feed(writer: CalendarFeeds) -> None:
    one = letter("bn")
    event = re.search(rb"BEGIN:VEVENT.*END:VEVENT\r\n", writer.download(one), re.DOTALL)
    assert event is not None
    assert event[0] in writer.feed(Feed("bn", "", (one, HELD)))
    assert b"METHOD" not in writer.download(one)


def test_busy_stretches_have_uids_that_lead_nowhere(writer: CalendarFeeds) -> None:
    spans = ((START, START + timedelta(hours=1)), (START + timedelta(hours=2), START + timedelta(hours=3)))
    first, second = (writer.busy(BusyFeed("en", salt, NOW, spans)) for salt in ("a", "b"))
    uids = [{str(one["UID"]) for one in Calendar.from_ical(content).events} for content in (first, second)]
    assert [len(found) for found in uids] == [2, 2]
    assert not uids[0] & uids[1]
    assert writer.busy(BusyFeed("en", "a", NOW, spans)) == first
    assert {str(one["SUMMARY"]) for one in Calendar.from_ical(first).events} == {"Busy"}
    assert len(list(ics.Calendar(first.decode()).events)) == len(vobject.readOne(first.decode()).vevent_list) == 2
