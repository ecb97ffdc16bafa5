"""Entries that a device kept: judged one by one, stored once, at their own time put right; what is refused stays."""

import json
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from tests.conftest import Database, FindActor
from tests.fakes import FrozenClock
from tests.services.kept_entries import entry, note, outcomes, remarks, sent, written
from tests.services.log_senders import sent_at_once
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import adjourned, confirmed, logged, ready_to_seal, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed, Refusal
from vctestimony.domain.people import Role
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import journal, live_log, seals, vault
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, LogRow, WitnessRow

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World, clock: FrozenClock) -> Actor:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def mission(actor: FindActor) -> Actor:
    return actor(Role.MISSION_OFFICIAL)


@pytest.fixture
def session(units: Units, world: World, mumbai: Actor, clock: FrozenClock) -> str:
    started(units, world.mumbai.hearing, mumbai)
    clock.advance(minutes=30)
    return world.mumbai.hearing


def actions(units: Units, reference: str) -> list[str]:
    with units.reading() as unit:
        return [one.action for one in journal.history(unit, reference)]


def test_kept_entries_are_written_at_their_own_time_by_a_clock_put_right_and_merge_with_those_of_others(
    units: Units, session: str, mumbai: Actor, mission: Actor, clock: FrozenClock
) -> None:
    off = 7 * MINUTE  # the device is ahead
    lost_at, restored_at = clock.at + 2 * MINUTE + 10 * SECOND, clock.at + 4 * MINUTE + 5 * SECOND
    kept = [
        entry(Kind.LINK_LOST, lost_at + off, number=1),
        entry(
            Kind.LINK_RESTORED,
            restored_at + off,
            number=2,
            answers={"cause": "Power cut", "undisturbed": "yes", "repeated": "yes"},
        ),
    ]
    clock.advance(minutes=3)
    logged(units, session, Kind.DEMEANOUR, mumbai, remark="Calm.")
    clock.advance(minutes=6)
    assert outcomes(units, session, mission, *kept, at=clock.at + off) == ["written", "written"]
    rows = written(units)
    assert [(row.kind, row.happened_at, row.said_at, row.skew_seconds) for row in rows] == [
        ("link_lost", lost_at, lost_at + off, -420),
        ("link_restored", restored_at, restored_at + off, -420),
    ]
    assert {row.written_at for row in rows} == {clock.at}
    assert actions(units, session)[-3:] == ["log.written", "log.written", "log.entries_came"]


def test_the_same_id_is_written_once_and_answered_the_same_also_when_it_was_refused(
    units: Units, session: str, mumbai: Actor, clock: FrozenClock
) -> None:
    one, two = note("once", clock.at - MINUTE), entry(Kind.LINK_RESTORED, clock.at, number=2, answers={"cause": "?"})
    assert outcomes(units, session, mumbai, one, one, two, at=clock.at) == ["written", "written", "refused"]
    clock.advance(minutes=1)
    first, second = sent(units, session, mumbai, one, two, at=clock.at)
    assert (first.outcome.value, first.number) == ("same", 2)
    assert (second.outcome.value, second.text) == ("refused", "Fill this in.")
    assert (len(written(units)), len(remarks(units))) == (1, 1)


