"""The file of the matrix: what is wrong with it is named, and then it gives nobody anything."""

import tomllib
from importlib.resources import files

import pytest

from vctestimony.domain.matrix import FAULTS, FILE, MATRIX, Action, Matrix, Relation, read_matrix
from vctestimony.domain.matrix_words import MARKED
from vctestimony.domain.people import Role

TEXT = files("vctestimony.domain").joinpath(FILE).read_text(encoding="utf-8")
SEES = MATRIX.on_a_hearing[Action.SEE_HEARINGS]


def test_the_delivered_file_is_whole_and_its_sentences_are_marked_for_translation() -> None:
    assert FAULTS == ()
    assert {row["words"] for table in tomllib.loads(TEXT).values() for row in table.values()} == MARKED


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('interpreter = ["named", "screened"]', 'pilot = ["named"]', "on_a_hearing.see_hearings.pilot", "no such role"),
        (
            'legal_staff = ["own_court"]',
            'legal_staff = ["friend"]',
            "on_a_hearing.register",
            "no such relation: friend",
        ),
        ("[on_a_hearing.seal]", "[on_a_hearing.seel]", "seal", "the action has no row"),
        ("[on_a_hearing.seal]", "[on_a_hearing.seel]", "on_a_hearing.seel", "no such action"),
        ("[in_general.administer]", "[in_general.seal]", "seal", "the action has a row in two tables"),
        ("[reach.have_lists]", "[reach.have]", "reach.have_lists", "the row is missing"),
        ('words = "Confirm a booked hearing"', "", "on_a_hearing.confirm", "words are missing"),
        ('presiding_officer = ["own_court"]', "presiding_officer = []", "on_a_hearing.overlap", "something in it"),
        ('coordinator = ["own_court"]', 'administrator = ["own_court"]', "on_a_hearing.register", "does not see such"),
        ("[on_a_hearing.seal]", "[on_a_hearing.seal", "the file", "line"),
        ("[in_general.read_inbox]", "[elsewhere.read_inbox]", "elsewhere", "no such table"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_wrong_data_is_named_by_file_key_and_reason_and_gives_nobody_anything(
    old: str, new: str, key: str, reason: str
) -> None:
    assert old in TEXT
    matrix, faults = read_matrix(TEXT.replace(old, new, 1))
    assert matrix == Matrix()
    assert any(str(one).startswith(f"{FILE}: {key}") and reason in one.reason for one in faults), faults


def test_who_sees_hearings_as_named_sees_them_when_kept_apart_too() -> None:
    """The list of hearings looks for both alike (store/hearings.py)."""
    assert all((Relation.NAMED in found) == (Relation.SCREENED in found) for found in SEES.values())


def test_no_right_that_changes_or_opens_anything_comes_with_being_kept_apart() -> None:
    """But for the own answer: whether one comes."""
    given = {
        action
        for action, cells in MATRIX.on_a_hearing.items()
        if any(Relation.SCREENED in one for one in cells.values())
    }
    assert given == {Action.SEE_HEARINGS, Action.SEE_JOINING, Action.ANSWER}


@pytest.mark.abuse(10)
def test_an_administrator_may_do_nothing_to_a_hearing() -> None:
    """Abuse row 10."""
    assert not any(Role.ADMINISTRATOR in cells for cells in MATRIX.on_a_hearing.values())
