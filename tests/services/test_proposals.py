"""Proposals: kept once, ended by themselves when the hearing goes on, decided by the court, never out of order."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import NOW
from tests.services.mails import real_letters, stored
from tests.services.planned import MONDAY_11_AT, MONDAY_14, answered, booked, moved_to, take, version_of
from tests.services.proposed import link, named, person, proposed, say, seat_of, standings
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.proposals import ProposalOutdated, ProposalSettled, ProposedAsBooked, ProposedPast
from vctestimony.services import (
    answering,
    journal,
    post_office,
    proposal_settling,
    proposal_views,
    replacing,
    scheduling,
    substitutes,
    vault,
)
from vctestimony.services.answer_pages import Way
from vctestimony.services.claims import SlotTaken
from vctestimony.services.ports import Ports
from vctestimony.services.pseudonymity import RealName
from vctestimony.services.unit import Units
from vctestimony.store.models import OfficialRow, OutboxState, WitnessRow

TUESDAY_AT = MONDAY_11_AT + timedelta(days=1)
LATER_AT = MONDAY_11_AT + timedelta(hours=3)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    """A hearing booked for Monday 11:00 to 12:30 in Mumbai, its invitations sent."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    while post_office.deliver_one(units, owner="one"):
        pass
    return world.mumbai.hearing


def settled_as(units: Units, reference: str) -> list[str]:
    with units.reading() as unit:
        return [one.action for one in journal.history(unit, reference) if one.action.startswith("proposal.")]


def test_the_same_proposal_is_one_and_another_takes_its_place(units: Units, reference: str) -> None:
    first = proposed(units, reference, TUESDAY_AT)
    assert proposed(units, reference, TUESDAY_AT) == first
    second = proposed(units, reference, LATER_AT)
    third = named(units, reference)
    assert named(units, reference) == third != second
    assert standings(units) == [("moot", "replaced"), ("moot", "replaced"), ("open", "")]


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_a_proposed_time_lies_ahead(units: Units, reference: str, seconds: int) -> None:
    if seconds > 0:
        assert proposed(units, reference, NOW + timedelta(seconds=seconds))
        return
    with pytest.raises(ProposedPast):
        proposed(units, reference, NOW + timedelta(seconds=seconds))


def test_the_booked_time_is_no_proposal(units: Units, reference: str) -> None:
    with pytest.raises(ProposedAsBooked):
        proposed(units, reference, MONDAY_11_AT)


def test_a_replayed_or_late_message_proposes_nothing_new(units: Units, reference: str, mumbai: Actor) -> None:
    first = proposed(units, reference, TUESDAY_AT, dtstamp_at=NOW, channel="mail")
    say(units, link(units, reference), Way.ACCEPTED, seen_at=MONDAY_11_AT)
    assert proposed(units, reference, TUESDAY_AT, dtstamp_at=NOW, channel="mail") == first
    assert standings(units) == [("moot", "answered")]
    with pytest.raises(ProposalOutdated):
        proposed(units, reference, LATER_AT, dtstamp_at=NOW - timedelta(seconds=1), channel="mail")
    moved_to(units, reference, mumbai, MONDAY_14)
    with pytest.raises(ProposalOutdated):
        proposed(units, reference, TUESDAY_AT, dtstamp_at=NOW + timedelta(minutes=1), channel="mail")


def test_the_hearing_that_moves_elsewhere_makes_it_moot_and_there_accepts_it(
    units: Units, reference: str, mumbai: Actor
) -> None:
    proposed(units, reference, TUESDAY_AT)
    proposed(units, reference, LATER_AT, duty=Duty.DEFENCE)
    moved_to(units, reference, mumbai, MONDAY_14)
    assert standings(units) == [("moot", "moved"), ("accepted", "")]
    assert sorted(settled_as(units, reference)) == [
        "proposal.accepted",
        "proposal.made",
        "proposal.made",
        "proposal.moot",
    ]


