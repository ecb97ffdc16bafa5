"""What the pages of places show: the list, one post with its rooms, links and people. The year is `calendar_pages`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vctestimony.domain.access import Actor, may_administer, may_list, may_manage
from vctestimony.domain.calendar_years import Entry, Weekdays, upcoming, week_of
from vctestimony.domain.calendars import WorkingCalendar
from vctestimony.domain.instants import Reading, from_min, read, to_min, wall_of
from vctestimony.domain.people import COURTS, Duty, PostKind
from vctestimony.services import hearing_links
from vctestimony.services.hearing_links import BookedHearing
from vctestimony.services.officials import official_for
from vctestimony.services.places import known_post, post_of, resource_for
from vctestimony.services.stranded import stranded
from vctestimony.services.unit import Unit
from vctestimony.services.whereabouts import is_confidential, knows_of
from vctestimony.services.working_hours import working_hours
from vctestimony.store import places as store
from vctestimony.store.models import OccupancyRow, OfficialRow, PostRow, ResourceKind, ResourceRow

AHEAD_DAYS = 92


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """A post's public facts."""

    id: int
    code: str
    name: str
    kind: PostKind
    address: str
    city: str
    country: str
    zone: str
    calendar_id: str
    calendar: str
    high_court: str | None
    phone: str
    email: str
    latitude: float | None
    longitude: float | None
    notice_minutes: int
    confidential: bool | None
    is_confidential: bool
    version: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to."""

    words: str = ""
    kind: PostKind | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A room or a video link."""

    id: int
    kind: ResourceKind
    name: str
    is_active: bool
    post_id: int | None
    gap_minutes: int


