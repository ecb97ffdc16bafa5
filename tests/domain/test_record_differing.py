"""The difference of two texts by words: nothing of either is lost, and two changes apart from each other are joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vctestimony.domain.record.differing import Change, difference, merged

TEXTS = st.lists(
    st.sampled_from(["he", "came", "home", "খুলনায়", "থাকতাম।", "र\u200d्याब", "नहीं", "\n", "the"]), max_size=12
).map(" ".join)


@given(TEXTS, TEXTS)
def test_each_text_can_be_read_out_of_the_difference(before: str, after: str) -> None:
    runs = difference(before, after)
    assert "".join(run.text for run in runs if run.change is not Change.NEW).split() == before.split()
    assert "".join(run.text for run in runs if run.change is not Change.GONE).split() == after.split()


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("আমি খুলনায় থাকতাম।", "আমি ঢাকায় থাকতাম।", [" খুলনায়"], [" ঢাকায়"]),
        ("मैं वहाँ था", "मैं वहाँ नहीं था", [], [" नहीं"]),
        ("", "He left.", [], ["He left."]),
        ("He left.", "He left.", [], []),
    ],
)
def test_whole_words_of_any_script_are_named(before: str, after: str, gone: list[str], new: list[str]) -> None:
    runs = difference(before, after)
    assert [run.text for run in runs if run.change is Change.GONE] == gone
    assert [run.text for run in runs if run.change is Change.NEW] == new


@pytest.mark.parametrize(
    ("mine", "theirs", "joined"),
    [
        ("she came home late", "he came home early", "she came home early"),
        ("he came home late at night", "and he came home late", "and he came home late at night"),
        ("he ran home late", "he ran home late", "he ran home late"),
        ("he ran home late", "he walked home late", None),
        ("he came", "he came home late", "he came"),
        ("he came home very late", "he came home too late", None),
    ],
)
def test_two_changes_are_joined_unless_they_touch_the_same_words(mine: str, theirs: str, joined: str | None) -> None:
    assert merged("he came home late", mine, theirs) == joined


@given(TEXTS, TEXTS)
def test_a_text_that_one_side_left_alone_becomes_what_the_other_made_of_it(base: str, changed: str) -> None:
    assert (merged(base, changed, base) or "").split() == changed.split()
    assert (merged(base, base, changed) or "").split() == changed.split()
