"""Pages that bring in a calendar file: everything is said before it is stored, and what comes twice is there once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from time import process_time

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.adapters.calendar_samples import calendar_of
from tests.services.planned import PlainTokens, answered, booked
from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendars import DatedException, Kind, Reason, WorkingCalendar
from vctestimony.domain.entered import NotHours
from vctestimony.domain.people import Role
from vctestimony.services.accounts import actor_of
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow, CalendarEntryRow
from vctestimony.web.carried import Damaged, TooManyWords, packed, unpacked

MUMBAI = "/posts/mumbai-court/calendar"
IMPORT, ENTER = f"{MUMBAI}/import", f"{MUMBAI}/import/enter"
HEAD = "kind,first_on,last_on,weekdays,stretches,label,source,status\n"
TWO = HEAD + "closed,2026-09-14,,,,Flood,circular 7,\nclosed,2026-09-17,2026-09-18,,,Eid,moon,tentative\n"
OCTOBER_2 = date(2026, 10, 2)
HOLIDAY = DatedException(
    OCTOBER_2, OCTOBER_2, Kind.CLOSED, label="Gandhi Jayanti", source="list", reason=Reason.PUBLIC_HOLIDAY
)
MUMBAI_FILE = "mumbai-court"
Rows = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


def below(ports: Ports, **changes: object) -> None:
    """Let the file below Mumbai's calendar say something else."""
    calendar: WorkingCalendar = ports.calendars.get(MUMBAI_FILE)
    ports.calendars.calendars[MUMBAI_FILE] = replace(calendar, version="2", **changes)  # type: ignore[attr-defined,arg-type]  # the fake's own dict


@pytest.fixture
def coordinator(signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


@pytest.fixture
def rows(units: Units) -> Rows:
    """Kind and name of what is entered anywhere."""

    def found() -> list[tuple[str, str]]:
        with units.reading() as unit:
            kept = unit.session.query(CalendarEntryRow).filter_by(withdrawn_at=None).order_by(CalendarEntryRow.id)
            return [(row.kind.value, row.label) for row in kept]

    return found


def uploaded(browser: Browser, content: bytes | str, *, to: str = IMPORT, status: int = 200, **values: str) -> Page:
    """The page after the file was sent."""
    data: dict[str, object] = {name: found[0] for name, found in browser.get(to).fields(to).items()}
    raw = content.encode() if isinstance(content, str) else content
    data |= {"file": FileStorage(BytesIO(raw), filename="dates"), **values}
    boundary, body = encode_multipart(data)
    kind = f"multipart/form-data; boundary={boundary}"
    answer = browser.ask(to, "POST", data=body, content_type=kind, headers={"Sec-Fetch-Site": "same-origin"})
    return browser._page(answer, status)


def entered(browser: Browser, page: Page, to: str = ENTER, **values: str) -> Page:
    """The calendar after the good rows were entered."""
    return browser.follow(browser.send(page, values, to=to))


@pytest.mark.abuse(97)
@pytest.mark.threat("T28")
def test_a_file_is_checked_first_then_entered_and_the_second_time_nothing_is_left(
    coordinator: Browser, rows: Rows
) -> None:
    page = uploaded(coordinator, TWO)
    assert "2 entries are new." in page.text
    assert ["2", "Mon 14 Sep 2026", "Flood closed", "closed", "Working days that it closes: 1."] in page.rows()
    assert rows() == []
    assert "2 entries were brought in." in entered(coordinator, page).text
    assert "brought in" not in entered(coordinator, page).text
    assert rows() == [("closed", "Flood"), ("closed", "Eid")]
    again = uploaded(coordinator, TWO)
    assert "2 entries are there already and stay as they are." in again.text
    assert "Nothing of this file is to be entered." in again.text


def test_pasted_text_is_read_as_a_file(coordinator: Browser, rows: Rows) -> None:
    page = coordinator.sent(
        coordinator.get(IMPORT), {"pasted": TWO.replace("circular 7", ""), "source": "x"}, to=IMPORT
    )
    entered(coordinator, page)
    assert len(rows()) == 2


@pytest.mark.abuse(97)
def test_rows_that_are_wrong_are_named_and_the_good_ones_can_be_entered(coordinator: Browser, rows: Rows) -> None:
    page = uploaded(coordinator, TWO + "open,2026-09-19,,,morning,Sitting,o,\nclosed,5/6/2026,,,,Maybe,x,\n")
    wrong = [row for row in page.rows() if row[0] in {"4", "5"}]
    assert wrong[0][1:3] == ["stretches", NotHours.text]
    assert wrong[0][3] == "Write 24 hours, from and until: 10:30-13:30 14:00-17:00."
    assert wrong[1][2] == "This could be 2026-06-05 or 2026-05-06, and no date of the file shows which."
    assert "2 things are wrong, and their rows cannot be entered." in page.text
    entered(coordinator, page)
    assert [label for _, label in rows()] == ["Flood", "Eid"]


def test_what_goes_against_what_is_known_is_entered_only_if_one_says_so(
    coordinator: Browser, app_ports: Ports, rows: Rows
) -> None:
    below(app_ports, exceptions=(HOLIDAY,))
    text = HEAD + "open,2026-10-02,,,10:30-13:00,Bail court,order 5,\nclosed,2026-09-14,,,,Flood,c,\n"
    page = uploaded(coordinator, text)
    assert "1 entry goes against what is known." in page.text
    said = "Closed days that it opens: 1, such as Fri 2 Oct 2026: Gandhi Jayanti (public holiday)."
    assert said in page.text
    entered(coordinator, page)
    assert rows() == [("closed", "Flood")]
    entered(coordinator, uploaded(coordinator, text), against="yes")
    assert rows() == [("closed", "Flood"), ("open", "Bail court")]


def test_a_date_that_became_sure_takes_the_place_of_the_tentative_one(coordinator: Browser, rows: Rows) -> None:
    entered(coordinator, uploaded(coordinator, TWO))
    page = uploaded(coordinator, TWO.replace("moon,tentative", "gazette 9,"))
    assert "Takes the place of “Eid” (moon)." in page.text
    entered(coordinator, page, against="yes")
    assert rows() == [("closed", "Flood"), ("closed", "Eid")]
    assert "gazette 9" in coordinator.get(MUMBAI).text
    assert "moon" not in coordinator.get(MUMBAI).text


def test_weekly_hours_replace_the_week_whole(coordinator: Browser, rows: Rows) -> None:
    week = HEAD + "hours,2026-10-01,,mon-thu,10:30-16:30,,c,\nhours,2026-10-01,,fri,10:30-12:30,,c,\n"
    page = uploaded(coordinator, week)
    assert "Takes the place of the weekly hours from Thu 1 Oct 2026 on." in page.text
    assert page.rows()[0][:3] == ["2, 3", "from Thu 1 Oct 2026", "weekly hours"]
    entered(coordinator, page, against="yes")
    entered(coordinator, uploaded(coordinator, week.replace("12:30", "13:00")), against="yes")
    assert len(rows()) == 2
    broken = uploaded(coordinator, week.replace("fri", "friyay"))
    assert "a week is entered whole or not at all" in broken.text
    assert "Nothing of this file is to be entered." in broken.text


def test_the_hearings_that_a_file_strands_are_named_before(coordinator: Browser, units: Units, world: World) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    with units.reading() as unit:
        by = actor_of(unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR, "mumbai")))
    booked(units, world.mumbai.hearing, by)
    page = uploaded(coordinator, TWO)
    assert "1 hearing would no longer fit." in page.text
    assert world.mumbai.hearing in page.text


