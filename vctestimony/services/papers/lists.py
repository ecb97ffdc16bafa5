"""The one place that makes the lists of a post's day and week, and says who may have them.

They name every hearing that the post has a part in, whichever court it is of: so they are for those who belong to the
post and may print each of these hearings, and for nobody else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vctestimony.domain.access import SYSTEM, Actor, may_list
from vctestimony.domain.calendar_weeks import DAYS, first_of_working_week
from vctestimony.domain.calendars import (
    REASON_LABELS,
    STATUS_LABELS,
    Closure,
    Status,
    WorkingCalendar,
    closure_of,
    is_known,
)
from vctestimony.domain.documents import KINDS
from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.documents.lists import DaySheet, ListedDay, WeekList
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import Reading, from_min, read, wall_of
from vctestimony.domain.local_days import local_day
from vctestimony.domain.paper import BothClocks, ClockFace
from vctestimony.domain.people import COURTS
from vctestimony.domain.wording import N_
from vctestimony.services.papers import listed
from vctestimony.services.papers.coming import Translate, translator
from vctestimony.services.papers.making import Made
from vctestimony.services.places import known_post, post_of, subject_of
from vctestimony.services.printing import Draft, Printed, issue
from vctestimony.services.screening import check_sees_all
from vctestimony.services.unit import Unit, Units
from vctestimony.services.working_hours import working_hours
from vctestimony.store import places
from vctestimony.store.models import PostRow, ResourceKind, ResourceRow

DAY, WEEK = "day-sheet", "week-list"
_UNKNOWN = N_("the holidays of this year are not entered")


def post_for(unit: Unit, code: str, *, by: Actor) -> PostRow:
    """The post, if this person may have its lists; NotAllowed else, for what a post is may be known to all."""
    post = known_post(unit, code, by=by)
    if not may_list(by, post_id=post.id):
        raise NotAllowed()
    return post


def rooms_of(unit: Unit, post: PostRow) -> list[ResourceRow]:
    """The rooms of the post, those in use first."""
    found = places.rooms_and_links(unit.session, post_id=post.id)
    return [one for one in found if one.kind is ResourceKind.ROOM]


def drafts_for_day(
    unit: Unit, post: PostRow, day: date, language: str, *, room: ResourceRow | None = None, by: Actor
) -> Draft:
    """The day sheet of the post, or of one room of it, for that date there. The caller says who may have it.

    KeptApart where it would show the asker the other side of a hearing.
    """
    word, own = translator(unit, language), local_day(day, post.zone)
    takings = listed.taken(unit, post, room, from_at=from_min(own.start_min), until_at=from_min(own.end_min))
    check_sees_all((one.hearing for one in takings), by=by)
    steps = listed.open_before(unit, takings)
    sheet = DaySheet(
        heading=PlainHeading(issuer=post.name),
        post=_place_of(post, word),
        room=room.name if room else "",
        day=_first_of(day, post),
        closed=_closed(_calendar(unit, post), day, word),
        hearings=tuple(listed.line(one, day, steps=steps.get(one.hearing.id, ()), word=word) for one in takings),
        open_steps=listed.in_words(takings, steps, language=language),
    )
    return _draft(DAY, post, f"{day.isoformat()}|{room.id if room else ''}", language, Made(sheet), takings)


def draft_for_week(unit: Unit, post: PostRow, on: date, language: str, *, by: Actor) -> Draft:
    """The list of the post's working week in which the date lies; KeptApart as for a day."""
    word, calendar = translator(unit, language), _calendar(unit, post)
    days = [first_of_working_week(calendar, on) + timedelta(days=number) for number in range(DAYS)]
    edges = local_day(days[0], post.zone).start_min, local_day(days[-1], post.zone).end_min
    takings = listed.taken(unit, post, None, from_at=from_min(edges[0]), until_at=from_min(edges[1]))
    check_sees_all((one.hearing for one in takings), by=by)
    steps = listed.open_before(unit, takings)

    def hearings_on(day: date) -> list[listed.Taking]:
        own = local_day(day, post.zone)
        begins, ends = from_min(own.start_min), from_min(own.end_min)
        return [one for one in takings if one.starts_at < ends and one.ends_at > begins]

    sheet = WeekList(
        heading=PlainHeading(issuer=post.name),
        post=_place_of(post, word),
        days=tuple(
            ListedDay(
                day=_first_of(day, post),
                closed=_closed(calendar, day, word),
                hearings=tuple(
                    listed.line(one, day, steps=steps.get(one.hearing.id, ()), word=word) for one in hearings_on(day)
                ),
            )
            for day in days
        ),
    )
    return _draft(WEEK, post, days[0].isoformat(), language, Made(sheet), takings)