def test_devices_that_send_the_same_at_once_write_it_once(
    units: Units, session: str, mumbai: Actor, clock: FrozenClock
) -> None:
    together, found = Barrier(6, timeout=30), []
    batch = [note(f"{number}", clock.at - MINUTE, number=number) for number in (1, 2, 3)]

    def send() -> None:
        together.wait()
        found.extend(outcomes(units, session, mumbai, *batch, at=clock.at))

    threads = [Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(found) == ["same"] * 15 + ["written"] * 3
    assert len(written(units)) == 3


def test_two_processes_that_send_the_same_at_once_write_it_once(
    units: Units, session: str, mumbai: Actor, clock: FrozenClock, database: Database
) -> None:
    batch = [note(f"{number}", clock.at - MINUTE, number=number) for number in (1, 2, 3)]
    found = sent_at_once(database.url, session, mumbai, batch, at=clock.at)
    assert sorted(found) == ["same"] * 3 + ["written"] * 3
    assert len(written(units)) == 3


def test_the_database_itself_keeps_an_id_from_being_written_twice(
    units: Units, session: str, mumbai: Actor, clock: FrozenClock
) -> None:
    sent(units, session, mumbai, note("a", clock.at, number=1), note("b", clock.at, number=2), at=clock.at)
    again = sa.update(LogRow).where(LogRow.number == 3).values(client_key=written(units)[0].client_key)
    with pytest.raises(sa.exc.IntegrityError), units.writing() as unit:
        unit.session.execute(again)


def test_what_is_refused_is_told_singly_and_stays_as_a_remark_that_nobody_changes(
    units: Units, session: str, mission: Actor, clock: FrozenClock, database: Database
) -> None:
    sending = [
        entry("made_up", clock.at, number=1, note="what happened"),
        entry(Kind.OBJECTION, clock.at, number=2, answers={"raised_by": "a", "ground": "b", "ruling": "reserved"}),
        entry(Kind.LINK_LOST, clock.at + MINUTE, number=3),
        entry(Kind.LINK_LOST, MONDAY_11_AT - 5 * MINUTE, number=4),
        entry(Kind.BREAK_ENDED, clock.at, number=5),
        entry(Kind.CLOSED, clock.at, number=6),
        entry(Kind.NOTE, clock.at, number=7, answers={"text": "x" * 5001}),
        note("taken all the same", clock.at, number=8),
    ]
    found = sent(units, session, mission, *sending, at=clock.at)
    assert [one.outcome.value for one in found] == ["refused"] * 7 + ["written"]
    said = [one.text.format(**one.facts) for one in found[:7]]
    parts = (
        *(
            "no entry of this kind",
            "Only the court",
            "still to come",
            "before the court opened",
            "does not say that a break began",
        ),
        *("no entry of this kind", "at most 5000 fit"),
    )
    for sentence, part in zip(said, parts, strict=True):
        assert part in sentence, sentence
    kept = remarks(units)
    assert (kept[0].kind, kept[0].note) == ("unknown", "what happened")
    assert [row.text.format(**row.facts) for row in kept] == said
    for change in ("UPDATE log_remark SET note = ''", "DELETE FROM log_remark"):
        with pytest.raises(sa.exc.DBAPIError, match="append_only"), database.engine.begin() as connection:
            connection.execute(sa.text(change))


def test_her_name_is_neither_written_nor_kept_whatever_else_is_wrong(
    units: Units, session: str, mumbai: Actor, clock: FrozenClock, world: World
) -> None:
    name = "Rokeya Sultana"
    with units.writing() as unit:
        vault.put(unit, unit.session.get_one(WitnessRow, world.mumbai.witness_id), {"name": name}, by=mumbai)
    sending = [
        note(f"{name} wept", clock.at, number=1),
        entry("made_up", clock.at, number=2, note=f"{name} came in"),
    ]
    assert outcomes(units, session, mumbai, *sending, at=clock.at) == ["refused", "refused"]
    assert name not in repr([(row.kind, row.clock, row.answers, row.note, row.facts) for row in remarks(units)])
    assert written(units) == []


@pytest.mark.parametrize(
    ("hours", "ago", "outcome"), [(11.9, 5, "written"), (12.1, 5, "refused"), (12.1, 1, "written")]
)
@pytest.mark.parametrize("sign", [-1, 1])
def test_a_clock_that_is_hours_off_is_put_right_up_to_twelve_and_then_only_for_what_was_sent_at_once(
    units: Units, session: str, mumbai: Actor, clock: FrozenClock, hours: float, ago: int, outcome: str, sign: int
) -> None:
    shown_at = clock.at + sign * timedelta(hours=hours)
    assert outcomes(units, session, mumbai, note("x", shown_at - ago * MINUTE), at=shown_at) == [outcome]
    assert [row.happened_at for row in written(units)] == [clock.at - ago * MINUTE] * (outcome == "written")


def test_a_time_that_was_typed_is_taken_as_typed_on_the_own_clock_and_not_put_right(
    units: Units, session: str, mission: Actor, clock: FrozenClock
) -> None:
    typed = entry(Kind.LINK_LOST, clock.at + 7 * MINUTE, clock="11:45")
    assert outcomes(units, session, mission, typed, at=clock.at + 7 * MINUTE) == ["written"]
    [row] = written(units)
    assert (row.happened_at, row.said_at) == (MONDAY_11_AT + 15 * MINUTE, None)


def test_what_happened_during_the_session_is_taken_after_it_and_nothing_after_the_seal(
    units: Units, session: str, mumbai: Actor, clock: FrozenClock
) -> None:
    lost_at = clock.at
    clock.advance(minutes=5)
    adjourned(units, session, mumbai)
    clock.advance(minutes=5)
    late = entry(Kind.DEMEANOUR, lost_at, answers={"remark": "Calm."})
    after = entry(Kind.DEMEANOUR, clock.at - MINUTE, number=2, answers={"remark": "Calm."})
    assert outcomes(units, session, mumbai, late, after, at=clock.at) == ["written", "refused"]


def test_after_the_seal_an_entry_is_kept_as_a_remark(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock
) -> None:
    ready_to_seal(units, world.mumbai.hearing, mumbai)
    seals.seal(units, world.mumbai.hearing, language="en", by=mumbai)
    [found] = sent(units, world.mumbai.hearing, mumbai, note("late", clock.at), at=clock.at)
    assert (found.outcome.value, "sealed" in found.text) == ("refused", True)
    assert [row.answers for row in remarks(units)] == [{"text": "late"}]


def test_somebody_taken_off_the_hearing_is_told_so_and_loses_nothing(
    units: Units, world: World, session: str, actor: FindActor, clock: FrozenClock
) -> None:
    mission = actor(Role.MISSION_OFFICIAL)
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        row.remote_id = row.court_id
        named = [one for one in row.participants if one.official_id == mission.official_id]
        for one in named:
            one.removed_at = unit.now
    assert named
    [found] = sent(units, session, mission, note("still here", clock.at), at=clock.at)
    assert found.outcome.value == "refused"
    assert "no longer named" in found.text
    assert [row.answers for row in remarks(units)] == [{"text": "still here"}]


@pytest.mark.parametrize(
    ("role", "at", "refusal"), [(Role.COORDINATOR, "pune", Absent), (Role.LEGAL_STAFF, "mumbai", NotAllowed)]
)
def test_strangers_leave_nothing_behind(
    units: Units, session: str, actor: FindActor, clock: FrozenClock, role: Role, at: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        sent(units, session, actor(role, at), note("x", clock.at), at=clock.at)
    assert remarks(units) == []


def test_a_kind_that_is_none_is_neither_kept_nor_journalled_as_sent(
    units: Units, session: str, mumbai: Actor, clock: FrozenClock
) -> None:
    sent(units, session, mumbai, entry("Rokeya S.", clock.at), entry(Kind.CLOSED, clock.at, number=2), at=clock.at)
    assert [row.kind for row in remarks(units)] == ["unknown", "closed"]
    with units.reading() as unit:
        assert json.loads(list(journal.history(unit, session))[-1].facts)["refused"] == ["unknown", "closed"]


def test_of_two_namesakes_each_has_ids_and_a_measure_of_their_own(
    units: Units, session: str, mumbai: Actor, mission: Actor, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_log, "MOST_KEPT", 1)
    namesake = replace(mission, name=mumbai.name)
    for by, note_sent in ((mumbai, "of the court"), (namesake, "of the mission")):
        [found] = sent(units, session, by, entry("made_up", clock.at, note=note_sent), at=clock.at)
        assert found.text.startswith("The run sheet has no entry of this kind.")
    kept = [(row.account_id, row.note) for row in remarks(units)]
    assert kept == [(mumbai.account_id, "of the court"), (mission.account_id, "of the mission")]


def test_of_a_flood_only_so_much_is_kept(
    units: Units, session: str, mumbai: Actor, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_log, "MOST_KEPT", 2)
    sending = [entry("made_up", clock.at, number=number) for number in (1, 2, 3)]
    found = sent(units, session, mumbai, *sending, at=clock.at)
    assert [one.text.startswith("Too much") for one in found] == [False, False, True]
    assert len(remarks(units)) == 2