def test_a_year_that_nobody_entered_is_refused_row_by_row(coordinator: Browser, app_ports: Ports) -> None:
    below(app_ports, known_years=frozenset({2026}))
    page = uploaded(coordinator, TWO + "closed,2028-01-03,,,,Far,x,\n")
    assert "The closures of 2028 are not entered" in page.text
    assert "2 entries are new." in page.text


def test_a_calendar_of_the_court_becomes_closures_with_the_source_of_the_page(coordinator: Browser, rows: Rows) -> None:
    events = calendar_of(
        "SUMMARY:Diwali; DTSTART;VALUE=DATE:20261108; DTEND;VALUE=DATE:20261112; STATUS:TENTATIVE",
        "SUMMARY:Lok Adalat; DTSTART:20261114T103000; DTEND:20261114T163000",
        "SUMMARY:Off; DTSTART;VALUE=DATE:20261115; STATUS:CANCELLED",
    )
    assert "It does not say where the dates come from." in uploaded(coordinator, events).text
    page = uploaded(coordinator, events, source="page of the High Court", reason="vacation")
    assert "1 cancelled event is left out." in page.text
    assert "It has a time of day, so it does not say that a whole day is closed." in page.text
    year = entered(coordinator, page)
    assert rows() == [("closed", "Diwali")]
    assert "page of the High Court" in year.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a file, or paste its text."),
        (b"<html>Sign in</html>", "This is a web page, not a calendar."),
        (b"PK\x03\x04", "This is not a text file."),
        (b"a,b\n", "Missing: kind, first_on, label"),
        (b"x" * (2 * 2**20 + 1), "The file is larger than 2 MB."),
        (HEAD.encode() + b"hours,2026-10-01,,mon,10:00-11:00,x,c,\nclosed,1,,,,F\xeate,c,\n", "Line 3 is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(
    coordinator: Browser, content: bytes, said: str
) -> None:
    page = uploaded(coordinator, content, status=422, source="kept")
    assert said in page.text
    assert page.fields(IMPORT)["source"] == ["kept"]


