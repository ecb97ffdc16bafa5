"""The one place for what the two-clock board shows: days, lanes, starts as links; every word arrives translated.

Minutes are integers since 1970-01-01T00:00Z. web/board_drawing.py draws it for wide windows and paper,
web/board_narrow.py for telephones, and `templates/board/board.html` says the same as a table.
"""

from dataclasses import dataclass
from datetime import date

from vctestimony.domain.hearing import End


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that fills [start_min, end_min) of a lane; `words` say what and when, for pointer and reader."""

    start_min: int
    end_min: int
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One participant or room on one day: when it works, rests in between, and is taken.

    `short` is the label where there is little room. `always` for what has no hours, such as the link;
    `note` says why there are none today.
    """

    label: str
    end: End
    opens: tuple[Stretch, ...] = ()
    taken: tuple[Stretch, ...] = ()
    breaks: tuple[Stretch, ...] = ()
    short: str = ""
    always: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """An offered start: both clocks as text, the whole sentence for readers, and where choosing it leads.

    `rank` is 1 to 3 for the best of the search, else 0.
    """

    at_min: int
    court_clock: str
    remote_clock: str
    words: str
    href: str
    chosen: bool = False
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the Court Point's calendar. With `closed` reasons and no lanes it is drawn thin.

    `midnight_min` is noon less twelve hours, so that the clock along the edge is right by day even when it changed at
    night. `notes` stand in the row: that nothing is free for everybody, or that a clock changed. `unsure` marks a
    closure whose date may move. `href` leads to the day in detail.
    """

    on: date
    label: str
    midnight_min: int
    remote_shift_min: int
    lanes: tuple[Lane, ...] = ()
    starts: tuple[Start, ...] = ()
    closed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unsure: bool = False
    href: str = ""

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
    break_word: str = "break"
    in_detail: bool = False
