"""The numbers of a court: what is counted of a month, and that nothing small can be read or worked out."""

from datetime import date

import pytest

from vctestimony.domain.hearing import State
from vctestimony.domain.numbers import Counted, Figure, figures, next_month, shown
from vctestimony.domain.record.causes import CAUSE_LABELS, Cause


def one(state: State = State.COMPLETED, *, lost: int = 0, days: int | None = None, cause: str = "") -> Counted:
    return Counted(state=state, losses=1 if lost else 0, lost_minutes=lost, order_days=days, cause=cause)


def adjourned(**counts: int) -> dict[str, int | None]:
    """What is told of so many adjournments by each cause, but for causes of which there is none."""
    found = told(*[one(State.ADJOURNED, cause=cause) for cause, count in counts.items() for _ in range(count)])
    labels = {CAUSE_LABELS[Cause(cause)]: cause for cause in counts if cause in list(Cause)}
    return {
        labels.get(cause, cause): value for (what, cause), value in found.items() if what == "Adjourned" and value != 0
    }


def told(*hearings: Counted) -> dict[tuple[str, str], int | None]:
    return {(figure.label, figure.cause): figure.value for figure in shown(figures(hearings))}


@pytest.mark.parametrize(("count", "value"), [(0, 0), (1, None), (2, None), (3, 3), (4, 4)])
def test_one_or_two_hearings_are_not_told_none_and_three_are(count: int, value: int | None) -> None:
    assert told(*[one()] * count)["Hearings", "Completed"] == value


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        ({"link": 3, "witness": 4}, {"link": 3, "witness": 4}),
        ({"link": 1, "witness": 4}, {"link": None, "witness": None}),
        ({"link": 1, "witness": 5, "time": 7}, {"link": None, "witness": None, "time": 7}),
        ({"link": 1, "witness": 3, "time": 7}, {"link": None, "witness": None, "time": None}),
        ({"link": 2, "witness": 2, "paper": 2, "time": 9}, {"link": None, "witness": None, "paper": None, "time": 9}),
        ({"": 3}, {"no cause was asked for": 3}),
    ],
)
def test_where_one_cause_is_small_none_can_be_worked_out_from_the_sum(
    counts: dict[str, int], value: dict[str, int | None]
) -> None:
    assert adjourned(**counts) == value


def test_a_month_counted_before_causes_were_is_told_as_it_was_counted() -> None:
    kept = {("hearings", "adjourned"): 9, ("adjourned", "link_lost"): 4, ("adjourned", "otherwise"): 5}
    by_cause = {figure.cause: figure.value for figure in shown(kept) if figure.label == "Adjourned"}
    assert by_cause == {"the link was lost that day": 4, "the link held": 5}


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
