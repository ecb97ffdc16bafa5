"""Ticks by a signed link: judged one by one, stored once, by a clock put right; what is not taken stays a remark."""

import json
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.fakes import NOW, FrozenClock
from tests.services.fielded import MINUTE, kept, link, sent, ticked
from tests.services.planned import MONDAY_14, booked, listed, moved_to
from tests.services.ticking import steps_of, tick, version, waive
from tests.world import World
from vctestimony.adapters.vault import FieldVault
from vctestimony.domain.access import Actor
from vctestimony.domain.field_ticks import Sending
from vctestimony.domain.people import Duty
from vctestimony.domain.sealing import VaultShut
from vctestimony.services import (
    field_checklists,
    field_remarks,
    field_ticks,
    journal,
    vault,
)
from vctestimony.services.checklists import ReasonNeeded
from vctestimony.services.field_ticks import TooLate
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, StepState


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


@pytest.fixture
def token(units: Units, reference: str, mumbai: Actor, clock: FrozenClock) -> str:
    made = link(units, reference, mumbai)
    clock.advance(hours=3)
    return made


def test_ticks_made_without_a_network_are_stored_with_their_own_times_and_the_journal_says_how(
    units: Units, reference: str, token: str, clock: FrozenClock
) -> None:
    first, second = clock.at - timedelta(hours=2), clock.at - timedelta(hours=1)
    ticks = [ticked("C02", version(units, "C02"), first), ticked("C16", version(units, "C16"), second, number=2)]
    assert sent(units, token, *ticks, at=clock.at) == ["taken", "taken"]
    steps = steps_of(units)
    assert [(steps[name].state, steps[name].done_at) for name in ("C02", "C16")] == [
        (StepState.DONE, first),
        (StepState.DONE, second),
    ]
    assert steps["C02"].acted_by.endswith(", by signed link")
    assert steps["C02"].acted_at == clock.at
    with units.reading() as unit:
        said = [(one.actor, one.action) for one in journal.history(unit, reference)][-3:]
    assert said == [(steps["C02"].acted_by, what) for what in ("step.ticked", "step.ticked", "field.ticks_came")]


def test_sending_once_more_after_a_lost_reply_never_counts_twice(
    units: Units, reference: str, token: str, mumbai: Actor, clock: FrozenClock
) -> None:
    one = ticked("C02", version(units, "C02"), clock.at)
    assert sent(units, token, one, one, at=clock.at) == ["taken", "taken"]
    again = ticked("C02", version(units, "C02"), clock.at, number=2)
    clock.advance(minutes=5)
    assert sent(units, token, one, again, at=clock.at) == ["taken", "settled"]
    assert [line[:2] for line in kept(units)] == [("C02", "taken"), ("C02", "settled")]
    with units.reading() as unit:
        actions = [entry.action for entry in journal.history(unit, reference)]
    assert actions.count("step.ticked") == 1


def test_a_phone_that_sends_twice_at_once_is_answered_twice_and_ticks_once(
    units: Units, reference: str, token: str, clock: FrozenClock
) -> None:
    both, found = Barrier(2), []
    one = ticked("C02", version(units, "C02"), clock.at)

    def send() -> None:
        both.wait(20)
        found.append(sent(units, token, one, at=clock.at))

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == [["taken"], ["taken"]]
    assert len(kept(units)) == 1


def test_what_cannot_be_taken_is_answered_singly_and_kept_for_the_coordinator(
    units: Units, reference: str, token: str, mumbai: Actor, clock: FrozenClock
) -> None:
    seen = {name: version(units, name) for name in ("C02", "C16", "C01", "B01")}
    tick(units, reference, "C02", mumbai)
    ticks = [
        ticked("C02", seen["C02"], clock.at, note="was done on paper"),
        ticked("C16", seen["C16"] + 1, clock.at, number=2),
        ticked("C01", seen["C01"], clock.at, number=3),
        ticked("Z99", 1, clock.at, number=4),
        ticked("B01", seen["B01"], clock.at + MINUTE, number=5),
    ]
    assert sent(units, token, *ticks, at=clock.at) == ["settled", "changed", "refused", "refused", "mistimed"]
    steps = steps_of(units)
    assert [steps[name].state for name in ("C02", "C16", "C01", "B01")] == [StepState.DONE, *[StepState.OPEN] * 3]
    with units.reading() as unit:
        found = {one.step: one for one in field_remarks.of_hearing(unit, reference, by=mumbai)}
    assert set(found) == {"C02", "C16", "C01", "Z99", "B01"}
    assert (found["C02"].settled_by, found["C02"].note) == (mumbai.name, "was done on paper")
    with units.reading() as unit:
        page = field_checklists.page(unit, token, language="en")
    told = {one.step.id: one.told for phase in page.phases for one in phase.steps if one.told}
    assert set(told) == {"C02", "C16", "B01"}


