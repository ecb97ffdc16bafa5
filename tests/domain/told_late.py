"""What is logged in any order at all: which entries stand although something before them was only logged afterwards."""

from vctestimony.domain.record.course import Logged, counting
from vctestimony.domain.record.kinds import Kind

SWORN = (Kind.INTERPRETER_SWORN, Kind.OATH, Kind.COERCION_CHECKED, Kind.STAGE_BEGAN)


def check_read(log: tuple[Logged, ...], passed: set[str]) -> None:
    """Whatever was admitted had been read over, with nothing more examined in between."""
    is_read = False
    for one in counting(log):
        if one.kind in (Kind.READ_OVER, Kind.STAGE_BEGAN):
            is_read = one.kind is Kind.READ_OVER
        elif one.kind is Kind.ADMITTED_CORRECT and not told_late(log, one):
            assert is_read or "read_over" in passed


def told_late(log: tuple[Logged, ...], held: Logged) -> bool:
    """Whether what opened a gate before this entry was only logged after it: the truth is taken, however late."""
    return any(opens(one, held) and one.happened_at < held.happened_at for one in log[held.number :])


def opens(one: Logged, held: Logged) -> bool:
    if held.kind is Kind.ADMITTED_CORRECT:
        return one.kind is Kind.STAGE_BEGAN
    return held.kind in SWORN and one.kind is Kind.INTERPRETER_SWORN and one.facts["independent"] == "no"
