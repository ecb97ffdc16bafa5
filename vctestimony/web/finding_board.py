"""The one place that puts a search's days onto the two-clock board, every word in the language of the request."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from vctestimony.domain.instants import from_min, read
from vctestimony.domain.intervals import Span
from vctestimony.domain.wording import N_
from vctestimony.services.board_days import DayLane, FoundDay, Offered
from vctestimony.services.finding import FindPage
from vctestimony.services.reasons import WhyNot
from vctestimony.web.board import Board, Day, Lane, Start, Stretch
from vctestimony.web.formats import clipped, clock_text, day_text, minutes_text, short_day_text
from vctestimony.web.language import current_language, translate

_LABEL_LETTERS, _LABEL_IN_DETAIL, _CLOSED_LETTERS = 17, 32, 125
_NO_TIME = N_("No time is free for everybody")

Address = Callable[[date], str]


def board_of(
    page: FindPage, days: Sequence[FoundDay], *, booking: str, detail: Address | None = None, in_detail: bool = False
) -> Board:
    """The board of some days of a search; starts lead to `booking`, names of days to `detail`."""
    return Board(
        title=_title(days),
        description=translate(N_("The same information is in the table below.")),
        court_city=translate(page.court_city),
        remote_city=translate(page.remote_city),
        days=tuple(_day(page, day, booking=booking, detail=detail) for day in days),
        note=translate(N_("Every start leaves room for {pre} before, {main} of examination and {post} after.")).format(
            pre=minutes_text(page.lengths.pre),
            main=minutes_text(page.lengths.main),
            post=minutes_text(page.lengths.post),
        ),
        break_word=translate(N_("break")),
        in_detail=in_detail,
    )


def _title(days: Sequence[FoundDay]) -> str:
    language = current_language()
    if not days:
        return ""
    first, last = day_text(days[0].on, language), day_text(days[-1].on, language)
    if len(days) == 1:
        return translate(N_("Common free time, {day}")).format(day=first)
    return translate(N_("Common free time, {first} to {last}")).format(first=first, last=last)


def why_text(why: WhyNot) -> str:
    """One reason in one line: "Dhaka: weekly holiday"."""
    rule = translate(why.rule)
    named = f"{why.holiday} ({rule})" if why.holiday else f"{rule} ({why.times})" if why.times else rule
    sure = f", {translate(why.status)}" if why.status else ""
    return f"{translate(why.place)}: {named}{sure}" if why.place else f"{named}{sure}"


def _day(page: FindPage, day: FoundDay, *, booking: str, detail: Address | None) -> Day:
    refused = day.refused
    return Day(
        on=day.on,
        label=short_day_text(day.on, current_language()),
        midnight_min=day.midnight_min,
        remote_shift_min=day.remote_shift_min,
        lanes=tuple(_lane(page, lane) for lane in day.lanes),
        starts=tuple(_start(page, one, booking=booking) for one in day.offered),
        closed=_closed(refused.whys) if refused else (),
        notes=(*((translate(_NO_TIME),) if refused and day.lanes else ()), *map(_turned, day.turned)),
        unsure=refused is not None and any(why.status for why in refused.whys),
        href=detail(day.on) if detail else "",
    )


def _closed(whys: Sequence[WhyNot]) -> tuple[str, ...]:
    """The reasons as a thin row has room for; the table beside the board has them in full."""
    room = _CLOSED_LETTERS // max(len(whys), 1)
    return tuple(clipped(why_text(why), room) for why in whys)


def _turned(city: str) -> str:
    return translate(N_("The clocks of {city} change on this day")).format(city=translate(city))


def _lane(page: FindPage, lane: DayLane) -> Lane:
    label = translate(lane.label)
    rests = ((before[1], after[0]) for before, after in pairwise(lane.opens))
    return Lane(
        label=clipped(label, _LABEL_IN_DETAIL),
        end=lane.end,
        opens=tuple(Stretch(start, end, _both(page, (start, end))) for start, end in lane.opens),
        taken=tuple(Stretch(*bar.span, f"{translate(bar.label)} {_both(page, bar.span)}") for bar in lane.taken),
        breaks=tuple(Stretch(*rest, f"{translate(N_('break'))} {_both(page, rest)}") for rest in rests),
        short=clipped(label, _LABEL_LETTERS),
        always=lane.always,
        note=" · ".join(_closed(lane.shut)),
    )


def _both(page: FindPage, span: Span) -> str:
    """A stretch on both clocks: "11:00–12:00 Kolkata, 11:30–12:30 Dhaka"."""
    said = []
    for zone, city in ((page.court_zone, page.court_city), (page.remote_zone, page.remote_city)):
        start, end = (clock_text(read(from_min(minute), zone, city)) for minute in span)
        said.append(f"{start}–{end} {translate(city)}")
    return ", ".join(said)


def _start(page: FindPage, one: Offered, *, booking: str) -> Start:
    court, remote = clock_text(one.time.court), clock_text(one.time.remote)
    day = short_day_text(one.time.court, current_language())
    cities = f"{court} {translate(page.court_city)}, {remote} {translate(page.remote_city)}"
    best = translate(N_("best choice number {rank}")).format(rank=one.rank) if one.is_best else ""
    return Start(
        at_min=one.start_min,
        court_clock=court,
        remote_clock=remote,
        words=", ".join(filter(None, (day, cities, minutes_text(page.lengths.total), best))),
        href=f"{booking}?start={one.time.start_wall.isoformat(timespec='minutes')}",
        rank=one.rank if one.is_best else 0,
    )
