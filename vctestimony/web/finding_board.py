"""The one place that puts a search's days onto the two-clock board, every word in the language of the request."""

from vctestimony.domain.instants import from_min, read
from vctestimony.domain.wording import N_
from vctestimony.services.finding import DayLane, FindPage, FoundDay, Offered
from vctestimony.services.reasons import WhyNot
from vctestimony.web.board import Board, Day, Lane, Start, Stretch
from vctestimony.web.formats import clipped, clock_text, day_text, minutes_text, short_day_text
from vctestimony.web.language import current_language, translate

_LABEL_LETTERS = 17


def board_of(page: FindPage, *, booking: str) -> Board:
    """The board of a search; starts lead to `booking`."""
    language = current_language()
    return Board(
        title=translate(N_("Common free time, {first} to {last}")).format(
            first=day_text(page.from_on, language), last=day_text(page.to_on, language)
        ),
        description=translate(N_("The same information is in the table below.")),
        court_city=translate(page.court_city),
        remote_city=translate(page.remote_city),
        days=tuple(_day(page, day, booking=booking) for day in page.days),
        note=translate(N_("Every start leaves room for {pre} before, {main} of examination and {post} after.")).format(
            pre=minutes_text(page.lengths.pre),
            main=minutes_text(page.lengths.main),
            post=minutes_text(page.lengths.post),
        ),
    )


def why_text(why: WhyNot) -> str:
    """One reason in one line: "Dhaka: weekly holiday"."""
    rule = translate(why.rule)
    named = f"{why.holiday} ({rule})" if why.holiday else rule
    sure = f", {translate(why.status)}" if why.status else ""
    return f"{translate(why.place)}: {named}{sure}" if why.place else f"{named}{sure}"


def _day(page: FindPage, day: FoundDay, *, booking: str) -> Day:
    refused = day.refused
    return Day(
        on=day.on,
        label=short_day_text(day.on, current_language()),
        midnight_min=day.midnight_min,
        remote_shift_min=day.remote_shift_min,
        lanes=tuple(_lane(page, lane) for lane in day.lanes),
        starts=tuple(_start(page, one, booking=booking) for one in day.offered),
        closed=tuple(why_text(why) for why in refused.whys) if refused else (),
        note=translate(N_("No time is free for everybody")) if refused and day.lanes else "",
    )


def _lane(page: FindPage, lane: DayLane) -> Lane:
    return Lane(
        label=clipped(translate(lane.label), _LABEL_LETTERS),
        end=lane.end,
        opens=tuple(Stretch(start, end, _both(page, start, end)) for start, end in lane.opens),
        taken=tuple(Stretch(*bar.span, f"{translate(bar.label)} {_both(page, *bar.span)}") for bar in lane.taken),
    )


def _both(page: FindPage, start_min: int, end_min: int) -> str:
    """A stretch on both clocks: "11:00–12:00 Kolkata, 11:30–12:30 Dhaka"."""
    said = []
    for zone, city in ((page.court_zone, page.court_city), (page.remote_zone, page.remote_city)):
        start, end = (clock_text(read(from_min(minute), zone, city)) for minute in (start_min, end_min))
        said.append(f"{start}–{end} {translate(city)}")
    return ", ".join(said)


def _start(page: FindPage, one: Offered, *, booking: str) -> Start:
    court, remote = clock_text(one.time.court), clock_text(one.time.remote)
    day = short_day_text(one.time.court, current_language())
    cities = f"{court} {translate(page.court_city)}, {remote} {translate(page.remote_city)}"
    return Start(
        at_min=one.start_min,
        court_clock=court,
        remote_clock=remote,
        words=f"{day}, {cities}, {minutes_text(page.lengths.total)}",
        href=f"{booking}?start={one.time.start_wall.isoformat(timespec='minutes')}",
    )
