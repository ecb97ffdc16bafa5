"""The day: opening, logging on two clocks, correcting, closing, adjourning; who may do which."""

from datetime import datetime, time, timedelta
from threading import Barrier, Thread

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT, hearing_of
from tests.services.sittings import adjourned, completed, confirmed, logged, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, Conflict, NotAllowed, Refusal, Stale
from vctestimony.domain.hearing import IllegalMove, ReasonMissing, State
from vctestimony.domain.people import Role
from vctestimony.domain.record import course
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import conduct, day_views, journal
from vctestimony.services.checklists import GateOpen
from vctestimony.services.unit import Units
from vctestimony.services.unsealed import NotOpened, OnlyTheCourt
from vctestimony.store import records as store
from vctestimony.store.models import ChecklistRow, HearingRow, LogRow, StepRow

MINUTE = timedelta(minutes=1)


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World, clock: FrozenClock) -> Actor:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def mission(actor: FindActor) -> Actor:
    return actor(Role.MISSION_OFFICIAL)


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


@pytest.fixture
def session(units: Units, hearing: str, mumbai: Actor) -> str:
    started(units, hearing, mumbai)
    return hearing


def log_of(units: Units, world: World) -> list[LogRow]:
    with units.reading() as unit:
        rows = list(store.log(unit.session, world.mumbai.hearing_id))
        unit.session.expunge_all()
        return rows


def test_opening_sets_state_and_instant_and_writes_log_and_journal(
    units: Units, world: World, session: str, mumbai: Actor
) -> None:
    row = hearing_of(units, session)
    assert (row.state, row.started_at, row.ended_at) == (State.IN_SESSION, MONDAY_11_AT, None)
    assert [(entry.number, entry.kind, entry.happened_at) for entry in log_of(units, world)] == [
        (1, "opened", MONDAY_11_AT)
    ]
    with units.reading() as unit:
        assert [entry.action for entry in journal.history(unit, session)] == ["hearing.started"]


@pytest.mark.parametrize("state", [state for state in State if state is not State.CONFIRMED], ids=str)
def test_only_a_confirmed_hearing_is_opened(
    units: Units, world: World, hearing: str, mumbai: Actor, state: State
) -> None:
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        row.state = state
    with pytest.raises(IllegalMove):
        started(units, hearing, mumbai)


@pytest.mark.parametrize(("early", "refused"), [(61, True), (60, False), (59, False), (-600, False)])
def test_more_than_an_hour_before_its_time_a_reason_is_needed(
    units: Units, hearing: str, mumbai: Actor, clock: FrozenClock, early: int, refused: bool
) -> None:
    clock.at = MONDAY_11_AT - early * MINUTE
    if refused:
        with pytest.raises(conduct.TooEarly) as told:
            started(units, hearing, mumbai)
        assert told.value.facts["when"] == "2026-09-14, 11:00 Mumbai / 11:30 Dhaka"
    started(units, hearing, mumbai, reason="The witness must travel" if refused else "")
    assert hearing_of(units, hearing).state is State.IN_SESSION


def test_an_open_step_holds_the_start_and_is_named(units: Units, world: World, hearing: str, mumbai: Actor) -> None:
    with units.writing() as unit:
        step = StepRow(place=1, step_id="B03", phase="before", roles=["RPC"], blocks="start")
        step.content = {"text": {"en": "Check the room"}}
        unit.session.add(ChecklistRow(hearing_id=world.mumbai.hearing_id, composed_at=unit.now, steps=[step]))
    with pytest.raises(GateOpen) as refused:
        started(units, hearing, mumbai)
    assert refused.value.facts["steps"] == "B03 Check the room"
    assert log_of(units, world) == []


def test_a_version_that_is_old_is_refused(units: Units, hearing: str, mumbai: Actor) -> None:
    with units.writing() as unit, pytest.raises(Stale):
        conduct.start(unit, hearing, version=99, by=mumbai)


def test_nothing_is_logged_before_the_opening(units: Units, hearing: str, mumbai: Actor) -> None:
    with pytest.raises(NotOpened):
        logged(units, hearing, Kind.LINK_LOST, mumbai)


