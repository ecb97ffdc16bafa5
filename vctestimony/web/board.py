"""The one place that draws the two-clock board: a row a day, a lane a participant, starts as links.

Pure: from frozen values to SVG text. Every word arrives translated; minutes are integers since 1970-01-01T00:00Z.
The table with the same facts is `templates/board/board.html`.
"""

from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from vctestimony.domain.hearing import End

DAY_MIN = 24 * 60
_LEFT, _RIGHT, _TOP = 170.0, 990.0, 46.0
_LANE, _BUTTON, _THIN = 16.0, 22.0, 30.0
_BUTTON_WIDTH = 46.0
_NEAREST_HOUR = 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that fills [start_min, end_min) of a lane; `words` say what and when, for pointer and reader."""

    start_min: int
    end_min: int
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One participant or room on one day: when it works, and when it is taken."""

    label: str
    end: End
    opens: tuple[Stretch, ...] = ()
    taken: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """An offered start: both clocks as text, the whole sentence for readers, and where choosing it leads."""

    at_min: int
    court_clock: str
    remote_clock: str
    words: str
    href: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the Court Point's calendar. With `closed` reasons and no lanes it is drawn thin.

    `note` stands in the row: that nothing is free for everybody, or that a clock changed.
    """

    on: date
    label: str
    midnight_min: int
    remote_shift_min: int
    lanes: tuple[Lane, ...] = ()
    starts: tuple[Start, ...] = ()
    closed: tuple[str, ...] = ()
    note: str = ""

    @property
    def thin(self) -> bool:
        """Whether there is nothing to show but why the day is closed."""
        return not self.lanes


@dataclass(frozen=True, slots=True)
class Board:
    """What the picture shows. `remote_shift_min` of a day is how far the Remote Point's clock is ahead that day."""

    title: str
    description: str
    court_city: str
    remote_city: str
    days: tuple[Day, ...]
    note: str = ""
    next_day_mark: str = "+1"
    previous_day_mark: str = "-1"


@dataclass(frozen=True, slots=True)
class _Scale:
    """Minutes after the court's midnight to picture units."""

    first: int
    last: int

    def x(self, minute: int) -> float:
        inside = min(max(minute, self.first), self.last)
        return _LEFT + (inside - self.first) * (_RIGHT - _LEFT) / (self.last - self.first)


@dataclass(slots=True)
class _Sheet:
    """The drawing so far: pieces of safe markup and how far down they reach."""

    pieces: list[Markup] = field(default_factory=list)
    y: float = _TOP

    def put(self, shape: str, **values: object) -> None:
        """Add a shape; its values are escaped."""
        self.pieces.append(Markup(shape).format(**values))  # noqa: S704  # shapes are literals of this module


def drawn(board: Board) -> Markup:
    """The board as one SVG element; without days it is empty text, for a page that says so in words."""
    if not board.days:
        return Markup()
    scale = _scale(board.days)
    sheet = _Sheet()
    for day in board.days:
        _day(sheet, day, scale)
    bottom = sheet.y + (24 if board.note else 6)
    head = _Sheet()
    _head(head, board, bottom)
    _axis(head, board, scale, sheet.y)
    if board.note:
        sheet.put('<text class="b-soft" x="8" y="{y:.1f}">{note}</text>', y=sheet.y + 17, note=board.note)
    return Markup("").join((*head.pieces, *sheet.pieces, Markup("</svg>")))