@pytest.mark.abuse(94)
def test_a_file_of_50_megabytes_is_not_even_taken(coordinator: Browser) -> None:
    assert "This is too large" in uploaded(coordinator, b"x" * 50 * 2**20, status=413).text


def test_the_largest_table_fits_the_page_and_is_entered(coordinator: Browser, rows: Rows) -> None:
    days = (date(2026, 9, 2) + timedelta(days=number) for number in range(2000))
    lines = [f"closed,{on},,,,Holiday {on:%d %B %Y},Notification {on.year},\n" for on in days]
    started = process_time()
    page = uploaded(coordinator, HEAD + "".join(lines))
    assert "2000 entries are new." in page.text
    coordinator.send(page, {}, to=ENTER)
    assert len(rows()) == 2000
    assert process_time() - started < 60


@pytest.mark.parametrize("language", ["en", "bn"])
def test_the_page_stays_light_with_everything_on_it(coordinator: Browser, app_ports: Ports, language: str) -> None:
    holidays = tuple(replace(HOLIDAY, first_on=on, last_on=on) for on in (OCTOBER_2 + timedelta(n) for n in range(60)))
    below(app_ports, exceptions=holidays)
    coordinator.client.set_cookie("language", language, domain="127.0.0.1")
    label = "".join(chr(0x995 + number % 30) for number in range(60))
    days = [OCTOBER_2 + timedelta(days=number) for number in range(60)]
    lines = [f"open,{on},,,07:00-09:00,{label} {on},{label},\n" for on in days]
    lines += [f"closed,{on.replace(year=2027)},,,,{label} {on},{label},tentative\n" for on in days]
    lines += [f"open,{on},,,morning,{label} {on},{label},\n" for on in days]
    page = uploaded(coordinator, HEAD + "".join(lines))
    assert page.fields(ENTER)["rows"]
    assert page.language == language


@pytest.mark.abuse(97)
@pytest.mark.threat("T28")
def test_who_does_not_keep_the_place_brings_in_nothing(signed_in: SignedIn, world: World) -> None:
    for browser in (signed_in(Role.COORDINATOR, "pune"), signed_in(Role.PRESIDING_OFFICER, "mumbai")):
        paths = (IMPORT, f"{MUMBAI}/entries.csv", f"/officials/{world.mumbai.judge_id}/calendar/import")
        assert [browser.ask(path).status_code for path in paths] == [403] * 3


def test_an_official_has_a_file_of_their_own(coordinator: Browser, world: World, rows: Rows) -> None:
    home = f"/officials/{world.mumbai.judge_id}/calendar"
    assert f"{home}/import" in coordinator.get(home).links()
    page = uploaded(coordinator, TWO + "observed_not,2026-10-02,,,,No,x,\n", to=f"{home}/import")
    assert "Holidays are kept on the calendar of the place." in page.text
    entered(coordinator, page, f"{home}/import/enter")
    assert len(rows()) == 2
    assert coordinator.ask(f"{home}/entries.csv").data.decode("utf-8-sig").count("\r\n") == 3
    assert b"SUMMARY:Flood" in coordinator.ask(f"{home}/closures.ics").data


def test_what_is_downloaded_can_be_brought_in_again(
    coordinator: Browser, signed_in: SignedIn, app_ports: Ports
) -> None:
    below(app_ports, exceptions=(HOLIDAY,))
    entered(coordinator, uploaded(coordinator, TWO))
    table = coordinator.ask(f"{MUMBAI}/entries.csv")
    assert table.headers["Content-Disposition"] == 'attachment; filename="post-mumbai-court-entries.csv"'
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "2 entries are there already" in uploaded(coordinator, table.data).text
    calendar = signed_in(Role.COORDINATOR, "pune").ask(f"{MUMBAI}/closures.ics")
    assert calendar.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar.data.count(b"BEGIN:VEVENT") == 3
    template = coordinator.ask("/posts/calendar-template.csv")
    assert "observed_not" in template.text
    assert "Nothing of this file is to be entered." in uploaded(coordinator, template.data).text


def test_rows_that_come_back_damaged_or_as_a_bomb_are_refused(coordinator: Browser, rows: Rows) -> None:
    page = uploaded(coordinator, TWO)
    for damaged in ("", "!", packed(b"x" * 3_000_000), packed(TWO.encode())[:-8]):
        assert "did not come back whole" in coordinator.sent(page, {"rows": damaged}, to=ENTER, status=422).text
    assert rows() == []


def test_what_is_carried_is_small_and_comes_back_the_same() -> None:
    assert unpacked(packed(TWO.encode())) == TWO.encode()
    with pytest.raises(TooManyWords):
        packed(bytes(range(256)) * 100 + str([hash(number / 7) for number in range(20_000)]).encode())
    with pytest.raises(Damaged):
        unpacked("AAAA")
    entry = CalendarEntry(kind=EntryKind.CLOSED, first_on=date(2026, 1, 1), last_on=None, label="x", source="y")
    assert len(packed(repr(entry).encode())) < 400