@dataclass(frozen=True, slots=True)
class ListsPage:
    """The page on which a list is chosen: the post, its rooms (number and name), and the present date there."""

    code: str
    name: str
    rooms: tuple[tuple[str, str], ...]
    today_on: date


def page(unit: Unit, code: str, *, by: Actor) -> ListsPage:
    """For somebody who may have the lists of the post."""
    post = post_for(unit, code, by=by)
    rooms = tuple((str(one.id), one.name) for one in rooms_of(unit, post))
    return ListsPage(post.code, post.name, rooms, wall_of(unit.now, post.zone).date())


def print_day(units: Units, code: str, day: date, *, lang: str, room: str = "", by: Actor) -> Printed:
    """Print the day sheet for somebody who may have it; `room` is the number of one of the post's rooms."""
    with units.reading() as unit:
        post = post_for(unit, code, by=by)
        draft = drafts_for_day(unit, post, day, lang, room=_room(unit, post, room), by=by)
    return issue(units, draft, by=by)


def print_week(units: Units, code: str, on: date, *, lang: str, by: Actor) -> Printed:
    """Print the list of the week for somebody who may have it."""
    with units.reading() as unit:
        draft = draft_for_week(unit, post_for(unit, code, by=by), on, lang, by=by)
    return issue(units, draft, by=by)


def render_day(units: Units, code: str, day: date, *, lang: str, room: str = "") -> bytes:
    """Print the day sheet from the command line; `room` is the name of one of the post's rooms."""
    with units.reading() as unit:
        post = post_of(unit, code)
        found = next((one for one in rooms_of(unit, post) if one.name == room), None)
        if room and found is None:
            raise Absent()
        draft = drafts_for_day(unit, post, day, lang, room=found, by=SYSTEM)
    return issue(units, draft, by=SYSTEM).content


def render_week(units: Units, code: str, on: date, *, lang: str) -> bytes:
    """Print the list of the week from the command line."""
    with units.reading() as unit:
        draft = draft_for_week(unit, post_of(unit, code), on, lang, by=SYSTEM)
    return issue(units, draft, by=SYSTEM).content


def _room(unit: Unit, post: PostRow, number: str) -> ResourceRow | None:
    if not number:
        return None
    found = next((one for one in rooms_of(unit, post) if str(one.id) == number), None)
    if found is None:
        raise Absent()
    return found


def _draft(code: str, post: PostRow, about: str, language: str, made: Made, takings: Sequence[listed.Taking]) -> Draft:
    end, far = (End.COURT, End.REMOTE) if post.kind in COURTS else (End.REMOTE, End.COURT)
    own, across = (post.zone, post.city), {(there.zone, there.city) for there in map(listed.across, takings)}
    other = across.pop() if len(across) == 1 else own

    def clocks(at: datetime) -> BothClocks:
        """The post's own clock, and the other end's where all hearings share it; else the own one alone."""
        face = ClockFace(end, read(at, *own))
        return BothClocks(face, face if other == own else ClockFace(far, read(at, *other)))

    return Draft(
        kind=KINDS[code],
        key="|".join((post.code, code, about, language)),
        language=language,
        made=made,
        clocks=clocks,
        subject=subject_of(post),
        post_id=post.id,
        facts={"about": about.rstrip("|")},
    )


def _first_of(day: date, post: PostRow) -> Reading:
    """The first instant of the date at the post."""
    return read(from_min(local_day(day, post.zone).start_min), post.zone, post.city)


def _calendar(unit: Unit, post: PostRow) -> WorkingCalendar:
    return working_hours(unit, [post]).of_post(post.id)


def _closed(calendar: WorkingCalendar, day: date, word: Translate) -> str:
    """Why the post does not work on the date; empty where it does."""
    if not is_known(calendar, day):
        return word(_UNKNOWN)
    return "; ".join(_reason(closure, word) for closure in closure_of(calendar, day))


def _reason(closure: Closure, word: Translate) -> str:
    """What a day is closed for, as the calendar calls it, and how sure that is."""
    reason = word(REASON_LABELS[closure.reason])
    named = f"{word(closure.label)} ({reason})" if closure.label else reason
    return named if closure.status is Status.CONFIRMED else f"{named}, {word(STATUS_LABELS[closure.status])}"


def _place_of(post: PostRow, word: Translate) -> str:
    """Name and city, the city once."""
    return post.name if post.city in post.name else f"{post.name}, {word(post.city)}"
