"""What people type is understood in exactly one way or refused."""

from datetime import date, time

import pytest

from vctestimony.domain import entered


@pytest.mark.parametrize(
    "typed",
    ["2026-09-14", "14/9/2026", "14.09.2026", "14-9-2026", " 14  9 2026 ", "14 Sep 2026", "14 sept. 2026",
     "14 September, 2026", "১৪/০৯/২০২৬", "१४-९-२०२६", "2026/9/14"],
)  # fmt: skip
@pytest.mark.abuse(55)
def test_a_day_is_read_in_every_usual_form_and_script(typed: str) -> None:
    assert entered.day(typed) == date(2026, 9, 14)


def test_the_day_comes_before_the_month() -> None:
    assert entered.day("3/4/2026") == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", entered.Missing),
        ("   ", entered.Missing),
        ("31/04/2026", entered.NoSuchDay),
        ("29/02/2027", entered.NoSuchDay),
        ("09/14/2026", entered.NoSuchDay),
        ("14/9/26", entered.NotADate),
        ("14 Mai 2026", entered.NotADate),
        ("tomorrow", entered.NotADate),
        ("2026-09-14T10:00", entered.NotADate),
        ("1/1/1899", entered.YearRefused),
        ("1/1/2101", entered.YearRefused),
    ],
)
@pytest.mark.abuse(55)
@pytest.mark.threat("T26")
def test_what_is_no_single_day_is_refused(typed: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        entered.day(typed)


def test_the_years_at_the_limits_are_read() -> None:
    assert (entered.day("1/1/1900").year, entered.day("31/12/2100").year) == (1900, 2100)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("00:00", time(0, 0)),
        ("23:59", time(23, 59)),
        ("১০:৩০", time(10, 30)),
        ("১০ঃ৩০", time(10, 30)),
        ("१४:००", time(14, 0)),
    ],
)
def test_a_time_is_read_with_24_hours_in_every_script(typed: str, meant: time) -> None:
    assert entered.clock(typed) == meant


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", entered.Missing),
        ("24:00", entered.EndOfDay),
        ("24:01", entered.NotAClockTime),
        ("23:60", entered.NotAClockTime),
        ("10:30 pm", entered.TwelveHours),
        ("10.30 A.M.", entered.TwelveHours),
        ("10:30 IST", entered.NotAClockTime),
        ("10:30 BST", entered.NotAClockTime),
        ("10", entered.NotAClockTime),
        ("930", entered.NotAClockTime),
        ("-1:30", entered.NotAClockTime),
    ],
)
@pytest.mark.abuse(55)
@pytest.mark.threat("T26")
def test_what_is_no_single_time_is_refused(typed: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        entered.clock(typed)


@pytest.mark.parametrize(("typed", "meant"), [("1", 1), ("600", 600), ("৯০", 90), ("+5", 5)])
def test_a_number_within_its_limits_is_read(typed: str, meant: int) -> None:
    assert entered.number(typed, least=1, most=600) == meant


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("0", entered.NumberRefused),
        ("601", entered.NumberRefused),
        ("\u22125", entered.NumberRefused),
        ("1.5", entered.NotANumber),
        ("1e3", entered.NotANumber),
        ("9" * 13, entered.NotANumber),
        ("²", entered.NotANumber),
        ("", entered.Missing),
    ],
)
def test_a_number_outside_its_limits_is_refused(typed: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        entered.number(typed, least=1, most=600)


@pytest.mark.parametrize(
    "hostile",
    ["\x00", "\x07", "\x1c", "\u202e", "\u2066", "\u2069", "\ud800", "\ue000", "\ufffe", "\ufdd0", "\U0001ffff"],
)  # fmt: skip
@pytest.mark.parametrize("reader", [entered.line, entered.paragraphs])
@pytest.mark.abuse(40)
@pytest.mark.asvs("1.3.11")
def test_characters_that_cannot_be_kept_are_refused_by_their_number(reader: object, hostile: str) -> None:
    assert callable(reader)
    with pytest.raises(entered.Unreadable) as refusal:
        reader(f"Rahima{hostile}Khatun")
    assert refusal.value.facts["character"] == f"U+{ord(hostile):04X}"


@pytest.mark.abuse(38)
@pytest.mark.asvs("1.3.11")
def test_breaks_in_a_line_become_blanks_so_that_no_header_can_be_added() -> None:
    assert entered.line("a\r\nBcc: x@evil\u2028b") == "a Bcc: x@evil b"


@pytest.mark.abuse(40, 49)
def test_invisible_harmless_characters_are_dropped() -> None:
    assert entered.line("\ufeffCourt\u200b 3\u00ad") == "Court 3"


def test_joiners_of_bengali_and_hindi_stay() -> None:
    assert entered.line("র\u200d্যাব ক\u094d\u200cष") == "র\u200d্যাব ক\u094d\u200cष"


def test_text_is_kept_in_composed_form() -> None:
    assert entered.line("e\u0301") == "é"


@pytest.mark.parametrize("length", [199, 200])
@pytest.mark.abuse(43)
def test_a_line_up_to_its_limit_is_kept_whole(length: int) -> None:
    assert entered.line("ক" * length) == "ক" * length


@pytest.mark.abuse(43)
def test_a_line_beyond_its_limit_is_refused_and_never_cut() -> None:
    with pytest.raises(entered.TooLong) as refusal:
        entered.line("ক" * 201)
    assert refusal.value.facts == {"length": 201, "limit": 200}


def test_paragraphs_keep_their_breaks_but_not_their_stray_blanks() -> None:
    assert entered.paragraphs("\r\n one \r\n\r\n\r\n\r\ntwo\tthree  \n") == " one\n\ntwo three"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("10:30-13:30", ((630, 810),)),
        (" 14:00–17:00 ,10.30 to 13.30 ", ((630, 810), (840, 1020))),
        ("১০:৩০ — ১৩:৩০; 2000-24:00", ((630, 810), (1200, 1440))),
    ],
)
def test_hours_are_read_in_order_however_they_are_written(typed: str, read: tuple[tuple[int, int], ...]) -> None:
    assert entered.stretches(typed) == read


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", entered.Missing),
        ("10:30", entered.NotHours),
        ("10:30-", entered.NotHours),
        ("10:30-13:30,", entered.NotHours),
        ("10:30-13:30-14:00", entered.NotHours),
        ("24:00-24:00", entered.NotHours),
        ("10:30-25:00", entered.NotAClockTime),
        ("9:00 am-5:00 pm", entered.TwelveHours),
    ],
)
def test_hours_that_can_be_read_in_no_or_two_ways_are_refused(typed: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        entered.stretches(typed)
