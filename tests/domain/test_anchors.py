"""Anchors of the journal: read as they were kept, held against the journal, and what a restore gives up."""

from datetime import UTC, datetime

import pytest

from vctestimony.domain.anchors import Anchor, NoAnchor, anchors_in, compared, line_of, standing, typed

AT = datetime(2026, 9, 1, 5, tzinfo=UTC)
HASH = {number: f"{number:064x}" for number in range(1, 20)}


def anchor(number: int, *, is_restored: bool = False) -> Anchor:
    return Anchor(number, HASH[number], AT, is_restored=is_restored)


def test_a_line_is_read_as_it_was_written_and_a_torn_one_is_named() -> None:
    kept = [anchor(3), anchor(5, is_restored=True)]
    lines = [line_of(kept[0]), line_of(kept[1])[:20], "null", line_of(kept[1])]
    assert anchors_in(lines) == (tuple(kept), (2, 3))


def test_what_came_after_a_state_that_was_put_back_is_given_up() -> None:
    kept = [anchor(3), anchor(8), anchor(12), anchor(5, is_restored=True), anchor(9)]
    assert [one.number for one in standing(kept)] == [3, 5, 9]
    twice = [*kept, anchor(4, is_restored=True)]
    assert [one.number for one in standing(twice)] == [3, 4]
    empty = Anchor(0, "0" * 64, AT, is_restored=True)
    assert [*standing([*kept, empty])] == []


@pytest.mark.threat("T19")
def test_an_other_hash_an_entry_that_is_not_there_and_a_missing_anchor_are_told_apart() -> None:
    hashes = {**HASH, 5: "f" * 64}
    del hashes[7]
    found = compared([anchor(3), anchor(5)], [anchor(7)], named=[anchor(3), anchor(4)], hashes=hashes)
    assert (found.held, found.other) == (1, ((anchor(5), "f" * 64), (anchor(7), "")))
    assert found.missing == (anchor(4),)
    assert not found.is_well
    assert compared([anchor(3)], [anchor(4)], named=[anchor(4)], hashes=HASH).is_well


@pytest.mark.parametrize("text", ["", "7", "7:abc", f"x:{HASH[7]}", f"7:{HASH[7]}0", f"-7:{HASH[7]}"])
def test_what_is_no_anchor_is_refused(text: str) -> None:
    with pytest.raises(NoAnchor):
        typed(text)
