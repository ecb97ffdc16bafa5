"""Calendar files: what a fault says, when a year is known, and that the files we ship can be used."""

from datetime import date
from pathlib import Path

import pytest

from vctestimony.adapters.calendar_shelf import CalendarShelf, UnknownCalendar
from vctestimony.adapters.court_calendars import BrokenCalendars, build, check_calendars, load_calendars
from vctestimony.adapters.public_holidays import HolidayPackage
from vctestimony.domain.calendars import HolidayYearMissing, Reason, Status, WorkingCalendar, closure_of, windows
from vctestimony.domain.instants import from_min, wall_of
from vctestimony.domain.public_holidays import PublicHoliday

SHIPPED = Path(__file__).parents[2] / "sop" / "calendars"

PLAIN = """
[calendar]
id = "here"
label = "Court here"
zone = "Asia/Kolkata"
years = [2026, 2027]
holidays = { country = "IN", state = "WB" }

[[hours]]
days = ["mon", "tue", "wed", "thu", "fri"]
stretches = [["10:30", "13:30"], ["14:00", "16:30"]]
source = "the court"
evidence = "P"
"""


class Listed:
    """A list of public holidays with one day in 2026 and none in 2027."""

    edition = "a list"

    def of(self, country: str, state: str, year: int) -> tuple[PublicHoliday, ...]:
        return (PublicHoliday(date(2026, 10, 2), "Gandhi Jayanti", Status.CONFIRMED),) if year == 2026 else ()


def _folder(tmp_path: Path, text: str, name: str = "here.toml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def _built(tmp_path: Path, text: str) -> WorkingCalendar:
    return build(load_calendars(_folder(tmp_path, text))[0], Listed())


def _hours(calendar: WorkingCalendar, day: date) -> list[str]:
    walls = [
        (wall_of(from_min(a), calendar.zone), wall_of(from_min(b), calendar.zone)) for a, b in windows(calendar, day)
    ]
    return [f"{start:%H:%M}-{end:%H:%M}" for start, end in walls]


def _fault(tmp_path: Path, text: str) -> str:
    with pytest.raises(BrokenCalendars) as caught:
        load_calendars(_folder(tmp_path, text))
    return str(caught.value.facts["faults"])


def test_a_public_holiday_of_the_list_closes_the_day_and_says_so(tmp_path: Path) -> None:
    calendar = _built(tmp_path, PLAIN)
    assert _hours(calendar, date(2026, 10, 1)) == ["10:30-13:30", "14:00-16:30"]
    assert _hours(calendar, date(2026, 10, 2)) == []
    assert [(found.reason, found.label, found.source) for found in closure_of(calendar, date(2026, 10, 2))] == [
        (Reason.PUBLIC_HOLIDAY, "Gandhi Jayanti", "list of public holidays (a list)")
    ]


def test_a_holiday_that_is_not_observed_here_stays_open(tmp_path: Path) -> None:
    more = '[[not_closed]]\nlabel = "sits"\ndates = [[2026-10-02]]\nsource = "notice"\nevidence = "R"\n'
    assert _hours(_built(tmp_path, PLAIN + more), date(2026, 10, 2)) == ["10:30-13:30", "14:00-16:30"]


def test_an_opening_wins_over_a_holiday(tmp_path: Path) -> None:
    more = '[[open]]\nlabel = "vacation judge"\ndates = [[2026-10-02]]\nstretches = [["11:00", "12:00"]]\n'
    more += 'source = "n"\nevidence = "R"\n'
    assert _hours(_built(tmp_path, PLAIN + more), date(2026, 10, 2)) == ["11:00-12:00"]


def test_a_listed_year_without_any_public_holiday_is_unknown_and_refused(tmp_path: Path) -> None:
    calendar = _built(tmp_path, PLAIN)
    assert calendar.known_years == frozenset({2026})
    with pytest.raises(HolidayYearMissing, match="Court here") as caught:
        windows(calendar, date(2027, 1, 4))
    assert caught.value.facts["year"] == 2027
    assert str(caught.value.facts["file"]).endswith("here.toml")


def test_without_a_list_of_holidays_the_listed_years_are_known(tmp_path: Path) -> None:
    text = PLAIN.replace('holidays = { country = "IN", state = "WB" }\n', "")
    assert _built(tmp_path, text).known_years == frozenset({2026, 2027})


def test_the_version_changes_with_the_file_and_with_the_holidays(tmp_path: Path) -> None:
    class More(Listed):
        def of(self, country: str, state: str, year: int) -> tuple[PublicHoliday, ...]:
            return (PublicHoliday(date(year, 1, 26), "Republic Day", Status.CONFIRMED),)

    definition = load_calendars(_folder(tmp_path, PLAIN))[0]
    changed = load_calendars(_folder(tmp_path, PLAIN.replace("13:30", "13:15")))[0]
    versions = {
        build(definition, Listed()).version,
        build(definition, More()).version,
        build(changed, Listed()).version,
    }
    assert len(versions) == 3
    assert build(definition, Listed()).version == build(definition, Listed()).version


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('zone = "Asia/Kolkata"', 'zone = "IST"', "here.toml:5: calendar.zone"),
        ('zone = "Asia/Kolkata"', 'zone = "Asia/Calcutta"', "write Asia/Kolkata"),
        ("years = [2026, 2027]", 'years = ["2026"]', "here.toml:6: calendar.years"),
        ('evidence = "P"', 'evidence = "X"', "here.toml:13: hours.0.evidence"),
        ('source = "the court"\n', "", "hours.0.source: This is missing."),
        ('["10:30", "13:30"]', '["13:30", "10:30"]', "here.toml:11: hours.0.stretches.0"),
        ('["10:30", "13:30"]', '["10:30", "14:01"]', "here.toml:11: hours.0.stretches: Two stretches overlap."),
        ('["10:30", "13:30"]', '["10:30", "24:01"]', "here.toml:11: hours.0.stretches.0.1"),
        ('label = "Court here"', 'name = "Court here"', "here.toml:4: calendar.name: This key is not known."),
        ("[[hours]]", "[[hour]]", "hours: This is missing."),
        ('id = "here"', 'id = "here', "This is not TOML"),
    ],
)
def test_a_fault_is_named_by_file_line_and_key(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert fault in _fault(tmp_path, PLAIN.replace(old, new, 1))


def test_a_closure_in_a_year_that_is_not_listed_is_a_fault(tmp_path: Path) -> None:
    more = '[[closed]]\nlabel = "x"\ndates = [[2028-01-03]]\nsource = "n"\nevidence = "U"\n'
    assert "here.toml:16: closed.0.dates: 2028-01-03 lies in a year" in _fault(tmp_path, PLAIN + more)


def test_two_files_cannot_define_the_same_calendar(tmp_path: Path) -> None:
    _folder(tmp_path, PLAIN, "again.toml")
    assert "here.toml:3: calendar.id: Another file already has the calendar “here”." in _fault(tmp_path, PLAIN)


def test_an_empty_folder_is_a_fault_and_not_no_calendars(tmp_path: Path) -> None:
    with pytest.raises(BrokenCalendars, match="no calendar"):
        load_calendars(tmp_path)


def test_the_check_names_a_year_for_which_the_list_has_nothing(tmp_path: Path) -> None:
    problems = check_calendars(_folder(tmp_path, PLAIN), Listed())
    assert [str(problem).split(": ", 1)[1] for problem in problems] == [
        "calendar.years: The list of public holidays has no entry for IN-WB in 2027, so the year stays unknown."
    ]


def test_the_check_names_a_place_that_the_list_does_not_know(tmp_path: Path) -> None:
    problems = check_calendars(_folder(tmp_path, PLAIN.replace('"WB"', '"ZZ"')), HolidayPackage())
    assert [problem.key for problem in problems] == ["calendar.holidays"]


def test_the_shelf_reads_a_changed_file_again(tmp_path: Path) -> None:
    shelf = CalendarShelf(_folder(tmp_path, PLAIN), Listed())
    before = shelf.get("here")
    assert shelf.get("here") is before
    _folder(tmp_path, PLAIN.replace("16:30", "16:00") + "\n")
    assert _hours(shelf.get("here"), date(2026, 10, 1)) == ["10:30-13:30", "14:00-16:00"]


def test_the_shelf_refuses_an_unknown_calendar_and_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownCalendar, match="Choose one of: here"):
        CalendarShelf(_folder(tmp_path, PLAIN), Listed()).get("there")


