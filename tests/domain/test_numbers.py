"""The numbers of a court: what is counted of a month, and that nothing small can be read or worked out."""

from datetime import date

import pytest

from vctestimony.domain.hearing import State
from vctestimony.domain.numbers import Counted, Figure, figures, next_month, shown


def one(state: State = State.COMPLETED, *, lost: int = 0, days: int | None = None) -> Counted:
    return Counted(state=state, losses=1 if lost else 0, lost_minutes=lost, order_days=days)


def told(*hearings: Counted) -> dict[tuple[str, str], int | None]:
    return {(figure.label, figure.cause): figure.value for figure in shown(figures(hearings))}


@pytest.mark.parametrize(("count", "value"), [(0, 0), (1, None), (2, None), (3, 3), (4, 4)])
def test_one_or_two_hearings_are_not_told_none_and_three_are(count: int, value: int | None) -> None:
    assert told(*[one()] * count)["Hearings", "Completed"] == value


def test_where_one_cause_is_small_the_other_is_not_told_either_for_the_sum_is() -> None:
    found = told(one(State.ADJOURNED, lost=5), *[one(State.ADJOURNED)] * 4)
    assert found["Hearings", "Adjourned, part-heard"] == 5
    assert (found["Adjourned", "the link was lost that day"], found["Adjourned", "the link held"]) == (None, None)


@pytest.mark.parametrize(("count", "minutes", "days"), [(2, None, None), (3, 12, 10), (0, 0, 0)])
def test_sums_and_means_are_told_of_three_hearings_and_of_none(
    count: int, minutes: int | None, days: int | None
) -> None:
    found = told(*[one(lost=4, days=10)] * count, one())
    assert found["Minutes in which the link was lost", ""] == minutes
    assert found["Days from order to hearing, on average", ""] == days


def test_a_month_without_hearings_is_counted_as_nothing() -> None:
    assert set(figures(()).values()) == {0}
    assert {figure.value for figure in shown({})} == {0}
    assert Figure("Hearings", "Lapsed", 0) in shown({})


def test_december_is_followed_by_january() -> None:
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert next_month(date(2026, 1, 1)) == date(2026, 2, 1)
