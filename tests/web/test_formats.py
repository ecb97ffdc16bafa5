"""Days and times are written for readers, always on somebody's clock."""

from datetime import UTC, date, datetime, time

import pytest
from flask import render_template_string

from tests.web.tiny_app import LATE_SUNDAY, dhaka, kolkata, reading, tiny_app
from vctestimony.web import formats

BOTH = '{% import "macros/time.html" as times %}{{ times.both_clocks(court, remote, "Court 3", "Room 1") }}'


def test_an_instant_is_written_with_day_time_city_and_offset() -> None:
    assert formats.instant_text(kolkata(), "en") == "Mon 14 Sep 2026, 14:00 · Kolkata (UTC+05:30)"
    assert formats.instant_text(dhaka(), "en") == "Mon 14 Sep 2026, 14:30 · Dhaka (UTC+06:00)"


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "Mon 14 Sep 2026"), ("hi", "सोम 14 सित॰ 2026"), ("bn", "সোম 14 সেপ 2026")],
)
def test_a_day_is_written_in_the_readers_language_with_the_same_digits(language: str, written: str) -> None:
    assert formats.day_text(date(2026, 9, 14), language) == written


def test_a_bare_instant_is_not_printed_because_it_is_on_nobodys_clock() -> None:
    with pytest.raises(TypeError):
        formats.clock_text(datetime(2026, 9, 14, tzinfo=UTC))
    with pytest.raises(TypeError):
        formats.day_text(datetime(2026, 9, 14, tzinfo=UTC), "en")


def test_a_date_has_no_time_of_day() -> None:
    with pytest.raises(TypeError):
        formats.clock_text(date(2026, 9, 14))  # type: ignore[arg-type]  # templates are not type-checked


def test_midnight_is_written_as_zero_hours() -> None:
    assert formats.clock_text(time(0, 0)) == "00:00"


def test_the_machine_form_of_a_reading_is_its_instant() -> None:
    assert formats.iso_text(dhaka()) == "2026-09-14T08:30Z"


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(0, "0 minutes"), (1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (61, "1 hour 1 minute"), (120, "2 hours")],
)
def test_a_length_is_written_in_hours_and_minutes(minutes: int, written: str) -> None:
    with tiny_app().test_request_context():
        assert formats.minutes_text(minutes) == written


@pytest.mark.parametrize(
    ("text", "limit", "written"),
    [("ক্ষমতা", 6, "ক্ষমতা"), ("ক্ষমতা", 3, "ক্ষ…"), ("abcd", 4, "abcd"), ("abcd", 3, "ab…"), ("ab cd", 4, "ab…")],
)
@pytest.mark.abuse(43)
def test_a_clipped_text_is_never_cut_within_a_written_letter(text: str, limit: int, written: str) -> None:
    assert formats.clipped(text, limit) == written


def test_the_large_pair_shows_both_clocks_with_zone_and_offset() -> None:
    with tiny_app().test_request_context():
        shown = render_template_string(BOTH, court=kolkata(), remote=dhaka())
    assert shown.count("<time ") == 2
    assert "Kolkata (Asia/Kolkata, UTC+05:30)" in shown
    assert "Dhaka (Asia/Dhaka, UTC+06:00)" in shown
    assert "day in" not in shown


@pytest.mark.parametrize(
    ("court", "remote", "words"),
    [("Asia/Kolkata", "Europe/London", "Previous day in London"), ("Europe/London", "Asia/Dhaka", "Next day in Dhaka")],
)
def test_a_difference_of_dates_is_said_in_words(court: str, remote: str, words: str) -> None:
    with tiny_app().test_request_context():
        shown = render_template_string(BOTH, court=reading(LATE_SUNDAY, court), remote=reading(LATE_SUNDAY, remote))
    assert words in shown
