"""The way of a transcript as a machine: no sequence of moves reaches its end without every signature of its path."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Refusal
from vctestimony.domain.record import cycle_rules as rules
from vctestimony.domain.record.answers import NotAnAnswer
from vctestimony.domain.record.course import PLAINLY
from vctestimony.domain.record.cycle import LADDERS, READING, Made, Move, Path, Rung, Standing, ladder_of, standing
from vctestimony.domain.record.cycle_words import RUNGS, answered
from vctestimony.domain.record.dispatch import Due, Watch, watched
from vctestimony.domain.record.scans import Inside, ScanActive, ScanEditable, ScanEmpty, ScanEncrypted, Scanned, check

AT = datetime(2026, 9, 14, 7, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
# Written out here once more, from the rules and not from the table that is tested.
SIGNATURES = {
    Path.DIGITAL: (Rung.JUDGE_E_SIGNED, Rung.WITNESS_SIGNED, Rung.COORDINATOR_E_SIGNED),
    Path.PAPER: (Rung.JUDGE_SIGNED, Rung.PARTIES_SIGNED, Rung.WITNESS_SIGNED, Rung.COUNTERSIGNED),
}
Attempt = tuple[Move, Rung, Path, str]


def moved(history: list[Made], attempt: Attempt, *, both_digital: bool, abroad: bool) -> None:
    """Make the move if the rules let it."""
    move, rung, path, reason = attempt
    stands = standing(history, path=history[0].path if history else Path.PAPER, abroad=abroad)
    try:
        if move is Move.DONE:
            rules.check_turn(stands, rung)
            path = stands.path
        elif move is Move.BACK:
            rules.check_back(stands, rung, reason=reason)
            path = stands.path
        else:
            rules.check_change(stands, path, both_digital=both_digital, reason=reason)
    except Refusal:
        return
    made = Made(number=len(history) + 1, move=move, rung=rung, path=path, happened_at=AT, by="x", reason=reason)
    history.append(made)


def guided(history: list[Made], attempts: list[Attempt], *, both_digital: bool, abroad: bool) -> None:
    """Random moves, with the right one between them, so that the end is reached at all."""
    for attempt in attempts:
        moved(history, attempt, both_digital=both_digital, abroad=abroad)
        stands = standing(history, path=history[0].path if history else Path.PAPER, abroad=abroad)
        if stands.next is not None:
            moved(history, (Move.DONE, stands.next, stands.path, ""), both_digital=both_digital, abroad=abroad)


attempts = st.lists(
    st.tuples(st.sampled_from(Move), st.sampled_from(Rung), st.sampled_from(Path), st.sampled_from(("", "unreadable"))),
    max_size=40,
)


@given(attempts=attempts, both_digital=st.booleans(), abroad=st.booleans())
def test_nothing_is_received_without_every_signature_of_its_own_path(
    attempts: list[Attempt], both_digital: bool, abroad: bool
) -> None:
    history: list[Made] = []
    for count in range(len(attempts)):
        guided(history, attempts[count : count + 1], both_digital=both_digital, abroad=abroad)
        stands = standing(history, path=history[0].path if history else Path.PAPER, abroad=abroad)
        assert list(stands.done) == list(stands.ladder[: len(stands.done)])
        if Rung.RECEIVED in stands.done:
            order = [stands.done[rung].number for rung in (*READING, *SIGNATURES[stands.path], Rung.RECEIVED)]
            assert order == sorted(order)
            changed = max((one.number for one in history if one.move is Move.CHANGE), default=0)
            assert changed < stands.done[SIGNATURES[stands.path][0]].number
        assert stands.path is Path.PAPER or both_digital


@pytest.mark.parametrize("path", Path)
@pytest.mark.parametrize("abroad", [True, False])
def test_each_path_is_walked_from_reading_over_to_the_receipt_of_the_hard_copy(path: Path, abroad: bool) -> None:
    history: list[Made] = []
    for rung in ladder_of(path, abroad=abroad):
        stands = standing(history, path=path, abroad=abroad)
        assert stands.next is rung
        rules.check_turn(stands, rung)
        history.append(made(rung, path, len(history) + 1))
    assert standing(history, path=path, abroad=abroad).next is None
    assert (Rung.HOST_SIGNED in standing(history, path=path, abroad=abroad).done) is abroad


@pytest.mark.parametrize(("path", "rung"), [(path, rung) for path in Path for rung in LADDERS[path][1:]])
def test_a_step_out_of_its_turn_is_refused_with_all_that_is_missing(path: Path, rung: Rung) -> None:
    with pytest.raises(rules.NotItsTurn) as refused:
        rules.check_turn(standing([], path=path, abroad=True), rung)
    before = LADDERS[path][: LADDERS[path].index(rung)]
    assert refused.value.facts["missing"] == "; ".join(RUNGS[one].label for one in before)


def test_what_came_after_the_step_that_is_gone_back_to_is_to_be_done_again() -> None:
    history = walked(Path.PAPER, until=Rung.SCANNED_AT_REMOTE)
    history.append(made(Rung.SCANNED_AT_COURT, Path.PAPER, len(history) + 1, move=Move.BACK))
    stands = standing(history, path=Path.PAPER, abroad=True)
    assert stands.next is Rung.SCANNED_AT_COURT
    assert Rung.WITNESS_SIGNED not in stands.done


def test_a_changed_path_keeps_the_reading_over_and_no_signature() -> None:
    history = walked(Path.DIGITAL, until=Rung.WITNESS_SIGNED)
    stands = standing(history, path=Path.DIGITAL, abroad=True)
    rules.check_change(stands, Path.PAPER, both_digital=True, reason="The token failed")
    history.append(made(Rung.SENT, Path.PAPER, len(history) + 1, move=Move.CHANGE))
    stands = standing(history, path=Path.DIGITAL, abroad=True)
    assert (stands.path, stands.next, tuple(stands.done)) == (Path.PAPER, Rung.JUDGE_SIGNED, READING)


def test_the_path_is_not_changed_without_a_reason_nor_to_digital_without_both_nor_when_all_is_back() -> None:
    stands = standing(walked(Path.PAPER, until=Rung.SENT), path=Path.PAPER, abroad=True)
    with pytest.raises(rules.WhyNeeded):
        rules.check_change(stands, Path.DIGITAL, both_digital=True, reason="  x ")
    with pytest.raises(rules.NotDigital):
        rules.check_change(stands, Path.DIGITAL, both_digital=False, reason="Tokens are there now")
    with pytest.raises(rules.SamePath):
        rules.check_change(stands, Path.PAPER, both_digital=True, reason="Tokens are there now")
    over = standing(walked(Path.PAPER, until=Rung.RECEIVED), path=Path.PAPER, abroad=True)
    with pytest.raises(rules.CycleOver):
        rules.check_change(over, Path.DIGITAL, both_digital=True, reason="Tokens are there now")


@pytest.mark.parametrize(
    ("minutes", "began", "refusal"),
    [(2, None, rules.NotYet), (-1, None, rules.BeforeTheLast), (0, 1, rules.EndsBeforeItBegins), (0, None, None)],
)
def test_a_step_is_not_done_ahead_of_its_time_nor_before_the_last_one(
    minutes: int, began: int | None, refusal: type[Refusal] | None
) -> None:
    stands = standing([made(Rung.READ_OVER, Path.PAPER, 1)], path=Path.PAPER, abroad=True)

    def happened() -> datetime:
        began_at = None if began is None else AT + began * MINUTE
        at = AT + minutes * MINUTE
        return rules.happened(stands, at, began_at=began_at, opened_at=AT - MINUTE, now=AT, said=PLAINLY)

    if refusal is None:
        assert happened() == AT
        return
    with pytest.raises(refusal):
        happened()


def test_a_clock_that_is_a_minute_ahead_is_believed_and_a_second_more_is_not() -> None:
    stands = standing([], path=Path.PAPER, abroad=True)
    for ahead, is_believed in ((timedelta(), True), (MINUTE, True), (MINUTE + timedelta(seconds=1), False)):
        if is_believed:
            got = rules.happened(stands, AT + ahead, began_at=None, opened_at=AT, now=AT, said=PLAINLY)
            assert got == AT + ahead
        else:
            with pytest.raises(rules.NotYet):
                rules.happened(stands, AT + ahead, began_at=None, opened_at=AT, now=AT, said=PLAINLY)


def test_a_reason_has_five_letters_and_blanks_are_none() -> None:
    rules.check_reason("abcde")
    for short in ("", "abcd", " abcd "):
        with pytest.raises(rules.WhyNeeded):
            rules.check_reason(short)


def test_a_reading_over_that_took_more_than_twelve_hours_is_a_slip_and_none_over_midnight() -> None:
    on = date(2026, 9, 15)
    assert rules.begun_on(on, time(12, 10), time(0, 10)) == on - timedelta(days=1)
    assert rules.begun_on(on, time(12, 9), time(0, 10)) == on
    assert rules.begun_on(on, time(0, 10), time(0, 10)) == on


def test_what_was_typed_to_the_minute_is_not_before_the_seconds_of_the_last_step() -> None:
    last = made(Rung.READ_OVER, Path.PAPER, 1, at=AT + timedelta(seconds=40))
    stands = standing([last], path=Path.PAPER, abroad=True)
    got = rules.happened(stands, AT, began_at=None, opened_at=AT, now=AT + MINUTE, said=PLAINLY)
    assert got == last.happened_at


@pytest.mark.parametrize(
    ("minutes", "sent", "unsent"), [(-1, "in_time", "ahead"), (0, "in_time", "ahead"), (1, "later", "past")]
)
def test_the_three_days_are_over_with_the_minute_after_them(minutes: int, sent: str, unsent: str) -> None:
    due, at = Due(AT, True), AT + minutes * MINUTE + timedelta(seconds=30)
    assert watched(due, dispatched_at=at, now=at) is Watch(sent)
    assert watched(due, dispatched_at=None, now=at) is Watch(unsent)
    assert watched(due, dispatched_at=None, now=at, is_its_turn=False) is Watch.NOT_ITS_TURN


def test_what_was_corrected_is_told_and_nothing_to_correct_needs_no_words() -> None:
    assert answered(Rung.CORRECTED, {"outcome": "none"}) == {"outcome": "none"}
    with pytest.raises(Missing):
        answered(Rung.CORRECTED, {"outcome": "memorandum"})
    with pytest.raises(Missing):
        answered(Rung.HOST_SIGNED, {"outcome": "signed"})
    with pytest.raises(NotAnAnswer):
        answered(Rung.DISPATCHED, {"means": "pigeon", "carrier": "x", "consignment": "1"})


@pytest.mark.parametrize(
    ("found", "refusal"),
    [
        (Scanned(pages=0), ScanEmpty),
        (Scanned(pages=1, encrypted=True), ScanEncrypted),
        (Scanned(pages=1, inside=(Inside.SCRIPT,)), ScanActive),
        (Scanned(pages=1, fields=1), ScanEditable),
    ],
)
def test_what_no_scanner_makes_is_refused(found: Scanned, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        check(found)
    check(Scanned(pages=1))


def made(rung: Rung, path: Path, number: int, *, move: Move = Move.DONE, at: datetime = AT) -> Made:
    return Made(number=number, move=move, rung=rung, path=path, happened_at=at, by="x", reason="unreadable")


def walked(path: Path, *, until: Rung) -> list[Made]:
    """Every step of the path up to that one."""
    ladder = LADDERS[path]
    return [made(rung, path, number) for number, rung in enumerate(ladder[: ladder.index(until) + 1], start=1)]


def test_standing_tells_what_is_missing_before_a_step() -> None:
    stands: Standing = standing([], path=Path.DIGITAL, abroad=False)
    assert stands.before(Rung.ADMITTED) == (Rung.READ_OVER, Rung.CORRECTED)
