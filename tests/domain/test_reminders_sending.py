"""What leaves of what is due: once, in one mail, at decent hours, whatever clock, restarts and workers do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.reminder_examples import ENGLAND, MISSION, MUMBAI, NEPAL, at, calendar_of, reader
from vctestimony.domain.calendars import WorkingCalendar
from vctestimony.domain.people import Duty
from vctestimony.domain.reminders.due import due_notices
from vctestimony.domain.reminders.notices import (
    EXACT,
    NO_CHOICE,
    DueStep,
    HearingFacts,
    Named,
    Notice,
    Reader,
    Rule,
    Way,
)
from vctestimony.domain.reminders.sending import Leaving, leaving

MORNING = at("09-14 09:00")
DAY = timedelta(days=1)


def notice(rule: Rule, number: int = 1, *, due_at: datetime = MORNING, lasts: timedelta = 5 * DAY) -> Notice:
    return Notice(
        rule=rule,
        reference=f"H-{number}",
        revision="0",
        reader="official:1",
        due_at=due_at,
        until_at=due_at + lasts,
    )


def left(notices: list[Notice], way: Way, now: datetime = MORNING, mailed_on: date | None = None) -> Leaving:
    return leaving(notices, reader("official:1", way=way), now=now, mailed_on=mailed_on)


ORDINARY = [notice(Rule.ANSWER), notice(Rule.STEP_DUE), notice(Rule.ANSWER, 2)]


def test_three_things_of_a_morning_are_one_mail_or_three_or_on_the_page() -> None:
    digest, each, page = (left(ORDINARY, way) for way in (Way.DIGEST, Way.EACH, Way.PAGE))
    assert (digest.alone, [len(group) for group in digest.together], digest.page) == ((), [3], ())
    assert (each.alone, [len(group) for group in each.together], each.page) == ((), [1, 1, 1], ())
    assert (page.alone, page.together, len(page.page)) == ((), (), 3)


def test_what_is_urgent_stands_alone_and_what_is_no_choice_is_mailed() -> None:
    urgent = [notice(Rule.TOMORROW), notice(Rule.NO_ANSWER), notice(Rule.IN_TWO_HOURS, lasts=timedelta(hours=1))]
    assert [len(left([*ORDINARY, *urgent], way).alone) for way in (Way.DIGEST, Way.EACH)] == [3, 3]
    page = left([*ORDINARY, *urgent], Way.PAGE)
    assert {group[0].rule for group in page.alone} == NO_CHOICE
    assert Rule.TOMORROW in {one.rule for one in page.page}


def test_silent_people_of_one_hearing_are_one_escalation() -> None:
    silent = [
        Notice(
            rule=Rule.NO_ANSWER,
            reference="H-1",
            revision="0",
            reader="official:1",
            due_at=MORNING,
            until_at=MORNING + DAY,
            about=who,
        )
        for who in ("p-1", "p-2")
    ]
    assert [len(group) for group in left(silent, Way.DIGEST).alone] == [2]


@pytest.mark.parametrize("way", [Way.DIGEST, Way.EACH])
def test_after_three_days_of_silence_one_mail_says_what_is_still_worth_saying(way: Way) -> None:
    """Even of what would have been urgent; what is over is left out."""
    late = [notice(rule, number, lasts=4 * DAY) for number in (1, 2) for rule in (Rule.ANSWER, Rule.NO_ANSWER)]
    over = [notice(Rule.TOMORROW, lasts=DAY), notice(Rule.IN_TWO_HOURS, lasts=timedelta(hours=1))]
    found = left([*late, *over], way, now=MORNING + 3 * DAY)
    assert (found.alone, [len(group) for group in found.together]) == ((), [4])


def test_a_second_mail_of_the_day_waits_for_the_morning_unless_that_is_too_late() -> None:
    today = MORNING.date()
    lasting, short = notice(Rule.STEP_DUE), notice(Rule.STEP_DUE, 2, lasts=DAY)
    found = left([lasting, short], Way.DIGEST, now=MORNING + timedelta(hours=3), mailed_on=today)
    assert found.together == ((short,),)
    assert left([lasting], Way.DIGEST, now=MORNING + DAY, mailed_on=today).together == ((lasting,),)


@pytest.mark.parametrize(("minutes", "leaves"), [(-1, False), (0, True), (1, True)])
def test_exact_ones_come_at_their_minute_even_at_night(minutes: int, leaves: bool) -> None:
    at_night = at("09-13 02:30")
    soon = notice(Rule.IN_TWO_HOURS, due_at=at_night, lasts=timedelta(hours=1))
    waits = notice(Rule.ANSWER, due_at=at_night)
    found = left([soon, waits], Way.DIGEST, now=at_night + timedelta(minutes=minutes))
    assert (len(found.alone), found.together) == (int(leaves), ())


# Any calendar, any clock, any number of workers

CALENDARS = st.sampled_from([MUMBAI, MISSION, NEPAL, ENGLAND]) | st.builds(
    lambda zone, days, closed: calendar_of(zone, tuple(days), (closed, closed + 4 * DAY)),
    st.sampled_from(["Asia/Kolkata", "Asia/Dhaka", "Europe/London", "America/New_York", "Africa/Cairo"]),
    st.sets(st.integers(0, 6), min_size=1),
    st.dates(date(2026, 9, 20), date(2026, 11, 10)),
)
FIRST = datetime(2026, 9, 28, 4, 0, tzinfo=UTC)
MINUTES = 40 * 1440
"""Forty days around the clock changes of autumn."""


@st.composite
def hearings(draw: st.DrawFn, key: str, one: Reader) -> HearingFacts:
    starts_at = FIRST + timedelta(minutes=draw(st.integers(600, MINUTES - 1440)))
    asked_at = FIRST + timedelta(minutes=draw(st.integers(0, 20 * 1440)))
    step_at = starts_at - timedelta(minutes=draw(st.integers(-2000, 20_000)))
    me = Named(
        participant=f"p-{key}",
        reader=one,
        duty=Duty.DEFENCE,
        starts_at=starts_at,
        asked_at=min(asked_at, starts_at - timedelta(minutes=30)),
        has_answered=draw(st.booleans()),
    )
    return HearingFacts(
        reference=key,
        starts_at=starts_at,
        is_ahead=True,
        people=(me,),
        coordinators=(one,),
        is_ready=draw(st.booleans()),
        has_link=draw(st.booleans()),
        steps=(DueStep("C01", step_at, (Duty.DEFENCE,)),),
    )


@st.composite
def courses(draw: st.DrawFn) -> tuple[Reader, list[Notice], list[tuple[datetime, int]]]:
    """A reader, everything that is ever due to them, and clock readings, each by so many workers at once."""
    calendar: WorkingCalendar = draw(CALENDARS)
    one = reader("official:1", calendar, hour=draw(st.integers(6, 12)), way=draw(st.sampled_from(Way)))
    facts = [draw(hearings(f"H-{number}", one)) for number in range(draw(st.integers(1, 3)))]
    notices = [found for each in facts for found in due_notices(each)]
    dues = st.sampled_from([one.due_at for one in notices]).map(lambda due: (due - FIRST) // timedelta(minutes=1))
    reading = st.integers(0, MINUTES) | dues | dues.map(lambda due: due - 1)
    steady = [FIRST + timedelta(minutes=5 * step) for step in range(draw(st.sampled_from([0, 0, 1500])))]
    readings = [FIRST + timedelta(minutes=draw(reading)) for _ in range(draw(st.integers(5, 40)))]
    return one, notices, [(now, draw(st.integers(1, 3))) for now in sorted([*steady, *readings])]


@settings(max_examples=150, deadline=None)
@given(courses())
def test_every_notice_leaves_at_most_once_at_decent_hours_and_none_is_forgotten(
    course: tuple[Reader, list[Notice], list[tuple[datetime, int]]],
) -> None:
    one, notices, readings = course
    given_at: dict[str, datetime] = {}
    mailed_on: date | None = None
    for now, workers in readings:
        seen = [(leaving([n for n in notices if n.key not in given_at], one, now=now, mailed_on=mailed_on))] * workers
        mails = 0
        for what in seen:
            groups = [*what.alone, *what.together, *([what.page] if what.page else [])]
            keys = [found.key for group in groups for found in group]
            assert len(keys) == len(set(keys))
            if not keys or any(key in given_at for key in keys):
                continue  # somebody else did
            given_at |= dict.fromkeys(keys, now)
            mails += len(what.together)
            for found in (found for group in groups for found in group):
                assert found.due_at <= now < found.until_at
                assert found.rule in EXACT or one.days.may_disturb(now)
            if what.together:
                assert mailed_on != one.days.on(now) or one.way is Way.EACH or _cannot_wait(what, one, now)
                mailed_on = one.days.on(now)
        assert mails <= 1 or one.way is Way.EACH
        _none_forgotten(one, notices, given_at, now=now, mailed_on=mailed_on)


def _cannot_wait(what: Leaving, one: Reader, now: datetime) -> bool:
    tomorrow = one.days.morning(one.days.after(one.days.on(now), 1))
    return all(found.until_at <= tomorrow for group in what.together for found in group)


def _none_forgotten(
    one: Reader, notices: list[Notice], given_at: dict[str, datetime], *, now: datetime, mailed_on: date | None
) -> None:
    """Whatever is worth saying now was said, or waits for a morning at which it still is."""
    for found in notices:
        if found.key in given_at or not found.due_at <= now < found.until_at:
            continue
        if found.rule in EXACT:
            raise AssertionError(found)
        if one.days.may_disturb(now):
            assert mailed_on == one.days.on(now)
            assert one.days.morning(one.days.after(one.days.on(now), 1)) < found.until_at
