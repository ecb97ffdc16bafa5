"""What is said to help does: each change is really made in the database, and brings exactly the starts promised."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.adapters.delivered_packs import PACKS
from tests.builders import add_official, add_post, add_resource
from tests.conftest import Database
from tests.fakes import week
from tests.services.planned import MONDAY_11_AT, PlainTokens, answered, take
from tests.services.test_finding import counted
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import Lengths
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import Duty, PostKind
from vctestimony.services import planning
from vctestimony.services.finding import ask, find
from vctestimony.services.planning import Rooms, Seat
from vctestimony.services.ports import Ports
from vctestimony.services.relaxing import Relaxation, what_would_help
from vctestimony.services.standins import Change
from vctestimony.services.unit import Unit, Units
from vctestimony.store.models import HearingRow, OfficialRow, PostRow, ResourceKind, ResourceRow

MONDAY, THURSDAY = date(2026, 9, 14), date(2026, 9, 17)
START = to_min(MONDAY_11_AT)
WHOLE_WEEK = (START - 600, START + 4 * 1440)


class Undone(Exception):
    """Raised to take back what was tried."""


@dataclass(frozen=True, slots=True)
class More:
    """What the tests' world has besides: a second of everything, and a second mission."""

    court_room: int
    link: int
    interpreter: int
    technician: int
    khulna: int


@pytest.fixture
def ports(ports: Ports) -> Ports:
    ports.calendars.calendars["khulna-mission"] = week("khulna-mission", "Asia/Dhaka", (6, 0, 1, 2, 3))  # type: ignore[attr-defined]  # the fake's own dict
    return replace(ports, tokens=PlainTokens(), packs=lambda: PACKS)


@pytest.fixture
def more(world: World, units: Units, mumbai: Actor) -> More:
    with units.writing() as unit:
        answered(unit.session, world)
        session = unit.session
        court = session.get_one(PostRow, world.mumbai.post_id)
        dhaka = session.get_one(PostRow, world.dhaka.post_id)
        khulna = add_post(
            session, "khulna-mission", kind=PostKind.MISSION, city="Khulna", country="BD", zone="Asia/Dhaka"
        )
        add_resource(session, ResourceKind.ROOM, "Khulna room", post_id=khulna.id)
        for duty, name in ((Duty.REMOTE_COORDINATOR, "R"), (Duty.INTERPRETER, "I"), (Duty.SUPPORT_PERSON, "S")):
            add_official(session, f"{name} Khulna", post=khulna, duty=duty)
        found = More(
            court_room=add_resource(session, ResourceKind.ROOM, "Courtroom 2", post_id=court.id).id,
            link=add_resource(session, ResourceKind.LINK, "Link 2", post_id=None).id,
            interpreter=add_official(session, "Second Interpreter", post=dhaka, duty=Duty.INTERPRETER).id,
            technician=add_official(session, "Techni Cian", post=court, duty=Duty.TECHNICIAN).id,
            khulna=khulna.id,
        )
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        seats = [*seats_of(row), Seat(found.technician, Duty.TECHNICIAN)]
        planning.name_people(unit, row.reference, seats, version=row.version, by=mumbai)
    return found


def seats_of(row: HearingRow) -> list[Seat]:
    return [Seat(p.official_id, p.duty, p.is_required) for p in row.participants if p.removed_at is None]


def helpful(units: Units, world: World, by: Actor) -> tuple[Relaxation, ...]:
    with units.reading() as unit:
        return what_would_help(unit, ask(unit, world.mumbai.hearing, from_on=MONDAY, to_on=THURSDAY, by=by))


def starts(unit: Unit, world: World, by: Actor) -> tuple[int, ...]:
    page = find(unit, world.mumbai.hearing, from_on=MONDAY, to_on=THURSDAY, by=by)
    return tuple(one.start_min for one in page.offered)


