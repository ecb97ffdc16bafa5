"""What a button says comes first is what the rules would refuse: nothing more and nothing less, on a whole day."""

from typing import Any

import pytest

from tests.domain.test_record_gates import BEFORE_THE_OATH, GOOD, PLAIN, WITH_INTERPRETER, entry, logged
from vctestimony.domain.errors import Conflict
from vctestimony.domain.record import course, fitting, gates
from vctestimony.domain.record.course import Logged
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.ready import UNANSWERED, first
from vctestimony.domain.record.waiting import WAITING

DAY = logged(
    *BEFORE_THE_OATH,
    Kind.BREAK_BEGAN,
    Kind.LINK_LOST,
    Kind.LINK_RESTORED,
    Kind.BREAK_ENDED,
    Kind.INTERPRETER_SWORN,
    Kind.COERCION_CHECKED,
    Kind.OATH,
    Kind.STAGE_BEGAN,
    Kind.GRIEVANCE,
    Kind.LINK_LOST,
    Kind.LINK_RESTORED,
    Kind.READ_OVER,
    Kind.STAGE_BEGAN,
    Kind.READ_OVER,
    Kind.ADMITTED_CORRECT,
)
WITHDRAWN_BREAK = (
    *DAY,
    entry(90, Kind.BREAK_BEGAN, 90),
    entry(91, Kind.CORRECTION, 91, corrects=90, effect="withdrawn", text="None"),
)
LOGS = [*(DAY[:length] for length in range(len(DAY) + 1)), WITHDRAWN_BREAK]
KINDS = [kind for kind in Kind if ENTRIES[kind].key and kind not in (Kind.PERSON_LEFT, Kind.PERSON_ENTERED)]


def refused(kind: Kind, log: tuple[Logged, ...], facts: dict[str, bool]) -> bool:
    """Whether the rules refuse it as the next entry, whatever it answers."""
    named = WAITING[kind](log) if kind in WAITING else ()
    answers: dict[str, Any] = {**GOOD.get(kind, {}), "of": str(named[0].number) if named else "0"}
    new = entry(99, kind, 99, **answers)
    try:
        course.check((*log, new))
        fitting.check(log, new)
        gates.check(log, new, facts=facts)
    except Conflict:
        return True
    return False


@pytest.mark.parametrize("facts", [PLAIN, WITH_INTERPRETER], ids=["plain", "interpreter"])
def test_a_kind_is_ready_exactly_where_the_rules_take_it(facts: dict[str, bool]) -> None:
    for log in LOGS:
        found = gates.standings(log, facts=facts)
        for kind in KINDS:
            assert bool(first(kind, log, found=found)) == refused(kind, log, facts), (len(log), kind)


def test_it_says_what_comes_first() -> None:
    def said(kind: Kind, log: tuple[Logged, ...] = ()) -> tuple[str, ...]:
        return first(kind, log, found=gates.standings(log, facts=PLAIN))

    assert said(Kind.BREAK_ENDED) == ("Break began",)
    assert said(Kind.LINK_LOST, logged(Kind.LINK_LOST)) == ("Link restored",)
    assert said(Kind.DOCUMENT_SHOWN, logged(Kind.LINK_LOST)) == ("Link restored",)
    assert said(Kind.NOTE, logged(Kind.LINK_LOST)) == ()
    assert first(Kind.OATH, (), found=None) == (UNANSWERED,)
    assert first(Kind.NOTE, (), found=None) == ()
