"""Pages of the backlog: choosing, asking, looking while it is made, booking, taking it along; wrong input is kept."""

import csv
import io
from dataclasses import dataclass, replace

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.services.backlogs import add_waiting
from tests.services.planned import answered
from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.backlog.wire import Report, Task
from vctestimony.domain.people import Role
from vctestimony.services.plan_office import make_one
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import CaseRow, PlanRow, PlanState

ASK = "/backlog/new"


@dataclass
class DoneAtOnce:
    """A planning process that has nothing to add to the first plan."""

    latest: Report | None = None

    def start(self, task: Task) -> "DoneAtOnce":
        return self

    def wait(self, seconds: float) -> bool:
        return True

    def kill(self) -> None:
        return


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, planner=DoneAtOnce())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
        add_waiting(unit.session, world, world.mumbai, 4)
    return world


@pytest.fixture
def desk(world: World, signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


def asked(desk: Browser, **changes: object) -> Page:
    page = desk.get("/backlog?all=1")
    return desk.follow(desk.send(page, changes, to=ASK))  # type: ignore[arg-type]


def made(desk: Browser, units: Units) -> Page:
    page = asked(desk)
    make_one(units, owner="one")
    return desk.get(_path(page))


def _path(page: Page) -> str:
    return page.response.request.path


def test_what_waits_stands_in_the_list_with_everything_that_can_be_asked(desk: Browser) -> None:
    page = desk.get("/backlog")
    assert len(page.rows()) == 5
    assert "PW-20" in page.text
    assert "POCSO Act s. 35" in page.text
    assert desk.get("/backlog?q=PW-21").soup.select("input[name=hearing]")[1:] == []


@pytest.mark.parametrize("least", ["²", "-1", "x", "9" * 5000])
def test_a_priority_in_the_address_that_is_none_filters_nothing(desk: Browser, least: str) -> None:
    assert len(desk.get(f"/backlog?least={least}").soup.select("input[name=hearing]")) > 1


def test_a_plan_that_is_being_made_looks_again_by_itself_only_while_it_is(desk: Browser, units: Units) -> None:
    page = asked(desk)
    assert page.soup.select_one("meta[http-equiv=refresh]")
    assert "Nothing has been looked at yet" in page.text
    make_one(units, owner="one")
    done = desk.get(f"{_path(page)}?watch=1")
    assert done.soup.select("meta[http-equiv=refresh]") == []
    assert "5 of 5 hearings have a time" in done.text


def test_rows_can_be_ticked_only_while_the_page_does_not_load_itself_anew(desk: Browser, units: Units) -> None:
    page = made(desk, units)
    with units.writing() as unit:
        unit.session.scalars(sa.select(PlanRow)).one().state = PlanState.RUNNING
    assert desk.get(f"{_path(page)}?watch=1").soup.select("input[name=line]") == []
    assert len(desk.get(_path(page)).soup.select("input[name=line]")) == 5


def test_ticked_lines_are_booked_and_the_others_stay_proposed(desk: Browser, units: Units) -> None:
    page = made(desk, units)
    boxes = [str(box["value"]) for box in page.soup.select("input[name=line]")]
    after = desk.follow(desk.send(page, {"line": boxes[:2]}, to=_path(page)))
    assert "2 of 2 hearings booked." in after.text
    assert len(after.soup.select("input[name=line]")) == 3
    assert desk.get(f"{_path(page)}?by=mission&all=1").soup.select("input[name=line][checked]")


def test_the_plan_can_be_taken_along_as_a_table(desk: Browser, units: Units) -> None:
    answer = desk.ask(f"{_path(made(desk, units))}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer.mimetype == "text/csv"
    assert {row["court_city"] for row in rows} == {"Mumbai"}
    assert all(row["court_start"] < row["remote_start"] for row in rows)


def test_stopping_is_said_and_a_second_time_refused(desk: Browser) -> None:
    page = asked(desk)
    path = f"{_path(page)}/stop"
    assert "stopped" in desk.follow(desk.send(page, {}, to=path)).text
    desk.send(page, {}, to=path, status=409)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"to_on": "1/1/2030"}, "at most 62 days"),
        ({"hearing": []}, "Tick at least one hearing"),
        ({"per_day": "many"}, "Hearings a day"),
    ],
)
def test_what_cannot_be_planned_is_said_beside_the_field(desk: Browser, changes: dict[str, object], said: str) -> None:
    page = desk.get("/backlog?all=1")
    assert said in desk.sent(page, changes, to=ASK, status=422).text  # type: ignore[arg-type]


def test_a_childs_case_without_its_day_of_cognizance_cannot_be_ticked_and_leads_to_its_form(
    desk: Browser, units: Units, world: World
) -> None:
    with units.writing() as unit:
        case = unit.session.get_one(CaseRow, world.mumbai.case_id)
        case.facts = {**case.facts, "pocso": True}
        add_waiting(unit.session, world, world.mumbai, 1, child=True)
    page = desk.get("/backlog")
    assert "Day of cognizance missing" in page.text
    assert f"/cases/{world.mumbai.case}/edit" in page.links()
    assert len(page.soup.select("input[name=hearing]")) == 5


def test_only_who_may_book_sees_the_door_and_another_courts_plan_is_not_there(
    app: Flask, desk: Browser, signed_in: SignedIn
) -> None:
    path = _path(asked(desk))
    assert signed_in(Role.COORDINATOR, "pune").ask(path).status_code == 404
    official = signed_in(Role.MISSION_OFFICIAL)
    assert official.ask("/backlog").status_code == 403
    assert "/backlog" not in official.get("/hearings").links()
