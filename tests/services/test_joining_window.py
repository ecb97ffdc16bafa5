"""When a joining address is shown, what makes it one to be changed, and what a court lets in its place."""

from datetime import datetime, timedelta

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import answered, booked, version_of
from tests.services.test_invitations import cancelled
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.joining import (
    LONGEST_ADDRESS,
    HostNotAllowed,
    HostUnreadable,
    Joining,
    JoiningAddressRefused,
    checked,
    hosts_in,
)
from vctestimony.domain.people import Role
from vctestimony.services import hearing_lists, joining, joining_changes, journal, seating
from vctestimony.services.joining import JoiningClosed, NotYetShown
from vctestimony.services.seating import Seat
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow

ROOM = Joining("https://meet.example/room-one?pwd=QUJD", "471147")


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def hearing(units: Units, world: World, mumbai: Actor) -> str:
    """Booked, with an address."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    entered(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


def entered(units: Units, hearing: str, by: Actor, wanted: Joining = ROOM) -> None:
    version = version_of(units, hearing)
    with units.writing() as unit:
        joining_changes.enter(unit, hearing, wanted, version=version, by=by)


def times(units: Units, world: World) -> tuple[datetime, datetime]:
    with units.reading() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        assert row.starts_at is not None
        minutes = row.pre_minutes + row.main_minutes + row.post_minutes
        return row.starts_at, row.starts_at + timedelta(minutes=minutes)


def looked(units: Units, hearing: str, by: Actor) -> Joining:
    with units.writing() as unit:
        return joining.look(unit, hearing, by=by).joining


@pytest.mark.threat("T9")
@pytest.mark.parametrize(
    ("from_start", "from_end", "refusal"),
    [
        (-61, None, NotYetShown),
        (-60, None, None),
        (-59, None, None),
        (None, 0, None),
        (None, 1, JoiningClosed),
    ],
)
def test_it_is_shown_from_sixty_minutes_before_to_the_end(
    units: Units,
    world: World,
    hearing: str,
    clock: FrozenClock,
    actor: FindActor,
    from_start: int | None,
    from_end: int | None,
    refusal: type[Exception] | None,
) -> None:
    starts_at, ends_at = times(units, world)
    clock.at = starts_at + timedelta(minutes=from_start) if from_start is not None else ends_at
    clock.advance(minutes=from_end or 0)
    for by in (actor(Role.COORDINATOR, "mumbai"), actor(Role.MISSION_OFFICIAL)):
        if refusal is None:
            assert looked(units, hearing, by) == ROOM
            continue
        with pytest.raises(refusal):
            looked(units, hearing, by)
    with units.reading() as unit:
        looks = [entry for entry in journal.history(unit, hearing) if entry.action == "joining.opened"]
        assert len(looks) == (0 if refusal else 2)
        assert not [entry for entry in journal.history(unit, hearing) if ROOM.passcode in entry.facts]


@pytest.mark.threat("T9")
def test_after_it_was_called_off_it_is_gone(units: Units, world: World, hearing: str, mumbai: Actor) -> None:
    cancelled(units, world, mumbai)
    with pytest.raises(JoiningClosed):
        looked(units, hearing, mumbai)


@pytest.mark.threat("T11")
@pytest.mark.abuse(7)
def test_who_is_taken_off_finds_nothing_and_the_court_is_told_until_another_address_is_entered(
    units: Units, world: World, hearing: str, clock: FrozenClock, mumbai: Actor, actor: FindActor
) -> None:
    clock.at = times(units, world)[0]
    interpreter = actor(Role.INTERPRETER)
    assert looked(units, hearing, interpreter) == ROOM
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        stay = [one for one in row.participants if one.official_id != interpreter.official_id]
        seats = tuple(Seat(one.official_id, one.duty, is_required=one.is_required) for one in stay)
        seating.seat(unit, row, seats)
    with pytest.raises(Absent):
        looked(units, hearing, interpreter)
    assert tasks(units, mumbai) == 1
    with units.reading() as unit:
        assert joining.card(unit, hearing, by=mumbai).to_be_changed
    entered(units, hearing, mumbai, Joining("https://meet.example/room-two"))
    assert tasks(units, mumbai) == 0


def tasks(units: Units, by: Actor) -> int:
    with units.reading() as unit:
        page = hearing_lists.today(unit, by=by)
    return sum(one.what.startswith("Enter a new joining address") for one in page.waiting)


@pytest.mark.abuse(115)
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://meet.example/room",
        "https://user:pw@meet.example/room",
        "https://meet.example@evil.example/room",
        "//evil.example",
        "https://meet.example/" + "a" * LONGEST_ADDRESS,
        "https://meet.example/ room",
        "https:///room",
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(JoiningAddressRefused):
        checked(address)


@pytest.mark.abuse(115)
def test_a_court_says_at_which_hosts_its_conferences_are() -> None:
    hosts = hosts_in("Meet.example\nvc.court.example")
    for address in ("https://meet.example/a", "https://eu.meet.example:8443/a", "https://VC.court.example./a"):
        assert checked(address, hosts=hosts) == address
    for address in ("https://evil.example/a", "https://notmeet.example/a", "https://meet.example.evil.example/a"):
        with pytest.raises(HostNotAllowed):
            checked(address, hosts=hosts)
    for text in ("https://meet.example", "meet", "-a.example", "a..example"):
        with pytest.raises(HostUnreadable):
            hosts_in(text)
