"""The one place for what a room, a post or a court has on a day or in a week: their kinds and their sheets."""

from dataclasses import dataclass
from datetime import date

from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.documents.joining import Call
from vctestimony.domain.documents.kinds import About, Family, Kind
from vctestimony.domain.instants import Reading
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.wording import N_

KINDS: tuple[Kind, ...] = (
    Kind(
        "day-sheet",
        Family.LISTS,
        N_("Day sheet"),
        N_("Every hearing of one day in a room or at a post, to be ticked off."),
        About.POST,
    ),
    Kind("week-list", Family.LISTS, N_("List of the week"), N_("The hearings of seven days at a post."), About.POST),
    Kind(
        "movement-sheet",
        Family.LISTS,
        N_("Movement sheet"),
        N_("For an escort: when to fetch, when to be there, when to go back. No name and no reason for the journey."),
        file_name="journey",
        outside=N_("Journey there and back"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when, on a list of the date `on`; a date is named where it is another one than that."""

    starts: BothClocks
    ends: BothClocks
    on: date

    @property
    def own_days(self) -> bool:
        """Whether the reader's own clock shows another date at either edge."""
        return {self.starts.own.reading.wall.date(), self.ends.own.reading.wall.date()} != {self.on}

    @property
    def other_days(self) -> bool:
        """Whether the other clock does."""
        return {self.starts.other.reading.wall.date(), self.ends.other.reading.wall.date()} != {self.on}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One hearing on a list. `people` are (duty, name), the name empty for whom nobody names on paper.

    `open_steps` are the numbers of what is still open before the start.
    """

    span: Span
    reference: str
    case_number: str
    witness: str
    state: str
    across: str
    rooms: str
    has_link: bool
    people: tuple[tuple[str, str], ...]
    open_steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A step that is still open before the start of the hearings named: its number and its words."""

    number: str
    text: str
    hearings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheet:
    """The hearings of one local day of a post, or of one room of it; `day` is the first instant of the date there."""

    heading: PlainHeading
    post: str
    room: str
    day: Reading
    closed: str
    hearings: tuple[Listed, ...]
    open_steps: tuple[OpenStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDay:
    """One date of the week. `closed` says why the post does not work then; hearings may stand there all the same."""

    day: Reading
    closed: str
    hearings: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekList:
    """Seven days of a post, from the first of its working week."""

    heading: PlainHeading
    post: str
    days: tuple[ListedDay, ...]

    @property
    def count(self) -> int:
        """How many lines it has."""
        return sum(len(day.hearings) for day in self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """If the way takes so many minutes, by when to fetch: on both clocks."""

    minutes: int
    fetch: BothClocks


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementSheet:
    """For an escort. Nothing in it says who travels, or why."""

    heading: PlainHeading
    place: str
    address: str
    ready: BothClocks
    ends: BothClocks
    ways: tuple[Way, ...]
    calls: tuple[Call, ...]
