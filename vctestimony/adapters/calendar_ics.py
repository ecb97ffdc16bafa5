"""The one place that reads closures from a calendar file (ICS) and writes them as one.

An event of whole days is a closure of these dates; so is one that lasts from midnight to midnight of the place's
clock. Any other event says when something happens, not that a court is shut, and is refused rather than guessed at.
Cancelled events are left out; tentative ones are tentative. Whether an event counts as busy says nothing here.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, vDuration, vRecur
from icalendar import Event as WrittenEvent

from vctestimony.adapters import calendar_cells as cells
from vctestimony.adapters import ics_rules
from vctestimony.adapters.calendar_cells import Bad
from vctestimony.adapters.ical import PRODUCT, one_line
from vctestimony.adapters.ics_lines import Event, events_of
from vctestimony.adapters.ics_moments import DAY, BadLine, dates_of, each_date, keeps_the_clock
from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendar_files import (
    MOST_ENTRIES,
    CalendarReading,
    FileForm,
    Place,
    PublishedClosures,
    Row,
    RowProblem,
    TooManyEntries,
)
from vctestimony.domain.calendars import Reason, Status
from vctestimony.domain.entry_checks import CLOSING_REASONS, LABEL_LIMIT
from vctestimony.domain.instants import wall_of
from vctestimony.domain.wording import N_

REFRESHED = timedelta(hours=12)
_ESCAPED = re.compile(r"\\([\\;,nN])")
_LIST_THEM = N_("Enter its dates one by one, in a table for example.")


def read(text: str, place: Place) -> CalendarReading:
    """Every closure of the file; refuses as a whole what is broken, or brings too many events."""
    events = events_of(text)
    reader = _Reader(place, _replaced(events, place))
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for event in events:
        if event.text("STATUS") == "CANCELLED":
            continue
        try:
            rows += [Row(event.line, entry) for entry in reader.closures(event)]
        except BadLine as bad:
            problems.append(RowProblem(bad.line, bad.name, bad.reason, bad.fix, bad.values))
        if len(rows) > MOST_ENTRIES:
            raise TooManyEntries(field="file", most=MOST_ENTRIES)
    cancelled = sum(event.text("STATUS") == "CANCELLED" for event in events)
    return CalendarReading(FileForm.ICS, tuple(rows), tuple(problems), cancelled)


def _replaced(events: Collection[Event], place: Place) -> Mapping[str, list[date]]:
    """By UID the dates of a repeated event for which another event of the file stands, cancelled or moved."""
    found: dict[str, list[date]] = {}
    for event in events:
        if stands_for := event.one("RECURRENCE-ID"):
            try:
                dates = each_date(stands_for, "RECURRENCE-ID", place.zone)
            except BadLine:
                continue  # said when the event itself is read
            found.setdefault(_text(event, "UID"), []).extend(dates)
    return found


@dataclass(slots=True)
class _Reader:
    """Reads the events of one file for one place; `steps` counts the work that its repeated events take."""

    place: Place
    replaced: Mapping[str, list[date]]
    steps: int = 0

    def closures(self, event: Event) -> Iterator[CalendarEntry]:
        """The closures that an event stands for."""
        first_on, days = dates_of(event, self.place.zone)
        label = self._label(event)
        for begins_on in self._begins(event, first_on):
            yield CalendarEntry(
                kind=EntryKind.CLOSED,
                first_on=begins_on,
                last_on=begins_on + (days - 1) * DAY,
                label=label,
                source=self.place.source,
                status=Status.TENTATIVE if event.text("STATUS") == "TENTATIVE" else Status.CONFIRMED,
                reason=_reason(event, self.place.reason),
            )

    def _label(self, event: Event) -> str:
        try:
            label = cells.line(_text(event, "SUMMARY"), limit=LABEL_LIMIT)
        except Bad as bad:
            raise BadLine(event.line, "SUMMARY", bad) from None
        if not label:
            raise BadLine(
                event.line, "SUMMARY", Bad(N_("It has no name."), N_("Ask for a file that names its events."))
            )
        if not self.place.source:
            fix = N_("Fill in the field of the page for all rows.")
            raise BadLine(event.line, "", Bad(N_("It does not say where the dates come from."), fix))
        return label

    def _begins(self, event: Event, first_on: date) -> list[date]:
        """The dates on which it begins: its own, or those of its rule in the years asked for."""
        if stands_for := event.one("RECURRENCE-ID"):
            each_date(stands_for, "RECURRENCE-ID", self.place.zone)
            if "RANGE" in stands_for.params:
                text = N_("It changes every later event of a series, which is not read here.")
                raise BadLine(stands_for.line, "RECURRENCE-ID", Bad(text, _LIST_THEM))
            return [first_on]
        rule, extra = event.one("RRULE"), self._dates(event, "RDATE")
        if event.one("EXRULE") or len(event.all("RRULE")) > 1:
            raise BadLine(event.line, "EXRULE", Bad(N_("It repeats by a rule that is not read here."), _LIST_THEM))
        if rule is None and not extra:
            return [first_on]
        without = [*self._dates(event, "EXDATE"), *self.replaced.get(_text(event, "UID"), ())]
        dates = (self.place.first_on, self.place.last_on)
        return ics_rules.repeated(first_on, self._rule(event, first_on), extra=extra, without=without, between=dates)

    def _dates(self, event: Event, name: str) -> list[date]:
        lines = event.all(name)
        for line in lines:
            if line.params.get("VALUE", "").upper() == "PERIOD" or line.value.count(",") > MOST_ENTRIES:
                raise BadLine(line.line, name, Bad(N_("These dates are not read here."), _LIST_THEM))
        return [on for line in lines for on in each_date(line, name, self.place.zone)]

    def _rule(self, event: Event, first_on: date) -> vRecur | None:
        line, begins = event.one("RRULE"), event.one("DTSTART")
        if line is None or begins is None:
            return None
        try:
            rule = ics_rules.rule_of(line.value.strip())
            if not keeps_the_clock(begins, self.place.zone):
                raise Bad(N_("It repeats by the clock of another zone."), _LIST_THEM)
            self._count(rule, first_on)
        except Bad as bad:
            raise BadLine(line.line, "RRULE", bad) from None
        if until := next(iter(rule.get("UNTIL", ())), None):
            aware = isinstance(until, datetime) and until.tzinfo is not None
            rule["UNTIL"] = [_date(wall_of(until, self.place.zone) if aware else until)]
        return rule

    def _count(self, rule: vRecur, first_on: date) -> None:
        self.steps += ics_rules.steps(rule, first_on, self.place.last_on)
        if self.steps > ics_rules.MOST_STEPS:
            raise Bad(N_("The rules of the file together repeat far too often."), _LIST_THEM)


def _text(event: Event, name: str) -> str:
    found = event.one(name)
    return _ESCAPED.sub(lambda one: "\n" if one[1] in "nN" else one[1], found.value) if found else ""


def _reason(event: Event, otherwise: Reason) -> Reason:
    """What a category of the event says, where it is one of ours."""
    said = [
        word.strip().replace(" ", "_") for line in event.all("CATEGORIES") for word in line.value.casefold().split(",")
    ]
    return next((reason for reason in CLOSING_REASONS if reason in said), otherwise)


def _date(found: date) -> date:
    return found.date() if isinstance(found, datetime) else found


def written(published: PublishedClosures) -> bytes:
    """The closures as a calendar to subscribe to or send: no METHOD, no people, nothing that asks for an answer."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", one_line(published.name))
    calendar.add("x-wr-calname", one_line(published.name))
    calendar.add("refresh-interval", vDuration(REFRESHED), parameters={"VALUE": "DURATION"})
    for one in published.closures:
        event = WrittenEvent()
        identity = repr((published.key, one.first_on, one.last_on, one.label, one.reason))
        event.add("uid", f"{sha256(identity.encode()).hexdigest()[:32]}@{published.host}")
        event.add("dtstamp", published.at)
        event.add("dtstart", one.first_on)
        event.add("dtend", one.last_on + DAY)
        event.add("summary", one_line(one.label))
        event.add("status", "CONFIRMED" if one.status is Status.CONFIRMED else "TENTATIVE")
        event.add("categories", [str(one.reason).upper()])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
