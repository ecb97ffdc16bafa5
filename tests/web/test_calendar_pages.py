"""Pages that keep a calendar: each change is checked first, says what it strands, and is seen on the year at once."""

from dataclasses import replace

import pytest

from tests.services.kept import EID, below
from tests.services.planned import PlainTokens, answered, booked
from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.accounts import actor_of
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow

MUMBAI, DHAKA = "/posts/mumbai-court/calendar", "/posts/dhaka-mission/calendar"
CLOSED = {"label": "Flood", "first_on": "14/9/2026", "source": "circular 7", "reason": "closed"}


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.fixture
def coordinator(signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


@pytest.fixture
def administrator(signed_in: SignedIn) -> Browser:
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def hearing(units: Units, world: World) -> str:
    """Booked on Monday 14 September at 11:00 in Mumbai."""
    with units.writing() as unit:
        answered(unit.session, world)
    with units.reading() as unit:
        by = actor_of(unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR, "mumbai")))
    booked(units, world.mumbai.hearing, by)
    return world.mumbai.hearing


def checked(browser: Browser, path: str, values: dict[str, str | list[str]]) -> Page:
    """The page that says what the change would come to."""
    return browser.sent(browser.get(path), values, to=path)


def stored(browser: Browser, path: str, values: dict[str, str | list[str]]) -> Page:
    """The year, after the change was checked and stored."""
    page = checked(browser, path, values)
    return browser.follow(browser.send(page, {"checked": "yes"}, to=path))


def cells(page: Page, kind: str) -> list[str]:
    return [cell.get_text() for cell in page.soup.select(f".year td.{kind}")]


