"""The course of a day: bounds of time, losses and breaks, lengths, corrections, what was answered."""

from datetime import UTC, datetime, timedelta

import pytest

from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Invalid
from vctestimony.domain.record import course, waiting
from vctestimony.domain.record.answers import NotAHash, NotAnAnswer, TooMuchOfTheNumber, checked
from vctestimony.domain.record.course import Logged, Session, StageLength, Totals
from vctestimony.domain.record.entries import ENTRIES, GROUPS, sentence
from vctestimony.domain.record.kinds import Answer, Kind

START = datetime(2026, 9, 14, 5, 30, 40, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OPEN = Session(START, None)
OVER = Session(START, START + 90 * MINUTE)
NOW = START + 60 * MINUTE
LATER = START + 600 * MINUTE


def at(minutes: float) -> datetime:
    return START + minutes * MINUTE


def entry(number: int, kind: Kind, minutes: float, *, corrects: int | None = None, **facts: str) -> Logged:
    return Logged(number=number, kind=kind, happened_at=at(minutes), facts=facts, corrects=corrects)


def withdrawn(number: int, corrects: int, minutes: float) -> Logged:
    return entry(number, Kind.CORRECTION, minutes, corrects=corrects, text="wrong", effect="withdrawn")


@pytest.mark.parametrize(
    ("kind", "session", "now", "minutes", "outcome"),
    [
        (Kind.LINK_LOST, OPEN, NOW, 0, at(0)),
        (Kind.LINK_LOST, OPEN, NOW, -0.5, at(0)),
        (Kind.LINK_LOST, OPEN, NOW, -1, course.BeforeTheStart),
        (Kind.LINK_LOST, OPEN, NOW, 59, at(59)),
        (Kind.LINK_LOST, OPEN, NOW, 60, at(60)),
        (Kind.LINK_LOST, OPEN, NOW, 61, course.StillToCome),
        (Kind.LINK_LOST, OVER, LATER, 89, at(89)),
        (Kind.LINK_LOST, OVER, LATER, 90, at(90)),
        (Kind.LINK_LOST, OVER, LATER, 91, course.AfterTheEnd),
        (Kind.RECORDING_STOPPED, OVER, LATER, 91, at(91)),
        (Kind.NOTE, OVER, LATER, 601, course.StillToCome),
    ],
)
def test_an_entry_happens_within_the_session_and_not_ahead(
    kind: Kind, session: Session, now: datetime, minutes: float, outcome: datetime | type[Invalid]
) -> None:
    if isinstance(outcome, datetime):
        assert course.happened(kind, at(minutes), session=session, now=now) == outcome
    else:
        with pytest.raises(outcome):
            course.happened(kind, at(minutes), session=session, now=now)


def test_without_a_time_it_happened_now() -> None:
    assert course.happened(Kind.NOTE, None, session=OPEN, now=NOW) == NOW


def test_the_present_is_after_the_end_of_a_closed_session() -> None:
    with pytest.raises(course.AfterTheEnd):
        course.happened(Kind.OATH, None, session=OVER, now=LATER)


def test_losses_and_breaks_are_paired_apart() -> None:
    log = (
        entry(1, Kind.LINK_LOST, 10),
        entry(2, Kind.BREAK_BEGAN, 12),
        entry(3, Kind.LINK_RESTORED, 15),
        entry(4, Kind.BREAK_ENDED, 20),
    )
    assert [(s.began.number, s.ended.number) for s in course.stretches(log, Kind.LINK_LOST) if s.ended] == [(1, 3)]
    assert [(s.began.number, s.ended.number) for s in course.stretches(log, Kind.BREAK_BEGAN) if s.ended] == [(2, 4)]
    assert course.totals(log, session=OVER, now=LATER) == Totals(
        session=90, without_link=5, breaks=8, losses=1, pauses=1
    )


def test_what_lasts_is_counted_until_now_and_at_most_to_the_end() -> None:
    log = (entry(1, Kind.LINK_LOST, 50),)
    assert course.totals(log, session=OPEN, now=NOW) == Totals(session=60, without_link=10, breaks=0, losses=1)
    assert course.totals(log, session=OVER, now=LATER) == Totals(session=90, without_link=40, breaks=0, losses=1)


def test_stages_are_net_of_breaks_and_losses_and_end_with_the_reading_over() -> None:
    log = (
        entry(1, Kind.STAGE_BEGAN, 10, stage="chief"),
        entry(2, Kind.LINK_LOST, 15),
        entry(3, Kind.BREAK_BEGAN, 18),
        entry(4, Kind.LINK_RESTORED, 20),
        entry(5, Kind.BREAK_ENDED, 25),
        entry(6, Kind.STAGE_BEGAN, 40, stage="cross"),
        entry(7, Kind.STAGE_BEGAN, 50, stage="chief"),
        entry(8, Kind.READ_OVER, 55),
    )
    found = course.totals(log, session=OVER, now=LATER)
    assert found.stages == (StageLength("chief", 25), StageLength("cross", 10))
    assert found.examination == 35
    running = course.totals(log[:6], session=OPEN, now=NOW)
    assert running.stages == (StageLength("chief", 20), StageLength("cross", 20))


def test_a_decision_is_on_the_grievance_that_it_names_and_is_told_after_it() -> None:
    raised = (entry(1, Kind.GRIEVANCE, 1), entry(2, Kind.GRIEVANCE, 2))
    assert course.undecided((*raised, entry(3, Kind.GRIEVANCE_DECIDED, 3, of="2"))) == raised[:1]
    assert course.undecided((*raised, entry(3, Kind.GRIEVANCE_DECIDED, 3))) == raised[1:]
    log = (*raised, entry(3, Kind.GRIEVANCE_DECIDED, 3, of="2"), entry(4, Kind.GRIEVANCE_DECIDED, 4, of="1"))
    assert course.undecided(log) == ()
    assert [one.number for one in waiting.in_pairs(log)] == [1, 4, 2, 3]


def test_quality_and_grievances_are_counted() -> None:
    log = (entry(1, Kind.GRIEVANCE, 1), entry(2, Kind.GRIEVANCE, 2), entry(3, Kind.GRIEVANCE_DECIDED, 3))
    found = course.totals(log, session=OVER, now=LATER)
    assert (found.satisfied, found.grievances, found.undecided) == (False, 2, 1)
    assert course.totals((*log, entry(4, Kind.QUALITY_SATISFIED, 4)), session=OVER, now=LATER).satisfied


@pytest.mark.parametrize(
    ("log", "refusal"),
    [
        ((entry(1, Kind.LINK_RESTORED, 1),), course.NothingToRestore),
        ((entry(1, Kind.BREAK_ENDED, 1),), course.NothingToRestore),
        ((entry(1, Kind.LINK_LOST, 1), entry(2, Kind.LINK_LOST, 2)), course.AlreadyOpen),
        ((entry(1, Kind.LINK_LOST, 1), entry(2, Kind.BREAK_ENDED, 2)), course.NothingToRestore),
        ((entry(1, Kind.LINK_LOST, 5), entry(2, Kind.LINK_RESTORED, 4)), course.NothingToRestore),
        (
            (entry(1, Kind.LINK_LOST, 1), entry(2, Kind.LINK_RESTORED, 2), withdrawn(3, 1, 3)),
            course.NothingToRestore,
        ),
    ],
)
def test_a_log_that_no_day_could_have_had_is_refused(log: tuple[Logged, ...], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        course.check(log)


def test_losing_and_restoring_within_one_instant_holds() -> None:
    course.check((entry(1, Kind.LINK_LOST, 5), entry(2, Kind.LINK_RESTORED, 5)))


def test_a_withdrawn_entry_does_not_count_and_a_corrected_one_does() -> None:
    stands = entry(4, Kind.CORRECTION, 4, corrects=2, text="by the Court Point", effect="stands")
    log = (entry(1, Kind.LINK_LOST, 1), entry(2, Kind.LINK_LOST, 2), withdrawn(3, 1, 3), stands)
    assert [logged.number for logged in course.counting(log)] == [2, 3, 4]
    course.check(log)


@pytest.mark.parametrize("begins", course.PAIRS)
def test_a_hearing_is_not_closed_in_the_middle_of_an_interruption(begins: Kind) -> None:
    log = (entry(1, begins, 1),)
    with pytest.raises(course.StillOpen):
        course.check_closed(log)
    course.check_closed((*log, entry(2, course.PAIRS[begins], 2)))


def test_every_kind_has_words_and_every_key_is_used_once() -> None:
    assert set(ENTRIES) == set(Kind)
    keys = [found.key for found in ENTRIES.values() if found.key]
    assert len(keys) == len(set(keys))
    assert {kind for _, kinds in GROUPS for kind in kinds} == {kind for kind, found in ENTRIES.items() if found.key}


def test_a_choice_offers_answers_and_other_questions_do_not() -> None:
    for found in ENTRIES.values():
        for asked in found.asks:
            assert bool(asked.choices) == (asked.answer is Answer.CHOICE)


@pytest.mark.parametrize(
    ("kind", "name", "value", "refusal"),
    [
        (Kind.OATH, "form", "", Missing),
        (Kind.OATH, "form", "  ", Missing),
        (Kind.OATH, "form", "swore", NotAnAnswer),
        (Kind.RECORDING_STOPPED, "sha256", "a" * 63, NotAHash),
        (Kind.RECORDING_STOPPED, "sha256", "a" * 65, NotAHash),
        (Kind.RECORDING_STOPPED, "sha256", "g" * 64, NotAHash),
        (Kind.IDENTITY_SEEN, "ending", "12345", TooMuchOfTheNumber),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused_at_its_field(
    kind: Kind, name: str, value: str, refusal: type[Invalid]
) -> None:
    with pytest.raises(refusal) as refused:
        checked(kind, {**_answers(kind), name: value})
    assert refused.value.field == name


def _answers(kind: Kind) -> dict[str, str]:
    by_answer = {
        Answer.HASH: "a" * 64,
        Answer.LINE: "1234",
        Answer.TEXT: "words",
        Answer.ENTRY: "7",
        Answer.DAY: "2026-09-15",
    }
    return {a.name: next(iter(a.choices)) if a.choices else by_answer[a.answer] for a in ENTRIES[kind].asks}


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_takes_its_own_answers_and_says_them(kind: Kind) -> None:
    answers = _answers(kind)
    assert checked(kind, {**answers, "stranger": "x"}) == answers
    assert sentence(kind, answers, translate=str).startswith(ENTRIES[kind].label)


def test_a_hash_is_taken_in_whatever_spelling() -> None:
    written = ":".join(["AB"] * 32)
    assert (
        checked(Kind.RECORDING_STOPPED, {**_answers(Kind.RECORDING_STOPPED), "sha256": written})["sha256"] == "ab" * 32
    )
