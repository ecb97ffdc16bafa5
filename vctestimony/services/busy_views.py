"""What pages show of officials' own calendars: how each stands, how far it can be relied on, what it takes."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from vctestimony.domain.access import Actor, may_manage
from vctestimony.domain.busy import CalendarRefused, Health, SourceKind, health, refusal_named
from vctestimony.domain.instants import Reading, from_min, to_min
from vctestimony.services import hearing_links
from vctestimony.services.busy_times import MOST_CALENDARS, official_with_calendars
from vctestimony.services.clocks import both_clocks
from vctestimony.services.hearing_links import BookedHearing
from vctestimony.services.unit import Unit
from vctestimony.store import busy as store
from vctestimony.store.models import BusySourceRow, OccupancyKind, OfficialRow

STRETCHES_SHOWN = 12
TwoClocks = tuple[Reading, Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How far what is known of one calendar of a person can be relied on. What it takes hides times in any case."""

    resource_id: int
    kind: SourceKind
    host: str
    health: Health
    read_at: datetime | None
    covers_until: datetime | None
    unreadable: int

    @property
    def is_reliable(self) -> bool:
        """Whether nothing needs to be said about it."""
        return self.health is Health.FRESH and not self.unreadable

    def reaches(self, at: datetime) -> bool:
        """Whether the calendar was read as far as this instant."""
        return self.covers_until is not None and at <= self.covers_until


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLine:
    """One calendar as its page shows it; every instant on two clocks."""

    id: int
    reference: str
    kind: SourceKind
    host: str
    health: Health
    failure: CalendarRefused | None
    unreadable: int
    added: TwoClocks
    tried: TwoClocks | None
    read: TwoClocks | None
    changed: TwoClocks | None
    covers: TwoClocks | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """When somebody is taken by their own calendar; `hearings` booked within must be moved or given to others."""

    starts: TwoClocks
    ends: TwoClocks
    tentative: bool = False
    hearings: tuple[BookedHearing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BusySummary:
    """The calendars of one official, where hearings stand in what they take, and which hearings those are."""

    calendars: tuple[CalendarLine, ...]
    clashes: tuple[Stretch, ...]
    hearings: tuple[BookedHearing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyPage:
    """The page of one official's calendars."""

    official_id: int
    name: str
    post_code: str
    post_name: str
    city: str
    zone: str
    summary: BusySummary
    coming: tuple[Stretch, ...]
    is_own: bool
    manages: bool
    may_add: bool


def freshness(unit: Unit, resource_ids: Collection[int]) -> tuple[Freshness, ...]:
    """How each calendar of these people stands, in one query; nothing for people without any."""
    return tuple(
        Freshness(
            resource_id=resource_id,
            kind=row.kind,
            host=row.host,
            health=_health(unit, row),
            read_at=row.read_at,
            covers_until=row.covers_until,
            unreadable=row.unreadable,
        )
        for resource_id, row in store.sources_of_resources(unit.session, resource_ids)
    )


def summary(unit: Unit, official_id: int, *, by: Actor) -> BusySummary:
    """The calendars of the official, for who keeps them."""
    return _summary(unit, official_with_calendars(unit, official_id, by=by), by=by)


def busy_page(unit: Unit, official_id: int, *, by: Actor) -> BusyPage:
    """Everything about the calendars of the official, for who keeps them."""
    row = official_with_calendars(unit, official_id, by=by)
    post, found = row.post, _summary(unit, row, by=by)
    taken = store.coming(unit.session, row.resource_id, ends_after_min=to_min(unit.now), most=STRETCHES_SHOWN)
    return BusyPage(
        official_id=row.id,
        name=row.name,
        post_code=post.code,
        post_name=post.name,
        city=post.city,
        zone=post.zone,
        summary=found,
        coming=tuple(
            _stretch(row, start, end, by=by, tentative=kind is OccupancyKind.IMPORTED_TENTATIVE)
            for start, end, kind in taken
        ),
        is_own=by.official_id == row.id,
        manages=may_manage(by, post_id=row.post_id),
        may_add=len(found.calendars) < MOST_CALENDARS,
    )


def _summary(unit: Unit, row: OfficialRow, *, by: Actor) -> BusySummary:
    found = store.clashes(unit.session, row.resource_id, ends_after_min=to_min(unit.now))
    known = hearing_links.named(unit, {hearing_id for *_, hearing_id in found}, by=by)
    within: dict[tuple[int, int], list[BookedHearing]] = {}
    for start, end, hearing_id in found:
        within.setdefault((start, end), []).append(known[hearing_id])
    return BusySummary(
        calendars=tuple(_line(unit, source, row, by=by) for source in store.sources(unit.session, row.id)),
        clashes=tuple(
            _stretch(row, start, end, by=by, hearings=tuple(booked)) for (start, end), booked in within.items()
        ),
        hearings=tuple(known.values()),
    )


def _line(unit: Unit, source: BusySourceRow, official: OfficialRow, *, by: Actor) -> CalendarLine:
    def clocks(at: datetime | None) -> TwoClocks | None:
        return None if at is None else _clocks(at, official, by=by)

    return CalendarLine(
        id=source.id,
        reference=source.reference,
        kind=source.kind,
        host=source.host,
        health=_health(unit, source),
        failure=refusal_named(source.failure, source.failure_facts) if source.failure else None,
        unreadable=source.unreadable,
        added=_clocks(source.created_at, official, by=by),
        tried=clocks(source.tried_at),
        read=clocks(source.read_at),
        changed=clocks(source.changed_at),
        covers=clocks(source.covers_until),
    )


def _health(unit: Unit, row: BusySourceRow) -> Health:
    return health(read_at=row.read_at, failures=row.failures, now=unit.now)


def _stretch(
    row: OfficialRow,
    start: int,
    end: int,
    *,
    by: Actor,
    tentative: bool = False,
    hearings: tuple[BookedHearing, ...] = (),
) -> Stretch:
    starts, ends = (_clocks(from_min(edge), row, by=by) for edge in (start, end))
    return Stretch(starts, ends, tentative, hearings)


def _clocks(at: datetime, official: OfficialRow, *, by: Actor) -> TwoClocks:
    """On the clock of the official's post first."""
    own, across = both_clocks(at, by=replace(by, zone=official.post.zone, city=official.post.city))
    return own, across
