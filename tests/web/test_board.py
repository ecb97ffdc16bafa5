"""The board says the same in its pictures and in its table, and lets nothing in unescaped."""

import itertools
import re
from dataclasses import replace
from datetime import date

from flask import render_template_string
from lxml import etree

from tests.web.tiny_app import board, tiny_app
from vctestimony.config import PROJECT
from vctestimony.domain.hearing import End
from vctestimony.web.board import Board, Day, Lane, Stretch
from vctestimony.web.board_drawing import drawn
from vctestimony.web.board_narrow import strip

SVG = "{http://www.w3.org/2000/svg}"
TWIN = '{% import "board/board.html" as boards %}{{ boards.twin(board) }}'


def parsed(shown: Board) -> etree._Element:
    return etree.fromstring(f'<wrap xmlns="http://www.w3.org/2000/svg">{drawn(shown)}</wrap>')


def texts(shown: Board, look: str) -> list[str]:
    return [node.text for node in parsed(shown).iter(f"{SVG}text") if look in node.get("class").split()]


def left_edges(shown: Board, look: str) -> list[float]:
    return [float(node.get("x")) for node in parsed(shown).iter(f"{SVG}rect") if look in node.get("class").split()]


def test_both_clocks_stand_along_both_edges() -> None:
    court = ["Kolkata", "09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00"]
    remote = ["Dhaka", "09:30", "10:30", "11:30", "12:30", "13:30", "14:30", "15:30", "16:30"]
    assert texts(board(), "b-court") == court * 2
    assert texts(board(), "b-remote") == remote * 2


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


def test_where_the_clocks_part_both_are_drawn_again() -> None:
    first, second, last = board().days
    changed = replace(board(), days=(first, replace(second, remote_shift_min=-30), replace(last, remote_shift_min=-30)))
    assert texts(changed, "b-remote")[1::9] == ["09:30", "08:30", "08:30"]
    assert len([node for node in parsed(changed).iter(f"{SVG}rect") if node.get("class") == "b-turn"]) == 1


def test_a_break_is_named_where_there_is_room_and_a_date_that_may_move_is_framed() -> None:
    monday, _, friday = board().days
    rest = Stretch(monday.midnight_min + 810, monday.midnight_min + 840, "break 13:30–14:00")
    lane = replace(monday.lanes[0], breaks=(rest,))
    shown = replace(board(), days=(replace(monday, lanes=(lane,)), replace(friday, unsure=True)), break_word="pause")
    assert texts(shown, "b-small") == ["pause"]
    assert len(left_edges(shown, "b-unsure")) == 1


def test_the_best_starts_carry_their_number_and_a_day_leads_to_its_page() -> None:
    monday = board().days[0]
    ranked = replace(monday, starts=tuple(replace(one, rank=n) for n, one in enumerate(monday.starts)), href="/day")
    shown = replace(board(), days=(ranked,))
    assert texts(shown, "b-rank") == ["1", "2"]
    assert next(link.get("href") for link in parsed(shown).iter(f"{SVG}a")) == "/day"


def test_who_does_not_work_at_all_says_why_in_the_lane() -> None:
    shut = Lane("Magistrate", End.REMOTE, note="Dhaka: weekly holiday <Fri>")
    day = Day(date(2026, 9, 18), "Fri 18 Sep", board().days[2].midnight_min, 30, (shut,))
    assert "Dhaka: weekly holiday <Fri>" in texts(replace(board(), days=(day,), in_detail=True), "b-soft")
    assert "Dhaka: weekly holiday &lt;Fri&gt;" in strip(day, board())


def test_the_small_picture_has_every_lane_and_both_clocks_and_no_tick_covers_the_next() -> None:
    monday = board().days[0]
    drawing = etree.fromstring(f'<wrap xmlns="http://www.w3.org/2000/svg">{strip(monday, board())}</wrap>')
    found = [(node.get("class"), node.text, float(node.get("x"))) for node in drawing.iter(f"{SVG}text")]
    assert [text for look, text, _ in found if look == "b-soft"] == ["Court 3", "Magistrate", "High Commission"]
    for look, first in (("b-court", "09:00"), ("b-remote", "09:30")):
        ticks = [(text, x) for name, text, x in found if name == look]
        assert ticks[0][0] == first
        assert all(after[1] - before[1] >= 40 for before, after in itertools.pairwise(ticks))
    starts = [node for node in drawing.iter(f"{SVG}rect") if node.get("class") == "b-start"]
    assert len(starts) == len(monday.starts)


def test_a_closed_day_has_no_small_picture() -> None:
    assert strip(board().days[2], board()) == ""


def test_on_a_telephone_every_start_is_a_link_and_every_closed_day_says_why() -> None:
    shown = board()
    with tiny_app().test_request_context():
        page = render_template_string(
            "{% import 'board/board.html' as boards %}{{ boards.picture(board, '', strips, '') }}",
            board=shown,
            strips=[strip(day, shown) for day in shown.days],
        )
    starts = [start.href for day in shown.days for start in day.starts]
    assert [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]+)"', page)] == starts
    assert "<p>Dhaka: weekly holiday &lt;Fri&gt;</p>" in page


def test_every_page_with_a_board_loads_the_sheet_that_colours_it() -> None:
    pages = [path for path in (PROJECT / "templates").rglob("*.html") if path.name != "board.html"]
    shown = [path for path in pages if re.search(r'class="board|boards\.(picture|figure)', path.read_text("utf-8"))]
    assert len(shown) >= 4
    assert [path.name for path in shown if "boards.styles()" not in path.read_text("utf-8")] == []
