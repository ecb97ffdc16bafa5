"""The gates of the day: whatever is logged in whatever order, nothing comes before what must come first."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.domain.told_late import SWORN, check_read, told_late
from vctestimony.domain.errors import Refusal
from vctestimony.domain.facts import FACTS, MissingFact
from vctestimony.domain.people import Duty
from vctestimony.domain.record import gates
from vctestimony.domain.record.course import Logged, counting
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.fields import GUJARAT, KERALA, authority, of_court
from vctestimony.domain.record.gate import Force, Phase
from vctestimony.domain.record.gate_names import GATE_LABELS, GateKey
from vctestimony.domain.record.gate_table import GATES
from vctestimony.domain.record.gates import GateState
from vctestimony.domain.record.kinds import Kind

START = datetime(2026, 9, 14, 5, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PLAIN = {**dict.fromkeys(FACTS, False), **of_court("bombay"), "bnss": True}
WITH_INTERPRETER = {**PLAIN, "interpreter": True}
GOOD: Mapping[Kind, dict[str, str]] = {
    Kind.LINK_TESTED: {"result": "good"},
    Kind.INTERPRETER_SWORN: {"independent": "yes"},
    Kind.OATH: {"form": "oath"},
    Kind.COERCION_CHECKED: {"free": "yes"},
    Kind.STAGE_BEGAN: {"stage": "chief"},
}
BEFORE_THE_OATH = (
    Kind.READY_REMOTE,
    Kind.LINK_TESTED,
    Kind.ROOM_SWEPT,
    Kind.LINK_CONNECTED,
    Kind.SEEN_AND_HEARD,
    Kind.PHONES_OFF,
    Kind.PRESENCE_COURT,
    Kind.PRESENCE_REMOTE,
    Kind.IDENTITY_SEEN,
)


def entry(number: int, kind: Kind, minute: float = 0, *, corrects: int | None = None, **facts: str) -> Logged:
    at = START + minute * MINUTE
    return Logged(number=number, kind=kind, happened_at=at, facts={**GOOD.get(kind, {}), **facts}, corrects=corrects)


def logged(*kinds: Kind) -> tuple[Logged, ...]:
    """Entries in a row, a minute apart."""
    return tuple(entry(number, kind, number) for number, kind in enumerate(kinds, start=1))


def state_of(log: tuple[Logged, ...], key: GateKey, facts: Mapping[str, bool] = PLAIN) -> GateState:
    return next(one.state for one in gates.standings(log, facts=facts) if one.gate.key is key)


def test_every_gate_has_a_name_an_entry_with_a_key_an_authority_and_a_known_fact() -> None:
    assert [gate.key for gate in GATES] == list(GateKey) == list(GATE_LABELS)
    for gate in GATES:
        assert all(ENTRIES[kind].key for kind in gate.kinds)
        assert set(gate.when) <= set(FACTS)
        assert gate.whose in (Duty.JUDGE, Duty.COURT_COORDINATOR, Duty.REMOTE_COORDINATOR)
        assert gate.whose is not Duty.REMOTE_COORDINATOR or ENTRIES[gate.kinds[0]].by_remote
        assert gate.phase is not Phase.PREPARE or ENTRIES[gate.kinds[0]].before_start
        said = authority(gate, facts=PLAIN, high_court="the High Court of Bombay", numbers_alike=True)
        assert said
        assert "Model Rules, r." not in said
        if gate.holds:
            assert gate.force is not Force.RECOMMENDED
            assert "as adopted by" in said or "s. " in said


@pytest.mark.parametrize(
    ("key", "court", "force", "rule"),
    [
        (GateKey.READINESS, "bombay", Force.LAW, "r. 5.6.1"),
        (GateKey.READINESS, GUJARAT, Force.SUGGESTED, "r. 10(1)(a)"),
        (GateKey.IDENTIFIED, "bombay", Force.RECOMMENDED, "recommended"),
        (GateKey.IDENTIFIED, KERALA, Force.LAW, "r. 8(15)"),
    ],
)
def test_a_court_whose_own_text_was_read_binds_as_far_as_that_says(
    key: GateKey, court: str, force: Force, rule: str
) -> None:
    facts = {**PLAIN, **of_court(court)}
    gate = next(gate for gate in GATES if gate.key is key)
    said = authority(gate, facts=facts, high_court="the court", numbers_alike=True)
    assert (gate.binds(facts), said.endswith(rule)) == (force, True)


def test_the_oath_waits_for_all_that_comes_before_it_and_the_examination_for_the_oath() -> None:
    for left_out in BEFORE_THE_OATH:
        log = logged(*(kind for kind in BEFORE_THE_OATH if kind is not left_out))
        with pytest.raises(gates.Held):
            gates.check(log, entry(20, Kind.OATH, 20), facts=PLAIN)
    log = logged(*BEFORE_THE_OATH)
    with pytest.raises(gates.Held) as told:
        gates.check(log, entry(20, Kind.STAGE_BEGAN, 20), facts=PLAIN)
    open_ones = (GATE_LABELS[GateKey.OATH], GATE_LABELS[GateKey.COERCION])
    assert set(str(told.value.facts["gates"]).split("; ")) == set(open_ones)
    gates.check(log, entry(20, Kind.OATH, 20), facts=PLAIN)
    whole = (*log, entry(20, Kind.OATH, 20), entry(21, Kind.COERCION_CHECKED, 20))
    gates.check(whole, entry(22, Kind.STAGE_BEGAN, 21), facts=PLAIN)


@pytest.mark.parametrize(("minute", "is_held"), [(-1, True), (0, False), (1, False)])
def test_a_typed_time_counts_as_when_it_happened(minute: int, is_held: bool) -> None:
    log = (*logged(*BEFORE_THE_OATH), entry(10, Kind.INTERPRETER_SWORN, 30))
    oath = entry(11, Kind.OATH, 30 + minute)
    if not is_held:
        return gates.check(log, oath, facts=WITH_INTERPRETER)
    with pytest.raises(gates.Held) as told:
        gates.check(log, oath, facts=WITH_INTERPRETER)
    assert told.value.facts["gates"] == "Interpreter sworn first"
    return None


@pytest.mark.parametrize(
    ("key", "bad"),
    [
        (GateKey.TRIAL, entry(2, Kind.LINK_TESTED, 2, result="faults")),
        (GateKey.ROOM, entry(2, Kind.LINK_RESTORED, 2, undisturbed="no")),
        (GateKey.INTERPRETER, entry(2, Kind.INTERPRETER_SWORN, 2, independent="no")),
        (GateKey.COERCION, entry(2, Kind.COERCION_CHECKED, 2, free="no")),
    ],
)
def test_an_entry_that_says_the_contrary_opens_the_gate_again(key: GateKey, bad: Logged) -> None:
    gate = next(gate for gate in GATES if gate.key is key)
    good = entry(1, gate.kinds[0], 1)
    assert state_of((good,), key, WITH_INTERPRETER) is GateState.SETTLED
    assert state_of((good, bad), key, WITH_INTERPRETER) is GateState.OPEN
    assert state_of((good, bad, entry(3, gate.kinds[0], 3)), key, WITH_INTERPRETER) is GateState.SETTLED


def test_what_was_made_ready_for_another_day_settles_nothing() -> None:
    log = (entry(1, Kind.READY_REMOTE, -1),)
    assert gates.standings(log, facts=PLAIN, since=START)[0].state is GateState.OPEN
    assert gates.standings(log, facts=PLAIN, since=START - MINUTE)[0].state is GateState.SETTLED


def test_nothing_is_admitted_that_was_not_read_over_and_more_examination_opens_both_again() -> None:
    log = logged(*BEFORE_THE_OATH, Kind.OATH, Kind.COERCION_CHECKED, Kind.STAGE_BEGAN)
    with pytest.raises(gates.Held):
        gates.check(log, entry(20, Kind.ADMITTED_CORRECT, 20), facts=PLAIN)
    log = (*log, entry(20, Kind.READ_OVER, 20))
    for minute, outcome in ((19, gates.Held), (20, None), (21, None)):
        admitted = entry(21, Kind.ADMITTED_CORRECT, minute)
        if outcome is None:
            gates.check(log, admitted, facts=PLAIN)
            continue
        with pytest.raises(outcome):
            gates.check(log, admitted, facts=PLAIN)
    log = (*log, entry(21, Kind.ADMITTED_CORRECT, 21))
    assert {state_of(log, key) for key in (GateKey.READ_OVER, GateKey.ADMITTED)} == {GateState.SETTLED}
    log = (*log, entry(22, Kind.STAGE_BEGAN, 22, stage="cross"))
    assert {state_of(log, key) for key in (GateKey.READ_OVER, GateKey.ADMITTED)} == {GateState.OPEN}
    with pytest.raises(gates.Held):
        gates.check(log, entry(23, Kind.ADMITTED_CORRECT, 23), facts=PLAIN)
    log = (*log, entry(23, Kind.READ_OVER, 23))
    assert state_of(log, GateKey.ADMITTED) is GateState.OPEN


def test_the_examination_began_with_its_first_stage_that_counts() -> None:
    log = (entry(1, Kind.STAGE_BEGAN, 1), entry(2, Kind.STAGE_BEGAN, 2), entry(3, Kind.STAGE_BEGAN, 120))

    def began(entries: tuple[Logged, ...]) -> Logged | None:
        found = gates.standings(entries, facts=PLAIN)
        return next(one.entry for one in found if one.gate.key is GateKey.EXAMINATION)

    assert began(log) == log[0]
    assert began((*log, entry(4, Kind.CORRECTION, 121, corrects=1, effect="withdrawn"))) == log[1]


def test_a_fact_that_nobody_answered_refuses() -> None:
    unanswered = {name: value for name, value in PLAIN.items() if name != "interpreter"}
    with pytest.raises(MissingFact):
        gates.check(logged(*BEFORE_THE_OATH), entry(20, Kind.OATH, 20), facts=unanswered)
    with pytest.raises(MissingFact):
        gates.check_answers(Kind.OATH, {"form": "none"}, facts={})


def test_only_a_child_under_twelve_is_not_sworn() -> None:
    with pytest.raises(gates.OnlyOnAFact):
        gates.check_answers(Kind.OATH, {"form": "none"}, facts=PLAIN)
    gates.check_answers(Kind.OATH, {"form": "none"}, facts={**PLAIN, "child": True, "child_under_12": True})
    gates.check_answers(Kind.OATH, {"form": "affirmation"}, facts=PLAIN)


def test_only_what_is_open_is_passed() -> None:
    with pytest.raises(gates.NotOpen):
        gates.check_passable(GateKey.READINESS, logged(Kind.READY_REMOTE), facts=PLAIN)
    with pytest.raises(gates.NotOpen):
        gates.check_passable(GateKey.INTERPRETER, (), facts=PLAIN)
    gates.check_passable(GateKey.READINESS, (), facts=PLAIN)


def test_a_loss_with_a_disturbed_room_is_told_also_when_it_comes_late() -> None:
    log = (*logged(*BEFORE_THE_OATH), entry(10, Kind.OATH, 20), entry(11, Kind.COERCION_CHECKED, 21))
    late = entry(12, Kind.LINK_RESTORED, 19, undisturbed="no")
    gates.check(log, late, facts=PLAIN)
    with pytest.raises(gates.Held):
        gates.check((*log, late), entry(13, Kind.STAGE_BEGAN, 30), facts=PLAIN)


def test_what_an_entry_rests_on_is_not_withdrawn_from_under_it() -> None:
    log = (*logged(*BEFORE_THE_OATH), entry(10, Kind.OATH, 20))
    withdrawal = entry(11, Kind.CORRECTION, 30, corrects=9, effect="withdrawn")
    with pytest.raises(gates.RestsOnIt) as told:
        gates.check(log, withdrawal, facts=PLAIN)
    assert (told.value.facts["number"], told.value.facts["gates"]) == (10, GATE_LABELS[GateKey.IDENTITY])
    gates.check(log, entry(11, Kind.CORRECTION, 30, corrects=9, effect="stands"), facts=PLAIN)
    gates.check(log, entry(11, Kind.CORRECTION, 30, corrects=10, effect="withdrawn"), facts=PLAIN)


def test_that_the_interpreter_was_not_independent_is_taken_late_and_shows_what_was_done_before_it() -> None:
    log = logged(*BEFORE_THE_OATH)
    for kind, at, word in NOT_INDEPENDENT:
        new = tried(len(log) + 1, kind, at, word)
        gates.check(log, new, facts=WITH_INTERPRETER)
        log = (*log, new)
    assert gates.unmet(log, facts=WITH_INTERPRETER) == {gates.Unmet(len(log) - 1, GateKey.INTERPRETER)}


CLOSED = (Kind.READ_OVER, Kind.ADMITTED_CORRECT)
KINDS = (*BEFORE_THE_OATH, *SWORN, *CLOSED)
TRIES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from((*SWORN, *CLOSED)), st.integers(10, 40), st.just("")),
        st.tuples(st.sampled_from(KINDS), st.integers(0, 40), st.just("")),
        st.tuples(st.just(Kind.INTERPRETER_SWORN), st.integers(0, 40), st.sampled_from(["yes", "no"])),
        st.tuples(st.just(Kind.CORRECTION), st.integers(1, 25), st.just("withdrawn")),
        st.tuples(st.just(Kind.GATE_PASSED), st.just(40), st.sampled_from(list(GateKey))),
    ),
    max_size=25,
)


def tried(number: int, kind: Kind, value: int, word: str) -> Logged:
    if kind is Kind.CORRECTION:
        return entry(number, kind, 40, corrects=value, effect=word)
    if kind is Kind.GATE_PASSED:
        return entry(number, kind, value, gate=word)
    return entry(number, kind, value, independent=word) if word else entry(number, kind, value)


NOT_INDEPENDENT = ((Kind.INTERPRETER_SWORN, 10, ""), (Kind.OATH, 11, ""), (Kind.INTERPRETER_SWORN, 10, "no"))


@settings(max_examples=300, deadline=None)
@example(tries=list(NOT_INDEPENDENT), prepared=True)
@given(tries=TRIES, prepared=st.sampled_from([True, True, False]))
def test_no_sequence_swears_before_the_interpreter_or_admits_what_was_not_read_unless_the_officer_passed_it(
    tries: list[tuple[Kind, int, str]], prepared: bool
) -> None:
    log = logged(*BEFORE_THE_OATH) if prepared else ()
    for kind, value, word in tries:
        new = tried(len(log) + 1, kind, value, word)
        try:
            gates.check(log, new, facts=WITH_INTERPRETER)
        except Refusal:
            continue
        log = (*log, new)
    passed = {one.facts["gate"] for one in log if one.kind is Kind.GATE_PASSED}
    sworn_in, oath, checked = "interpreter" in passed, "oath" in passed, "coercion" in passed
    for one in counting(log):
        if one.kind is Kind.INTERPRETER_SWORN:
            sworn_in = "interpreter" in passed or one.facts["independent"] == "yes"
        elif one.kind is Kind.OATH:
            assert sworn_in or told_late(log, one)
            oath = True
        elif one.kind is Kind.COERCION_CHECKED:
            checked = True
        elif one.kind is Kind.STAGE_BEGAN:
            assert sworn_in or told_late(log, one)
            assert oath
            assert checked
    check_read(log, passed)
    late = {one.number for one in log if told_late(log, one)}
    assert all(one.number in late for one in gates.unmet(log, facts=WITH_INTERPRETER))