def test_an_entry_keeps_when_it_happened_and_when_it_was_written(
    units: Units, world: World, session: str, mumbai: Actor, clock: FrozenClock
) -> None:
    clock.advance(minutes=30)
    with units.writing() as unit:
        conduct.log(unit, session, Kind.LINK_LOST, at_wall=time(11, 12), note="by telephone", by=mumbai)
    entry = log_of(units, world)[1]
    assert entry.happened_at == MONDAY_11_AT + 12 * MINUTE
    assert entry.written_at == MONDAY_11_AT + 30 * MINUTE
    assert (entry.by, entry.note) == (mumbai.name, "by telephone")


@pytest.mark.parametrize(
    ("who", "wall", "minutes"), [("court", time(11, 10), 10), ("remote", time(11, 40), 10), ("remote", time(11, 30), 0)]
)
def test_a_time_is_read_on_the_clock_of_whoever_types_it(
    units: Units,
    world: World,
    session: str,
    mumbai: Actor,
    mission: Actor,
    clock: FrozenClock,
    who: str,
    wall: time,
    minutes: int,
) -> None:
    clock.advance(minutes=20)
    with units.writing() as unit:
        conduct.log(unit, session, Kind.LINK_LOST, at_wall=wall, by=mumbai if who == "court" else mission)
    assert log_of(units, world)[1].happened_at == MONDAY_11_AT + minutes * MINUTE


def test_refusals_of_times_name_both_clocks(units: Units, session: str, mumbai: Actor, clock: FrozenClock) -> None:
    clock.advance(minutes=20)
    with units.writing() as unit:
        with pytest.raises(course.StillToCome) as ahead:
            conduct.log(unit, session, Kind.LINK_LOST, at_wall=time(11, 21), by=mumbai)
        with pytest.raises(course.BeforeTheStart) as before:
            conduct.log(unit, session, Kind.LINK_LOST, at_wall=time(10, 59), by=mumbai)
    assert ahead.value.facts["when"] == "11:21 Mumbai / 11:51 Dhaka"
    assert before.value.facts["started"] == "11:00 Mumbai / 11:30 Dhaka"


def test_a_session_over_midnight_takes_times_of_both_days(
    units: Units, world: World, hearing: str, mumbai: Actor, clock: FrozenClock
) -> None:
    clock.at = datetime.fromisoformat("2026-09-14T18:00:00+00:00")  # 23:30 in Mumbai
    started(units, hearing, mumbai)
    clock.advance(minutes=60)
    with units.writing() as unit:
        conduct.log(unit, hearing, Kind.BREAK_BEGAN, at_wall=time(23, 45), by=mumbai)
        conduct.log(unit, hearing, Kind.BREAK_ENDED, at_wall=time(0, 15), by=mumbai)
    starts = datetime.fromisoformat("2026-09-14T18:00:00+00:00")
    assert [entry.happened_at - starts for entry in log_of(units, world)[1:]] == [15 * MINUTE, 45 * MINUTE]


def test_what_was_not_lost_cannot_be_restored(units: Units, session: str, mumbai: Actor) -> None:
    with pytest.raises(course.NothingToRestore):
        logged(units, session, Kind.LINK_RESTORED, mumbai, cause="x", undisturbed="yes", repeated="yes")


def test_a_hearing_with_a_lost_link_is_adjourned_but_not_closed(units: Units, session: str, mumbai: Actor) -> None:
    logged(units, session, Kind.LINK_LOST, mumbai)
    with pytest.raises(course.StillOpen):
        completed(units, session, mumbai)
    adjourned(units, session, mumbai, reason="The link could not be restored")
    row = hearing_of(units, session)
    assert (row.state, row.ended_at, row.reason) == (
        State.ADJOURNED,
        MONDAY_11_AT,
        "The link could not be restored",
    )


def test_adjourning_needs_a_reason(units: Units, session: str, mumbai: Actor) -> None:
    with pytest.raises(ReasonMissing):
        adjourned(units, session, mumbai, reason="  ")