@dataclass(frozen=True, slots=True)
class Leave:
    """When somebody is away, by the clock of the post; `hearings` booked within must be moved or given to others."""

    id: int
    starts: Reading
    ends: Reading
    hearings: tuple[BookedHearing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An official, with the leaves that are not over."""

    id: int
    name: str
    designation: str
    duties: tuple[Duty, ...]
    email: str
    phone: str
    language: str
    gap_minutes: int
    is_active: bool
    version: int
    leaves: tuple[Leave, ...]


@dataclass(frozen=True, slots=True)
class CalendarSummary:
    """How the post works: its week, the entered years, what closes or opens it in the coming three months."""

    week: tuple[Weekdays, ...]
    always_open: bool
    years: tuple[int, ...]
    note: str
    file: str
    this_year: int
    coming: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PostPage:
    """One post. Rooms, links and people are there for those who keep it, and how many hearings do not fit its calendar;
    others see its public facts."""

    post: PostLine
    calendar: CalendarSummary
    things: tuple[Thing, ...]
    people: tuple[Person, ...]
    may_manage: bool
    may_administer: bool
    misfits: int = 0
    has_lists: bool = False

    @property
    def has_settings(self) -> bool:
        """Whether this person settles what mails from here tell; only hearings of courts write mails."""
        return self.may_manage and self.post.kind in COURTS


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One official of a post, to be changed."""

    post: PostLine
    person: Person
    may_move: bool
    posts: tuple[tuple[str, str], ...]


def listed(unit: Unit, filters: Filters, *, by: Actor) -> tuple[PostLine, ...]:
    """The posts of which this person may know, as far as they fit, by country and name.

    The words are looked for in name, code, city and country.
    """
    wanted = filters.words.casefold().split()
    known = (row for row in store.posts(unit.session) if knows_of(row, by=by))
    lines = (line_of(unit, row) for row in known if filters.kind in {None, row.kind})
    return tuple(
        line
        for line in lines
        if all(word in f"{line.name} {line.code} {line.city} {line.country}".casefold() for word in wanted)
    )


def post_page(unit: Unit, code: str, *, by: Actor) -> PostPage:
    """One post as this person may see it."""
    row = known_post(unit, code, by=by)
    manages = may_manage(by, post_id=row.id)
    return PostPage(
        post=line_of(unit, row),
        calendar=summary_of(unit, working_hours(unit, [row]).of_post(row.id)),
        things=_things(store.rooms_and_links(unit.session, post_id=row.id)) if manages else (),
        people=_people(unit, store.officials(unit.session, row.id), by=by) if manages else (),
        may_manage=manages,
        may_administer=may_administer(by),
        misfits=len(stranded(unit, (row.id, None), by=by)) if manages else 0,
        has_lists=may_list(by, post_id=row.id),
    )


def one_post(unit: Unit, code: str) -> PostLine:
    """The post's public facts."""
    return line_of(unit, post_of(unit, code))


def shared_links(unit: Unit) -> tuple[Thing, ...]:
    """The links that belong to no post."""
    return _things(store.rooms_and_links(unit.session, post_id=None))


def one_thing(unit: Unit, resource_id: int, *, by: Actor) -> tuple[Thing, PostLine | None]:
    """A room or link that this person may change, with its post."""
    row = resource_for(unit, resource_id, by=by)
    post = None if row.post_id is None else store.post(unit.session, row.post_id)
    return _things([row])[0], None if post is None else line_of(unit, post)


def person_page(unit: Unit, official_id: int, *, by: Actor) -> PersonPage:
    """An official whom this person may change."""
    row = official_for(unit, official_id, by=by)
    moves = may_administer(by)
    others = [post for post in store.posts(unit.session) if post.id != row.post_id] if moves else []
    return PersonPage(
        post=line_of(unit, row.post),
        person=_people(unit, [row], by=by)[0],
        may_move=moves,
        posts=tuple((str(post.id), f"{post.name}, {post.city}") for post in others),
    )


def calendar_choices(unit: Unit) -> tuple[tuple[str, str], ...]:
    """Every calendar that a post can have, with its zone."""
    found = (unit.ports.calendars.get(calendar_id) for calendar_id in unit.ports.calendars.ids())
    return tuple((one.id, f"{one.label or one.id} ({one.zone})") for one in found)


def line_of(unit: Unit, row: PostRow) -> PostLine:
    """What everybody may know of the post; its calendar is called as the file calls it."""
    known = row.calendar_id in unit.ports.calendars.ids()
    return PostLine(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=row.kind,
        address=row.address,
        city=row.city,
        country=row.country,
        zone=row.zone,
        calendar_id=row.calendar_id,
        calendar=(unit.ports.calendars.get(row.calendar_id).label if known else "") or row.calendar_id,
        high_court=row.high_court,
        phone=row.phone,
        email=row.email,
        latitude=row.latitude,
        longitude=row.longitude,
        notice_minutes=row.notice_minutes,
        confidential=row.confidential,
        is_confidential=is_confidential(row),
        version=row.version,
    )


def summary_of(unit: Unit, calendar: WorkingCalendar) -> CalendarSummary:
    """How somebody works by that calendar, from today on."""
    today_on = wall_of(unit.now, calendar.zone).date()
    return CalendarSummary(
        week=week_of(calendar, today_on, today_on.replace(month=12, day=31)),
        always_open=calendar.rules is None,
        years=tuple(sorted(calendar.known_years or ())),
        note=calendar.note,
        file=calendar.file,
        this_year=today_on.year,
        coming=upcoming(calendar, today_on, days=AHEAD_DAYS),
    )


def _things(rows: Sequence[ResourceRow]) -> tuple[Thing, ...]:
    return tuple(Thing(row.id, row.kind, row.name, row.is_active, row.post_id, row.gap_minutes) for row in rows)


def _people(unit: Unit, rows: Sequence[OfficialRow], *, by: Actor) -> tuple[Person, ...]:
    """Everybody with their leaves and the hearings within, in as many queries however many there are."""
    now_min = to_min(unit.now)
    away = store.leaves(unit.session, [row.resource_id for row in rows], ends_after_min=now_min)
    pairs = store.hearings_in_leaves(unit.session, [leave.id for leave in away], ends_after_min=now_min)
    known = hearing_links.named(unit, [hearing_id for _, hearing_id in pairs], by=by)
    within = {leave.id: tuple(one for number, one in known.items() if (leave.id, number) in pairs) for leave in away}
    return tuple(
        _person(row, [leave for leave in away if leave.resource_id == row.resource_id], within) for row in rows
    )


def _person(row: OfficialRow, away: Sequence[OccupancyRow], within: Mapping[int, tuple[BookedHearing, ...]]) -> Person:
    zone, city = row.post.zone, row.post.city
    return Person(
        id=row.id,
        name=row.name,
        designation=row.designation,
        duties=tuple(Duty(duty) for duty in row.duties),
        email=row.email,
        phone=row.phone,
        language=row.language,
        gap_minutes=row.resource.gap_minutes,
        is_active=row.is_active,
        version=row.version,
        leaves=tuple(
            Leave(
                leave.id,
                read(from_min(leave.start_min), zone, city),
                read(from_min(leave.end_min), zone, city),
                within[leave.id],
            )
            for leave in away
        ),
    )