def test_calling_off_and_removing_make_it_moot(units: Units, reference: str, mumbai: Actor) -> None:
    proposed(units, reference, TUESDAY_AT)
    proposed(units, reference, TUESDAY_AT, duty=Duty.REMOTE_COORDINATOR)
    version = version_of(units, reference)
    with units.writing() as unit:
        hearing, seat = seat_of(unit, reference)
        replacing.seat_instead(unit, hearing, seat, None, version=version, by=mumbai)
    version = version_of(units, reference)
    with units.writing() as unit:
        scheduling.cancel(unit, reference, reason="The witness is ill", version=version, by=mumbai)
    assert standings(units) == [("moot", "removed"), ("moot", "cancelled")]
    with pytest.raises(answering.NotInvited):
        proposed(units, reference, TUESDAY_AT, duty=Duty.REMOTE_COORDINATOR)


def test_an_answer_makes_it_moot_also_the_one_that_stood_before(units: Units, reference: str) -> None:
    token = link(units, reference)
    say(units, token, Way.ACCEPTED, seen_at=MONDAY_11_AT)
    proposed(units, reference, TUESDAY_AT)
    assert person(units, reference).answer == "ACCEPTED"
    say(units, token, Way.ACCEPTED, seen_at=MONDAY_11_AT)
    assert standings(units) == [("moot", "answered")]


def test_the_court_sees_at_once_whether_it_is_possible(units: Units, reference: str, mumbai: Actor) -> None:
    free, busy = proposed(units, reference, TUESDAY_AT), proposed(units, reference, MONDAY_11_AT - timedelta(hours=2))
    with units.reading() as unit:
        page = proposal_views.open_page(unit, reference, busy, by=mumbai)
        first = proposal_views.open_page(unit, reference, free, by=mumbai)
    assert page.one.possible is not None
    assert (page.one.possible.is_free, len(page.alternatives), page.one.start) == (False, 2, "2026-09-14T09:00")
    assert page.one.possible.whys or page.one.possible.refusal
    assert first.one.possible is None  # it was replaced
    assert "11:00" in f"{first.one.clocks and first.one.clocks.court.wall:%H:%M}"


def test_who_comes_late_proposes_the_start_of_their_own_part(units: Units, reference: str, mumbai: Actor) -> None:
    with units.writing() as unit:
        _, seat = seat_of(unit, reference, Duty.DEFENCE)
        seat.attends_pre = False
    number = proposed(units, reference, TUESDAY_AT + timedelta(minutes=15), duty=Duty.DEFENCE)
    with units.reading() as unit:
        one = proposal_views.open_page(unit, reference, number, by=mumbai).one
    assert one.start == "2026-09-15T11:00"
    assert one.possible is not None
    assert one.possible.is_free


def test_another_courts_coordinator_sees_no_proposal(units: Units, reference: str, actor: FindActor) -> None:
    number = proposed(units, reference, TUESDAY_AT)
    with units.reading() as unit, pytest.raises(Absent):
        proposal_views.open_page(unit, reference, number, by=actor(Role.COORDINATOR, "pune"))
    with units.writing() as unit, pytest.raises(Absent):
        proposal_settling.decline(unit, reference, number, words="No", by=actor(Role.COORDINATOR, "pune"))


@pytest.mark.parametrize("channel", ["mail", "link"])
def test_declining_tells_the_author_once_in_the_thread_of_the_invitation(
    units: Units, reference: str, mumbai: Actor, channel: str
) -> None:
    number = proposed(units, reference, TUESDAY_AT, dtstamp_at=NOW, channel=channel)
    real = units.with_ports(replace(units.ports, letters=real_letters()))
    for _ in range(2):
        with real.writing() as unit:
            proposal_settling.decline(unit, reference, number, words="The judge is away.", by=mumbai)
    (row,) = stored(units, OutboxState.PENDING)
    assert (row.kind, row.to_address, row.sequence) == ("proposal_declined", "nasrin.alam@dhaka.example", 0)
    assert (b"method=DECLINECOUNTER" in row.body) is (channel == "mail")
    assert person(units, reference).thread.encode() in row.body
    assert standings(units) == [("declined", "")]
    with units.writing() as unit, pytest.raises(ProposalSettled):
        proposal_settling.decline(unit, reference, number, words="Otherwise.", by=mumbai)


