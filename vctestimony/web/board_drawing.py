"""The one place that draws the board for wide windows and for paper: a row a day, a lane each, starts as links.

Pure: from frozen values to SVG text.
"""

from markupsafe import Markup

from vctestimony.web.board import Board, Day, Lane, Start
from vctestimony.web.board_sheet import WIDE, Scale, Sheet, hatching, put_bar, scale_of, tick_text

_LEFT, _LEFT_IN_DETAIL, _RIGHT, _TOP = 170.0, 230.0, 990.0, 46.0
_LANE, _LANE_IN_DETAIL, _BUTTON, _THIN = 16.0, 20.0, 22.0, 30.0
_BUTTON_WIDTH = 46.0
_WORTH_A_WORD = 36.0
_SHOWN_AFTER_START = 30


def drawn(board: Board) -> Markup:
    """The board as one SVG element; without days it is empty text, for a page that says so in words."""
    if not board.days:
        return Markup()
    left = _LEFT_IN_DETAIL if board.in_detail else _LEFT
    scale = scale_of(board.days, left=left, right=_RIGHT, after_start=_SHOWN_AFTER_START)
    sheet = Sheet(y=_TOP)
    shift = board.days[0].remote_shift_min
    for day in board.days:
        if day.remote_shift_min != shift:
            shift = day.remote_shift_min
            _clocks_between(sheet, board, scale, shift)
        _day(sheet, board, day, scale)
    bottom = sheet.y
    _clocks(sheet, board, scale, bottom, shift)
    sheet.y = bottom + _TOP - 2
    if board.note:
        sheet.put('<text class="b-soft" x="8" y="{y:.1f}">{note}</text>', y=sheet.y + 12, note=board.note)
        sheet.y += 20
    head = Sheet()
    _head(head, board, sheet.y)
    _clocks(head, board, scale, 0, board.days[0].remote_shift_min)
    _hours(head, scale, bottom)
    return Markup("").join((*head.pieces, *sheet.pieces, Markup("</svg>")))


def _head(sheet: Sheet, board: Board, bottom: float) -> None:
    # role "group", not "img": the starts inside are links that a screen reader must reach.
    sheet.put(
        '<svg class="b" viewBox="0 0 1000 {height:.0f}" role="group" aria-label="{title}">'
        "<desc>{description}</desc>{pattern}",
        height=bottom,
        title=board.title,
        description=board.description,
        pattern=hatching(WIDE),
    )


def _step(scale: Scale) -> int:
    return 60 if scale.last - scale.first <= 14 * 60 else 120


def _hours(sheet: Sheet, scale: Scale, bottom: float) -> None:
    for minute in range(scale.first, scale.last + 1, _step(scale)):
        x = scale.x(minute)
        sheet.put('<line class="b-grid" x1="{x:.1f}" y1="22" x2="{x:.1f}" y2="{y:.1f}"/>', x=x, y=bottom + 10)


def _clocks(sheet: Sheet, board: Board, scale: Scale, top: float, shift: int) -> None:
    """Both clocks along an edge: the Court Point's above, the Remote Point's below it."""
    for look, city, ahead, y in (("court", board.court_city, 0, 18), ("remote", board.remote_city, shift, 36)):
        sheet.put('<text class="b-{look} b-name" x="8" y="{y:.1f}">{city}</text>', look=look, y=top + y, city=city)
        for minute in range(scale.first, scale.last, _step(scale)):
            sheet.put(
                '<text class="b-{look}" x="{x:.1f}" y="{y:.1f}">{text}</text>',
                look=look,
                x=scale.x(minute) + 3,
                y=top + y,
                text=tick_text(minute + ahead, board),
            )


def _clocks_between(sheet: Sheet, board: Board, scale: Scale, shift: int) -> None:
    """From here on the two clocks stand differently to each other."""
    sheet.put('<rect class="b-turn" x="0" y="{y:.1f}" width="1000" height="44"/>', y=sheet.y)
    _clocks(sheet, board, scale, sheet.y, shift)
    sheet.y += 44


def _day(sheet: Sheet, board: Board, day: Day, scale: Scale) -> None:
    top = sheet.y
    sheet.put('<line class="b-rule" x1="0" y1="{y:.1f}" x2="1000" y2="{y:.1f}"/>', y=top)
    _name(sheet, day, top + 20)
    if day.thin:
        _closed(sheet, day, scale)
        return
    sheet.y = top + 6
    _starts(sheet, day, scale)
    for note in day.notes:
        sheet.put('<text class="b-soft" x="{x}" y="{y:.1f}">{note}</text>', x=scale.left, y=sheet.y + 14, note=note)
        sheet.y += _BUTTON
    sheet.y = max(sheet.y, top + 28)
    for lane in day.lanes:
        _lane(sheet, board, lane, day, scale)
    sheet.y += 6


