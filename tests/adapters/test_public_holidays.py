"""The holidays package: what it gives, what it marks as estimated, and what it cannot answer."""

from datetime import date

import pytest

from vctestimony.adapters.public_holidays import HolidayPackage
from vctestimony.domain.calendars import Status
from vctestimony.domain.public_holidays import PublicHoliday, UnknownPlace


def test_a_state_adds_its_own_holidays() -> None:
    bengal = {holiday.label for holiday in HolidayPackage().of("IN", "WB", 2026)}
    delhi = {holiday.label for holiday in HolidayPackage().of("IN", "DL", 2026)}
    assert "Vijayadashami" in bengal - delhi


def test_a_tabulated_feast_is_confirmed_and_a_computed_one_is_an_estimate() -> None:
    listed = {holiday.on: holiday for year in (2026, 2028) for holiday in HolidayPackage().of("BD", "", year)}
    assert listed[date(2026, 3, 21)] == PublicHoliday(date(2026, 3, 21), "Eid al-Fitr", Status.CONFIRMED)
    assert listed[date(2028, 2, 27)] == PublicHoliday(date(2028, 2, 27), "Eid al-Fitr", Status.ESTIMATED)


def test_saudi_arabia_shows_its_estimates_too() -> None:
    assert Status.ESTIMATED in {holiday.status for holiday in HolidayPackage().of("SA", "", 2028)}


def test_a_year_the_package_does_not_have_is_empty_for_the_caller_to_refuse() -> None:
    assert HolidayPackage().of("LK", "", 2027) == ()


@pytest.mark.parametrize(("country", "state"), [("XX", ""), ("IN", "ZZ")])
def test_an_unknown_place_is_refused(country: str, state: str) -> None:
    with pytest.raises(UnknownPlace):
        HolidayPackage().of(country, state, 2026)
