"""The one place for what both drawings of the board share: the sheet, the scale, the clocks along an edge, a bar."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup

from vctestimony.web.board import Board, Day, Stretch

DAY_MIN = 24 * 60
_NEAREST_HOUR = 60
WIDE, NARROW = "b-taken", "b-taken-too"
"""Names of the hatching. Each drawing has its own: what a style sheet hides cannot be pointed at."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Minutes after the court's midnight, from `first` to `last`, to picture units from `left` to `right`."""

    first: int
    last: int
    left: float
    right: float

    def x(self, minute: int) -> float:
        """How far to the right; what lies outside is at the rim."""
        inside = min(max(minute, self.first), self.last)
        return self.left + (inside - self.first) * (self.right - self.left) / (self.last - self.first)


@dataclass(slots=True)
class Sheet:
    """The drawing so far: pieces of safe markup and how far down they reach."""

    pieces: list[Markup] = field(default_factory=list)
    y: float = 0

    def put(self, shape: str, **values: object) -> None:
        """Add a shape; its values are escaped."""
        self.pieces.append(Markup(shape).format(**values))  # noqa: S704  # shapes are literals of the drawings


def scale_of(days: Iterable[Day], *, left: float, right: float, after_start: int) -> Scale:
    """Whole hours around everything shown; an ordinary office day when nothing is."""
    edges = [9 * 60, 17 * 60]
    for day in days:
        for stretch in (piece for lane in day.lanes for piece in (*lane.opens, *lane.taken)):
            edges += [stretch.start_min - day.midnight_min, stretch.end_min - day.midnight_min]
        edges += [start.at_min - day.midnight_min for start in day.starts]
        edges += [start.at_min - day.midnight_min + after_start for start in day.starts]
    first = max(min(edges), 0) // _NEAREST_HOUR * _NEAREST_HOUR
    last = -(-min(max(edges), DAY_MIN) // _NEAREST_HOUR) * _NEAREST_HOUR
    return Scale(first, last, left, right)


def tick_text(minute: int, board: Board) -> str:
    """A tick's time of day, marked when it falls on another date than the row's."""
    days, rest = divmod(minute, DAY_MIN)
    text = f"{rest // 60:02d}:{rest % 60:02d}"
    if days == 0:
        return text
    return f"{text} {board.next_day_mark if days > 0 else board.previous_day_mark}"


def hatching(name: str) -> Markup:
    """The pattern of what is taken."""
    return Markup(
        '<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="b-paper" width="6" height="6"/><rect class="b-hatch" width="2" height="6"/></pattern></defs>'
    ).format(name=name)


def put_bar(sheet: Sheet, stretch: Stretch, day: Day, scale: Scale, *, look: str, hatched: str = "") -> float:
    """A stretch of a lane, filled with the hatching of that name if there is one; returns how wide it became."""
    left = scale.x(stretch.start_min - day.midnight_min)
    right = scale.x(stretch.end_min - day.midnight_min)
    if right <= left:
        return 0
    fill = Markup(' fill="url(#{name})"').format(name=hatched) if hatched else Markup()
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
    return right - left