@pytest.mark.parametrize(("minutes", "said"), [(2, []), (-3, [-3])])
def test_a_clock_that_is_off_is_put_right_and_said_beyond_two_minutes(
    units: Units, reference: str, token: str, mumbai: Actor, clock: FrozenClock, minutes: int, said: list[int]
) -> None:
    off, done_at = timedelta(minutes=minutes), clock.at - timedelta(minutes=30)
    one = ticked("C02", version(units, "C02"), done_at + off)
    assert sent(units, token, one, at=clock.at + off) == ["taken"]
    assert kept(units) == [("C02", "taken", done_at, -60 * minutes)]
    assert steps_of(units)["C02"].done_at == done_at
    with units.reading() as unit:
        found = field_remarks.of_hearing(unit, reference, by=mumbai)
    assert [one.minutes_off for one in found] == said


def test_a_phone_that_lost_its_clock_loses_no_tick(units: Units, token: str, clock: FrozenClock) -> None:
    """A flat battery: the tick says 1980, the clock is right again when it is sent. And the clock that still is not."""
    long_ago = clock.at.replace(year=1980)
    assert sent(units, token, ticked("C02", version(units, "C02"), long_ago), at=clock.at) == ["mistimed"]
    assert steps_of(units)["C02"].state is StepState.OPEN
    assert sent(units, token, ticked("C02", version(units, "C02"), long_ago, number=2), at=long_ago) == ["taken"]
    assert steps_of(units)["C02"].done_at == clock.at


def test_after_the_hearing_moved_a_tick_on_what_was_kept_is_answered_as_changed(
    units: Units, reference: str, token: str, mumbai: Actor, clock: FrozenClock
) -> None:
    with units.reading() as unit:
        before = field_checklists.page(unit, token, language="en")
    seen = version(units, "B01")
    moved_to(units, reference, mumbai, MONDAY_14)
    assert sent(units, token, ticked("B01", seen, clock.at), at=clock.at) == ["changed"]
    with units.reading() as unit:
        after = field_checklists.page(unit, token, language="en")
    assert before.mark != after.mark
    assert before.starts_mark != after.starts_mark


def test_a_tick_is_taken_back_within_a_quarter_of_an_hour_with_a_reason_and_by_its_own_link_only(
    units: Units, reference: str, token: str, mumbai: Actor, clock: FrozenClock
) -> None:
    def back(reason: str, step: str = "C02") -> None:
        seen = version(units, step)
        with units.writing() as unit:
            field_ticks.take_back(unit, token, step, version=seen, reason=reason)

    tick(units, reference, "C16", mumbai)
    sent(units, token, ticked("C02", version(units, "C02"), clock.at), at=clock.at)
    with pytest.raises(TooLate):
        back("ticked by mistake", "C16")
    with pytest.raises(ReasonNeeded):
        back("")
    clock.advance(minutes=15)
    back("ticked by mistake")
    assert steps_of(units)["C02"].state is StepState.OPEN
    sent(units, token, ticked("C02", version(units, "C02"), clock.at, number=2), at=clock.at)
    clock.advance(minutes=15, microseconds=1)
    with pytest.raises(TooLate):
        back("ticked by mistake")


def test_the_page_holds_the_own_steps_only_and_names_no_witness(units: Units, token: str) -> None:
    with units.reading() as unit:
        page = field_checklists.page(unit, token, language="en")
    steps = [one for phase in page.phases for one in phase.steps]
    assert steps
    assert all({Duty.REMOTE_COORDINATOR, Duty.EVERYONE} & set(one.step.duties) for one in steps)
    assert {one.due.own.reading.city for one in steps if one.due} == {"Dhaka"}
    assert any(one.waits_for for one in steps)
    assert any(one.holds_up for one in steps)
    assert "PW-" not in repr(page)


