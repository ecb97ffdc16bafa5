"""The one place that says what an order for a sitting outside court hours opens."""

from dataclasses import replace
from functools import lru_cache

from vctestimony.domain.calendars import Kind, WorkingCalendar

# What an order for a sitting outside court hours (Model Rules 12.7) opens at the Court Point on its working days:
# a planning default, no rule names the hours.
OFF_HOURS = (8 * 60, 20 * 60)


@lru_cache(maxsize=1024)
def longer(calendar: WorkingCalendar) -> WorkingCalendar:
    """The same working days and closures with the hours of OFF_HOURS; at the remote end nobody's hours change."""
    if calendar.rules is None:
        return calendar
    start, end = OFF_HOURS
    rules = tuple(
        dict.fromkeys(replace(rule, open_min=start, close_min=end, label="", source="") for rule in calendar.rules)
    )
    dated = tuple(one for one in calendar.exceptions if one.kind is not Kind.SEASON)
    return replace(calendar, version=f"{calendar.version} off hours", rules=rules, exceptions=dated)
