"""The one place that reads a hearing's rows as a question to the slot search: what is needed and what is taken."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter

from vctestimony.domain.calendars import WorkingCalendar, check_opens
from vctestimony.domain.errors import Invalid
from vctestimony.domain.hearing import End, Lengths, Part
from vctestimony.domain.instants import resolve, to_min
from vctestimony.domain.people import POST_KIND_LABELS
from vctestimony.domain.slots import Need, Pattern, PatternPart, Search, Slot, SlotResource
from vctestimony.domain.wording import N_
from vctestimony.services.choices import among
from vctestimony.services.needs import LINK, Candidate, Wanted, wanted_of
from vctestimony.services.off_hours import longer
from vctestimony.services.order_limits import check_length, limits_of
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import Instead, WorkingHours, working_hours
from vctestimony.store import occupancy, planning
from vctestimony.store.models import HearingRow, PostRow, ResourceRow
from vctestimony.store.occupancy import Claim

STEP_MINUTES = 15
LONGEST_SEARCH = timedelta(days=62)
_DAY = timedelta(days=1)

Taken = tuple[int, int, bool]


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
    """What the hearing needs, part by part; keys are resource ids as text.

    `off_hours` are the calendars at the Court Point under an order for a sitting outside court hours.
    """

    pattern: Pattern
    resources: Mapping[str, SlotResource]
    lanes: tuple[Lane, ...]
    choices: tuple[Lane, ...] = ()
    cities: Mapping[End, str] = field(default_factory=dict)
    off_hours: Mapping[str, WorkingCalendar] = field(default_factory=dict)

    @property
    def resource_ids(self) -> tuple[int, ...]:
        """Everything that a booking claims."""
        return tuple(int(key) for key in self.resources)

    def claims(self, slot: Slot) -> tuple[Claim, ...]:
        """What the slot takes, a row for each part and resource; where there was a choice, the one that was chosen."""
        found, at = [], slot.start_min
        for part in self.pattern.parts:
            served = dict.fromkeys(need if isinstance(need, str) else among(slot.chosen, need) for need in part.needs)
            found += [Claim(int(str(key)), at, at + part.minutes, Part(part.part)) for key in served]
            at += part.minutes
        return tuple(found)

    def pinned(self, chosen: Collection[tuple[str, str]]) -> "Timetable":
        """The same where each choice in `chosen` (its name and who was taken) is made already."""
        made = {frozenset(name.split("|")): member for name, member in chosen}
        parts = [
            replace(
                part,
                needs=tuple(need if isinstance(need, str) else made.get(frozenset(need), need) for need in part.needs),
            )
            for part in self.pattern.parts
        ]
        return replace(self, pattern=Pattern(tuple(parts)))

    def named(self, name: str) -> Lane:
        """The lane of a resource, or of a choice by the name that the search gives it."""
        return next(lane for lane in (*self.lanes, *self.choices) if lane.key == name)

    def with_busy(self, taken: Mapping[str, list[Taken]]) -> "Timetable":
        """The same with what is taken filled in."""
        filled = {
            key: replace(
                one,
                busy=tuple((start, end) for start, end, _ in taken.get(key, ())),
                booked=tuple((start, end) for start, end, booked in taken.get(key, ()) if booked and one.gap_minutes),
            )
            for key, one in self.resources.items()
        }
        return replace(self, resources=filled)


def timetable_of(unit: Unit, hearing: HearingRow, *, stay: bool = True, instead: Instead | None = None) -> Timetable:
    """What the hearing needs: rooms, link and people, each for its parts, and the witness for all of them.

    Of those who would do as well, whoever serves now is asked first with `stay`, else whoever is ranked first.
    `instead` asks what it would be if calendars held other entries.
    """
    wanted = wanted_of(unit, hearing, stay=stay)
    people = [each.official for one in wanted for each in one.candidates if each.official is not None]
    posts = planning.load_posts(unit.session, {hearing.court_id, hearing.remote_id, *(one.post_id for one in people)})
    hours = working_hours(unit, posts.values(), people, instead=instead)
    desk = _Desk(hearing, posts, hours)
    for one in wanted:
        desk.add(one)
    desk.add_witness()
    return desk.timetable()


def with_taken(unit: Unit, hearing: HearingRow, timetable: Timetable, *, first_on: date, last_on: date) -> Timetable:
    """The timetable with everything that is taken around these dates, but for the hearing's own claims; one query.

    Refuses a calendar that has no hours then, unless another would do as well.
    """
    sole = {need for part in timetable.pattern.parts for need in part.needs if isinstance(need, str)}
    for calendar in {timetable.resources[key].calendar for key in sole}:
        if calendar is not None:
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
        {str(number): [(start, end, by is not None) for _, start, end, by in found] for number, found in by_resource}
    )


def search_of(
    unit: Unit,
    hearing: HearingRow,
    *,
    from_on: date,
    to_on: date,
    step_minutes: int = STEP_MINUTES,
    notice_minutes: int | None = None,
    main_minutes: int | None = None,
) -> Search:
    """The dates to search: those asked for, inside what the order allows, and not more than the longest search.

    Without another notice it is the longer of those that the two posts ask for.
    """
    first_on = max(from_on, hearing.order.not_before_on or from_on)
    furthest_on = first_on + min(LONGEST_SEARCH, date.max - first_on)
    last_on = min(to_on, hearing.order.not_after_on or to_on, furthest_on)
    if last_on < first_on:
        order = hearing.order
        if from_on <= to_on and (order.not_before_on or order.not_after_on):
            raise OutsideOrder(
                field="to_on", allowed_from=order.not_before_on or "–", allowed_to=order.not_after_on or "–"
            )
        raise NoDaysLeft(field="to_on", first_on=from_on, last_on=to_on)
    main = main_minutes or hearing.main_minutes
    check_length(hearing, main)
    return Search(
        from_on=first_on,
        to_on=last_on,
        zone=hearing.court.zone,
        step_minutes=step_minutes,
        now=unit.now,
        notice_minutes=notice_of(hearing) if notice_minutes is None else notice_minutes,
        limits=limits_of(unit, hearing, first_on=first_on, last_on=last_on, main_minutes=main),
    )


def notice_of(hearing: HearingRow) -> int:
    """Minutes that everybody is owed before the start."""
    return max(hearing.court.notice_minutes, hearing.remote.notice_minutes)


def lengths_of(hearing: HearingRow) -> Lengths:
    """Minutes of the hearing's parts."""
    return Lengths(pre=hearing.pre_minutes, main=hearing.main_minutes, post=hearing.post_minutes)


