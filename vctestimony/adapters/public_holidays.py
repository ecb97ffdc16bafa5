"""The one place that asks the `holidays` package. Its dates are proposals: a court's own list overrides them."""

from datetime import date
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import holidays
from holidays.groups.islamic import IslamicHolidays

from vctestimony.domain.calendars import Status
from vctestimony.domain.public_holidays import PublicHoliday, UnknownPlace

_ESTIMATED = "(estimated)"


class HolidayPackage:
    """Public holidays by ISO country and state. Moon-sighted dates not yet tabulated come marked as estimated."""

    edition = f"holidays {version('holidays')}"

    def of(self, country: str, state: str, year: int) -> tuple[PublicHoliday, ...]:
        """The year's holidays in order; empty when the package has no entry for the year."""
        return _of(country, state, year)


@lru_cache(maxsize=512)
def _of(country: str, state: str, year: int) -> tuple[PublicHoliday, ...]:
    try:
        kind: Any = type(holidays.country_holidays(country, subdiv=state or None))
    except NotImplementedError:
        raise UnknownPlace(field="holidays", place=f"{country}-{state}" if state else country) from None
    language = "en_US" if "en_US" in kind.supported_languages else None
    # Saudi Arabia and some others hide that a date is an estimate unless asked to show it.
    shown = {"islamic_show_estimated": True} if issubclass(kind, IslamicHolidays) else {}
    found = kind(subdiv=state or None, years=year, language=language, **shown)
    return tuple(_holiday(on, name) for on, name in sorted(found.items()))


def _holiday(on: date, name: str) -> PublicHoliday:
    status = Status.ESTIMATED if _ESTIMATED in name else Status.CONFIRMED
    return PublicHoliday(on=on, label=" ".join(name.replace(_ESTIMATED, "").split()).replace(" ;", ";"), status=status)
