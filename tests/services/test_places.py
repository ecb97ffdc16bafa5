"""Posts, rooms and links: who may enter and change them, what is refused, what the journal keeps."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.services.planned import answered as with_answers
from tests.services.planned import booked
from tests.world import World
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.errors import Absent, NotAllowed, Refusal, Stale
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import UnknownZone
from vctestimony.domain.people import PostKind, Role
from vctestimony.services import journal, places
from vctestimony.services.accounts import AddressRefused
from vctestimony.services.places import (
    CalendarElsewhere,
    CalendarUnknown,
    CodeRefused,
    CodeTaken,
    CountryRefused,
    CourtUnplaced,
    NameTaken,
    NewPost,
    StillNeeded,
    ZoneInUse,
)
from vctestimony.services.unit import Units
from vctestimony.store import places as store
from vctestimony.store.models import HearingRow, PostRow, ResourceKind, ResourceRow

NAGPUR = NewPost(
    code="nagpur-sessions",
    name="Court of Session, Nagpur",
    kind=PostKind.TRIAL_COURT,
    address="1 Example Road",
    city="Nagpur",
    country="IN",
    zone="Asia/Kolkata",
    calendar_id="mumbai-court",
    high_court="bombay",
)
OTHERS = [role for role in Role if role is not Role.ADMINISTRATOR]


@pytest.fixture
def administrator(actor: FindActor) -> Actor:
    return actor(Role.ADMINISTRATOR, "dhaka")


def facts_of(row: PostRow) -> NewPost:
    return NewPost(**{name: getattr(row, name) for name in NewPost.__slots__})


def revise(units: Units, code: str, by: Actor, /, **changes: object) -> None:
    with units.writing() as unit:
        row = places.post_of(unit, code)
        wanted = replace(facts_of(row), **changes)  # type: ignore[arg-type]  # any field of the form
        places.revise_post(unit, code, wanted, version=row.version, by=by)


def done(units: Units, subject: str) -> list[tuple[str, str]]:
    with units.reading() as unit:
        return [(entry.action, entry.facts) for entry in journal.history(unit, subject)]


def test_a_post_is_entered_under_the_present_name_of_its_zone(units: Units, administrator: Actor) -> None:
    with units.writing() as unit:
        number = places.add_post(unit, replace(NAGPUR, zone="Asia/Calcutta"), by=administrator)
    with units.reading() as unit:
        row = places.post_of(unit, "nagpur-sessions")
        assert (row.id, row.zone, row.version) == (number, "Asia/Kolkata", 1)
    assert done(units, "post:nagpur-sessions") == [("post.added", '{"kind":"trial_court","zone":"Asia/Kolkata"}')]


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"code": "Nagpur"}, CodeRefused, "code"),
        ({"code": "nagpur--court"}, CodeRefused, "code"),
        ({"code": "new"}, CodeRefused, "code"),
        ({"code": "mumbai-court"}, CodeTaken, "code"),
        ({"country": "India"}, CountryRefused, "country"),
        ({"country": "in"}, CountryRefused, "country"),
        ({"zone": "IST"}, UnknownZone, "zone"),
        ({"zone": "Asia/Nagpur"}, UnknownZone, "zone"),
        ({"calendar_id": "nobody"}, CalendarUnknown, "calendar_id"),
        ({"calendar_id": "dhaka-mission"}, CalendarElsewhere, "calendar_id"),
        ({"high_court": None}, CourtUnplaced, "high_court"),
        ({"high_court": "lahore"}, CourtUnplaced, "high_court"),
        ({"email": "registry"}, AddressRefused, "email"),
    ],
)
def test_a_post_that_could_not_be_used_is_refused_beside_its_field(
    units: Units, administrator: Actor, changes: dict[str, str | None], refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused, units.writing() as unit:
        places.add_post(unit, replace(NAGPUR, **changes), by=administrator)  # type: ignore[arg-type]  # one wrong field
    assert refused.value.field == field
    with units.reading() as unit:
        assert store.post_by_code(unit.session, "nagpur-sessions") is None


@pytest.mark.parametrize("role", OTHERS)
def test_only_the_administrator_and_the_service_enter_and_change_posts(
    units: Units, world: World, actor: FindActor, role: Role
) -> None:
    with pytest.raises(NotAllowed), units.writing() as unit:
        places.add_post(unit, NAGPUR, by=actor(role))
    with pytest.raises(NotAllowed):
        revise(units, "mumbai-court", actor(role), name="Ours")
    with units.writing() as unit:
        assert places.add_post(unit, NAGPUR, by=SYSTEM) > 0


def test_nobody_passes_for_the_service_by_its_name(units: Units, world: World) -> None:
    with pytest.raises(NotAllowed), units.writing() as unit:
        places.add_post(unit, NAGPUR, by=Actor(name=SYSTEM.name))


def test_the_journal_keeps_old_and_new_of_what_was_changed(units: Units, world: World, administrator: Actor) -> None:
    revise(units, "dhaka-mission", administrator, city="Khulna", code="khulna-mission")
    with units.reading() as unit:
        assert places.post_of(unit, "khulna-mission").city == "Khulna"
        with pytest.raises(Absent):
            places.post_of(unit, "dhaka-mission")
    changed = '{"changed":{"city":["Dhaka","Khulna"],"code":["dhaka-mission","khulna-mission"]}}'
    assert done(units, "post:dhaka-mission") == [("post.revised", changed)]


def test_a_revision_that_changes_nothing_leaves_no_trace(units: Units, world: World, administrator: Actor) -> None:
    revise(units, "dhaka-mission", administrator)
    assert done(units, "post:dhaka-mission") == []


def test_an_old_form_of_a_post_changes_nothing(units: Units, world: World, administrator: Actor) -> None:
    with units.reading() as unit:
        row = places.post_of(unit, "dhaka-mission")
        facts, version = facts_of(row), row.version
    revise(units, "dhaka-mission", administrator, city="Khulna")
    with pytest.raises(Stale), units.writing() as unit:
        places.revise_post(unit, "dhaka-mission", facts, version=version, by=administrator)


def test_a_clock_by_which_hearings_are_planned_is_not_changed(units: Units, world: World, administrator: Actor) -> None:
    changes = {"zone": "Asia/Kolkata", "calendar_id": "mumbai-court"}
    with pytest.raises(ZoneInUse) as refusal:
        revise(units, "dhaka-mission", administrator, **changes)
    assert refusal.value.facts["count"] == 2
    with units.writing() as unit:
        unit.session.execute(sa.update(HearingRow).values(state=State.CANCELLED))
    revise(units, "dhaka-mission", administrator, **changes)
    with units.reading() as unit:
        assert places.post_of(unit, "dhaka-mission").zone == "Asia/Kolkata"


def test_a_coordinator_keeps_the_rooms_and_links_of_the_own_court_only(
    units: Units, world: World, mumbai: Actor
) -> None:
    with units.writing() as unit:
        room = places.add_room(unit, world.mumbai.post_id, "Courtroom 2", by=mumbai)
        link = places.add_link(unit, "Own link", post_id=world.mumbai.post_id, by=mumbai)
        places.rename(unit, room, "Courtroom 3", by=mumbai)
        places.retire(unit, link, by=mumbai)
    assert [action for action, _ in done(units, "post:mumbai-court")] == [
        "room.added",
        "link.added",
        "room.renamed",
        "link.retired",
    ]
    attempts = (
        lambda unit: places.add_room(unit, world.pune.post_id, "Courtroom 2", by=mumbai),
        lambda unit: places.add_link(unit, "Pune link", post_id=world.pune.post_id, by=mumbai),
        lambda unit: places.add_link(unit, "Link 2", by=mumbai),
        lambda unit: places.rename(unit, world.pune.room_id, "Ours", by=mumbai),
        lambda unit: places.retire(unit, world.link_id, by=mumbai),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed), units.writing() as unit:
            attempt(unit)


KEEPERS = {Role.COORDINATOR, Role.MISSION_OFFICIAL}


@pytest.mark.parametrize("role", sorted(KEEPERS))
def test_a_keeper_keeps_the_rooms_of_the_own_post_and_no_other(
    units: Units, world: World, actor: FindActor, role: Role
) -> None:
    by = actor(role, "mumbai" if role is Role.COORDINATOR else "")
    assert by.post_id is not None
    with units.writing() as unit:
        places.rename(unit, places.add_room(unit, by.post_id, "Room", by=by), "Room 2", by=by)
    for post_id in {world.mumbai.post_id, world.pune.post_id, world.dhaka.post_id} - {by.post_id}:
        with pytest.raises(NotAllowed), units.writing() as unit:
            places.add_room(unit, post_id, "Room", by=by)
    with pytest.raises(NotAllowed), units.writing() as unit:
        places.add_link(unit, "Link", post_id=None, by=by)


@pytest.mark.parametrize("role", [role for role in OTHERS if role not in KEEPERS])
def test_no_other_role_keeps_the_rooms_of_its_place(units: Units, world: World, actor: FindActor, role: Role) -> None:
    by = actor(role)
    with pytest.raises(NotAllowed), units.writing() as unit:
        places.add_room(unit, by.post_id or 0, "Room", by=by)


def test_two_rooms_of_one_post_have_two_names(units: Units, world: World, administrator: Actor) -> None:
    with units.writing() as unit:
        places.add_room(unit, world.mumbai.post_id, "Room", by=administrator)
        places.add_room(unit, world.pune.post_id, "Room", by=administrator)
        places.add_link(unit, "Room", post_id=world.mumbai.post_id, by=administrator)
    for attempt in ("add", "rename"):
        with pytest.raises(NameTaken), units.writing() as unit:
            if attempt == "add":
                places.add_room(unit, world.mumbai.post_id, "Room", by=administrator)
            else:
                places.rename(unit, world.mumbai.room_id, "Room", by=administrator)


def test_a_room_or_link_that_a_hearing_ahead_needs_is_not_retired(
    units: Units, world: World, administrator: Actor
) -> None:
    needed = {world.dhaka.room_id: 2, world.mumbai.room_id: 1, world.link_id: 2}
    for number, count in needed.items():
        with pytest.raises(StillNeeded) as refusal, units.writing() as unit:
            places.retire(unit, number, by=administrator)
        assert refusal.value.facts["count"] == count


def test_a_room_is_needed_until_its_last_hearing_has_begun(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit:
        with_answers(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    with units.reading() as unit:
        starts_at = unit.session.get_one(HearingRow, world.mumbai.hearing_id).starts_at
        assert starts_at is not None
        counts = [
            store.hearings_using(unit.session, world.mumbai.room_id, now=starts_at.replace(hour=hour, minute=minute))
            for hour, minute in ((5, 29), (5, 30), (5, 31))
        ]
    assert counts == [1, 0, 0]


def test_a_retired_room_can_be_offered_again(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit:
        room = places.add_room(unit, world.mumbai.post_id, "Courtroom 2", by=mumbai)
        places.retire(unit, room, by=mumbai)
        places.retire(unit, room, by=mumbai)
        assert not unit.session.get_one(ResourceRow, room).is_active
        places.restore(unit, room, by=mumbai)
        assert unit.session.get_one(ResourceRow, room).is_active
    actions = [action for action, _ in done(units, "post:mumbai-court")]
    assert actions == ["room.added", "room.retired", "room.restored"]


def test_people_and_witnesses_are_not_reached_as_rooms(units: Units, world: World, administrator: Actor) -> None:
    with units.reading() as unit:
        kinds = (ResourceKind.PERSON, ResourceKind.WITNESS)
        numbers = unit.session.scalars(sa.select(ResourceRow.id).where(ResourceRow.kind.in_(kinds))).all()
    assert numbers
    for number in numbers:
        with pytest.raises(Absent), units.writing() as unit:
            places.rename(unit, number, "Somebody", by=administrator)
