"""How far a feed reaches, and what a busy feed gives away."""

from datetime import UTC, datetime, timedelta

import pytest

from vctestimony.domain.access import SYSTEM, Actor, may_make_feed, may_stop_feed
from vctestimony.domain.feeds import AHEAD, BACK, Window, busy_spans, busy_uid
from vctestimony.domain.instants import from_min, to_min
from vctestimony.domain.people import Role

NOW = datetime(2026, 9, 1, 5, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("start_at", "shown"),
    [
        (NOW - BACK - HOUR, False),
        (NOW - BACK - HOUR + MINUTE, True),
        (NOW + AHEAD - MINUTE, True),
        (NOW + AHEAD, False),
    ],
)
def test_what_has_a_minute_within_the_window_is_shown(start_at: datetime, shown: bool) -> None:
    assert Window.around(NOW).shows(start_at, start_at + HOUR) is shown


def test_touching_and_overlapping_stretches_are_one_and_none_is_cut() -> None:
    edge = to_min(NOW - BACK)
    spans = busy_spans([(edge - 90, edge - 30), (edge - 30, edge + 1), (edge + 60, edge + 70)], Window.around(NOW))
    assert spans == ((from_min(edge - 90), from_min(edge + 1)), (from_min(edge + 60), from_min(edge + 70)))


def test_the_uid_of_a_busy_stretch_follows_from_salt_and_times_only() -> None:
    uids = {busy_uid(salt, NOW, end, host="court.example") for salt in "ab" for end in (NOW + HOUR, NOW + 2 * HOUR)}
    assert len(uids) == 4
    assert busy_uid("a", NOW, NOW + HOUR, host="court.example") in uids


@pytest.mark.parametrize(
    ("actor", "signs_in", "makes", "stops"),
    [
        (Actor(name="herself", role=Role.INTERPRETER, post_id=1, official_id=7), True, True, True),
        (Actor(name="keeper", role=Role.COORDINATOR, post_id=1, official_id=8), True, False, True),
        (Actor(name="keeper", role=Role.COORDINATOR, post_id=1), False, True, True),
        (Actor(name="judge", role=Role.PRESIDING_OFFICER, post_id=1), False, False, False),
        (Actor(name="elsewhere", role=Role.COORDINATOR, post_id=2), False, False, False),
        (SYSTEM, False, True, True),
    ],
)
def test_who_makes_and_who_stops_a_feed(actor: Actor, signs_in: bool, makes: bool, stops: bool) -> None:
    assert may_make_feed(actor, official_id=7, post_id=1, signs_in=signs_in) is makes
    assert may_stop_feed(actor, official_id=7, post_id=1) is stops
