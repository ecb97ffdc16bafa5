"""The schedule of retention: its file, what no schedule may say, and the very instant at which something is due."""

from datetime import UTC, datetime, timedelta

import pytest

from vctestimony.domain.retention import FAULTS, FILE, SCHEDULE, Fate, Hand, Held, read_schedule, with_days
from vctestimony.domain.retention_words import MARKED
from vctestimony.domain.shipped import shipped

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
TEXT = shipped(FILE)


def said(text: str) -> list[str]:
    rules, faults = read_schedule(text)
    assert not rules
    return [str(fault) for fault in faults]


def test_the_file_says_of_every_kind_what_becomes_of_it_and_on_what_that_rests() -> None:
    assert FAULTS == ()
    assert set(SCHEDULE) == set(Held)
    assert {text for rule in SCHEDULE.values() for text in (rule.what, rule.after, rule.basis)} - {""} == MARKED


@pytest.mark.parametrize(("early", "is_due"), [(-1, True), (0, True), (1, False)])
def test_a_mail_is_due_at_the_very_minute_and_not_one_before(early: int, is_due: bool) -> None:
    rule = SCHEDULE[Held.MAIL_BODIES]
    assert rule.lasts == timedelta(days=7)
    assert rule.is_due(NOW - timedelta(days=7) + timedelta(minutes=early), now=NOW) is is_due


@pytest.mark.parametrize(("days", "is_right"), [("0", False), ("1", True), ("36525", True), ("36526", False)])
def test_days_are_at_least_one_and_at_most_a_century(days: str, is_right: bool) -> None:
    rules, faults = read_schedule(TEXT.replace("days = 400", f"days = {days}"))
    assert bool(rules) is is_right
    assert all("a whole number from 1 to 36525" in str(fault) for fault in faults)


@pytest.mark.parametrize("days", ["true", '"7"', "7.0"])
def test_what_is_no_whole_number_is_no_count_of_days(days: str) -> None:
    assert said(TEXT.replace("days = 7", f"days = {days}", 1))


def test_the_service_never_destroys_by_itself_what_is_the_courts() -> None:
    by_order = 'fate = "key_destroyed"\nhand = "order"'
    assert by_order in TEXT
    found = said(TEXT.replace(by_order, by_order.replace("order", "service")))
    assert found == [f"{FILE}: {held}.hand: this is the court's: it goes by order only" for held in
                     ("identity", "evidence", "redacted")]  # fmt: skip
    assert all(SCHEDULE[held].fate is Fate.KEPT for held in (Held.JOURNAL, Held.SEALED_RECORDS, Held.CASEWORK))
    assert SCHEDULE[Held.JOURNAL].hand is Hand.NOBODY


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[diary]\ndays = 1", "no such kind"),
        ("[tries]\ndays = 1\nhand = 'order'", "days and nothing else can be set"),
        ("[journal]\ndays = 1", "no days can be set for it"),
        ("[tries]\ndays = 0", "a whole number from 1 to 36525 is wanted"),
        ("[tries]\ndays = true", "a whole number from 1 to 36525 is wanted"),
        ("tries = 3", "days and nothing else can be set"),
        ("[tries", "Expected"),
    ],
)
def test_a_court_sets_days_and_nothing_else(text: str, reason: str) -> None:
    rules, faults = with_days(text)
    assert rules == {}
    assert reason in faults[0].reason


def test_unknown_and_missing_kinds_and_keys_are_named() -> None:
    assert said(TEXT.replace("[journal]", "[diary]")) == [
        f"{FILE}: diary: no such kind",
        f"{FILE}: journal: the kind is missing",
    ]
    assert f"{FILE}: tries.color: no such key" in said(TEXT.replace("[tries]", "[tries]\ncolor = 'red'"))
    assert said("not toml")[0].startswith(f"{FILE}: the file")