def test_after_the_end_only_what_belongs_there_happens_but_late_entries_are_taken(
    units: Units, session: str, mumbai: Actor, clock: FrozenClock
) -> None:
    clock.advance(minutes=60)
    completed(units, session, mumbai)
    clock.advance(minutes=60)
    with pytest.raises(course.AfterTheEnd):
        logged(units, session, Kind.QUALITY_SATISFIED, mumbai)
    logged(units, session, Kind.NOTE, mumbai, text="The courier came")
    with units.writing() as unit:
        conduct.log(unit, session, Kind.QUALITY_SATISFIED, at_wall=time(11, 5), by=mumbai)


def test_totals_are_whole_minutes_of_the_clocks(units: Units, session: str, mumbai: Actor, clock: FrozenClock) -> None:
    for minutes, kind, answers in (
        (10, Kind.LINK_LOST, {}),
        (5, Kind.LINK_RESTORED, {"cause": "router", "undisturbed": "yes", "repeated": "no"}),
        (5, Kind.BREAK_BEGAN, {}),
        (15, Kind.BREAK_ENDED, {}),
    ):
        clock.advance(minutes=minutes)
        logged(units, session, kind, mumbai, **answers)
    clock.advance(minutes=25)
    completed(units, session, mumbai)
    with units.reading() as unit:
        assert day_views.page(unit, session, language="en", by=mumbai).totals == course.Totals(
            60, 5, 15, losses=1, pauses=1
        )


def test_a_correction_refers_to_its_entry_and_leaves_it(
    units: Units, world: World, session: str, mumbai: Actor
) -> None:
    number = logged(units, session, Kind.LINK_LOST, mumbai)
    with units.writing() as unit:
        conduct.correct(unit, session, number, text="Pressed by mistake", effect="withdrawn", by=mumbai)
    rows = log_of(units, world)
    assert [row.kind for row in rows] == ["opened", "link_lost", "correction"]
    assert rows[2].corrects_id == rows[1].id
    completed(units, session, mumbai)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_what_is_no_entry_or_the_opening_itself_is_not_corrected(
    units: Units, session: str, mumbai: Actor, number: int
) -> None:
    logged(units, session, Kind.LINK_LOST, mumbai)
    with units.writing() as unit, pytest.raises(Absent):
        conduct.correct(unit, session, number, text="x", effect="withdrawn", by=mumbai)


@pytest.mark.parametrize("kind", [Kind.OPENED, Kind.CLOSED, Kind.ADJOURNED, Kind.CORRECTION])
def test_what_other_actions_write_is_not_logged_by_hand(units: Units, session: str, mumbai: Actor, kind: Kind) -> None:
    with pytest.raises(Absent):
        logged(units, session, kind, mumbai)


def test_the_mission_logs_its_end_and_nothing_of_the_court(units: Units, session: str, mission: Actor) -> None:
    logged(units, session, Kind.READY_REMOTE, mission)
    with pytest.raises(OnlyTheCourt):
        logged(units, session, Kind.QUALITY_SATISFIED, mission)
    with pytest.raises(OnlyTheCourt):
        completed(units, session, mission)


@pytest.mark.parametrize(
    ("role", "at", "refusal"),
    [
        (Role.COORDINATOR, "pune", Absent),
        (Role.PRESIDING_OFFICER, "pune", Absent),
        (Role.ADMINISTRATOR, "", Absent),
        (Role.LEGAL_STAFF, "mumbai", NotAllowed),
        (Role.INTERPRETER, "", NotAllowed),
        (Role.SUPPORT, "", NotAllowed),
    ],
)
def test_nobody_else_writes_the_log(
    units: Units, session: str, actor: FindActor, role: Role, at: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        logged(units, session, Kind.NOTE, actor(role, at), text="x")


def test_entries_written_at_once_at_both_ends_get_numbers_in_a_row(
    units: Units, world: World, session: str, mumbai: Actor, mission: Actor
) -> None:
    together = Barrier(8, timeout=30)
    refused: list[Conflict] = []

    def write(by: Actor) -> None:
        together.wait()
        try:
            logged(units, session, Kind.NOTE, by, text="at once")
        except Conflict as conflict:
            refused.append(conflict)

    threads = [Thread(target=write, args=(by,)) for by in (mumbai, mission) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    assert [entry.number for entry in log_of(units, world)] == list(range(1, 10))
