"""When somebody cannot come: who would do at the booked time, going on without them, and where everybody stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.builders import add_official
from tests.conftest import FindActor
from tests.fakes import NOW, FrozenClock
from tests.services.mails import stored
from tests.services.planned import (
    KOLKATA,
    MONDAY_11,
    MONDAY_11_AT,
    TUESDAY_11,
    answered,
    booked,
    hearing_of,
    held,
    options_of,
    take,
    version_of,
)
from tests.services.proposed import link as link_of
from tests.services.proposed import person, say, seat_of
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import to_min
from vctestimony.domain.itip import PartStat
from vctestimony.domain.options import OptionAnswer
from vctestimony.domain.people import Duty, Role
from vctestimony.services import (
    going_without,
    hearing_lists,
    journal,
    offering,
    option_answers,
    own_answers,
    planning,
    post_office,
    replacing,
    telephoned,
)
from vctestimony.services.answer_pages import DeclineReason, MovedMeanwhile, Said, Way
from vctestimony.services.answers import Over
from vctestimony.services.going_without import NewTime, StillAsked
from vctestimony.services.offering import answers_mark
from vctestimony.services.ports import Ports
from vctestimony.services.replies import Replies, replies_of
from vctestimony.services.unit import Units
from vctestimony.store.models import OfficialRow, OutboxState, PostRow


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def second(units: Units, world: World) -> int:
    """Another interpreter at the mission."""
    with units.writing() as unit:
        post = unit.session.get_one(PostRow, world.dhaka.post_id)
        return add_official(unit.session, "Ruma Akter", post=post, duty=Duty.INTERPRETER, language="bn").id


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor, second: int) -> str:
    """A hearing booked for Monday 11:00; its interpreter has declined."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    while post_office.deliver_one(units, owner="one"):
        pass
    say(units, link_of(units, world.mumbai.hearing), Way.DECLINED, seen_at=MONDAY_11_AT, comment="ill")
    return world.mumbai.hearing


def seat_id(units: Units, reference: str, duty: Duty = Duty.INTERPRETER) -> int:
    with units.reading() as unit:
        return seat_of(unit, reference, duty)[1].id


def replies(units: Units, reference: str, by: Actor) -> Replies:
    with units.reading() as unit:
        return replies_of(unit, seat_of(unit, reference)[0], by=by)