def make(unit: Unit, world: World, relaxation: Relaxation, by: Actor) -> None:
    """Really make the change, by the use-cases that the page leads to."""
    row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
    match relaxation.change:
        case Change.OFF_HOURS:
            row.order.facts = row.order.facts | {"off_hours": True}
        case Change.ROOM | Change.LINK | Change.SHORTER:
            place(unit, row, relaxation, by)
        case Change.PLACE:
            place(unit, row, relaxation, by)
            comers = {official_of(unit, name).duties[0]: official_of(unit, name).id for name in relaxation.people}
            seats = [replace(seat, official_id=comers.get(seat.duty.value, seat.official_id)) for seat in seats_of(row)]
            planning.name_people(unit, row.reference, seats, version=row.version, by=by)
        case Change.NOTICE:
            row.court.notice_minutes = row.remote.notice_minutes = min(
                row.court.notice_minutes, row.remote.notice_minutes
            )
        case Change.PERSON | Change.WITHOUT:
            seat_anew(unit, row, relaxation, by)
    unit.session.flush()
    unit.session.refresh(row)


def place(unit: Unit, row: HearingRow, relaxation: Relaxation, by: Actor) -> None:
    court_room, remote_room, link = row.court_room_id, row.remote_room_id, row.link_id
    lengths = Lengths(row.pre_minutes, relaxation.main_minutes or row.main_minutes, row.post_minutes)
    if relaxation.change is Change.PLACE:
        remote_room = resource_of(unit, relaxation.label)
    elif relaxation.label == row.court_room.name:
        court_room = resource_of(unit, relaxation.other)
    elif relaxation.label == row.link.name:
        link = resource_of(unit, relaxation.other)
    rooms = Rooms(court_room_id=court_room, remote_room_id=remote_room, link_id=link, lengths=lengths)
    planning.change_rooms(unit, row.reference, rooms, version=row.version, by=by)


def seat_anew(unit: Unit, row: HearingRow, relaxation: Relaxation, by: Actor) -> None:
    if relaxation.change is Change.WITHOUT:
        gone = official_of(unit, relaxation.other).id
        seats = [seat for seat in seats_of(row) if seat.official_id != gone]
    else:
        comer = official_of(unit, relaxation.other)
        seats = [replace(seat, official_id=comer.id) if seat.duty in comer.duties else seat for seat in seats_of(row)]
    planning.name_people(unit, row.reference, seats, version=row.version, by=by)


def resource_of(unit: Unit, name: str) -> int:
    return unit.session.scalars(sa.select(ResourceRow.id).where(ResourceRow.name == name)).one()


def official_of(unit: Unit, name: str) -> OfficialRow:
    return unit.session.scalars(sa.select(OfficialRow).where(OfficialRow.name == name)).one()


@contextmanager
def tried(units: Units) -> Iterator[Unit]:
    with pytest.raises(Undone), units.writing() as unit:
        yield unit
        raise Undone()


def kept(units: Units, world: World, by: Actor, found: tuple[Relaxation, ...]) -> None:
    with units.reading() as unit:
        now = starts(unit, world, by)
    for relaxation in found:
        with tried(units) as unit:
            make(unit, world, relaxation, by)
            assert starts(unit, world, by) == relaxation.starts, relaxation.change
        assert relaxation.more == len(relaxation.starts) - len(now)
        assert relaxation.more > 0
        assert to_min(relaxation.first.court.at) == relaxation.starts[0]
        assert relaxation.first.remote.at == relaxation.first.court.at
    assert [one.more for one in found] == sorted((one.more for one in found), reverse=True)


def taken_all_week(units: Units, world: World, what: str) -> None:
    with units.reading() as unit:
        people = {"interpreter": world.dhaka.interpreter_id}
        number = {"court room": world.mumbai.room_id, "link": world.link_id}.get(what)
        if what == "technician":
            people[what] = official_of(unit, "Techni Cian").id
        resource_id = number or unit.session.get_one(OfficialRow, people[what]).resource_id
    take(units, resource_id, *WHOLE_WEEK)


