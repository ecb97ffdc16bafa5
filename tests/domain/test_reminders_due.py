"""The rules of reminding: what is due to whom and when, on the person's own working days and clock."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.domain.reminder_examples import (
    ASKED,
    CONSUL,
    COORDINATOR,
    DHAKA,
    ENGLAND,
    KATHMANDU,
    LONDON,
    MINUTE,
    MISSION,
    MUMBAI,
    NEPAL,
    START,
    at,
    calendar_of,
    hearing,
    named,
    reader,
)
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import Duty
from vctestimony.domain.reminders.days import OwnDays, without
from vctestimony.domain.reminders.due import answer_by, due_notices
from vctestimony.domain.reminders.notices import DueStep, HearingFacts, Rule, WaitingPaper
from vctestimony.domain.reminders.thresholds import HARD_COPY, THRESHOLDS

UNTIL_AUTUMN = (to_min(at("08-20 00:00")), to_min(at("10-01 00:00")))
MUMBAIKAR, MISSIONARY, NEPALI = OwnDays(MUMBAI), OwnDays(MISSION), OwnDays(NEPAL)


def dues(facts: HearingFacts, rule: Rule, key: str = CONSUL.key) -> list[datetime]:
    return [one.due_at for one in due_notices(facts) if one.rule is rule and one.reader == key]


# The deadline


@pytest.mark.parametrize(
    ("days", "asked", "starts", "by"),
    [
        # Five own working days: the mission works on Sunday, not on Friday and Saturday.
        (MISSIONARY, at("08-24 11:00", DHAKA), START, at("08-31 17:00", DHAKA)),
        # The court works on the fifth and third Saturday, not on the second and fourth.
        (MUMBAIKAR, at("08-24 11:00"), START, at("08-29 17:00")),
        (MUMBAIKAR, at("08-17 11:00"), START, at("08-24 17:00")),
        (MUMBAIKAR, at("08-10 11:00"), START, at("08-15 17:00")),
        # Nepal rests on Saturday only.
        (NEPALI, at("08-24 11:00", KATHMANDU), START, at("08-30 17:00", KATHMANDU)),
        # Three own working days before the hearing come first.
        (MISSIONARY, at("09-08 11:00", DHAKA), START, at("09-09 17:00", DHAKA)),
        (MUMBAIKAR, at("09-03 11:00"), START, at("09-09 17:00")),
        # Never before the end of the next own working day, and never after the start.
        (MUMBAIKAR, at("09-11 11:00"), at("09-15 11:00"), at("09-14 17:00")),
        (MUMBAIKAR, at("09-11 11:00"), START, at("09-14 09:00")),
        (MUMBAIKAR, at("09-14 10:00"), START, at("09-14 10:00")),
    ],
)
def test_the_answer_is_wanted_by(days: OwnDays, asked: datetime, starts: datetime, by: datetime) -> None:
    assert answer_by(days, asked_at=asked, starts_at=starts) == by


def test_reminders_come_on_the_second_and_fourth_own_working_day_at_nine() -> None:
    """Tuesday to Thursday count, then Sunday: not on the weekend of Dhaka."""
    tuesday = at("08-25 11:00", DHAKA)
    facts = hearing(named(CONSUL, asked_at=tuesday))
    assert dues(facts, Rule.ANSWER) == [at("08-27 09:00", DHAKA), at("08-31 09:00", DHAKA)]


def test_a_near_hearing_calls_sooner_and_a_very_near_one_not_at_night() -> None:
    facts = hearing(named(CONSUL, asked_at=at("09-08 11:00", DHAKA)))
    assert dues(facts, Rule.ANSWER) == [at("09-09 09:00", DHAKA)]
    facts = hearing(named(CONSUL, asked_at=at("09-13 22:00", DHAKA)))
    assert dues(facts, Rule.ANSWER) == [at("09-14 09:00", DHAKA)]


@pytest.mark.parametrize("declined", [False, True])
def test_who_answered_is_asked_no_more(declined: bool) -> None:
    facts = hearing(named(CONSUL, has_answered=True, declined=declined))
    assert dues(facts, Rule.ANSWER) == dues(facts, Rule.NO_ANSWER, COORDINATOR.key) == []


def test_silence_is_escalated_to_the_coordinator_when_they_are_at_work_once_a_person() -> None:
    """The deadline of Dhaka ends on a Sunday, when the court in Mumbai is shut."""
    asked = at("08-23 11:00", DHAKA)
    facts = hearing(named(CONSUL, asked_at=asked), named(reader("official:3", MISSION), asked_at=asked))
    assert answer_by(CONSUL.days, asked_at=asked, starts_at=START) == at("08-30 17:00", DHAKA)
    assert dues(facts, Rule.NO_ANSWER, COORDINATOR.key) == [at("08-31 09:00")] * 2
    assert len({one.key for one in due_notices(facts)}) == len(due_notices(facts))


def test_a_move_asks_anew_and_who_can_be_missed_is_not_escalated() -> None:
    before, after = (
        {one.key for one in due_notices(hearing(named(CONSUL, asked_since=since))) if one.rule is Rule.ANSWER}
        for since in (0, 1)
    )
    assert not before & after
    assert dues(hearing(named(CONSUL, is_required=False)), Rule.NO_ANSWER, COORDINATOR.key) == []


def test_where_the_coordinator_is_away_or_silent_herself_the_others_of_the_court_are_told() -> None:
    deputy, away = reader("official:6"), replace(COORDINATOR, days=OwnDays(without(MUMBAI, [UNTIL_AUTUMN])))
    for facts in (
        hearing(named(CONSUL), coordinators=(away,), deputies=(deputy,)),
        hearing(named(COORDINATOR), deputies=(deputy,)),
    ):
        assert len(dues(facts, Rule.NO_ANSWER, deputy.key)) == 1
        assert dues(facts, Rule.NO_ANSWER, COORDINATOR.key) == []
    assert dues(hearing(named(CONSUL), deputies=(deputy,)), Rule.NO_ANSWER, deputy.key) == []


def test_a_day_of_leave_is_a_day_off_and_half_a_day_is_not() -> None:
    whole, half = ((to_min(at("09-10 10:00")), to_min(at(f"09-10 {end}"))) for end in ("17:00", "13:00"))
    assert OwnDays(without(MUMBAI, [whole])).before(date(2026, 9, 11), 1) == date(2026, 9, 9)
    assert without(MUMBAI, [half]) is MUMBAI


# Before the hearing


def test_in_a_week_tomorrow_and_in_two_hours_by_the_own_clock() -> None:
    """Monday 14 September: a week before is a working day in both; the eve is Sunday in Dhaka, Friday in Mumbai."""
    judge = reader("official:4")
    facts = hearing(named(CONSUL), named(judge))
    assert dues(facts, Rule.IN_A_WEEK) == [at("09-07 09:00", DHAKA)]
    assert dues(facts, Rule.TOMORROW) == [at("09-13 09:00", DHAKA)]
    assert dues(facts, Rule.TOMORROW, judge.key) == [at("09-11 09:00")]
    assert dues(facts, Rule.IN_TWO_HOURS) == dues(facts, Rule.IN_TWO_HOURS, judge.key) == [START - timedelta(hours=2)]


def test_the_day_is_the_persons_own_where_midnight_lies_between() -> None:
    """01:30 on Tuesday in Dhaka is Monday evening in London."""
    start = at("09-15 01:30", DHAKA)
    london = reader("official:5", ENGLAND)
    facts = hearing(named(CONSUL, starts_at=start), named(london, starts_at=start), starts_at=start)
    assert dues(facts, Rule.TOMORROW) == [at("09-14 09:00", DHAKA)]
    assert dues(facts, Rule.TOMORROW, london.key) == [at("09-11 09:00", LONDON)]


@pytest.mark.parametrize(("minutes", "reminded"), [(-1, True), (0, False), (1, False)])
def test_nobody_is_reminded_of_what_they_were_told_a_moment_before(minutes: int, reminded: bool) -> None:
    for rule in (Rule.IN_A_WEEK, Rule.TOMORROW, Rule.IN_TWO_HOURS):
        due = dues(hearing(named(CONSUL)), rule)[0]
        facts = hearing(named(CONSUL, asked_at=due + minutes * MINUTE, has_answered=True))
        assert bool(dues(facts, rule)) is reminded


def test_who_declined_was_never_told_or_whose_hearing_is_off_is_not_reminded() -> None:
    declined, untold = named(CONSUL, has_answered=True, declined=True), named(CONSUL, asked_at=None)
    assert due_notices(hearing(declined)) == due_notices(hearing(untold)) == ()
    assert due_notices(hearing(named(CONSUL), is_ahead=False)) == ()


# The coordinator of the court


def test_link_and_readiness_are_called_for_before_the_hearing_by_the_courts_own_days() -> None:
    facts = hearing(named(CONSUL, has_answered=True), has_link=False, is_ready=False)
    key = COORDINATOR.key
    assert dues(facts, Rule.LINK_MISSING, key) == [at("09-10 09:00")]
    # Ten, five and two days before: Saturday 5 September is a working one, Saturday 12 is not.
    assert dues(facts, Rule.NOT_READY, key) == [at("09-01 09:00"), at("09-07 09:00"), at("09-10 09:00")]
    assert dues(hearing(named(CONSUL)), Rule.NOT_READY, key) == []


def test_what_is_due_already_when_the_time_is_set_is_called_for_the_next_morning() -> None:
    facts = hearing(named(CONSUL, asked_at=at("09-10 15:00")), has_link=False, is_ready=False)
    for rule in (Rule.LINK_MISSING, Rule.NOT_READY):
        assert dues(facts, rule, COORDINATOR.key) == [at("09-11 09:00")]


def test_a_step_is_called_for_before_its_day_and_after_it_from_whoever_has_it() -> None:
    step = DueStep("C01", at("09-06 12:00", DHAKA), (Duty.REMOTE_COORDINATOR,))
    facts = hearing(named(CONSUL, has_answered=True), steps=(step,))
    assert dues(facts, Rule.STEP_DUE) == [at("09-03 09:00", DHAKA)]  # Sunday's step on Thursday
    assert dues(facts, Rule.STEP_OVERDUE) == [at("09-07 09:00", DHAKA)]
    assert dues(facts, Rule.STEP_DUE, COORDINATOR.key) == []
    assert not dues(facts, Rule.STEP_DUE, COORDINATOR.key)
    unable = hearing(named(CONSUL, has_answered=True, signs_in=False), steps=(step,))
    assert dues(unable, Rule.STEP_DUE, CONSUL.key) == dues(facts, Rule.STEP_DUE, CONSUL.key)
    assert dues(unable, Rule.STEP_DUE, COORDINATOR.key)
    others = DueStep("C02", at("09-07 12:00"), (Duty.PARTY,))
    assert dues(hearing(named(CONSUL), steps=(others,)), Rule.STEP_DUE, COORDINATOR.key) == [at("09-05 09:00")]


def test_the_signed_copy_is_missed_on_the_first_working_day_after_three_days() -> None:
    closed = at("09-15 16:00")
    facts = hearing(named(CONSUL), is_ahead=False, copy_owed_since=closed)
    assert dues(facts, Rule.HARD_COPY, COORDINATOR.key) == [at("09-19 09:00")]  # the third Saturday
    assert dues(facts, Rule.HARD_COPY) == []


def test_whoever_has_a_transcript_is_reminded_after_a_quiet_day_and_the_court_where_nobody_is_named() -> None:
    since = at("09-16 15:00", DHAKA)  # a Wednesday; Thursday is quiet, and the mission is closed on Friday and Saturday
    facts = hearing(named(CONSUL), is_ahead=False, paper=WaitingPaper(Duty.REMOTE_COORDINATOR, since, 7))
    assert dues(facts, Rule.PAPER_WAITS, CONSUL.key) == [at("09-20 09:00", DHAKA)]
    assert dues(facts, Rule.PAPER_WAITS, COORDINATOR.key) == []
    alone = hearing(is_ahead=False, paper=WaitingPaper(Duty.REMOTE_COORDINATOR, since, 7))
    assert dues(alone, Rule.PAPER_WAITS, COORDINATOR.key) == [at("09-18 09:00")]


# Days and clocks


def test_a_missing_hour_moves_on_and_a_repeated_one_is_its_second() -> None:
    everyday = calendar_of(LONDON, tuple(range(7)))
    early = OwnDays(everyday, hour=1)
    assert early.morning(date(2026, 3, 29)) == at("03-29 02:00", LONDON)  # 01:00 to 02:00 is skipped
    gone_back = early.morning(date(2026, 10, 25))
    assert gone_back == at("10-25 02:00", LONDON) - timedelta(hours=1)
    assert gone_back == at("10-25 00:59", LONDON) + timedelta(minutes=61)


@pytest.mark.parametrize(("minutes", "may"), [(-1, False), (0, True), (1, True)])
def test_nobody_is_disturbed_before_their_hour_nor_in_the_evening(minutes: int, may: bool) -> None:
    for days, zone in ((MUMBAIKAR, "Asia/Kolkata"), (NEPALI, KATHMANDU), (MISSIONARY, DHAKA)):
        assert days.may_disturb(at("09-14 09:00", zone) + minutes * MINUTE) is may
        assert days.may_disturb(at("09-14 18:00", zone) + minutes * MINUTE) is not may


def test_weekends_are_their_own() -> None:
    friday, saturday, sunday = (at(f"09-{day} 12:00", DHAKA) for day in (11, 12, 13))
    assert [d.may_disturb(friday) for d in (MUMBAIKAR, MISSIONARY, NEPALI)] == [True, False, True]
    assert [d.may_disturb(saturday) for d in (MUMBAIKAR, MISSIONARY, NEPALI)] == [False, False, False]
    assert [d.may_disturb(sunday) for d in (MUMBAIKAR, MISSIONARY, NEPALI)] == [False, True, True]


def test_next_years_unknown_holidays_stop_no_reminder() -> None:
    known = calendar_of(DHAKA, (6, 0, 1, 2, 3))
    days = OwnDays(type(known)(id="x", version="1", zone=DHAKA, rules=known.rules, known_years=frozenset({2026})))
    assert days.after(date(2026, 12, 31), 1) == date(2027, 1, 3)
    assert days.evening(date(2027, 1, 3)) == datetime.fromisoformat("2027-01-03T12:00:00+00:00")


def test_somebody_who_does_not_work_for_months_gets_a_deadline_all_the_same() -> None:
    away = OwnDays(calendar_of(DHAKA, (6, 0, 1, 2, 3), (date(2026, 8, 1), date(2027, 3, 1))))
    assert ASKED < answer_by(away, asked_at=ASKED, starts_at=START) < START


def test_only_a_number_with_an_authority_is_called_law() -> None:
    assert [one for one in THRESHOLDS if one.authority] == [HARD_COPY]
    assert all(one.amount > 0 and one.label for one in THRESHOLDS)
