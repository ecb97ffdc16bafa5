"""Revisions, identities and which answers count."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vctestimony.domain.itip import (
    Answer,
    Asked,
    Judgement,
    PartStat,
    Revision,
    Verdict,
    judged,
    new_message_id,
    new_uid,
    same_address,
)

NOW = datetime(2026, 11, 20, 6, 30, 12, 345678, tzinfo=UTC)
WHOLE = NOW.replace(microsecond=0)
SECOND = timedelta(seconds=1)
UID = "aaaqeayeaudaocajbifqydiob4@testimony.example"


# RFC 5546 2.1.4, RFC 5545 3.8.7.4 and 3.8.7.2: SEQUENCE and DTSTAMP


def test_the_first_revision_is_zero_in_whole_seconds() -> None:
    assert Revision.after(None, now=NOW) == Revision(0, WHOLE)


def test_the_next_revision_raises_sequence_by_one() -> None:
    later = NOW + timedelta(hours=1)
    assert Revision.after(Revision(3, WHOLE), now=later) == Revision(4, WHOLE + timedelta(hours=1))


@pytest.mark.parametrize(
    ("clock", "expected"),
    [(WHOLE - timedelta(days=1), 1), (WHOLE, 1), (WHOLE + SECOND, 1), (WHOLE + 2 * SECOND, 2)],
)
def test_dtstamp_is_later_even_when_the_clock_is_not(clock: datetime, expected: int) -> None:
    assert Revision.after(Revision(0, WHOLE), now=clock).dtstamp_at == WHOLE + expected * SECOND


def test_asking_again_keeps_sequence_and_has_a_later_dtstamp() -> None:
    assert Revision(2, WHOLE).asked_again(now=NOW) == Revision(2, WHOLE + SECOND)


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=20))
def test_any_clock_gives_rising_sequences_and_rising_dtstamps(clocks: list[int]) -> None:
    sent: list[Revision] = []
    for clock in clocks:
        sent.append(Revision.after(sent[-1] if sent else None, now=WHOLE + timedelta(microseconds=clock)))
    assert [revision.sequence for revision in sent] == list(range(len(clocks)))
    stamps = [revision.dtstamp_at for revision in sent]
    assert stamps == sorted(set(stamps))
    assert all(stamp.microsecond == 0 for stamp in stamps)


# RFC 7986 5.3, RFC 5322 3.6.4: identity


def test_a_uid_is_all_chance_and_the_host() -> None:
    made = {new_uid(bytes([number] * 16), "testimony.example") for number in range(256)}
    assert len(made) == 256
    assert all(len(uid.split("@")[0]) == 26 for uid in made)


def test_a_uid_of_too_little_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="16 random bytes"):
        new_uid(bytes(15), "testimony.example")


def test_a_message_id_of_too_little_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="10 random bytes"):
        new_message_id(bytes(9), sequence=0, host="testimony.example")


@pytest.mark.parametrize("length", [42, 43])
def test_a_message_id_has_up_to_64_characters(length: int) -> None:
    assert len(new_message_id(bytes(10), sequence=7, host="h" * length)) == length + 21


def test_a_message_id_of_65_characters_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        new_message_id(bytes(10), sequence=7, host="h" * 44)


# RFC 5546 2.1.5: which answer counts


def asked(
    *, since: int = 1, sent: int = 2, answered: Revision | None = None, address: str = "officer@court.example"
) -> Asked:
    return Asked(uid=UID, address=address, since=since, sent=Revision(sent, WHOLE), answered=answered)


def answer(
    *,
    sequence: int | None = 2,
    dtstamp_at: datetime | None = NOW,
    part_stat: PartStat = PartStat.ACCEPTED,
    uid: str = UID,
    address: str = "officer@court.example",
) -> Answer:
    return Answer(uid=uid, address=address, part_stat=part_stat, sequence=sequence, dtstamp_at=dtstamp_at)


@pytest.mark.parametrize("part_stat", [PartStat.ACCEPTED, PartStat.DECLINED, PartStat.TENTATIVE])
def test_a_fitting_answer_counts_and_says_what_to_store(part_stat: PartStat) -> None:
    assert judged(answer(part_stat=part_stat), asked(), now=NOW) == Judgement(
        Verdict.COUNTS, answered=Revision(2, NOW), part_stat=part_stat
    )


@pytest.mark.parametrize(
    "address", ["OFFICER@Court.Example", "MAILTO:officer@court.example", " mailto:officer@court.example "]
)
def test_addresses_are_compared_without_case_and_scheme(address: str) -> None:
    assert judged(answer(address=address), asked(), now=NOW).verdict is Verdict.COUNTS
    assert same_address(address) == "officer@court.example"


@pytest.mark.parametrize(
    "strange",
    [
        answer(uid=UID.upper()),
        answer(address="clerk@court.example"),
        answer(dtstamp_at=None),
        answer(part_stat=PartStat.NEEDS_ACTION),
        answer(part_stat=PartStat.DELEGATED),
    ],
)
def test_an_answer_that_does_not_fit_is_for_a_person_to_read(strange: Answer) -> None:
    assert judged(strange, asked(), now=NOW) == Judgement(Verdict.REVIEW)


@pytest.mark.parametrize(("seconds", "verdict"), [(-1, Verdict.COUNTS), (0, Verdict.COUNTS), (1, Verdict.REVIEW)])
def test_an_answer_from_more_than_an_hour_ahead_is_for_a_person_to_read(seconds: int, verdict: Verdict) -> None:
    ahead = NOW + timedelta(hours=1, seconds=seconds)
    assert judged(answer(dtstamp_at=ahead), asked(), now=NOW).verdict is verdict


@pytest.mark.parametrize(
    ("sequence", "verdict"),
    [(None, Verdict.OUTDATED), (0, Verdict.OUTDATED), (1, Verdict.COUNTS), (2, Verdict.COUNTS), (3, Verdict.COUNTS)],
)
def test_an_answer_to_what_stood_before_the_last_move_is_outdated(sequence: int | None, verdict: Verdict) -> None:
    assert judged(answer(sequence=sequence), asked(since=1, sent=2), now=NOW).verdict is verdict


def test_a_missing_sequence_means_zero() -> None:
    assert judged(answer(sequence=None), asked(since=0, sent=0), now=NOW).answered == Revision(0, NOW)


def test_a_sequence_raised_by_a_foreign_calendar_does_not_outrank_later_answers() -> None:
    first = judged(answer(sequence=9), asked(), now=NOW)
    assert first.answered == Revision(2, NOW)
    later = judged(
        answer(sequence=2, dtstamp_at=NOW + SECOND, part_stat=PartStat.DECLINED),
        asked(answered=first.answered),
        now=NOW + SECOND,
    )
    assert later.verdict is Verdict.COUNTS


@pytest.mark.parametrize(
    ("sequence", "seconds", "verdict"),
    [
        (2, -1, Verdict.REPEATED),
        (2, 0, Verdict.REPEATED),
        (2, 1, Verdict.COUNTS),
        (1, 1, Verdict.REPEATED),
    ],
)
def test_of_several_answers_the_latest_stands(sequence: int, seconds: int, verdict: Verdict) -> None:
    recorded = asked(answered=Revision(2, NOW))
    given = answer(sequence=sequence, dtstamp_at=NOW + seconds * SECOND)
    assert judged(given, recorded, now=NOW).verdict is verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("accepted", PartStat.ACCEPTED),
        (" TENTATIVE", PartStat.TENTATIVE),
        ("", PartStat.NEEDS_ACTION),
        ("YES", PartStat.NEEDS_ACTION),
    ],
)
def test_an_unknown_standing_reads_as_no_answer(text: str, expected: PartStat) -> None:
    assert PartStat.read(text) is expected