@pytest.mark.parametrize(
    ("what", "change", "other"),
    [
        ("court room", Change.ROOM, "Courtroom 2"),
        ("link", Change.LINK, "Link 2"),
        ("interpreter", Change.PERSON, "Second Interpreter"),
        ("technician", Change.WITHOUT, "Techni Cian"),
    ],
)
def test_what_alone_stands_in_the_way_is_exchanged_or_left_out(
    units: Units, world: World, more: More, mumbai: Actor, what: str, change: Change, other: str
) -> None:
    taken_all_week(units, world, what)
    found = helpful(units, world, mumbai)
    assert (change, other) in {(one.change, one.other) for one in found}
    kept(units, world, mumbai, found)


def test_another_mission_comes_with_its_own_room_and_people(
    units: Units, world: World, more: More, mumbai: Actor
) -> None:
    taken_all_week(units, world, "interpreter")
    take(units, world.dhaka.room_id, *WHOLE_WEEK)
    found = helpful(units, world, mumbai)
    [place] = [one for one in found if one.change is Change.PLACE]
    assert (place.other, place.city, place.people) == (
        "Khulna: khulna-mission",
        "Khulna",
        ("R Khulna", "I Khulna", "S Khulna"),
    )
    kept(units, world, mumbai, found)


def test_a_mission_without_the_needed_people_is_not_named(
    units: Units, world: World, more: More, mumbai: Actor
) -> None:
    take(units, world.dhaka.room_id, *WHOLE_WEEK)
    with units.writing() as unit:
        official_of(unit, "S Khulna").is_active = False
    assert Change.PLACE not in {one.change for one in helpful(units, world, mumbai)}


def test_nobody_whom_the_law_asks_for_is_left_out_and_no_judge_exchanged(
    units: Units, world: World, more: More, mumbai: Actor
) -> None:
    with units.writing() as unit:
        judge = unit.session.get_one(OfficialRow, world.mumbai.judge_id)
        add_official(unit.session, "Other Judge", post=judge.post, duty=Duty.JUDGE)
        resource_id = judge.resource_id
    take(units, resource_id, *WHOLE_WEEK)
    changes = {one.change for one in helpful(units, world, mumbai)}
    assert not changes & {Change.WITHOUT, Change.PERSON}


@pytest.mark.parametrize("seed", range(6))
def test_every_change_brings_exactly_what_was_promised(
    units: Units, world: World, more: More, mumbai: Actor, seed: int
) -> None:
    dice = random.Random(seed)
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        row.main_minutes = dice.choice((60, 90, 120))
        for resource in unit.session.scalars(sa.select(ResourceRow).order_by(ResourceRow.id)):
            resource.gap_minutes = dice.choice((0, 0, 30))
        row.order.court_hours_only = dice.random() < 0.3
        numbers = list(unit.session.scalars(sa.select(ResourceRow.id).order_by(ResourceRow.id)))
    for number in numbers:
        for _ in range(dice.randrange(4)):
            start = START - 60 + dice.randrange(4) * 1440 + dice.randrange(0, 360, 5)
            take(units, number, start, start + dice.choice((30, 60, 120)), blocking=False)
    kept(units, world, mumbai, helpful(units, world, mumbai))


@pytest.mark.parametrize("days", [3, 60])
def test_what_all_candidates_have_taken_is_one_more_query(
    units: Units, world: World, more: More, mumbai: Actor, database: Database, days: int
) -> None:
    taken_all_week(units, world, "interpreter")
    with units.reading() as unit:
        to_on = MONDAY + timedelta(days=days)
        question = ask(unit, world.mumbai.hearing, from_on=MONDAY, to_on=to_on, by=mumbai)
        with counted(database) as statements:
            assert what_would_help(unit, question)
    asked = [statement for statement in statements if statement.startswith("SELECT")]
    assert sum("FROM occupancy" in statement for statement in asked) == 1
    assert len(asked) <= 5


def test_the_notice_of_one_place_can_be_brought_down_to_that_of_the_other(
    units: Units, world: World, more: More, mumbai: Actor
) -> None:
    with units.writing() as unit:
        unit.session.get_one(PostRow, world.mumbai.post_id).notice_minutes = 14 * 1440
    found = helpful(units, world, mumbai)
    [one] = [one for one in found if one.change is Change.NOTICE]
    assert one.label == "Mumbai: mumbai-court"
    kept(units, world, mumbai, found)
