"""What a recording of the court can be, whose name its file may not bear, who may have it, and for how long."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Refusal
from vctestimony.domain.recordings import access, keeping
from vctestimony.domain.recordings.description import (
    Algorithm,
    Description,
    EndsBeforeItBegins,
    LongerThanItsTime,
    LooksLikeAKey,
    NotALength,
    NotASize,
    NotThatHash,
    StillToCome,
    checked,
    digest_of,
    seconds_of,
    size_of,
)
from vctestimony.domain.recordings.entries import FORMS, EntryKind, asked, details
from vctestimony.domain.recordings.names import gives_away

NOON_AT = datetime(2026, 9, 14, 6, 30, tzinfo=UTC)
ONE = Description(
    name="court-1.mkv",
    began_at=NOON_AT,
    ended_at=NOON_AT + timedelta(minutes=72),
    seconds=72 * 60,
    size=148_300_200,
    algorithm=Algorithm.SHA256,
    digest="ab" * 32,
    custodian="The record keeper",
    encryption="AES-256-GCM",
    key_place="Envelope 2026-07-R1, safe of the presiding officer",
    copies="none",
)
LATER_AT = NOON_AT + timedelta(hours=3)


def test_what_a_court_could_have_recorded_is_kept_to_the_minute() -> None:
    paused = replace(ONE, seconds=60)
    to_the_minute = replace(ONE, seconds=73 * 60)
    within_one_minute = replace(ONE, ended_at=ONE.began_at, seconds=60)
    for one in (ONE, paused, to_the_minute, within_one_minute):
        assert checked(one, now=ONE.ended_at) == one


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"ended_at": NOON_AT - timedelta(seconds=1)}, EndsBeforeItBegins, "ended_on"),
        ({"ended_at": LATER_AT + timedelta(minutes=1)}, StillToCome, "ended_on"),
        ({"seconds": 73 * 60 + 1}, LongerThanItsTime, "length"),
        ({"key_place": "aXpq93Kd02mDkq81Lsm20dKq"}, LooksLikeAKey, "key_place"),
        ({"encryption": "AES with 9f86d081884c7d659a2feaa0c55ad015"}, LooksLikeAKey, "encryption"),
        ({"key_place": "-----BEGIN PRIVATE KEY-----"}, LooksLikeAKey, "key_place"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    changes: dict[str, object], refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        checked(replace(ONE, **changes), now=LATER_AT)  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize("text", ["", "72:40", "1:60:00", "00:00:00", "01:12:40 h", "-1:00:00"])
def test_a_length_has_hours_minutes_and_seconds(text: str) -> None:
    with pytest.raises(NotALength):
        seconds_of(text)


def test_lengths_and_sizes_are_read_in_the_digits_of_whoever_types() -> None:
    assert seconds_of("০১:১২:৪০") == 4360
    assert size_of("१४,८३") == 1483
    for text in ("", "0", "12 MB", "1" * 16):
        with pytest.raises(NotASize):
            size_of(text)


def test_a_hash_fits_its_algorithm() -> None:
    assert digest_of("AB " * 32, Algorithm.SHA256) == "ab" * 32
    for text, algorithm in (
        ("ab" * 64, Algorithm.SHA256),
        ("ab" * 32, Algorithm.SHA512),
        ("xy" * 32, Algorithm.SHA256),
    ):
        with pytest.raises(NotThatHash):
            digest_of(text, algorithm)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("deposition_Rahima_Khatun.mp4", True),
        ("RahimaDeposition.mkv", True),
        ("KHATUN-2026-09-14.mkv", True),
        ("rahimakhatun.mkv", True),
        ("রহিমা-সাক্ষ্য.mkv", True),
        ("scan BD 123-4567.mkv", True),
        ("8801999777123.mkv", True),
        ("court-1-channel-2.mkv", False),
        ("PW-7_2026-09-14.mkv", False),
        ("123.mkv", False),
    ],
)
def test_a_file_whose_name_tells_who_testified_is_found_however_it_is_written(name: str, found: bool) -> None:
    sealed = ["BD1234567", "+880 1999 777123", "House 2, Road 142"]
    assert gives_away(name, names=["Rahima Khatun", "রহিমা খাতুন"], others=sealed) is found


GRANT = {
    "decision": "granted",
    "recipient": "party",
    "person": "A. Advocate",
    "manner": "copy",
    "happened_on": "2026-09-20",
    "happened_time": "11:00",
}


def test_an_access_says_who_was_given_what_and_when_unless_the_court_refused_it() -> None:
    access.check(GRANT, rule_adopted=False, still_heard=True)
    access.check({"decision": "refused", "recipient": "party"}, rule_adopted=True, still_heard=True)
    for name in ("person", "manner", "happened_on", "happened_time"):
        with pytest.raises(Missing) as refused:
            access.check({**GRANT, name: ""}, rule_adopted=False, still_heard=False)
        assert refused.value.field == name


def test_where_the_rules_are_adopted_testimony_waits_for_all_evidence_and_is_for_the_courts() -> None:
    for_bench = {**GRANT, "recipient": "bench", "all_heard": "yes"}
    access.check(for_bench, rule_adopted=True, still_heard=False)
    for facts, still_heard in (
        (for_bench, True),
        ({**for_bench, "all_heard": "no"}, False),
        ({**GRANT, "recipient": "bench"}, False),
    ):
        with pytest.raises(access.EvidenceStillRecorded):
            access.check(facts, rule_adopted=True, still_heard=still_heard)
    with pytest.raises(access.ForTheCourtsOnly):
        access.check({**GRANT, "all_heard": "yes"}, rule_adopted=True, still_heard=False)


def test_six_months_bind_only_where_the_rule_is_adopted() -> None:
    heard_on = date(2026, 8, 31)
    keeping.check(date(2027, 2, 28), made_on=heard_on, rule_adopted=True)
    keeping.check(date(2026, 9, 1), made_on=heard_on, rule_adopted=False)
    with pytest.raises(keeping.KeptTooShort):
        keeping.check(date(2027, 2, 27), made_on=heard_on, rule_adopted=True)


def test_the_question_about_all_evidence_is_asked_only_where_the_rule_is_adopted() -> None:
    names = {question.name for question in asked(EntryKind.ACCESS, {"live_streaming_rules": False})}
    assert "all_heard" not in names
    assert {question.name for question in FORMS[EntryKind.ACCESS].asks} - names == {"all_heard"}


def test_an_entry_reads_as_it_was_answered() -> None:
    facts = {"became": "returned", "happened_on": "2026-09-20", "note": "Seal unbroken"}
    said = details(EntryKind.RETURNED, facts, translate=str)
    assert said == (("What became of the copy", "returned"), ("Note", "Seal unbroken"))
