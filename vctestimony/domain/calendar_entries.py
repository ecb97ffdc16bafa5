"""The one place for what a post or a person enters into a working calendar, over the calendar that many share.

`compose` puts the entries over that calendar and gives a calendar like any other. What may be entered at all is said
in `entry_checks`; here every entry is taken as it stands, because a file below it can change after it was entered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from vctestimony.domain.calendars import DatedException, Kind, Reason, Rule, Status, WorkingCalendar
from vctestimony.domain.intervals import Span, common, course, without
from vctestimony.domain.wording import N_


class EntryKind(StrEnum):
    """What an entry does to the calendar below it.

    `hours` rows with the same `first_on` are one week: from that date it replaces every weekly hour before it.
    `season`, `closed` and `open` are dated exceptions as in a calendar file. `observed_not` takes the public holidays
    of its dates away; a vacation around them still closes. `confirmed` says that what is tentative or estimated on its
    dates stands as it is: what bears its name there, or everything when nothing does.
    """

    HOURS = "hours"
    SEASON = "season"
    CLOSED = "closed"
    OPEN = "open"
    OBSERVED_NOT = "observed_not"
    CONFIRMED = "confirmed"


ENTRY_KIND_LABELS: dict[EntryKind, str] = {
    EntryKind.HOURS: N_("weekly hours"),
    EntryKind.SEASON: N_("hours of a season"),
    EntryKind.CLOSED: N_("closed"),
    EntryKind.OPEN: N_("open on a day that is otherwise closed, or with other hours"),
    EntryKind.OBSERVED_NOT: N_("holiday not observed here"),
    EntryKind.CONFIRMED: N_("date confirmed"),
}
# Kinds that are dated exceptions of a calendar, and can be tentative.
DATED = {EntryKind.SEASON: Kind.SEASON, EntryKind.CLOSED: Kind.CLOSED, EntryKind.OPEN: Kind.OPEN}
# On the dates of an entry of the key, what the calendar below says of these kinds counts no more.
_HIDES: dict[EntryKind, set[Kind]] = {
    EntryKind.SEASON: {Kind.SEASON},
    EntryKind.CLOSED: {Kind.OPEN},
    EntryKind.OPEN: {Kind.OPEN},
    EntryKind.OBSERVED_NOT: {Kind.CLOSED},
}
_FIRST, _BEYOND = date.min.toordinal(), date.max.toordinal() + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One entry for the dates `first_on` to `last_on`, both included; None as the last: until something replaces it.

    `weekdays` (Monday is 0) and `weeks` (of the month) are for `hours` only; `stretches` are minutes of the date.
    Every entry names its source.
    """

    kind: EntryKind
    first_on: date
    last_on: date | None
    label: str
    source: str
    weekdays: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    stretches: tuple[Span, ...] = ()
    status: Status = Status.CONFIRMED
    reason: Reason = Reason.CLOSED

    @property
    def span(self) -> Span:
        """Its dates as ordinals, half-open."""
        return self.first_on.toordinal(), (self.last_on or date.max).toordinal() + 1


def compose(base: WorkingCalendar, entries: Iterable[CalendarEntry]) -> WorkingCalendar:
    """The calendar with the entries over it, whatever their order; `base` itself when there are none.

    An entry counts for more than what the calendar below says of the same date: a closure closes an opening there,
    an opening or a season takes the place of one. Among the entries themselves the rules of a calendar hold: open
    wins over closed, and of several seasons or weeks the one that began last.
    """
    ordered = _ordered(entries)
    if not ordered:
        return base
    return replace(
        base,
        version=f"{base.version}+{mark_of(ordered)}",
        rules=_rules(base, [entry for entry in ordered if entry.kind is EntryKind.HOURS]),
        exceptions=_exceptions(base, ordered),
    )


def compose_person(post: WorkingCalendar, entries: Iterable[CalendarEntry]) -> WorkingCalendar:
    """The calendar of somebody of the post. Where they have a week of their own, it replaces the post's week with its
    seasons and extra sittings; the post's closures hold for them as for everybody."""
    found = tuple(entries)
    own_weeks = course(entry.span for entry in found if entry.kind is EntryKind.HOURS)
    if not own_weeks:
        return compose(post, found)
    held = (
        piece
        for one in post.exceptions
        for piece in ([one] if one.kind is Kind.CLOSED else _pieces(one, without([_span(one)], own_weeks)))
    )
    return compose(replace(post, exceptions=tuple(held)), found)


def mark_of(entries: Iterable[CalendarEntry]) -> str:
    """A short text that is the same for the same entries in any order, and another for any others; empty for none."""
    said = repr([astuple(entry) for entry in _ordered(entries)])
    return "" if said == "[]" else sha256(said.encode()).hexdigest()[:32]


