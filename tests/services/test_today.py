"""The first page puts what must be acted on before all else, and folds no such thing."""

from datetime import date

import pytest

from vctestimony.domain.hearing import State
from vctestimony.services.court_tasks import Waiting
from vctestimony.services.hearing_lines import HearingLine
from vctestimony.services.hearing_lists import Today

LINE = HearingLine("H-1", "SC 1/2026", "PW-1", State.BOOKED, "", "Mumbai", "Dhaka", None, 0)


@pytest.mark.parametrize(
    ("must", "others", "shown"), [(0, 3, 3), (0, 6, 6), (0, 7, 5), (2, 9, 5), (9, 0, 9), (9, 2, 9), (9, 1, 10)]
)
def test_what_must_be_acted_on_is_never_folded_and_one_line_alone_is_not_either(
    must: int, others: int, shown: int
) -> None:
    waiting = tuple(Waiting(LINE, "", tone, {}) for tone in ["bad"] * must + ["warn"] * others)
    page = Today(date(2026, 9, 14), waiting, (), has_hearings=True, may_register=True)
    assert (len(page.pressing), page.pressing + page.later) == (shown, waiting)
    assert not any(one.tone == "bad" for one in page.later)
