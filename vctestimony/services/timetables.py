"""The one place that reads a hearing's rows as a question to the slot search: what is needed and what is taken."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter

from vctestimony.domain.calendars import Kind, WorkingCalendar, check_opens
from vctestimony.domain.errors import Invalid
from vctestimony.domain.hearing import End, Lengths, Part
from vctestimony.domain.instants import resolve, to_min
from vctestimony.domain.people import DUTY_LABELS, POST_KIND_LABELS
from vctestimony.domain.slots import Pattern, PatternPart, Search, SlotResource
from vctestimony.domain.wording import N_
from vctestimony.services.invited import attends
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import Instead, working_hours
from vctestimony.store import occupancy, planning
from vctestimony.store.models import HearingRow, PostRow
from vctestimony.store.occupancy import Claim

STEP_MINUTES = 15
NOTICE_MINUTES = 24 * 60
# What an order for a sitting outside court hours (Model Rules 12.7) opens at the Court Point on its working days:
# a planning default, no rule names the hours.
OFF_HOURS = (8 * 60, 20 * 60)
LONGEST_SEARCH = timedelta(days=62)
_DAY = timedelta(days=1)


class NoDaysLeft(Invalid):
    """The dates asked for, the court's order and the calendar leave nothing to search."""

    text = N_("No day is left to search between {first_on} and {last_on}. Choose later dates, or another order.")


class OutsideOrder(NoDaysLeft):
    """The court's order allows other days."""

    text = N_("The court's order allows the hearing only from {allowed_from} to {allowed_to}. Choose a day within.")


@dataclass(frozen=True, slots=True)
class Lane:
    """One resource as pages name it: what it is, at which end, where its clock is, and its group on the board."""

    key: str
    label: str
    end: End
    city: str
    group: str
    group_label: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """What the hearing needs, part by part; keys are resource ids as text."""

    pattern: Pattern
    resources: Mapping[str, SlotResource]
    lanes: tuple[Lane, ...]

    @property
    def resource_ids(self) -> tuple[int, ...]:
        """Everything that a booking claims."""
        return tuple(int(key) for key in self.resources)

    def claims(self, start_min: int) -> tuple[Claim, ...]:
        """What a start at that minute takes, a row for each part and resource."""
        found, at = [], start_min
        for part in self.pattern.parts:
            found += [Claim(int(str(need)), at, at + part.minutes, Part(part.part)) for need in part.needs]
            at += part.minutes
        return tuple(found)

    def with_busy(self, taken: Mapping[str, list[tuple[int, int]]]) -> "Timetable":
        """The same with what is taken filled in."""
        filled = {key: replace(one, busy=tuple(taken.get(key, ()))) for key, one in self.resources.items()}
        return replace(self, resources=filled)


def timetable_of(unit: Unit, hearing: HearingRow, *, instead: Instead | None = None) -> Timetable:
    """Both rooms, the link and the witness for every part, each needed person for the parts they attend.

    `instead` asks what it would be if calendars held other entries.
    """
    seats = [p for p in hearing.participants if p.removed_at is None and p.is_required]
    posts = planning.load_posts(
        unit.session, {hearing.court_id, hearing.remote_id, *(seat.official.post_id for seat in seats)}
    )
    court, remote = posts[hearing.court_id], posts[hearing.remote_id]
    hours = working_hours(unit, posts.values(), [seat.official for seat in seats], instead=instead)
    every = frozenset(Part)
    lanes: list[Lane] = []
    resources: dict[str, SlotResource] = {}
    parts: dict[str, frozenset[Part]] = {}

    def at_end(calendar: WorkingCalendar, end: End) -> WorkingCalendar:
        return _longer(calendar) if end is End.COURT and sits_off_hours(hearing) else calendar

    def add(lane: Lane, *, post: PostRow, calendar: WorkingCalendar | None, during: frozenset[Part]) -> None:
        if lane.key not in resources:
            lanes.append(lane)
            resources[lane.key] = SlotResource(lane.key, calendar, (), lane.label, post.zone)
        parts[lane.key] = parts.get(lane.key, frozenset()) | during

    for post, room, end in ((court, hearing.court_room, End.COURT), (remote, hearing.remote_room, End.REMOTE)):
        add(_lane(room.id, room.name, end, post), post=post, calendar=at_end(hours.of_post(post.id), end), during=every)
    for seat in seats:
        post, label = posts[seat.official.post_id], DUTY_LABELS[seat.duty]
        visiting = post.id not in {court.id, remote.id}
        lane = _lane(seat.official.resource_id, label, seat.end, post, group_label=label if visiting else "")
        add(lane, post=post, calendar=at_end(hours.of_official(seat.official), seat.end), during=attends(seat))
    for key, label in ((hearing.link_id, hearing.link.name), (hearing.witness.resource_id, hearing.witness.pseudonym)):
        lane = Lane(str(key), label, End.REMOTE, remote.city, f"always-{key}", label)
        add(lane, post=remote, calendar=None, during=every)
    return Timetable(_pattern(hearing, parts), resources, tuple(lanes))


