"""Requests, letters and notices of a hearing: filled from its facts, refused where they would not be true."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_14, TUESDAY_11, answered, booked, held
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.casework import Route
from vctestimony.domain.documents import KINDS
from vctestimony.domain.documents.forms import (
    HOST,
    MISSION,
    ROUTE_B,
    SCHEDULE_II,
    SUMMONS,
    MissionSheet,
    RequestRow,
    RequestSheet,
    RouteBSheet,
    SummonsSheet,
)
from vctestimony.domain.paper import Force, Sheet
from vctestimony.domain.people import PostKind
from vctestimony.services import printing
from vctestimony.services.checklist_paper import NoTimeYet
from vctestimony.services.papers.forms import MAKERS
from vctestimony.services.papers.making import Asked, NotForThisHearing
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow

Change = Callable[[HearingRow], None]
OTHERS = (MISSION, HOST, ROUTE_B)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def hearing(units: Units, world: World) -> int:
    """Without a time; its questions are answered."""
    with units.writing() as unit:
        answered(unit.session, world)
    return world.mumbai.hearing_id


def sheet_of(units: Units, hearing: int, code: str, *, change: Change | None = None, lang: str = "en") -> Sheet:
    """The sheet, after a change that is taken back."""
    with units.reading() as unit:
        row = unit.session.get_one(HearingRow, hearing)
        with unit.session.no_autoflush:
            if change is not None:
                change(row)
            made = MAKERS[code](unit, row, Asked(KINDS[code], lang)).sheet
        unit.session.rollback()
    return made


def rows_of(sheet: Sheet) -> dict[str, RequestRow]:
    assert isinstance(sheet, RequestSheet)
    return {row.label: row for row in sheet.rows}


def in_kerala(row: HearingRow) -> None:
    row.case.rule_pack = "kerala"


def in_india(row: HearingRow) -> None:
    row.remote.country = "IN"


def by_route_b(row: HearingRow) -> None:
    row.order.route = Route.B


def by_no_route(row: HearingRow) -> None:
    row.order.route = None


def from_nepal(row: HearingRow) -> None:
    row.order.route, row.remote.country = Route.B, "NP"


def started_by_the_court(row: HearingRow) -> None:
    row.case.facts = {**row.case.facts, "court_initiated": True}


def test_the_request_form_needs_no_time_and_is_ruled_for_it(units: Units, hearing: int) -> None:
    sheet = sheet_of(units, hearing, SCHEDULE_II)
    rows = rows_of(sheet)
    date = rows["Proposed date of conference"]
    assert (date.times, date.lines) == ((), 2)
    assert rows["Cause title"].values == ("State v. Example (mumbai)",)
    assert rows["Location of the Remote Point(s)"].values[1] == "1 High Road, Dhaka"
    people = rows["Names and designation of the participants at the Remote Point"]
    assert [(one.duty, one.name, one.address) for one in people.people][:1] == [
        ("Remote Point Coordinator", "Rina Das, RPC of Dhaka", "")
    ]
    assert people.values == ("PW-7, the witness; the full name is to be added by hand in the sealed cover",)
    assert isinstance(sheet, RequestSheet)
    assert sheet.authority.endswith(
        "as adopted by the High Court of Bombay, r. 6.1, Schedule II (check its number there)"
    )
    assert sheet.applicant == "Leela Mumbaikar, APP of Mumbai"


def test_held_times_are_proposed_until_they_run_out(
    units: Units, hearing: int, world: World, mumbai: Actor, clock: FrozenClock
) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_14, TUESDAY_11)
    sheet = sheet_of(units, hearing, SCHEDULE_II)
    times = rows_of(sheet)["Proposed date of conference"].times
    assert [span.starts.own.reading.wall for span in times] == [MONDAY_14, TUESDAY_11]
    assert {span.starts.other.reading.city for span in times} == {"Dhaka"}
    assert isinstance(sheet, RequestSheet)
    assert not sheet.heading.is_booked
    clock.advance(minutes=49 * 60)
    assert rows_of(sheet_of(units, hearing, SCHEDULE_II))["Proposed date of conference"].times == ()


def test_kerala_has_addresses_and_stage_and_is_served_and_a_shelter_gives_no_address(
    units: Units, hearing: int
) -> None:
    sheet = sheet_of(units, hearing, SCHEDULE_II, change=in_kerala)
    rows = rows_of(sheet)
    assert isinstance(sheet, RequestSheet)
    assert (sheet.is_served, sheet.caution) == (True, "")
    people = rows["Name, designation and address of the participants at the Remote Point"]
    assert {one.address for one in people.people} == {"1 High Road, Dhaka"}
    assert rows["Stage of the case"].values == ("Prosecution evidence",)
    assert rows["Any other matter to be stated"].values == ("An interpreter is needed. Languages of the witness: bn.",)

    def in_a_shelter(row: HearingRow) -> None:
        in_kerala(row)
        row.remote.kind = PostKind.SHELTER_HOME

    assert "High Road, Dhaka" not in repr(sheet_of(units, hearing, SCHEDULE_II, change=in_a_shelter))


def test_the_block_of_the_registry_knows_when_the_hearing_was_held(units: Units, hearing: int) -> None:
    def was_held(row: HearingRow) -> None:
        row.started_at = datetime(2026, 9, 14, 5, 32, tzinfo=UTC)
        row.ended_at = datetime(2026, 9, 14, 7, 2, tzinfo=UTC)

    sheet = sheet_of(units, hearing, SCHEDULE_II, change=was_held)
    assert isinstance(sheet, RequestSheet)
    assert sheet.hours == "1 h 30 min"
    assert sheet.held is not None
    assert sheet.held.starts.other.reading.wall == datetime(2026, 9, 14, 11, 32)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        (SCHEDULE_II, started_by_the_court),
        (MISSION, in_india),
        (MISSION, by_route_b),
        (MISSION, by_no_route),
        (HOST, in_india),
        (HOST, by_route_b),
        (ROUTE_B, None),
        (ROUTE_B, from_nepal),
    ],
)
def test_what_would_not_be_true_of_the_hearing_is_refused(
    units: Units, hearing: int, code: str, change: Change | None
) -> None:
    with pytest.raises(NotForThisHearing):
        sheet_of(units, hearing, code, change=change)


def test_the_mission_is_asked_by_the_rule_of_the_court_and_told_what_binds(units: Units, hearing: int) -> None:
    sheet = sheet_of(units, hearing, MISSION)
    assert isinstance(sheet, MissionSheet)
    assert sheet.mission == ("Dhaka: dhaka-mission", "1 High Road, Dhaka")
    assert sheet.routing.force is Force.CONFIRM
    assert sheet.duties[-1].force is Force.CONFIRM
    courier = sheet.duties[-2]
    assert (courier.force, courier.mark) == (Force.SUGGESTED, "Preferably")
    assert "r. 8.8.1–8.8.2" in courier.authority
    kerala = sheet_of(units, hearing, MISSION, change=in_kerala)
    assert isinstance(kerala, MissionSheet)
    assert (kerala.routing.force, kerala.routing.authority) == (
        Force.REQUIRED,
        "Electronic Video Linkage Rules for Courts (Kerala) 2021, r. 6(7)",
    )
    assert "Rahima" not in repr(sheet)


def test_the_annexes_are_english_whatever_was_asked_and_name_technicians_only(units: Units, hearing: int) -> None:
    sheet = sheet_of(units, hearing, ROUTE_B, change=by_route_b, lang="bn")
    assert sheet == sheet_of(units, hearing, ROUTE_B, change=by_route_b, lang="hi")
    assert isinstance(sheet, RouteBSheet)
    assert [one.duty for one in (*sheet.court_people, *sheet.remote_people)] == [
        "Court Point Coordinator",
        "Remote Point Coordinator",
    ]


def test_a_summons_needs_a_time_and_words_it_gently_abroad(
    units: Units, hearing: int, world: World, mumbai: Actor
) -> None:
    with pytest.raises(NoTimeYet):
        sheet_of(units, hearing, SUMMONS)
    booked(units, world.mumbai.hearing, mumbai)
    sheet = sheet_of(units, hearing, SUMMONS)
    assert isinstance(sheet, SummonsSheet)
    assert (sheet.is_overseas, sheet.is_route_b, sheet.name) == (True, False, "")
    assert sheet.ready.own.reading.wall == datetime(2026, 9, 14, 11, 0)  # Dhaka, half an hour before the first part
    assert "State v." not in repr(sheet)
    assert (sheet.documents, sheet.copies_authority) == ((), "")
    printed = printing.print_for(units, world.mumbai.hearing, SUMMONS, lang="bn", by=mumbai)
    assert printed.file_name.startswith("summons-D-")


def test_a_summons_rests_on_the_law_of_bangladesh_there_alone(
    units: Units, hearing: int, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    for change, expected in ((by_route_b, (True, True)), (from_nepal, (True, False)), (None, (False, False))):
        sheet = sheet_of(units, hearing, SUMMONS, change=change)
        assert isinstance(sheet, SummonsSheet)
        assert (sheet.is_route_b, sheet.by_order_of_bangladesh) == expected