def _ordered(entries: Iterable[CalendarEntry]) -> list[CalendarEntry]:
    return sorted(set(entries), key=_sort_key)


def _sort_key(entry: CalendarEntry) -> tuple[object, ...]:
    return (entry.first_on, entry.last_on or date.max, *(str(value) for value in astuple(entry)))


def _rules(base: WorkingCalendar, rows: Sequence[CalendarEntry]) -> tuple[Rule, ...] | None:
    """Of every date the rules of the week that began last; where none holds, those of the calendar below."""
    if not rows:
        return base.rules
    below = tuple(Rule(weekday, 0, 1440) for weekday in range(7)) if base.rules is None else base.rules
    weeks: dict[date | None, list[Rule]] = {None: list(below)}
    for row in rows:
        weeks.setdefault(row.first_on, []).extend(_week_rules(row))
    held = _held(rows)
    limited = (piece for first_on, rules in weeks.items() for rule in rules for piece in _limited(rule, held[first_on]))
    return tuple(dict.fromkeys(limited))


def _held(rows: Sequence[CalendarEntry]) -> dict[date | None, list[Span]]:
    """The dates on which each week holds, by its first; None for the hours below."""
    left = [(_FIRST, _BEYOND)]
    held: dict[date | None, list[Span]] = {}
    spans = {row.first_on: row.span for row in rows}
    for first_on in sorted(spans, reverse=True):
        held[first_on] = common(left, [spans[first_on]])
        left = without(left, [spans[first_on]])
    held[None] = left
    return held


def _week_rules(row: CalendarEntry) -> list[Rule]:
    return [
        Rule(weekday, start, end, label=row.label, weeks=row.weeks, source=row.source)
        for weekday in row.weekdays
        for start, end in row.stretches
    ]


def _limited(rule: Rule, dates: Sequence[Span]) -> list[Rule]:
    """The rule for those of its dates only."""
    own = (rule.valid_from or date.min).toordinal(), (rule.valid_to or date.max).toordinal() + 1
    return [
        replace(
            rule,
            valid_from=None if start == _FIRST else date.fromordinal(start),
            valid_to=None if end == _BEYOND else date.fromordinal(end - 1),
        )
        for start, end in common([own], dates)
    ]


def _exceptions(base: WorkingCalendar, entries: Sequence[CalendarEntry]) -> tuple[DatedException, ...]:
    everything = [
        *(_exception(one, DATED[one.kind]) for one in entries if one.kind in DATED),
        *(piece for one in base.exceptions for piece in _pieces(one, without([_span(one)], _hidden(one, entries)))),
    ]
    for entry in entries:
        if entry.kind is EntryKind.CONFIRMED:
            names = {one.label for one in everything if common([_span(one)], [entry.span])}
            everything = [
                piece
                for one in everything
                for piece in (_confirmed(one, entry) if one.label == entry.label or entry.label not in names else [one])
            ]
    return tuple(dict.fromkeys(everything))


def _hidden(one: DatedException, entries: Sequence[CalendarEntry]) -> list[Span]:
    """On which dates what the calendar below says counts no more."""
    if one.kind is Kind.CLOSED and one.reason is not Reason.PUBLIC_HOLIDAY:
        return []
    return course(entry.span for entry in entries if one.kind in _HIDES.get(entry.kind, ()))


def _exception(entry: CalendarEntry, kind: Kind) -> DatedException:
    reason = Reason.SEASON if kind is Kind.SEASON else entry.reason
    last_on = entry.last_on or date.max
    return DatedException(
        entry.first_on, last_on, kind, entry.stretches, entry.label, entry.source, entry.status, reason
    )


def _confirmed(one: DatedException, entry: CalendarEntry) -> list[DatedException]:
    """The exception, whose dates within the entry are sure from now on, by the word of both sources."""
    if one.status is Status.CONFIRMED:
        return [one]
    sure = replace(one, status=Status.CONFIRMED, source=f"{one.source}; {entry.source}")
    within, outside = common([_span(one)], [entry.span]), without([_span(one)], [entry.span])
    return sorted((*_pieces(sure, within), *_pieces(one, outside)), key=_span)


def _span(one: DatedException) -> Span:
    return one.first_on.toordinal(), one.last_on.toordinal() + 1


def _pieces(one: DatedException, dates: Iterable[Span]) -> list[DatedException]:
    if (spans := list(dates)) == [_span(one)]:
        return [one]
    return [
        replace(one, first_on=date.fromordinal(start), last_on=date.fromordinal(end - 1), cut_from=one.began_on)
        for start, end in spans
    ]
