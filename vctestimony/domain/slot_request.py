"""The one place for the words of the slot search: what is asked for, of whom, and how an answer and its causes look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from vctestimony.domain.calendars import Closure, Reason, Status, WorkingCalendar
from vctestimony.domain.errors import Invalid
from vctestimony.domain.hearing import Part
from vctestimony.domain.instants import from_min, to_min_up
from vctestimony.domain.intervals import Span
from vctestimony.domain.wording import N_

Need = str | tuple[str, ...]


class CauseRule(StrEnum):
    """Why a time is not offered."""

    WEEKLY_HOLIDAY = "weekly_holiday"
    CLOSED = "closed"
    OUTSIDE_HOURS = "outside_hours"
    BUSY = "busy"
    GAP = "gap"
    NOTICE = "notice"
    DAY_WINDOW = "day_window"
    DAYLIGHT = "daylight"
    COURT_HOURS = "court_hours"
    DAY_FULL = "day_full"
    NO_COMMON_TIME = "no_common_time"
    AMBIGUOUS_WALL = "ambiguous_wall"
    NONEXISTENT_WALL = "nonexistent_wall"


CAUSE_LABELS: dict[CauseRule, str] = {
    CauseRule.WEEKLY_HOLIDAY: N_("weekly holiday"),
    CauseRule.CLOSED: N_("closed"),
    CauseRule.OUTSIDE_HOURS: N_("outside working hours"),
    CauseRule.BUSY: N_("already taken"),
    CauseRule.GAP: N_("too close to another hearing"),
    CauseRule.NOTICE: N_("too soon for the notice that must be given"),
    CauseRule.DAY_WINDOW: N_("outside the part of the day that was asked for"),
    CauseRule.DAYLIGHT: N_("the order allows daylight only"),
    CauseRule.COURT_HOURS: N_("the order allows court hours only"),
    CauseRule.DAY_FULL: N_("the order allows the witness no longer sitting on one day"),
    CauseRule.NO_COMMON_TIME: N_("each is available, but never all together"),
    CauseRule.AMBIGUOUS_WALL: N_("the clock shows this time twice"),
    CauseRule.NONEXISTENT_WALL: N_("the clock skips this time"),
}


class UnknownResource(Invalid):
    """A part needs something that was not described."""

    text = N_("The pattern needs “{resource}”, which is not among the resources.")


class PatternWithoutMain(Invalid):
    """A pattern has exactly one main part; its start is what people call the time of the hearing."""

    text = N_("A pattern needs exactly one main part and at least one minute in every part.")


@dataclass(frozen=True, slots=True)
class PatternPart:
    """A stretch of the hearing. A need is the key of a resource, or several keys of which any one will do."""

    part: str
    minutes: int
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """What one need takes, over all its parts: any one of `members`, during `spans` counted from the start."""

    name: str
    members: tuple[str, ...]
    spans: tuple[Span, ...]
    is_group: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """The parts of a hearing in order, back to back."""

    parts: tuple[PatternPart, ...]

    def __post_init__(self) -> None:
        mains = [part for part in self.parts if part.part == Part.MAIN]
        if len(mains) != 1 or any(part.minutes < 1 for part in self.parts):
            raise PatternWithoutMain(field="pattern")

    @property
    def minutes(self) -> int:
        """From the start of the first part to the end of the last."""
        return sum(part.minutes for part in self.parts)

    @property
    def main_offset(self) -> int:
        """Minutes from the start of the first part to the start of the main part."""
        names = [part.part for part in self.parts]
        return sum(part.minutes for part in self.parts[: names.index(Part.MAIN)])

    def demands(self) -> tuple[Demand, ...]:
        """Every need once, with all the stretches it takes; the same alternatives in two parts are one need."""
        return _demands(self.parts)


@lru_cache(maxsize=512)
def _demands(parts: tuple[PatternPart, ...]) -> tuple[Demand, ...]:
    spans: dict[tuple[bool, frozenset[str]], list[Span]] = {}
    listed: dict[tuple[bool, frozenset[str]], tuple[str, ...]] = {}
    offset = 0
    for part in parts:
        for need in part.needs:
            members = (need,) if isinstance(need, str) else need
            key = (not isinstance(need, str), frozenset(members))
            listed.setdefault(key, members)
            spans.setdefault(key, []).append((offset, offset + part.minutes))
        offset += part.minutes
    names = _group_names([members for (is_group, _), members in listed.items() if is_group])
    return tuple(
        Demand(names.get(members, members[0]) if key[0] else members[0], members, _joined(spans[key]), key[0])
        for key, members in listed.items()
    )


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined = [spans[0]]
    for (_, before_end), (start, end) in pairwise(spans):
        if start <= before_end:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _group_names(groups: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """A name for each group: the words its members share (interpreter-1, interpreter-2: interpreter), else all."""
    names = {members: _shared_words(members) or "|".join(members) for members in groups}
    taken = list(names.values())
    return {members: name if taken.count(name) == 1 else "|".join(members) for members, name in names.items()}


def _shared_words(members: tuple[str, ...]) -> str:
    words = [member.split("-") for member in members]
    shared = []
    for together in zip(*words, strict=False):
        if len(set(together)) > 1:
            break
        shared.append(together[0])
    return "-".join(shared)


@dataclass(frozen=True, slots=True)
class SlotResource:
    """A room, person or link. Without a calendar it is open at all hours; `busy` holds half-open epoch minutes.

    `booked` repeats what of `busy` is other hearings: from these `gap_minutes` must be kept free, before and after.
    """

    key: str
    calendar: WorkingCalendar | None = None
    busy: Sequence[Span] = ()
    label: str = ""
    own_zone: str = ""
    booked: Sequence[Span] = ()
    gap_minutes: int = 0

    @property
    def zone(self) -> str:
        """The zone its reasons are told in; empty when it has none."""
        return self.calendar.zone if self.calendar is not None else self.own_zone


@dataclass(frozen=True, slots=True)
class Limit:
    """What the court's order allows whoever is free: the whole pattern lies in one stretch of the course `allowed`."""

    rule: CauseRule
    zone: str
    allowed: tuple[Span, ...]

    def around(self, span: Span) -> Span | None:
        """The allowed stretch that shares most with the span; None when none does."""
        shared = [(min(end, span[1]) - max(start, span[0]), (start, end)) for start, end in self.allowed]
        length, stretch = max(shared, default=(0, span))
        return stretch if length > 0 else None


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look. Starts lie on every `step_minutes` of the clock of `zone`, counted from its midnight.

    `day` bounds the whole pattern within each date, in minutes of the date. `preferred_wall` is a start of the main
    part. `now` None asks for no notice.
    """

    from_on: date
    to_on: date
    zone: str
    step_minutes: int = 15
    day: Span | None = None
    now: datetime | None = None
    notice_minutes: int = 0
    limit: int | None = None
    preferred_wall: datetime | None = None
    limits: tuple[Limit, ...] = ()

    @property
    def earliest_min(self) -> int | None:
        """The first start that leaves the notice; exactly then is allowed."""
        return None if self.now is None else to_min_up(self.now + timedelta(minutes=self.notice_minutes))


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which everything fits, with who was chosen where there was a choice."""

    start_min: int
    main_min: int
    end_min: int
    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def start_at(self) -> datetime:
        """Start of the first part."""
        return from_min(self.start_min)

    @property
    def main_at(self) -> datetime:
        """Start of the main part."""
        return from_min(self.main_min)

    @property
    def end_at(self) -> datetime:
        """End of the last part."""
        return from_min(self.end_min)


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason; `resource` None when it is nobody's in particular. `closure` tells which holiday or vacation,
    `allowed` the stretch that a limit leaves."""

    rule: CauseRule
    zone: str
    resource: str | None = None
    closure: Closure | None = None
    allowed: Span | None = None

    @property
    def label(self) -> str:
        """The name of the holiday or vacation, where it has one."""
        return "" if self.closure is None else self.closure.label

    @property
    def reason(self) -> Reason | None:
        """What kind of closure."""
        return None if self.closure is None else self.closure.reason

    @property
    def status(self) -> Status | None:
        """How sure the closure's date is."""
        return None if self.closure is None else self.closure.status


@dataclass(frozen=True, slots=True)
class SlotRefusal:
    """A date that brings no slot, or (with `wall`) the start that was preferred, and every cause."""

    on: date
    causes: tuple[Cause, ...]
    wall: datetime | None = None


@dataclass(frozen=True, slots=True)
class SlotAnswer:
    """Slots, earliest first, or nearest first when a preferred start was refused; `match` None when none was given."""

    slots: tuple[Slot, ...]
    refusals: tuple[SlotRefusal, ...]
    match: bool | None = None


def check_resources(demands: Sequence[Demand], resources: Mapping[str, SlotResource]) -> None:
    """Refuse a pattern that needs something nobody described."""
    for demand in demands:
        for member in demand.members:
            if member not in resources:
                raise UnknownResource(field="pattern", resource=member)