def test_the_mark_changes_with_what_comes_before_or_after_and_not_with_what_is_not_shown(
    units: Units, reference: str, token: str, mumbai: Actor
) -> None:
    def shown() -> field_checklists.FieldPage:
        with units.reading() as unit:
            return field_checklists.page(unit, token, language="en")

    steps = [one for phase in shown().phases for one in phase.steps]
    own = {one.step.id for one in steps}
    near = {other.id for one in steps for other in (*one.waits_for, *one.holds_up)} - own
    first = next(other.id for one in steps for other in one.waits_for if other.id not in own)
    last = next(other.id for one in steps for other in one.holds_up if other.id not in own)
    far = next(name for name in steps_of(units) if name not in own | near)
    marks = [shown().mark]
    for step in (far, first, last):
        waive(units, reference, step, "Not needed in this hearing.", mumbai, ordered_by="Judge, 1 September 2026")
        marks.append(shown().mark)
    assert marks[0] == marks[1]
    assert len(set(marks)) == 3


def test_a_note_with_the_name_of_the_witness_is_not_kept(
    units: Units, reference: str, token: str, mumbai: Actor, clock: FrozenClock
) -> None:
    with units.writing() as unit:
        witness = unit.session.query(HearingRow).filter_by(reference=reference).one().witness
        vault.put(unit, witness, {"name": "Rokeya Begum"}, by=mumbai)
    one = ticked("C02", version(units, "C02"), clock.at, note="Rokeya Begum is here")
    assert sent(units, token, one, at=clock.at) == ["named"]
    with units.reading() as unit:
        assert [one.note for one in field_remarks.of_hearing(unit, reference, by=mumbai)] == [""]


def test_a_note_that_cannot_be_compared_with_the_sealed_name_is_not_judged_and_may_come_again(
    units: Units, reference: str, token: str, mumbai: Actor, clock: FrozenClock, ports: Ports
) -> None:
    with units.writing() as unit:
        witness = unit.session.query(HearingRow).filter_by(reference=reference).one().witness
        vault.put(unit, witness, {"name": "Rokeya Begum"}, by=mumbai)
    keyless = units.with_ports(replace(ports, vault=FieldVault({"another": bytes(32)})))
    one = ticked("C16", version(units, "C16"), clock.at, number=2, note="done on paper")
    assert sent(keyless, token, ticked("C02", version(units, "C02"), clock.at), at=clock.at) == ["taken"]
    with pytest.raises(VaultShut):
        sent(keyless, token, one, at=clock.at)
    assert [line[:2] for line in kept(units)] == [("C02", "taken")]
    assert sent(units, token, one, at=clock.at) == ["taken"]


def test_whoever_floods_is_answered_and_no_longer_kept_while_what_can_be_taken_still_is(
    units: Units, reference: str, token: str, mumbai: Actor, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(field_ticks, "MOST_KEPT", 3)
    monkeypatch.setattr(field_remarks, "MOST_SHOWN", 2)
    ticks = [ticked(f"Z{number}", 1, clock.at, number=number) for number in range(1, 5)]
    assert sent(units, token, *ticks, at=clock.at) == ["refused"] * 4
    assert sent(units, token, ticks[3], at=clock.at) == ["refused"]
    with units.reading() as unit:
        count = len(list(journal.history(unit, reference)))
        shown = [one.step for one in field_remarks.of_hearing(unit, reference, by=mumbai)]
        oldest = field_remarks.on_checklist(unit, reference, "Z1", by=mumbai).remarks
    assert [line[0] for line in kept(units)] == ["Z1", "Z2", "Z3"]
    assert (shown, [one.step for one in oldest]) == (["Z3", "Z2"], ["Z1"])
    assert sent(units, token, ticked("Z9", 1, clock.at, number=9), at=clock.at) == ["refused"]
    with units.reading() as unit:
        assert len(list(journal.history(unit, reference))) == count
    both = ticked("C02", version(units, "C02"), clock.at, number=10), ticked("Z9", 1, clock.at, number=11)
    assert sent(units, token, *both, at=clock.at) == ["taken", "refused"]
    assert [line[0] for line in kept(units)] == ["Z1", "Z2", "Z3", "C02"]


def test_the_journal_never_holds_the_link(units: Units, reference: str, token: str, clock: FrozenClock) -> None:
    sent(units, token, ticked("C02", version(units, "C02"), clock.at), at=clock.at)
    with units.writing() as unit:
        field_ticks.take(unit, token, Sending(NOW, ()))
    with units.reading() as unit:
        entries = [entry for entry in journal.history(unit, reference) if entry.action.startswith("field.")]
    assert [json.loads(one.facts).get("taken") for one in entries] == [None, 1]
    assert token.partition(".")[0] not in repr(entries)
