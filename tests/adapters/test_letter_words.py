"""What letters say, in plain text and on the page: times at both ends, what to do, whom to call."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from babel.support import NullTranslations
from bs4 import BeautifulSoup
from icalendar import Calendar

from tests.adapters.letter_examples import CANCEL, INTERPRETER, INVITATION, MOVE, REMOVED, moved, planned, with_invitees
from tests.adapters.test_letters import COMPOSER, LETTERS
from vctestimony.adapters.letters import LetterComposer
from vctestimony.domain.itip import PartStat
from vctestimony.domain.letters import Change, Letter
from vctestimony.domain.people import DUTY_LABELS, Duty

TextOf = Callable[[Letter], str]
NIGHT = planned(None, moved(with_invitees(INTERPRETER), by=timedelta(hours=12, minutes=45)))[0]


def page_text(letter: Letter) -> str:
    sheet = BeautifulSoup(COMPOSER.preview(letter).page, "html.parser").find(class_="in")
    assert sheet is not None
    return " ".join(sheet.get_text(" ").replace(" ,", ",").split())


def plain_text(letter: Letter) -> str:
    return " ".join(COMPOSER.preview(letter).plain.split())


@pytest.mark.parametrize("text_of", [plain_text, page_text])
def test_an_invitation_says_when_at_both_ends_what_to_do_and_whom_to_call(text_of: TextOf) -> None:
    said = text_of(INVITATION)
    for words in [
        "Remote Point, Dhaka",
        "Monday 7 December 2026",
        "11:00 to 14:00",
        "UTC+06:00, Asia/Dhaka",
        "Court Point, Mumbai",
        "10:30 to 13:30",
        "UTC+05:30, Asia/Kolkata",
        "Your part: Remote Point Coordinator",
        "Test picture, sound and the document camera with the court before the day.",
        "A. Kulkarni",
        "+91 22 5550 0100",
        "coordinator@court.example",
    ]:
        assert words in said
    assert said.index("Dhaka") < said.index("Mumbai")


@pytest.mark.parametrize("text_of", [plain_text, page_text])
def test_a_move_says_the_new_and_the_old_time_at_both_ends(text_of: TextOf) -> None:
    said = text_of(MOVE)
    for words in ["12:00 to 15:00", "11:30 to 14:30", "Tuesday 8 December 2026", "11:00 to 14:00", "10:30 to 13:30"]:
        assert words in said
    assert said.index("12:00 to 15:00") < said.index("11:00 to 14:00")
    assert "Please answer again" in said


@pytest.mark.parametrize("text_of", [plain_text, page_text])
def test_a_third_clock_stands_first_and_a_date_that_differs_is_said(text_of: TextOf) -> None:
    said = text_of(NIGHT)
    assert said.index("London") < said.index("Mumbai") < said.index("Dhaka")
    assert "17:45 to 20:45" in said
    assert "23:15 to 02:15 on Tuesday 8 December 2026" in said
    assert "23:45 to 02:45 on Tuesday 8 December 2026" in said
    assert "date is not the same" not in said


def test_the_note_on_dates_stands_where_they_differ_and_the_subject_names_both_days() -> None:
    later = planned(None, moved(with_invitees(INTERPRETER), by=timedelta(hours=13, minutes=15)))[0]
    for said in (plain_text(later), page_text(later)):
        assert "Note that the date is not the same at both ends." in said
    assert COMPOSER.preview(later).subject == (
        "Please answer: hearing H-7K3F9QW2, Monday 7 December 2026, 18:15 in London, 23:45 in Mumbai, "
        "Tuesday 8 December 2026, 00:15 in Dhaka"
    )


def test_an_offset_that_changes_during_the_hearing_is_said_twice() -> None:
    by = datetime(2027, 3, 28, 0, 0, tzinfo=UTC) - INTERPRETER.start_at
    letter = planned(None, moved(with_invitees(INTERPRETER), by=by))[0]
    assert "00:00 to 04:00 UTC+00:00 / UTC+01:00, Europe/London" in plain_text(letter)


@pytest.mark.parametrize("text_of", [plain_text, page_text])
def test_who_has_not_answered_yet_is_not_asked_again_by_a_change_that_voids_nothing(text_of: TextOf) -> None:
    left = replace(MOVE, changes=(Change.OTHERS,), previous=())
    assert left.asks_for_answer
    assert "Your answer is still awaited." in text_of(left)
    assert "answer again" not in text_of(left)
    assert "Please answer again" in text_of(MOVE)


def test_a_standing_answer_is_not_asked_for_again() -> None:
    letter = replace(
        MOVE, to=replace(MOVE.to, part_stat=PartStat.ACCEPTED), changes=(Change.SHOWN_AFTER_SIGNING_IN,), previous=()
    )
    for said in (plain_text(letter), page_text(letter)):
        assert "The answer you gave still stands." in said
        assert "Please answer again" not in said
        assert "The room or the video link has changed. Sign in to see the new details." in said
        assert "old time" not in said.lower()


@pytest.mark.parametrize(("letter", "words"), [(CANCEL, "is cancelled"), (REMOVED, "no longer asked to take part")])
def test_a_cancellation_says_whether_the_hearing_or_only_the_reader_is_off(letter: Letter, words: str) -> None:
    for said in (plain_text(letter), page_text(letter)):
        assert words in said
        assert "You need not answer." in said
        assert "/answer/" not in said


@pytest.mark.parametrize("duty", DUTY_LABELS)
def test_every_duty_can_be_written_to(duty: Duty) -> None:
    letter = planned(None, with_invitees(replace(INTERPRETER, duty=duty)))[0]
    assert f"Your part: {DUTY_LABELS[duty]}." in plain_text(letter)
    assert letter.instructions


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
def test_the_answer_link_stays_out_of_the_calendar_that_may_be_shared(letter: Letter) -> None:
    assert b"/answer/" not in COMPOSER.preview(letter).calendar.replace(b"\r\n ", b"")
    assert b"/answer/" not in COMPOSER.download(letter).replace(b"\r\n ", b"")


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
def test_the_page_loads_nothing_and_is_light(letter: Letter) -> None:
    page = COMPOSER.preview(letter).page
    assert len(page.encode()) < 30_000
    soup = BeautifulSoup(page, "html.parser")
    assert soup.find_all(["script", "img", "link", "iframe", "object", "form"]) == []
    assert "url(" not in page
    assert "@import" not in page


class Marked(NullTranslations):
    """A catalogue in which every translation is recognised."""

    def gettext(self, message: str) -> str:
        return f"অ{message}"

    ugettext = gettext


class Marking:
    """Stands for the catalogues: only Bengali has one."""

    def translations(self, language: str) -> NullTranslations:
        return Marked() if language == "bn" else NullTranslations()


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
def test_a_reader_of_bengali_gets_bengali_in_every_sentence(letter: Letter) -> None:
    bengali = replace(letter, to=replace(letter.to, language="bn"))
    shown = LetterComposer(Marking()).preview(bengali)
    assert shown.subject.startswith("অ")
    assert '<html lang="bn">' in shown.page
    facts = re.compile(r"https://|UTC\+0|[০-৯0-9]{4}, অ")
    for line in shown.plain.splitlines():
        assert not line.strip() or line.strip(" -").startswith("অ") or facts.search(line), line
    summary = Calendar.from_ical(shown.calendar).walk("VEVENT")[0]["SUMMARY"]
    assert str(summary).startswith("অHearing")
    assert "ডিসেম্বর" in shown.plain


def test_a_name_is_text_in_the_page() -> None:
    letter = replace(INVITATION, to=replace(INVITATION.to, name="<b>{{ 7*7 }}</b> %(name)s {0} & Co"))
    assert "<b>{{ 7*7 }}</b> %(name)s {0} & Co" in page_text(letter)
    assert "<b>{{ 7*7 }}</b> %(name)s {0} & Co" in plain_text(letter)
