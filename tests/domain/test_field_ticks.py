"""What a phone may send, at its limits, and how its clock is put right."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from vctestimony.domain import entered
from vctestimony.domain.devices import seconds_of, skew_of
from vctestimony.domain.field_ticks import (
    LONGEST_NOTE,
    MOST_TICKS,
    TooMany,
    Unreadable,
    is_off,
    pressed,
    put_right,
    read_sending,
)

NOW = datetime(2026, 9, 14, 6, 0, tzinfo=UTC)
SINCE = NOW - timedelta(hours=3)
TICK = {"id": str(UUID(int=7)), "step": "C02", "version": 1, "at": "2026-09-14T05:30:00.123Z", "note": ""}


def sending(*ticks: object, sent: object = "2026-09-14T06:00:00.000Z") -> object:
    return {"sent": sent, "ticks": list(ticks)}


def test_a_tick_comes_with_its_id_its_step_and_the_time_of_the_phone() -> None:
    [found] = read_sending(sending(TICK | {"note": "  done \r\n twice "})).ticks
    assert (found.key, found.step, found.version) == (TICK["id"], "C02", 1)
    assert found.said_at == datetime(2026, 9, 14, 5, 30, 0, 123000, tzinfo=UTC)
    assert found.note.split() == ["done", "twice"]


@pytest.mark.parametrize(("minutes", "is_said"), [(1, False), (2, False), (3, True)])
@pytest.mark.parametrize("sign", [-1, 1])
def test_a_clock_is_off_beyond_two_minutes_either_way(minutes: int, sign: int, is_said: bool) -> None:
    skew = skew_of(NOW + sign * timedelta(minutes=minutes), now=NOW)
    assert is_off(seconds_of(skew)) is is_said


@pytest.mark.parametrize(
    ("said_at", "skew", "found"),
    [
        (NOW, timedelta(), NOW),
        (NOW + timedelta(milliseconds=1), timedelta(), None),
        (NOW + timedelta(days=30), -timedelta(days=30), NOW),
        (SINCE - timedelta(minutes=2), timedelta(), SINCE - timedelta(minutes=2)),
        (SINCE - timedelta(minutes=2, milliseconds=1), timedelta(), None),
        (datetime(1902, 1, 1, tzinfo=UTC), -timedelta(days=365 * 1950), None),
    ],
)
def test_a_time_is_put_right_where_it_can_have_been(said_at: datetime, skew: timedelta, found: datetime | None) -> None:
    assert put_right(said_at, skew, since=SINCE, now=NOW) == found


def test_a_skew_of_centuries_still_fits_its_column() -> None:
    assert seconds_of(timedelta(days=365 * 200)) == 2**31 - 1


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {"ticks": []},
        sending(sent="yesterday"),
        sending(sent="2026-09-14T06:00:00"),
        sending(None),
        sending(TICK | {"id": "1"}),
        sending(TICK | {"id": str(UUID(int=7)).upper() + "0"}),
        sending(TICK | {"step": "../../x"}),
        sending(TICK | {"step": "C" * 21}),
        sending(TICK | {"version": True}),
        sending(TICK | {"version": 2**31}),
        sending(TICK | {"version": "1"}),
        sending(TICK | {"note": None}),
        sending(TICK | {"at": 5}),
        sending(TICK | {"at": "9999-12-31T23:59:59.999-14:00"}),
    ],
)
def test_what_our_page_never_sends_is_refused(sent: object) -> None:
    with pytest.raises(Unreadable):
        read_sending(sent)


def test_at_most_two_hundred_come_at_once_and_a_long_note_is_cut() -> None:
    assert len(read_sending(sending(*[TICK] * MOST_TICKS)).ticks) == MOST_TICKS
    with pytest.raises(TooMany):
        read_sending(sending(*[TICK] * (MOST_TICKS + 1)))
    assert len(read_sending(sending(TICK | {"note": "x" * 9999})).ticks[0].note) == LONGEST_NOTE


@pytest.mark.parametrize("note", ["\ud800", "\x00", "a\u202eb", "\u2066\ufffe"])
def test_what_cannot_be_printed_does_not_hold_up_a_note(note: str) -> None:
    [found] = read_sending(sending(TICK | {"note": f"done {note} twice"})).ticks
    assert found.note.startswith("done ")
    assert found.note.endswith(" twice")


@pytest.mark.parametrize("letter", ["\u09df", "\u09dc", "\u0958"])
def test_a_letter_that_becomes_two_when_kept_does_not_hold_up_a_note(letter: str) -> None:
    for note in (letter * LONGEST_NOTE, letter * LONGEST_NOTE + "\u202e", "\u01d6\u00ad\u0323" * LONGEST_NOTE):
        [found] = read_sending(sending(TICK | {"note": note})).ticks
        assert 0 < len(found.note) <= LONGEST_NOTE
        assert entered.paragraphs(found.note, limit=LONGEST_NOTE) == found.note


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("C02.1", ("C02", 1)),
        (f"{'C' * 20}.{2**31 - 1}", ("C" * 20, 2**31 - 1)),
        (f"{'C' * 21}.1", None),
        (f"C02.{2**31}", None),
        (f"C02.{'9' * 5000}", None),
        ("C02.১", None),
        ("C02.-1", None),
        ("C02", None),
        ("Rokeya Begum.1", None),
        (".1", None),
    ],
)
def test_a_button_is_a_step_and_the_version_that_was_shown(value: str, found: tuple[str, int] | None) -> None:
    assert pressed(value) == found
