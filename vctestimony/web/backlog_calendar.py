"""The one place that draws the calendar of a plan: a row a Remote Point, a column a day, a mark a hearing.

The tables of the page say the same in words. Shapes only; their looks are the board's.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from vctestimony.domain.wording import N_
from vctestimony.services.backlog_views import PlanLine, PlanPage
from vctestimony.web.formats import clock_text, day_text
from vctestimony.web.language import current_language, translate

_LEFT, _WIDTH, _TOP, _ROW, _MARK = 190.0, 1000.0, 34.0, 24.0, 9.0
_MONDAY, _LONGEST_NAME = 0, 34
TITLE = N_("Calendar of the plan: Remote Points and days of the Court Point")


def drawn(page: PlanPage) -> Markup:
    """The calendar as one SVG element; empty while nothing has a time."""
    if not page.placed:
        return Markup()
    rows: dict[str, list[PlanLine]] = {}
    for line in page.placed:
        rows.setdefault(line.remote, []).append(line)
    pieces = list(_days(page.summary.from_on, page.summary.to_on, _TOP + sum(map(_height, rows.values()))))
    y, names = _TOP, _named(rows)
    for remote, lines in sorted(rows.items()):
        pieces += _row(names[remote], lines, page, y)
        y += _height(lines)
    head = _put(
        '<svg class="b" viewBox="0 0 1000 {h:.0f}" role="img" aria-label="{title}">', h=y + 6, title=translate(TITLE)
    )
    return Markup("").join((head, *pieces, Markup("</svg>")))


def _put(shape: str, **values: object) -> Markup:
    return Markup(shape).format(**values)  # noqa: S704  # shapes are literals of this module


def _days(from_on: date, to_on: date, bottom: float) -> list[Markup]:
    """A line and a name at every Monday."""
    found = []
    for number in range((to_on - from_on).days + 1):
        on = from_on + timedelta(days=number)
        if on.weekday() == _MONDAY or number == 0:
            x = _x(on, from_on, to_on)
            found.append(_put('<line class="b-grid" x1="{x:.1f}" y1="22" x2="{x:.1f}" y2="{y:.1f}"/>', x=x, y=bottom))
        if on.weekday() == _MONDAY:
            label = f"{on.day}/{on.month}"
            found.append(_put('<text class="b-court" x="{x:.1f}" y="16">{label}</text>', x=x + 2, label=label))
    return found


def _named(rows: Mapping[str, Sequence[PlanLine]]) -> dict[str, str]:
    """Each Remote Point by its city, or by its name where a city has several."""
    cities = {remote: lines[0].time.remote.city if lines[0].time else remote for remote, lines in rows.items()}
    several = Counter(cities.values())
    return {remote: translate(city) if several[city] == 1 else _cut(remote) for remote, city in cities.items()}


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _row(name: str, lines: list[PlanLine], page: PlanPage, top: float) -> list[Markup]:
    found = [
        _put('<line class="b-rule" x1="0" y1="{y:.1f}" x2="1000" y2="{y:.1f}"/>', y=top),
        _put('<text class="b-lane" x="{x}" y="{y:.1f}">{name}</text>', x=_LEFT - 8, y=top + 16, name=name),
    ]
    for line, level in _stacked(lines):
        found.append(_mark(line, page, top + 5 + level * (_MARK + 3)))
    return found


def _mark(line: PlanLine, page: PlanPage, y: float) -> Markup:
    if line.time is None:
        return Markup()
    on, court, remote = line.time.start_wall.date(), line.time.court, line.time.remote
    words = (
        f"{day_text(on, current_language())}, {clock_text(court)} {translate(court.city)}, {clock_text(remote)} "
        f"{translate(remote.city)}: {line.case_number}, {line.pseudonym}, {translate(line.outcome_label)}"
    )
    width = max((_WIDTH - _LEFT) / ((page.summary.to_on - page.summary.from_on).days + 1) - 3, 3)
    return _put(
        '<rect class="{look}" x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h}" rx="2">'
        "<title>{words}</title></rect>",
        look="b-start" if line.can_book else "b-open-court",
        x=_x(on, page.summary.from_on, page.summary.to_on) + 1,
        y=y,
        w=width,
        h=_MARK,
        words=words,
    )


def _stacked(lines: list[PlanLine]) -> list[tuple[PlanLine, int]]:
    """Each line with how many of the same day lie above it."""
    levels: dict[date, int] = {}
    found = []
    for line in lines:
        if line.time is not None:
            on = line.time.start_wall.date()
            found.append((line, levels.get(on, 0)))
            levels[on] = levels.get(on, 0) + 1
    return found


def _height(lines: list[PlanLine]) -> float:
    most = max((level for _, level in _stacked(lines)), default=0)
    return max(_ROW, 10 + (most + 1) * (_MARK + 3))


def _x(on: date, from_on: date, to_on: date) -> float:
    return _LEFT + (on - from_on).days * (_WIDTH - _LEFT) / ((to_on - from_on).days + 1)