def _name(sheet: Sheet, day: Day, y: float) -> None:
    shape = '<text class="b-day" x="8" y="{y:.1f}">{label}</text>'
    if day.href:
        shape = f'<a class="b-more" href="{{href}}">{shape}</a>'
    sheet.put(shape, y=y, label=day.label, href=day.href)


def _closed(sheet: Sheet, day: Day, scale: Scale) -> None:
    y = sheet.y
    sheet.put(
        '<rect class="b-closed{unsure}" x="{x}" y="{y:.1f}" width="{w}" height="26"/>',
        unsure=" b-unsure" if day.unsure else "",
        x=scale.left,
        y=y + 2,
        w=scale.right - scale.left,
    )
    reasons = " · ".join((*day.closed, *day.notes))
    sheet.put('<text class="b-soft" x="{x}" y="{y:.1f}">{text}</text>', x=scale.left + 10, y=y + 20, text=reasons)
    sheet.y += _THIN


def _lane(sheet: Sheet, board: Board, lane: Lane, day: Day, scale: Scale) -> None:
    label = lane.label if board.in_detail else lane.short or lane.label
    place = {"x": scale.left - 6, "y": sheet.y + 10}
    sheet.put('<text class="b-lane" x="{x}" y="{y:.1f}">{label}</text>', **place, label=label)
    if lane.always:
        sheet.put(
            '<line class="b-always" x1="{left}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>',
            left=scale.left,
            right=scale.right,
            y=sheet.y + 6,
        )
    if lane.note:
        shape = '<text class="b-soft" x="{x}" y="{y:.1f}">{note}</text>'
        sheet.put(shape, x=scale.left + 4, y=sheet.y + 10.5, note=lane.note)
    for stretch in lane.opens:
        put_bar(sheet, stretch, day, scale, look=f"b-open-{lane.end.value}")
    for stretch in lane.breaks:
        if put_bar(sheet, stretch, day, scale, look="b-break") >= _WORTH_A_WORD:
            middle = scale.x((stretch.start_min + stretch.end_min) // 2 - day.midnight_min)
            shape = '<text class="b-small" x="{x:.1f}" y="{y:.1f}">{word}</text>'
            sheet.put(shape, x=middle, y=sheet.y + 9.5, word=board.break_word)
    for stretch in lane.taken:
        put_bar(sheet, stretch, day, scale, look="b-taken", hatched=WIDE)
    sheet.y += _LANE_IN_DETAIL if board.in_detail else _LANE


def _starts(sheet: Sheet, day: Day, scale: Scale) -> None:
    """Buttons beside the day, in as many rows as keep them from covering each other."""
    ends: list[float] = []
    placed: list[tuple[int, float, Start]] = []
    for start in sorted(day.starts, key=lambda one: one.at_min):
        x = min(scale.x(start.at_min - day.midnight_min), 1000 - _BUTTON_WIDTH)
        row = next((number for number, end in enumerate(ends) if end <= x), len(ends))
        ends[row : row + 1] = [x + _BUTTON_WIDTH]
        placed.append((row, x, start))
    for row, x, start in placed:
        _button(sheet, start, x, sheet.y + row * _BUTTON)
    sheet.y += len(ends) * _BUTTON


def _button(sheet: Sheet, start: Start, x: float, y: float) -> None:
    look = f"b-start{' b-chosen' if start.chosen else ''}"
    sheet.put(
        '<a href="{href}" aria-label="{words}"{current}><rect class="{look}" x="{x:.1f}" y="{y:.1f}" width="44"'
        ' height="19" rx="3"/><text class="b-go" x="{middle:.1f}" y="{base:.1f}">{clock}</text>{best}'
        "<title>{words}</title></a>",
        href=start.href,
        words=start.words,
        current=Markup(' aria-current="true"') if start.chosen else Markup(),
        look=look,
        x=x,
        y=y,
        middle=x + (19 if start.rank else 22),
        base=y + 14,
        clock=start.court_clock,
        best=_best(start, x + 42, y + 3) if start.rank else Markup(),
    )


def _best(start: Start, x: float, y: float) -> Markup:
    badge = Sheet()
    badge.put('<circle class="b-best" cx="{x:.1f}" cy="{y:.1f}" r="6"/>', x=x, y=y)
    badge.put('<text class="b-rank" x="{x:.1f}" y="{y:.1f}">{rank}</text>', x=x, y=y + 3.2, rank=start.rank)
    return Markup("").join(badge.pieces)
