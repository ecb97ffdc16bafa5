"""The board says the same in its picture and in its table, and lets nothing in unescaped."""

import re
from dataclasses import replace

from flask import render_template_string
from lxml import etree

from tests.web.tiny_app import board, tiny_app
from vctestimony.web.board import Board, Day, drawn

SVG = "{http://www.w3.org/2000/svg}"
TWIN = '{% import "board/board.html" as boards %}{{ boards.twin(board) }}'


def parsed(shown: Board) -> etree._Element:
    return etree.fromstring(f'<wrap xmlns="http://www.w3.org/2000/svg">{drawn(shown)}</wrap>')


def texts(shown: Board, look: str) -> list[str]:
    return [node.text for node in parsed(shown).iter(f"{SVG}text") if look in node.get("class").split()]


def left_edges(shown: Board, look: str) -> list[float]:
    return [float(node.get("x")) for node in parsed(shown).iter(f"{SVG}rect") if look in node.get("class").split()]


def test_both_clocks_stand_along_the_top() -> None:
    assert texts(board(), "b-court") == [
        "Kolkata", "09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00",
    ]  # fmt: skip
    assert texts(board(), "b-remote") == [
        "Dhaka", "09:30", "10:30", "11:30", "12:30", "13:30", "14:30", "15:30", "16:30",
    ]  # fmt: skip


def test_a_start_is_a_link_that_says_both_times() -> None:
    links = list(parsed(board()).iter(f"{SVG}a"))
    assert len(links) == 3
    assert links[0].get("aria-label") == "14:00 Kolkata, 14:30 Dhaka, 90 minutes"
    assert [link.get("aria-current") for link in links] == ["true", None, None]


def test_starts_that_lie_close_together_do_not_cover_each_other() -> None:
    boxes = [
        (float(node.get("x")), float(node.get("y")))
        for node in parsed(board()).iter(f"{SVG}rect")
        if "b-start" in node.get("class").split()
    ]
    apart = [abs(x1 - x2) >= 44 or abs(y1 - y2) >= 19 for x1, y1 in boxes for x2, y2 in boxes if (x1, y1) != (x2, y2)]
    assert all(apart)
    assert len(set(boxes)) == 3


def test_a_stretch_begins_where_the_clock_says() -> None:
    court = left_edges(board(), "b-open-court")
    first, last = 9 * 60, 17 * 60
    assert court[0] == round(170 + (10.5 * 60 - first) * 820 / (last - first), 1)


def test_a_closed_day_is_thin_and_says_why_without_letting_markup_in() -> None:
    assert "Dhaka: weekly holiday <Fri>" in texts(board(), "b-soft")
    assert "&lt;Fri&gt;" in drawn(board())


def test_a_tick_on_another_date_is_marked() -> None:
    week = board()
    far = replace(week, days=tuple(replace(day, remote_shift_min=-600) for day in week.days))
    assert texts(far, "b-remote")[:3] == ["Dhaka", "23:00 -1", "00:00"]


def test_a_board_without_days_is_nothing() -> None:
    assert drawn(replace(board(), days=())) == ""


def test_a_board_of_closed_days_shows_an_office_day() -> None:
    closed: tuple[Day, ...] = (board().days[2],)
    assert texts(replace(board(), days=closed), "b-court")[1] == "09:00"


def test_the_table_has_every_start_of_the_picture_and_every_reason() -> None:
    with tiny_app().test_request_context():
        table = render_template_string(TWIN, board=board())
    in_picture = [link.get("href") for link in parsed(board()).iter(f"{SVG}a")]
    in_table = [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]+)"', table)]
    assert in_table == in_picture
    for words in ("Dhaka: weekly holiday &lt;Fri&gt;", "Nothing is free for everybody", "11:00–12:00"):
        assert words in table
