"""The one place that writes the stretches of a week on two clocks, and puts the week onto the board as a picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from vctestimony.domain.calendar_weeks import TAKEN_LABELS, Taken, WeekDay
from vctestimony.domain.calendars import REASON_LABELS, STATUS_LABELS, Closure, Status
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import Reading, from_min, read
from vctestimony.domain.intervals import Span
from vctestimony.domain.wording import N_
from vctestimony.services.calendar_weeks import Place, WeekPage
from vctestimony.web.board import Board, Day, Lane, Stretch
from vctestimony.web.formats import clipped, clock_text, day_text, short_day_text
from vctestimony.web.language import current_language, translate

_LABEL_LETTERS = 17


@dataclass(frozen=True, slots=True)
class TakenLine:
    """What is taken, as a line of the table; `all_day` where no clock is needed."""

    who: str
    what: str
    reference: str
    own: str
    other: str
    all_day: bool


@dataclass(frozen=True, slots=True)
class DayLine:
    """One row of the table, every word in the language of the request."""

    day: WeekDay
    own: tuple[str, ...]
    other: tuple[str, ...]
    closed: tuple[str, ...]
    taken: tuple[TakenLine, ...]


def lines_of(page: WeekPage) -> tuple[DayLine, ...]:
    """The seven rows."""
    return tuple(
        DayLine(
            day=day,
            own=tuple(span_text(span, page.own, day.on) for span in day.opens),
            other=tuple(span_text(span, page.other, day.on) for span in day.opens),
            closed=tuple(closure_text(closure) for closure in day.closures),
            taken=tuple(_taken_line(page, day, piece) for piece in day.taken),
        )
        for day in page.days
    )


def span_text(span: Span, place: Place, on: date) -> str:
    """A stretch on one clock; an edge on another date than `on` names its day, the next midnight is 24:00."""
    start, end = (read(from_min(minute), *place) for minute in span)
    return f"{_edge(start, on)}–{_edge(end, on, closes=True)}"


def closure_text(closure: Closure) -> str:
    """Why a day is closed: "Durga Puja (public holiday), tentative, to be confirmed"."""
    reason = translate(REASON_LABELS[closure.reason])
    named = f"{translate(closure.label)} ({reason})" if closure.label else reason
    sure = closure.status is Status.CONFIRMED
    return named if sure else f"{named}, {translate(STATUS_LABELS[closure.status])}"


def said(text: str, values: Mapping[str, object]) -> str:
    """A marked text of the domain with its values put in; dates as people read them, marked words translated."""
    return translate(text).format(**{name: _said(value) for name, value in values.items()})


def _said(value: object) -> object:
    if isinstance(value, date):
        return day_text(value, current_language())
    return translate(value) if isinstance(value, str) and value else value


def week_board(page: WeekPage) -> Board:
    """The week as a picture: a row a day, a lane for the hours and one for each that is taken."""
    language = current_language()
    dates = {"first": day_text(page.first_on, language), "last": day_text(page.last_on, language)}
    return Board(
        title=translate(N_("{first} to {last}")).format(**dates),
        description=translate(N_("The same information is in the table below.")),
        court_city=translate(page.own[1]),
        remote_city=translate(page.other[1]),
        days=tuple(_board_day(page, day, shift) for day, shift in zip(page.days, page.shifts, strict=True)),
    )


def _board_day(page: WeekPage, day: WeekDay, shift: int) -> Day:
    why = tuple(closure_text(closure) for closure in day.closures)
    if not day.known:
        why = (translate(N_("not entered")),)
    lanes = _lanes(page, day)
    return Day(
        on=day.on,
        label=short_day_text(day.on, current_language()),
        midnight_min=day.start_min,
        remote_shift_min=shift,
        lanes=lanes,
        closed=why,
        notes=why if lanes else (),
    )


def _lanes(page: WeekPage, day: WeekDay) -> tuple[Lane, ...]:
    opens = tuple(Stretch(*span, _both(page, span, day.on)) for span in day.opens)
    taken: dict[str, list[Stretch]] = {}
    for piece in day.taken:
        words = f"{translate(TAKEN_LABELS[piece.kind])} {_both(page, (piece.start_min, piece.end_min), day.on)}"
        taken.setdefault(piece.who, []).append(Stretch(piece.start_min, piece.end_min, words))
    if page.official is not None:
        every = tuple(stretch for one in taken.values() for stretch in one)
        return (Lane("", End.COURT, opens, every),) if opens or every else ()
    hours = (Lane(translate(N_("open")), End.COURT, opens),) if opens else ()
    rest = (Lane(clipped(who, _LABEL_LETTERS), End.COURT, opens, tuple(one)) for who, one in taken.items())
    return (*hours, *rest)


def _both(page: WeekPage, span: Span, on: date) -> str:
    return ", ".join(f"{span_text(span, place, on)} {translate(place[1])}" for place in (page.own, page.other))


def _taken_line(page: WeekPage, day: WeekDay, piece: Taken) -> TakenLine:
    span = (piece.start_min, piece.end_min)
    return TakenLine(
        who="" if page.official else piece.who,
        what=translate(TAKEN_LABELS[piece.kind]),
        reference=piece.reference,
        own=span_text(span, page.own, day.on),
        other=span_text(span, page.other, day.on),
        all_day=day.is_whole(piece),
    )


def _edge(reading: Reading, on: date, *, closes: bool = False) -> str:
    wall_on, text = reading.wall.date(), clock_text(reading)
    if wall_on == on:
        return text
    if closes and text == "00:00" and wall_on == on + timedelta(days=1):
        return "24:00"
    return f"{short_day_text(reading, current_language())} {text}"