def entered(page: Page) -> list[list[str]]:
    rows = page.soup.select("#entered tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])] for row in rows]


def test_a_closure_shows_what_it_strands_before_and_after_it_is_stored(coordinator: Browser, hearing: str) -> None:
    path = f"{MUMBAI}/new/closed"
    page = checked(coordinator, path, {**CLOSED, "status": "tentative"})
    assert "1 hearing would no longer fit." in page.text
    assert (
        f"{hearing} Mon 14 Sep 2026, 11:00 · Mumbai (UTC+05:30) Mon 14 Sep 2026, 11:30 · Dhaka (UTC+06:00)" in page.text
    )
    assert "Mumbai: Flood (closed), tentative, to be confirmed" in page.text
    assert entered(coordinator.get(MUMBAI)) == []
    year = coordinator.follow(coordinator.send(page, {"checked": "yes"}, to=path))
    assert cells(year, "c") == ["14?"]
    assert "Hearings that no longer fit" in year.text
    [row] = entered(year)
    assert row[0] == "Mon 14 Sep 2026"
    assert row[1] == "Flood closed ? tentative, to be confirmed"
    assert row[3] == "circular 7"
    assert "Hearings that no longer fit" in coordinator.get(MUMBAI).text
    post = coordinator.get("/posts/mumbai-court")
    assert "1 hearing no longer fits this calendar." in post.text
    assert f"{MUMBAI}#misfits" in post.links()
    sure = coordinator.follow(coordinator.send(year, {}, to=form_to(year, f"{MUMBAI}/confirm", "#entered")))
    assert cells(sure, "c") == ["14"]


def test_the_page_of_a_stranded_hearing_warns_with_the_reasons(coordinator: Browser, hearing: str) -> None:
    warning = "No longer fits the calendars."
    assert warning not in coordinator.get(f"/hearings/{hearing}").text
    stored(coordinator, f"{MUMBAI}/new/closed", {**CLOSED})
    page = coordinator.get(f"/hearings/{hearing}").text
    assert warning in page
    assert "Mumbai: Flood" in page


def form_to(page: Page, path: str, within: str) -> str:
    """The address, if the page has one form that goes there inside that part; another may stand elsewhere."""
    assert len(page.soup.select(f'{within} form[action="{path}"]')) == 1
    for form in page.soup.select(f'form[action="{path}"]')[1:]:
        form.decompose()
    return path


def test_the_form_comes_back_to_be_changed_and_is_stored_once(coordinator: Browser) -> None:
    path = f"{MUMBAI}/new/closed"
    page = checked(coordinator, path, {**CLOSED, "status": "confirmed"})
    assert "Every booked or held hearing still fits." in page.text
    again = coordinator.sent(page, {"again": "yes"}, to=path)
    assert again.fields(path)["label"] == ["Flood"]
    page = coordinator.sent(again, {"label": "Storm"}, to=path)
    for _ in range(2):
        coordinator.send(page, {"checked": "yes"}, to=path)
    [row] = entered(coordinator.get(MUMBAI))
    assert row[1] == "Storm closed"


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("closed", {"source": ""}, "Source: Fill this in."),
        ("closed", {"first_on": "14/9/2026", "last_on": "13/9/2026"}, "Last day: The last day must not come before"),
        ("open", {"stretches": "10-13"}, "Hours: This is not a time of day."),
        ("open", {"stretches": "10:30"}, "Hours: Write hours as 10:30-13:30, 14:00-17:00"),
        ("open", {"stretches": "10:30-13:30, 13:00-17:00"}, "Hours: Two stretches of one day overlap."),
        ("season", {"stretches": "13:30-10:30"}, "Hours: Each stretch must end after it begins"),
        ("observed_not", {}, "First day: The calendar mumbai-court has no public holiday on Mon 14 Sep 2026."),
        ("hours", {}, "Days and hours: A week needs at least one day with hours."),
        ("hours", {"day_5": "10:30-13:30", "weeks_5": []}, "Saturday: Tick in which weeks of the month"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field_and_kept(
    coordinator: Browser, kind: str, values: dict[str, str | list[str]], sentence: str
) -> None:
    path = f"{MUMBAI}/new/{kind}"
    typed = {**CLOSED, "status": "confirmed", "stretches": "10:30-13:30", **values}
    page = coordinator.sent(coordinator.get(path), typed, to=path, status=422)
    assert sentence in page.text
    assert page.fields(path)["first_on"] == ["14/9/2026"]


def test_a_year_that_nobody_entered_is_refused_with_its_file(administrator: Browser, app_ports: Ports) -> None:
    below(app_ports, known_years=frozenset({2025}), file="calendars/dhaka.toml")
    path = f"{DHAKA}/new/closed"
    page = administrator.sent(administrator.get(path), {**CLOSED, "status": "confirmed"}, to=path, status=422)
    assert "Fill in the year in calendars/dhaka.toml." in page.text


def test_a_new_week_with_two_saturdays_closed_shows_from_its_day_and_is_changed_whole(coordinator: Browser) -> None:
    path = f"{MUMBAI}/new/hours"
    monday_to_friday: dict[str, str | list[str]] = {f"day_{day}": "10:30-13:30, 14:00-17:00" for day in range(5)}
    values: dict[str, str | list[str]] = {
        "first_on": "1/10/2026",
        "source": "order 12",
        "day_5": "10:30-13:30",
        "weeks_5": ["1", "3", "5"],
    }
    year = stored(coordinator, path, {**monday_to_friday, **values})
    october = year.soup.select(".year table")[9]
    assert [cell.get_text() for cell in october.select("td.w")] == ["4", "10", "11", "18", "24", "25"]
    september = year.soup.select(".year table")[8]
    assert "5" in [cell.get_text() for cell in september.select("td.w")]
    [row] = entered(year)
    assert row[0] == "from Thu 1 Oct 2026"
    assert "Saturday: 10:30–13:30 (only the first, third, fifth of the month)" in row[2]
    assert "order 12" in next(row for row in year.rows() if row[0] == "Saturday")[2]
    edit = next(link for link in year.links() if "/entries/" in link and "withdraw" not in link)
    form = coordinator.get(edit)
    assert form.fields(edit)["weeks_5"] == ["1", "3", "5"]
    changed = stored(coordinator, edit, {"day_5": ""})
    assert len(entered(changed)) == 1
    assert "Saturday" not in entered(changed)[0][2].replace("Saturday to Sunday", "").split("weekly")[0]
    back = coordinator.get(next(link for link in changed.links() if "withdraw" in link))
    coordinator.send(back, {})
    assert entered(coordinator.get(MUMBAI)) == []


def test_a_holiday_is_not_observed_and_a_tentative_one_confirmed_from_the_year(
    administrator: Browser, app_ports: Ports
) -> None:
    below(app_ports, exceptions=(EID,))
    year = administrator.get(DHAKA)
    assert cells(year, "c") == ["14?"]
    link = next(link for link in year.links() if "observed_not?" in link)
    assert administrator.get(link).fields(f"{DHAKA}/new/observed_not")["label"] == ["Eid"]
    sure = administrator.follow(administrator.send(year, {}, to=f"{DHAKA}/confirm"))
    assert cells(sure, "c") == ["14"]
    assert "list; confirmed by Administrator" in sure.text
    page = administrator.sent(administrator.get(link), {"source": "circular 9"}, to=f"{DHAKA}/new/observed_not")
    administrator.send(page, {"checked": "yes"}, to=f"{DHAKA}/new/observed_not")
    assert cells(administrator.get(DHAKA), "c") == []


def test_an_official_has_own_hours_and_a_year_of_their_own(
    coordinator: Browser, world: World, hearing: str, signed_in: SignedIn
) -> None:
    home = f"/officials/{world.mumbai.judge_id}/calendar"
    assert home in coordinator.get(f"/officials/{world.mumbai.judge_id}").links()
    assert "Nothing: the hours are those of the place." in coordinator.get(home).text
    path = f"{home}/new/hours"
    page = checked(coordinator, path, {"first_on": "7/9/2026", "source": "roster", "day_0": "14:00-17:00"})
    assert "1 hearing would no longer fit." in page.text
    assert "Mumbai: outside working hours Presiding officer" in page.text
    year = coordinator.follow(coordinator.send(page, {"checked": "yes"}, to=path))
    assert year.heading.startswith("Meera")
    assert hearing in year.text
    assert hearing in coordinator.get(MUMBAI).text
    assert "observed_not" not in year.response.text
    pune = signed_in(Role.COORDINATOR, "pune")
    assert [pune.ask(place).status_code for place in (home, path, f"{MUMBAI}/new/closed")] == [403, 403, 403]
    assert entered(pune.get(MUMBAI)) == []
    assert "Change" not in pune.get(MUMBAI).text


def test_what_is_not_there_is_not_there(coordinator: Browser) -> None:
    coordinator.get(f"{MUMBAI}/new/confirmed", status=404)
    coordinator.get(f"{MUMBAI}/entries/99", status=404)
    coordinator.get(f"{MUMBAI}/entries/99/withdraw", status=404)


def test_an_entry_that_somebody_took_back_is_changed_no_more(coordinator: Browser) -> None:
    year = stored(coordinator, f"{MUMBAI}/new/closed", {**CLOSED, "status": "confirmed"})
    edit = next(link for link in year.links() if "/entries/" in link and "withdraw" not in link)
    form = coordinator.get(edit)
    page = coordinator.sent(form, {"label": "Storm"}, to=edit)
    coordinator.send(coordinator.get(f"{edit}/withdraw"), {})
    coordinator.sent(page, {"checked": "yes"}, to=edit, status=409)
    assert entered(coordinator.get(MUMBAI)) == []


def test_a_hearing_that_no_longer_fits_is_confirmed_only_with_a_tick(coordinator: Browser, hearing: str) -> None:
    path = f"/hearings/{hearing}/confirm"
    assert coordinator.get(path).soup.select("[name=all_the_same]") == []
    stored(coordinator, f"{MUMBAI}/new/closed", {**CLOSED})
    page = coordinator.get(path)
    assert "Mumbai: Flood" in page.text
    refused = coordinator.sent(page, {}, to=path, status=422)
    assert "Confirm all the same: Read what speaks against it." in refused.text
    assert refused.soup.select("#e-all_the_same")
    assert "Mumbai: Flood" in refused.text
    answer = coordinator.follow(coordinator.send(refused, {"all_the_same": "yes"}, to=path))
    assert "Confirmed" in answer.text


@pytest.mark.parametrize(
    ("dates", "is_over"),
    [
        ({"first_on": "12/7/2026"}, True),
        ({"first_on": "12/7/2026", "last_on": "7/12/2026"}, False),
        ({"first_on": "7/12/2026"}, False),
    ],
)
def test_dates_that_are_over_are_said_to_be_over_before_they_are_stored(
    coordinator: Browser, dates: dict[str, str | list[str]], is_over: bool
) -> None:
    page = checked(coordinator, f"{MUMBAI}/new/closed", {**CLOSED, **dates})
    assert ("These dates are over." in page.text) is is_over


def test_today_says_how_many_hearings_no_longer_fit_and_where_they_are_listed(
    coordinator: Browser, hearing: str
) -> None:
    link, words = f"{MUMBAI}#misfits", "Hearings that no longer fit a calendar: 1"
    assert link not in coordinator.get("/").links()
    stored(coordinator, f"{MUMBAI}/new/closed", {**CLOSED})
    page = coordinator.get("/")
    assert words in page.text
    assert link in page.links()
    assert hearing in coordinator.get(MUMBAI).text


def test_a_hearing_within_a_leave_is_named_with_a_link(coordinator: Browser, hearing: str, world: World) -> None:
    path = f"/officials/{world.mumbai.judge_id}"
    coordinator.send(coordinator.get(f"{path}/leave"), {"first_on": "14/9/2026", "last_on": "14/9/2026"})
    page = coordinator.get(path)
    assert f"1 to be moved {hearing}" in page.text
    assert f"/hearings/{hearing}" in page.links()
