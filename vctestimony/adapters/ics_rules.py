"""The one place that repeats an event of a calendar file: only rules of a kind that closures have, only in the years
asked for, and with all work known before it begins."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

import recurring_ical_events
from icalendar import Calendar, Event, vRecur

from vctestimony.adapters.calendar_cells import Bad
from vctestimony.domain.wording import N_

PERIODS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
MOST_STEPS = 20_000
"""How often all rules of a file together may have to be tried."""
LONGEST_RULE = 300
_ALLOWED = {
    "DAILY": frozenset[str](),
    "WEEKLY": frozenset({"BYDAY"}),
    "MONTHLY": frozenset({"BYDAY", "BYMONTHDAY", "BYSETPOS"}),
    "YEARLY": frozenset({"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}),
}
_ALWAYS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})
_DAY = timedelta(days=1)
_ADVICE = N_("Enter its dates one by one, in a table for example.")
Rule = Mapping[str, Sequence[object]]


def rule_of(text: str) -> vRecur:
    """The rule, refused before it is ever applied unless it comes to a date within a few of its periods.

    Hours, minutes and seconds repeat no closure, and a rule such as 30 February would be tried until the year 9999.
    """
    if len(text) > LONGEST_RULE:
        raise _unread()
    try:
        rule: vRecur = vRecur.from_ical(text)
    except (ValueError, OverflowError):
        raise _unread() from None
    frequency = str(next(iter(rule.get("FREQ", ())), ""))
    if frequency in {"SECONDLY", "MINUTELY", "HOURLY"}:
        raise Bad(N_("It repeats more than once a day, which no closure does."), _ADVICE)
    if frequency not in PERIODS or not set(rule) <= _ALWAYS | _ALLOWED[frequency] or not _comes_up(rule, frequency):
        raise _unread()
    return rule


def _unread() -> Bad:
    return Bad(N_("It repeats by a rule that is not read here."), _ADVICE)


def _comes_up(rule: Rule, frequency: str) -> bool:
    """Whether the rule meets a date again and again, whatever the date it begins with."""
    if not 1 <= _number(rule, "INTERVAL", 1) <= 400 or not 1 <= _number(rule, "COUNT", 1) <= 100_000:
        return False
    days = [str(day) for day in rule.get("BYDAY", ())]
    dates, months = _numbers(rule, "BYMONTHDAY"), _numbers(rule, "BYMONTH")
    plain = all(len(day) == 2 for day in days)
    if (days and dates) or not (plain or all(len(day) > 2 for day in days)):
        return False
    if frequency == "YEARLY" and dates and not months:
        return False
    if any(not 1 <= abs(number) <= 28 for number in dates) and not _in_every_year(rule, frequency, dates, months):
        return False
    if "BYSETPOS" in rule and not (days and plain and (frequency == "MONTHLY" or months)):
        return False
    return all(1 <= abs(number) <= 4 for number in _numbers(rule, "BYSETPOS")) and all(
        _weekday_comes_up(day, frequency, in_month=frequency == "MONTHLY" or bool(months)) for day in days
    )


def _in_every_year(rule: Rule, frequency: str, dates: Collection[int], months: Collection[int]) -> bool:
    """The 29th to 31st: of every month, or of a month that always has it."""
    if any(not 1 <= abs(number) <= 31 for number in dates):
        return False
    if frequency == "MONTHLY":
        return _number(rule, "INTERVAL", 1) == 1
    return any(abs(number) <= _length(month) for number in dates for month in months)


def _length(month: int) -> int:
    return {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31) if 1 <= month <= 12 else 0


def _weekday_comes_up(day: str, frequency: str, *, in_month: bool) -> bool:
    ordinal = day[:-2]
    if not ordinal:
        return True
    most = 4 if in_month else 52
    return frequency != "WEEKLY" and 1 <= abs(int(ordinal)) <= most


def _numbers(rule: Rule, name: str) -> list[int]:
    return [int(str(value)) for value in rule.get(name, ())]


def _number(rule: Rule, name: str, empty: int) -> int:
    return next(iter(_numbers(rule, name)), empty)


def steps(rule: Rule, first_on: date, last_on: date) -> int:
    """How many dates the rule is tried on, at most, from its first date to the last one asked for."""
    period = PERIODS[str(rule["FREQ"][0])]
    periods = max((last_on - first_on).days, 0) // (period * _number(rule, "INTERVAL", 1)) + 1
    each = max(len(rule.get("BYDAY", ())), 1) * max(len(_numbers(rule, "BYMONTHDAY")), 1)
    each *= max(len(_numbers(rule, "BYMONTH")), 1)
    weeks = 53 if period == 365 and "BYMONTH" not in rule else max(period // 7, 1)
    plain = any(len(str(day)) == 2 for day in rule.get("BYDAY", ()))
    return periods * each * (weeks if plain and period > 7 else 1)


def repeated(
    first_on: date,
    rule: vRecur | None,
    *,
    extra: Collection[date],
    without: Collection[date],
    between: tuple[date, date],
) -> list[date]:
    """The dates on which the event begins, those between the two, both included."""
    event = Event()
    event.add("uid", "it")
    event.add("dtstart", first_on)
    event.add("dtend", first_on + _DAY)
    if rule is not None:
        event["RRULE"] = rule
    for name, dates in (("rdate", extra), ("exdate", without)):
        if dates:
            event.add(name, sorted(dates))
    calendar = Calendar()
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(between[0], between[1] + _DAY)
    return sorted({occurrence["DTSTART"].dt for occurrence in found})