def test_the_calendars_we_ship_have_no_fault() -> None:
    assert check_calendars(SHIPPED, HolidayPackage()) == []


@pytest.mark.parametrize(
    ("calendar_id", "day", "hours"),
    [
        ("in-mumbai-sessions", date(2026, 9, 16), ["11:00-14:00", "15:00-17:00"]),
        ("in-mumbai-sessions", date(2026, 9, 14), []),  # Ganesh Chaturthi
        ("in-kolkata-sessions", date(2026, 9, 14), ["10:30-13:30", "14:00-16:30"]),
        ("in-kolkata-sessions", date(2026, 10, 23), []),  # Durga Puja vacation
        ("in-gujarat-sessions", date(2026, 8, 1), ["11:30-14:30", "15:30-17:30"]),  # 1st Saturday
        ("in-gujarat-sessions", date(2026, 8, 8), []),  # 2nd Saturday
        ("in-gujarat-sessions", date(2026, 8, 22), []),  # 4th Saturday
        ("in-gujarat-sessions", date(2026, 8, 29), ["11:30-14:30", "15:30-17:30"]),  # 5th Saturday
        ("bd-satkhira-magistrates", date(2026, 9, 13), ["09:30-16:30"]),  # Sunday
        ("bd-satkhira-magistrates", date(2026, 9, 18), []),  # Friday
        ("bd-satkhira-magistrates", date(2027, 2, 10), ["09:30-13:15", "13:30-15:00"]),  # Ramadan
        ("bd-satkhira-magistrates", date(2026, 10, 20), []),  # Durga Puja
        ("mission-kathmandu", date(2026, 9, 12), []),  # Saturday
        ("mission-london", date(2026, 8, 31), []),  # Late Summer Bank Holiday
        ("gb-court-england", date(2026, 3, 30), ["10:30-13:00", "14:00-16:00"]),
    ],
)
def test_the_calendars_we_ship_open_when_they_should(calendar_id: str, day: date, hours: list[str]) -> None:
    assert _hours(CalendarShelf(SHIPPED, HolidayPackage()).get(calendar_id), day) == hours


def test_an_estimated_feast_closes_and_is_shown_as_an_estimate() -> None:
    calendar = CalendarShelf(SHIPPED, HolidayPackage()).get("bd-dhaka-magistrates")
    found = closure_of(calendar, date(2028, 2, 28))
    assert [(closure.label, closure.status) for closure in found] == [("Eid al-Fitr", Status.ESTIMATED)]
