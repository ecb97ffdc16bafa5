"""The one place that draws a day of the board for a narrow window: each lane's name above its bar, both clocks on top.

Pure: from frozen values to SVG text, one unit a pixel of a small telephone. The starts stand below it as ordinary
links (`templates/board/narrow.html`); in the picture they are marks on the clock.
"""

from markupsafe import Markup

from vctestimony.web.board import Board, Day, Lane
from vctestimony.web.board_sheet import NARROW, Scale, Sheet, put_bar, scale_of, tick_text

_WIDTH, _LEFT, _RIGHT = 304.0, 2.0, 302.0
_TOP, _LANE = 44.0, 33.0
_FEWEST_BETWEEN = 44.0
_SHOWN_AFTER_START = 30


def strip(day: Day, board: Board) -> Markup:
    """The day as one small SVG element; nothing for a day that is closed."""
    if day.thin:
        return Markup()
    scale = scale_of(board.days, left=_LEFT, right=_RIGHT, after_start=_SHOWN_AFTER_START)
    height = _TOP + len(day.lanes) * _LANE + 4
    sheet = Sheet(y=_TOP)
    sheet.put(
        '<svg class="b" viewBox="0 0 {w:.0f} {h:.0f}" role="img" aria-label="{label}">',
        w=_WIDTH,
        h=height,
        label=f"{day.label}. {board.description}",
    )
    _clocks(sheet, day, board, scale, height)
    for start in day.starts:
        x = scale.x(start.at_min - day.midnight_min)
        sheet.put('<rect class="b-start" x="{x:.1f}" y="33" width="4" height="9"/>', x=x)
    for lane in day.lanes:
        _lane(sheet, lane, day, scale)
    sheet.pieces.append(Markup("</svg>"))
    return Markup("").join(sheet.pieces)


def _clocks(sheet: Sheet, day: Day, board: Board, scale: Scale, height: float) -> None:
    """Both clocks, at as many hours as there is room for."""
    hours = 1
    while (scale.right - scale.left) * hours * 60 / (scale.last - scale.first) < _FEWEST_BETWEEN:
        hours += 1
    for minute in range(scale.first, scale.last, hours * 60):
        x = scale.x(minute)
        sheet.put('<line class="b-grid" x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{h:.0f}"/>', x=x, h=height)
        for look, ahead, y in (("court", 0, 12), ("remote", day.remote_shift_min, 27)):
            text = tick_text(minute + ahead, board)
            sheet.put('<text class="b-{look}" x="{x:.1f}" y="{y}">{text}</text>', look=look, x=x + 2, y=y, text=text)


def _lane(sheet: Sheet, lane: Lane, day: Day, scale: Scale) -> None:
    sheet.put('<text class="b-soft" x="{x}" y="{y:.1f}">{label}</text>', x=scale.left, y=sheet.y + 11, label=lane.label)
    sheet.y += 17
    if lane.always:
        sheet.put('<line class="b-always" x1="2" y1="{y:.1f}" x2="302" y2="{y:.1f}"/>', y=sheet.y + 6)
    if lane.note:
        shape = '<text class="b-soft" x="{x}" y="{y:.1f}">{note}</text>'
        sheet.put(shape, x=scale.left + 4, y=sheet.y + 10, note=lane.note)
    for stretch in lane.opens:
        put_bar(sheet, stretch, day, scale, look=f"b-open-{lane.end.value}")
    for stretch in lane.breaks:
        put_bar(sheet, stretch, day, scale, look="b-break")
    for stretch in lane.taken:
        put_bar(sheet, stretch, day, scale, look="b-taken", hatched=NARROW)
    sheet.y += _LANE - 17