def test_a_substitute_takes_the_place_and_everybody_is_told(
    units: Units, reference: str, mumbai: Actor, world: World
) -> None:
    number, version = named(units, reference), version_of(units, reference)
    said = {"name": "Ruma Akter", "designation": "Interpreter", "version": version}
    with units.writing() as unit:
        substitutes.accept(unit, reference, number, **said, by=mumbai)  # type: ignore[arg-type]  # by name
    mails = {row.to_address: row.kind for row in stored(units, OutboxState.PENDING)}
    assert (mails["ruma@dhaka.example"], mails["nasrin.alam@dhaka.example"]) == ("invitation", "cancellation")
    assert {kind for to, kind in mails.items() if not to.startswith(("ruma", "nasrin"))} == {"update"}
    assert standings(units) == [("accepted", "")]
    with units.reading() as unit:
        _, seat = seat_of(unit, reference)
        official = seat.official
        assert (official.name, official.post_id, official.duties) == ("Ruma Akter", world.dhaka.post_id, ["INT"])
        assert journal.verify(unit)[1] is None
    with units.writing() as unit, pytest.raises(ProposalSettled):
        said["version"] = version_of(units, reference)
        substitutes.accept(unit, reference, number, **said, by=mumbai)  # type: ignore[arg-type]  # by name


def test_a_substitute_who_is_registered_and_taken_then_is_refused_and_nothing_is_half_done(
    units: Units, reference: str, mumbai: Actor, world: World
) -> None:
    with units.writing() as unit:
        official = unit.session.get_one(OfficialRow, world.pune.defence_id)
        official.post_id = world.mumbai.post_id
        address, resource_id = official.email.upper(), official.resource_id
    take(units, resource_id, to_min(MONDAY_11_AT), to_min(MONDAY_11_AT) + 30)
    number, version = named(units, reference, address, duty=Duty.DEFENCE), version_of(units, reference)
    before = len(stored(units))
    with units.reading() as unit:
        page = proposal_views.open_page(unit, reference, number, by=mumbai)
    assert page.registered is not None
    assert (page.registered.name, page.registered.is_known) == ("Farhan Punekar", True)
    with units.writing() as unit, pytest.raises(SlotTaken):
        substitutes.accept(unit, reference, number, name="x", designation="y", version=version, by=mumbai)
    assert standings(units) == [("open", "")]
    assert len(stored(units)) == before


def test_an_official_of_another_court_is_nobody_here(units: Units, reference: str, mumbai: Actor, world: World) -> None:
    with units.reading() as unit:
        address = unit.session.get_one(OfficialRow, world.pune.defence_id).email
    number = named(units, reference, address, duty=Duty.DEFENCE)
    with units.reading() as unit:
        page = proposal_views.open_page(unit, reference, number, by=mumbai)
    assert page.registered is not None
    assert not page.registered.is_known
    assert "Farhan" not in page.registered.name


def test_the_witness_is_named_neither_to_a_substitute_nor_in_words_that_leave(
    units: Units, reference: str, mumbai: Actor, world: World
) -> None:
    with units.writing() as unit:
        vault.put(unit, unit.session.get_one(WitnessRow, world.mumbai.witness_id), {"name": "Rahima Khatun"}, by=mumbai)
    number, version = named(units, reference), version_of(units, reference)
    with units.writing() as unit, pytest.raises(RealName):
        substitutes.accept(unit, reference, number, name="Rahima Khatun", designation="x", version=version, by=mumbai)
    with units.writing() as unit, pytest.raises(RealName):
        proposal_settling.decline(unit, reference, number, words="Rahima Khatun waits", by=mumbai)
    assert standings(units) == [("open", "")]