def with_taken(unit: Unit, hearing: HearingRow, timetable: Timetable, *, first_on: date, last_on: date) -> Timetable:
    """The timetable with everything that is taken around these dates, but for the hearing's own claims; one query.

    Refuses a calendar that has no hours then.
    """
    for calendar in {one.calendar for one in timetable.resources.values() if one.calendar is not None}:
        check_opens(calendar, first_on, last_on)
    midnight = datetime.min.time()
    from_min = to_min(resolve(datetime.combine(first_on - _DAY, midnight), "UTC"))
    until_min = to_min(resolve(datetime.combine(last_on + 3 * _DAY, midnight), "UTC"))
    rows = occupancy.taken(
        unit.session,
        timetable.resource_ids,
        from_min=from_min,
        to_min=until_min,
        now=unit.now,
        except_hearing_id=hearing.id,
    )
    by_resource = groupby(rows, key=itemgetter(0))
    return timetable.with_busy(
        {str(number): [(start, end) for _, start, end in found] for number, found in by_resource}
    )


def search_of(
    unit: Unit,
    hearing: HearingRow,
    *,
    from_on: date,
    to_on: date,
    step_minutes: int = STEP_MINUTES,
    notice_minutes: int = NOTICE_MINUTES,
) -> Search:
    """The dates to search: those asked for, inside what the order allows, and not more than the longest search."""
    first_on = max(from_on, hearing.order.not_before_on or from_on)
    last_on = min(to_on, hearing.order.not_after_on or to_on, first_on + LONGEST_SEARCH)
    if last_on < first_on:
        order = hearing.order
        if from_on <= to_on and (order.not_before_on or order.not_after_on):
            raise OutsideOrder(
                field="to_on", allowed_from=order.not_before_on or "–", allowed_to=order.not_after_on or "–"
            )
        raise NoDaysLeft(field="to_on", first_on=from_on, last_on=to_on)
    return Search(
        from_on=first_on,
        to_on=last_on,
        zone=hearing.court.zone,
        step_minutes=step_minutes,
        now=unit.now,
        notice_minutes=notice_minutes,
    )


def lengths_of(hearing: HearingRow) -> Lengths:
    """Minutes of the hearing's parts."""
    return Lengths(pre=hearing.pre_minutes, main=hearing.main_minutes, post=hearing.post_minutes)


def sits_off_hours(hearing: HearingRow) -> bool:
    """Whether the court ordered a sitting outside its hours."""
    return hearing.order.facts.get("off_hours", False)


def _longer(calendar: WorkingCalendar) -> WorkingCalendar:
    """The same working days and closures with the hours of OFF_HOURS; at the remote end nobody's hours change."""
    if calendar.rules is None:
        return calendar
    start, end = OFF_HOURS
    rules = tuple(
        dict.fromkeys(replace(rule, open_min=start, close_min=end, label="", source="") for rule in calendar.rules)
    )
    dated = tuple(one for one in calendar.exceptions if one.kind is not Kind.SEASON)
    return replace(calendar, version=f"{calendar.version} off hours", rules=rules, exceptions=dated)


def _lane(key: int, label: str, end: End, post: PostRow, *, group_label: str = "") -> Lane:
    group = f"{end}-{post.id}"
    return Lane(str(key), label, end, post.city, group, group_label or POST_KIND_LABELS[post.kind])


def _pattern(hearing: HearingRow, parts: Mapping[str, frozenset[Part]]) -> Pattern:
    lengths = lengths_of(hearing)
    return Pattern(
        tuple(
            PatternPart(part, lengths.of(part), tuple(key for key, during in parts.items() if part in during))
            for part in Part
            if lengths.of(part)
        )
    )