def _scale(days: tuple[Day, ...]) -> _Scale:
    """Whole hours around everything shown; an ordinary office day when nothing is."""
    edges = [9 * 60, 17 * 60]
    for day in days:
        for stretch in (piece for lane in day.lanes for piece in (*lane.opens, *lane.taken)):
            edges += [stretch.start_min - day.midnight_min, stretch.end_min - day.midnight_min]
        edges += [start.at_min - day.midnight_min for start in day.starts]
        edges += [start.at_min - day.midnight_min + 30 for start in day.starts]
    first = max(min(edges), 0) // _NEAREST_HOUR * _NEAREST_HOUR
    last = -(-min(max(edges), DAY_MIN) // _NEAREST_HOUR) * _NEAREST_HOUR
    return _Scale(first, last)


def _head(sheet: _Sheet, board: Board, bottom: float) -> None:
    # role "group", not "img": the starts inside are links that a screen reader must reach.
    sheet.put(
        '<svg class="b" viewBox="0 0 1000 {height:.0f}" role="group" aria-label="{title}">'
        '<desc>{description}</desc><defs><pattern id="b-taken" width="6" height="6" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect class="b-paper" width="6" height="6"/>'
        '<rect class="b-hatch" width="2" height="6"/></pattern></defs>',
        height=bottom,
        title=board.title,
        description=board.description,
    )


def _axis(sheet: _Sheet, board: Board, scale: _Scale, bottom: float) -> None:
    """Both clocks along the top; the Remote Point's is that of the first day (a later change has its own note)."""
    sheet.put('<text class="b-court b-name" x="8" y="18">{city}</text>', city=board.court_city)
    sheet.put('<text class="b-remote b-name" x="8" y="36">{city}</text>', city=board.remote_city)
    shift = board.days[0].remote_shift_min
    step = 60 if scale.last - scale.first <= 14 * 60 else 120
    for minute in range(scale.first, scale.last + 1, step):
        x = scale.x(minute)
        sheet.put('<line class="b-grid" x1="{x:.1f}" y1="22" x2="{x:.1f}" y2="{y:.1f}"/>', x=x, y=bottom)
        if minute < scale.last:
            sheet.put('<text class="b-court" x="{x:.1f}" y="18">{text}</text>', x=x + 3, text=_clock(minute, board))
            text = _clock(minute + shift, board)
            sheet.put('<text class="b-remote" x="{x:.1f}" y="36">{text}</text>', x=x + 3, text=text)


def _clock(minute: int, board: Board) -> str:
    """A tick's time of day, marked when it falls on another date than the row's."""
    days, rest = divmod(minute, DAY_MIN)
    text = f"{rest // 60:02d}:{rest % 60:02d}"
    if days == 0:
        return text
    return f"{text} {board.next_day_mark if days > 0 else board.previous_day_mark}"


def _day(sheet: _Sheet, day: Day, scale: _Scale) -> None:
    top = sheet.y
    sheet.put('<line class="b-rule" x1="0" y1="{y:.1f}" x2="1000" y2="{y:.1f}"/>', y=top)
    sheet.put('<text class="b-day" x="8" y="{y:.1f}">{label}</text>', y=top + 20, label=day.label)
    if day.thin:
        _closed(sheet, day)
        return
    sheet.y = top + 6
    _starts(sheet, day, scale)
    if day.note:
        sheet.put('<text class="b-soft" x="{x}" y="{y:.1f}">{note}</text>', x=_LEFT, y=sheet.y + 14, note=day.note)
        sheet.y += _BUTTON
    sheet.y = max(sheet.y, top + 28)
    for lane in day.lanes:
        _lane(sheet, lane, day, scale)
    sheet.y += 6


def _closed(sheet: _Sheet, day: Day) -> None:
    y = sheet.y
    width = _RIGHT - _LEFT
    sheet.put('<rect class="b-closed" x="{x}" y="{y:.1f}" width="{w}" height="{h}"/>', x=_LEFT, y=y + 1, w=width, h=28)
    reasons = " · ".join(day.closed)
    sheet.put('<text class="b-soft" x="{x}" y="{y:.1f}">{text}</text>', x=_LEFT + 10, y=y + 20, text=reasons)
    sheet.y += _THIN


def _lane(sheet: _Sheet, lane: Lane, day: Day, scale: _Scale) -> None:
    y = sheet.y
    sheet.put('<text class="b-lane" x="{x}" y="{y:.1f}">{label}</text>', x=_LEFT - 6, y=y + 10, label=lane.label)
    for stretch in lane.opens:
        _bar(sheet, stretch, day, scale, look=f"b-open-{lane.end.value}")
    for stretch in lane.taken:
        _bar(sheet, stretch, day, scale, look="b-taken")
    sheet.y += _LANE


def _bar(sheet: _Sheet, stretch: Stretch, day: Day, scale: _Scale, *, look: str) -> None:
    left = scale.x(stretch.start_min - day.midnight_min)
    right = scale.x(stretch.end_min - day.midnight_min)
    if right <= left:
        return
    fill = Markup(' fill="url(#b-taken)"') if look == "b-taken" else Markup()
    sheet.put(
        '<rect class="{look}"{fill} x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="12" rx="2">'
        "<title>{words}</title></rect>",
        look=look,
        fill=fill,
        x=left,
        y=sheet.y,
        w=right - left,
        words=stretch.words,
    )


def _starts(sheet: _Sheet, day: Day, scale: _Scale) -> None:
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


def _button(sheet: _Sheet, start: Start, x: float, y: float) -> None:
    sheet.put(
        '<a href="{href}" aria-label="{words}"{current}><rect class="{look}" x="{x:.1f}" y="{y:.1f}" width="44"'
        ' height="19" rx="3"/><text class="b-go" x="{middle:.1f}" y="{base:.1f}">{clock}</text>'
        "<title>{words}</title></a>",
        href=start.href,
        words=start.words,
        current=Markup(' aria-current="true"') if start.chosen else Markup(),
        look="b-start b-chosen" if start.chosen else "b-start",
        x=x,
        y=y,
        middle=x + 22,
        base=y + 14,
        clock=start.court_clock,
    )