def sits_off_hours(hearing: HearingRow) -> bool:
    """Whether the court ordered a sitting outside its hours."""
    return hearing.order.facts.get("off_hours", False)


class _Desk:
    """Lays the needs of a hearing out as resources of the search, with a lane for each on the board."""

    def __init__(self, hearing: HearingRow, posts: Mapping[int, PostRow], hours: WorkingHours) -> None:
        self._hearing, self._posts, self._hours = hearing, posts, hours
        self._lanes: dict[str, Lane] = {}
        self._choices: list[Lane] = []
        self._resources: dict[str, SlotResource] = {}
        self._needs: dict[Need, frozenset[Part]] = {}
        self._off_hours: dict[str, WorkingCalendar] = {}

    def add(self, wanted: Wanted) -> None:
        """One need with everybody who would do."""
        keys = tuple(each.key for each in wanted.candidates)
        several = len(keys) > 1
        for each in wanted.candidates:
            self._add_candidate(wanted, each, several=several)
        self._need(keys if several else keys[0], wanted.parts)
        if several:
            city = self._lanes[keys[0]].city
            name = "|".join(keys)
            self._choices.append(
                Lane(name, wanted.label, wanted.candidates[0].end, city, f"choice-{name}", wanted.label)
            )

    def add_witness(self) -> None:
        """The witness is needed for every part and is open at all hours."""
        witness = self._hearing.witness
        self._put(witness.resource, witness.pseudonym, End.REMOTE)
        self._need(str(witness.resource_id), frozenset(Part))

    def timetable(self) -> Timetable:
        """Everything laid out."""
        lengths = lengths_of(self._hearing)
        parts = tuple(
            PatternPart(part, lengths.of(part), tuple(need for need, during in self._needs.items() if part in during))
            for part in Part
            if lengths.of(part)
        )
        cities = {End.COURT: self._hearing.court.city, End.REMOTE: self._hearing.remote.city}
        lanes, choices = tuple(self._lanes.values()), tuple(self._choices)
        return Timetable(Pattern(parts), self._resources, lanes, choices, cities, self._off_hours)

    def _add_candidate(self, wanted: Wanted, each: Candidate, *, several: bool) -> None:
        official, end = each.official, each.end
        if official is None:
            at = self._hearing.court_id if end is End.COURT else self._hearing.remote_id
            calendar = None if wanted.need == LINK else self._hours.of_post(at)
            calendar = self._at_end(each.resource, calendar, calendar and longer(calendar), end)
            self._put(each.resource, each.resource.name, end, calendar=calendar, post=self._posts[at])
            return
        post = self._posts[official.post_id]
        label = official.name if several else wanted.label
        visiting = post.id not in {self._hearing.court_id, self._hearing.remote_id}
        calendar = self._at_end(
            each.resource, self._hours.of_official(official), self._hours.off_hours_of(official), end
        )
        group = wanted.label if visiting else ""
        self._put(each.resource, label, end, calendar=calendar, post=post, group_label=group)

    def _at_end(
        self, resource: ResourceRow, usual: WorkingCalendar | None, off_hours: WorkingCalendar | None, end: End
    ) -> WorkingCalendar | None:
        if off_hours is None or end is not End.COURT:
            return usual
        self._off_hours.setdefault(str(resource.id), off_hours)
        return off_hours if sits_off_hours(self._hearing) else usual

    def _put(
        self,
        resource: ResourceRow,
        label: str,
        end: End,
        *,
        calendar: WorkingCalendar | None = None,
        post: PostRow | None = None,
        group_label: str = "",
    ) -> None:
        key, at = str(resource.id), post or self._posts[self._hearing.remote_id]
        if key in self._resources:
            return
        group = f"always-{key}" if calendar is None else f"{end}-{at.id}"
        group_label = label if calendar is None else group_label or POST_KIND_LABELS[at.kind]
        self._lanes[key] = Lane(key, label, end, at.city, group, group_label)
        self._resources[key] = SlotResource(key, calendar, (), label, at.zone, gap_minutes=resource.gap_minutes)

    def _need(self, need: Need, during: frozenset[Part]) -> None:
        self._needs[need] = self._needs.get(need, frozenset()) | during
