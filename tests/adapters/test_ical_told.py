"""What a calendar object tells beyond the times: the hearing it continues, how it is joined, who else comes."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.adapters.letter_examples import CANCEL, INTERPRETER, INVITATION, JUDGE, MOVE, UID, planned, with_invitees
from tests.adapters.test_ical import TEXT, lines_of, values, written
from tests.adapters.test_letters import COMPOSER, LETTERS
from vctestimony.adapters.ical import common_name, download, kept_event
from vctestimony.domain.joining import Joining
from vctestimony.domain.letters import INSTRUCTIONS, READY_BEFORE, Letter, Other
from vctestimony.domain.people import SCREENED, Duty

FIRST_UID = "first-of-three@testimony.example"
ADDRESS, PASSCODE = "https://meet.example/h-7?pwd=QUJD.1&x=a,b;c", "471147"
BOTH = Joining(ADDRESS, PASSCODE)
OTHERS = (Other(JUDGE.name, JUDGE.address, JUDGE.duty), Other("Leela Rao", "leela@court.example", Duty.PROSECUTION))


def told(letter: Letter, *, joining: Joining | None = None, others: tuple[Other, ...] | None = None) -> Letter:
    return replace(letter, joining=joining, to=replace(letter.to, others=others))


def everything(letter: Letter) -> str:
    """All that can be read in the mail: subject, both texts, the calendar unfolded."""
    shown = COMPOSER.preview(letter)
    page = BeautifulSoup(shown.page, "html.parser").get_text(" ")
    return "\n".join((shown.subject, shown.plain, page, *lines_of(shown.calendar)))


# RFC 5545 3.8.4.5, 3.2.15: the hearing that is continued


@pytest.mark.parametrize("letter", [INVITATION, MOVE, CANCEL])
def test_a_continuation_is_a_child_of_the_first_hearing_wherever_it_is_written(letter: Letter) -> None:
    continuation = replace(letter, first_uid=FIRST_UID)
    for data in (
        written(continuation),
        download(continuation, summary="Hearing", location="x", description="x"),
        kept_event(continuation, summary="Hearing", location="x", description="x").to_ical(),
    ):
        assert values(data, "RELATED-TO") == [f"RELATED-TO:{FIRST_UID}"]
        assert values(data, "UID") == [f"UID:{UID}"]


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
def test_a_hearing_of_its_own_is_related_to_none_and_any_program_may_propose_another_time(letter: Letter) -> None:
    data = COMPOSER.preview(letter).calendar
    assert values(data, "RELATED-TO") == []
    assert b"DISALLOW" not in data


# RFC 7986 5.11: how it is joined


def test_nothing_of_the_conference_is_told_unless_the_court_lets_its_mails_tell() -> None:
    said = everything(INVITATION)
    assert "CONFERENCE" not in said
    assert "Passcode" not in said


def test_the_address_is_told_in_calendar_description_and_both_texts_but_not_as_a_place() -> None:
    letter = told(INVITATION, joining=Joining(ADDRESS))
    shown = COMPOSER.preview(letter)
    assert values(shown.calendar, "CONFERENCE") == [
        f"CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL=Video link of the hearing;VALUE=URI:{ADDRESS}"
    ]
    (event,) = Calendar.from_ical(shown.calendar).walk("VEVENT")
    assert str(event["CONFERENCE"]) == ADDRESS
    assert ADDRESS in str(event["DESCRIPTION"])
    assert "meet.example" not in str(event["LOCATION"])
    assert ADDRESS in shown.plain
    assert BeautifulSoup(shown.page, "html.parser").find("a", href=ADDRESS) is not None
    assert "Passcode" not in everything(letter)


def test_the_passcode_is_told_with_its_own_switch_only_and_never_in_the_property() -> None:
    letter = told(INVITATION, joining=BOTH)
    shown = COMPOSER.preview(letter)
    assert "Passcode: 471147" in shown.plain
    assert "Passcode: 471147" in shown.page
    (line,) = values(shown.calendar, "CONFERENCE")
    assert PASSCODE not in line


@pytest.mark.parametrize("letter", [CANCEL, LETTERS["removed"]])
def test_a_cancellation_and_a_file_to_keep_tell_neither_address_nor_others(letter: Letter) -> None:
    for data in (
        COMPOSER.preview(told(letter, others=OTHERS)).calendar,
        COMPOSER.download(told(INVITATION, joining=BOTH, others=OTHERS)),
    ):
        text = b"".join(data.split(b"\r\n "))
        assert [word for word in (b"meet.example", b"471147", b"Leela", b"leela@") if word in text] == []


# RFC 5545 3.2.16: who else comes


def test_others_are_listed_for_information_after_the_reader_with_name_and_duty() -> None:
    shown = COMPOSER.preview(told(INVITATION, others=OTHERS))
    own, judge, prosecutor = values(shown.calendar, "ATTENDEE")
    assert own.endswith("RSVP=TRUE:mailto:second.secretary@mission.example")
    assert judge == (
        'ATTENDEE;CN="S. R. Deshpande, Presiding officer";CUTYPE=INDIVIDUAL;'
        "ROLE=NON-PARTICIPANT;RSVP=FALSE:mailto:judge@court.example"
    )
    assert "Leela Rao, Prosecution (applicant)" in prosecutor
    for text in (shown.plain, BeautifulSoup(shown.page, "html.parser").get_text(" ")):
        assert "Leela Rao, Prosecution (applicant)" in text
        assert "leela@court.example" not in text


def test_a_reader_who_is_shown_nobody_sees_himself_alone() -> None:
    assert len(values(COMPOSER.preview(told(INVITATION, others=())).calendar, "ATTENDEE")) == 1
    assert "Who else takes part" not in everything(told(INVITATION, others=()))


def test_who_sits_with_the_witness_is_screened() -> None:
    assert {Duty.SUPPORT_PERSON, Duty.LEGAL_STAFF, Duty.INTERPRETER, Duty.WITNESS} == SCREENED


# What to do, and when, by the reader's own clock


@pytest.mark.parametrize("duty", [duty for duty, said in INSTRUCTIONS.items() if "{ready}" in "".join(said)])
def test_what_to_do_has_its_time_on_the_readers_own_clock_in_all_three_texts(duty: Duty) -> None:
    letter = planned(None, with_invitees(replace(INTERPRETER, duty=duty)))[0]
    shown = COMPOSER.preview(letter)
    (event,) = Calendar.from_ical(shown.calendar).walk("VEVENT")
    for text in (shown.plain, shown.page, str(event["DESCRIPTION"])):
        assert "by 04:30 in London, 30 minutes early" in text


def test_half_an_hour_before_midnight_is_said_with_its_day() -> None:
    by = INTERPRETER.start_at.replace(hour=0, minute=10) - INTERPRETER.start_at
    at_night = tuple(replace(one, start_at=one.start_at + by, end_at=one.end_at + by) for one in INTERPRETER.stretches)
    plain = COMPOSER.preview(planned(None, with_invitees(replace(INTERPRETER, stretches=at_night)))[0]).plain
    assert READY_BEFORE.total_seconds() == 1800
    assert "by Sunday 6 December 2026, 23:40 in London, 30 minutes early" in plain


# RFC 5545 3.1 and 3.2: any text


@settings(max_examples=150, deadline=None)
@given(text=TEXT)
def test_a_common_name_needs_no_escape_in_any_reader_and_is_clean_already(text: str) -> None:
    name = common_name(text)
    assert common_name(name) == name
    assert not set(name) & set('"\\^\r\n\t')


@settings(max_examples=100, deadline=None)
@given(name=TEXT, summary=TEXT, description=TEXT, times=st.integers(1, 4))
def test_folded_lines_have_75_octets_at_most_and_whole_characters(
    name: str, summary: str, description: str, times: int
) -> None:
    letter = replace(told(INVITATION, joining=BOTH), to=replace(INVITATION.to, name=name * times))
    data = written(letter, summary=summary * times, description=description * times)
    assert data.endswith(b"\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert not set(line) & {10, 13}
        assert line.decode("utf-8").strip("\r\n") == line.decode("utf-8")


@pytest.mark.parametrize("name", ["Rina", "রিনা", "Das, Rina", ""])
def test_every_name_stands_in_quotes(name: str) -> None:
    data = written(replace(INVITATION, to=replace(INVITATION.to, name=name)))
    (line,) = values(data, "ATTENDEE")
    assert f'CN="{name or INVITATION.to.address}"' in line