def test_a_refusal_stops_a_hearing_only_where_the_person_is_needed(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    (stopping,) = replies(units, reference, mumbai).stopped_by
    assert (stopping.name, stopping.channel, stopping.comment) == ("Nasrin Alam", "by the link in a mail", "ill")
    assert replies(units, reference, actor(Role.INTERPRETER)).stopped_by == ()
    with units.writing() as unit:
        seat_of(unit, reference)[1].is_required = False
    assert replies(units, reference, mumbai).stopped_by == ()


def test_the_first_page_says_who_must_act(units: Units, reference: str, mumbai: Actor, actor: FindActor) -> None:
    with units.reading() as unit:
        page = hearing_lists.today(unit, by=mumbai)
        assert [(one.what, one.counts) for one in page.waiting if one.tone == "bad"] == [
            ("{declined} cannot come. Find another time or another person.", {"declined": 1})
        ]
        assert [one.reference for one in page.unanswered] == [reference]
        assert hearing_lists.today(unit, by=actor(Role.INTERPRETER)).unanswered == ()
        mission = hearing_lists.today(unit, by=actor(Role.MISSION_OFFICIAL))
        assert [one.reference for one in mission.unanswered] == [reference]


def test_it_is_said_with_whom_the_booked_time_holds(units: Units, reference: str, mumbai: Actor, second: int) -> None:
    with units.reading() as unit:
        page = going_without.open_page(unit, reference, seat_id(units, reference), by=mumbai)
    assert [(one.name, one.is_free, one.is_named) for one in page.stand_ins] == [("Ruma Akter", True, False)]
    assert page.is_needed
    assert page.times
    with units.reading() as unit:
        resource_id = unit.session.get_one(OfficialRow, second).resource_id
    take(units, resource_id, to_min(MONDAY_11_AT), to_min(MONDAY_11_AT) + 10)
    with units.reading() as unit:
        page = going_without.open_page(unit, reference, seat_id(units, reference), by=mumbai)
    (one,) = page.stand_ins
    assert (one.is_free, [why.who for why in one.whys]) == (False, [("Interpreter",)])


def test_the_exchange_keeps_the_time_and_tells_both(units: Units, reference: str, mumbai: Actor, second: int) -> None:
    number, version = seat_id(units, reference), version_of(units, reference)
    with units.writing() as unit, pytest.raises(planning.NotOfferedHere):
        replacing.exchange(unit, reference, number, 9999, seen=NOW.isoformat(), version=version, by=mumbai)
    with units.writing() as unit, pytest.raises(replacing.AnsweredSince):
        replacing.exchange(unit, reference, number, second, seen="", version=version, by=mumbai)
    with units.writing() as unit:
        replacing.exchange(unit, reference, number, second, seen=NOW.isoformat(), version=version, by=mumbai)
    mails = {row.to_address: row.kind for row in stored(units, OutboxState.PENDING)}
    assert (mails["ruma.akter@dhaka.example"], mails["nasrin.alam@dhaka.example"]) == ("invitation", "cancellation")
    assert hearing_of(units, reference).starts_at == MONDAY_11_AT
    assert replies(units, reference, mumbai).stopped_by == ()


def test_nobody_whom_the_law_asks_for_is_let_go(units: Units, reference: str, mumbai: Actor) -> None:
    version, number = version_of(units, reference), seat_id(units, reference)
    with units.writing() as unit, pytest.raises(StillAsked):
        going_without.let_go(unit, reference, number, seen=NOW.isoformat(), version=version, by=mumbai)
    defence = seat_id(units, reference, Duty.PROSECUTION)
    with units.writing() as unit, pytest.raises(StillAsked):
        going_without.let_go(unit, reference, defence, seen="", version=version, by=mumbai)


def test_looking_at_a_time_without_somebody_changes_nothing_and_moving_there_takes_them_out(
    units: Units, reference: str, mumbai: Actor
) -> None:
    number, version = seat_id(units, reference), version_of(units, reference)
    with units.reading() as unit:
        page = going_without.book_page(unit, reference, number, starts_wall=TUESDAY_11, by=mumbai)
    assert page.is_free
    assert [one.name for one in page.recipients if "need not come" in one.mail] == ["Nasrin Alam"]
    assert person(units, reference).removed_at is None
    to = NewTime(TUESDAY_11, KOLKATA, "The interpreter is ill")
    with units.writing() as unit:
        going_without.move(unit, reference, number, to, version=version, by=mumbai)
    row = hearing_of(units, reference)
    assert (row.starts_wall, row.state) == (TUESDAY_11, State.BOOKED)
    assert person(units, reference).removed_at is not None
    mails = {row.to_address: row.kind for row in stored(units, OutboxState.PENDING)}
    assert mails["nasrin.alam@dhaka.example"] == "cancellation"
    assert sorted(set(mails.values())) == ["cancellation", "update"]
    with units.reading() as unit:
        assert journal.verify(unit)[1] is None


def test_an_answer_by_telephone_counts_and_names_who_wrote_it_down(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    number, seen = seat_id(units, reference, Duty.JUDGE), MONDAY_11_AT.isoformat()
    said = {"choice": PartStat.ACCEPTED, "comment": "", "seen": seen}
    for _ in range(2):
        with units.writing() as unit:
            telephoned.write_down(unit, reference, number, **said, by=mumbai)  # type: ignore[arg-type]  # by name
    row = person(units, reference, Duty.JUDGE)
    assert (row.answer, row.answer_channel) == ("ACCEPTED", "telephone")
    with units.reading() as unit:
        given = [one for one in journal.history(unit, reference) if one.action == "answer.given"]
    assert [one.actor for one in given[1:]] == [mumbai.name]
    late = said | {"seen": (MONDAY_11_AT + timedelta(hours=1)).isoformat()}
    with units.writing() as unit, pytest.raises(MovedMeanwhile):
        telephoned.write_down(unit, reference, number, **late, by=mumbai)  # type: ignore[arg-type]  # by name
    with units.writing() as unit, pytest.raises(DeclineReason):
        refused = said | {"choice": PartStat.DECLINED}
        telephoned.write_down(unit, reference, number, **refused, by=mumbai)  # type: ignore[arg-type]  # by name
    with units.writing() as unit, pytest.raises(Absent):
        pune = actor(Role.COORDINATOR, "pune")
        telephoned.write_down(unit, reference, number, **said, by=pune)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(("minutes", "is_open"), [(-1, True), (0, False), (1, False)])
def test_who_is_signed_in_answers_by_the_same_rules_until_their_own_end(
    units: Units, reference: str, actor: FindActor, clock: FrozenClock, minutes: int, is_open: bool
) -> None:
    by, said = actor(Role.MISSION_OFFICIAL), Said(way=Way.ACCEPTED, seen=MONDAY_11_AT.isoformat())
    clock.at = MONDAY_11_AT + timedelta(minutes=90 + minutes)
    if not is_open:
        with units.writing() as unit, pytest.raises(Over):
            own_answers.give(unit, reference, said, by=by)
        return
    with units.writing() as unit:
        own_answers.give(unit, reference, said, by=by)
    row = person(units, reference, Duty.REMOTE_COORDINATOR)
    assert (row.answer, row.answer_channel) == ("ACCEPTED", "page")


def test_who_said_yes_to_the_option_that_was_booked_is_shown_so_and_still_asked(
    units: Units, world: World, mumbai: Actor
) -> None:
    reference = world.mumbai.hearing
    with units.writing() as unit:
        answered(unit.session, world)
    held(units, reference, mumbai, MONDAY_11, TUESDAY_11, asks=True)
    for duty, first in ((Duty.JUDGE, OptionAnswer.CAN), (Duty.DEFENCE, OptionAnswer.CANNOT)):
        token = units.ports.option_tokens.issue(f"{reference}-{duty}", sequence=1, now=units.ports.clock.now())
        with units.writing() as unit:
            option_answers.give(unit, token, {1: (first, ""), 2: (OptionAnswer.CAN, "")})
    version, mark = version_of(units, reference), answers_mark(options_of(units, reference))
    with units.writing() as unit:
        offering.book(unit, reference, number=1, answers_seen=mark, version=version, by=mumbai)
    shown = {one.name: (one.said_yes_before, one.answer_code) for one in replies(units, reference, mumbai).people}
    assert shown["Meera Mumbaikar"] == (True, "NEEDS-ACTION")
    assert shown["Farhan Mumbaikar"] == (False, "NEEDS-ACTION")
