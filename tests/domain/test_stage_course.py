"""Lines that were taken down before the log says so, and a log that says another stage: told, each once."""

import pytest

from tests.domain.test_record_gates import MINUTE, START, entry
from vctestimony.domain.record.course import Logged
from vctestimony.domain.record.kinds import WITHDRAWN, Kind
from vctestimony.domain.record.speech import Stage
from vctestimony.domain.record.stage_course import Amiss, Taken, differences

CHIEF = entry(1, Kind.STAGE_BEGAN, 10)
RE = entry(2, Kind.STAGE_BEGAN, 20, stage="re")
READ = entry(3, Kind.READ_OVER, 30)
OUT = entry(4, Kind.CORRECTION, 31, corrects=1, effect=WITHDRAWN)


def line(number: int, minute: float | None, stage: Stage = Stage.CHIEF) -> Taken:
    return Taken(number, stage, None if minute is None else START + minute * MINUTE)


@pytest.mark.parametrize(
    ("lines", "log", "found"),
    [
        ((), (), []),
        ((), (CHIEF,), []),
        ((line(1, 5), line(2, 6)), (), [(Amiss.NOT_BEGUN, 1, None)]),
        ((line(1, None),), (), [(Amiss.NOT_BEGUN, 1, None)]),
        ((line(1, 12),), (CHIEF, OUT), [(Amiss.NOT_BEGUN, 1, None)]),
        ((line(1, 9), line(2, 11)), (CHIEF,), [(Amiss.BEFORE, 1, 1)]),
        ((line(1, 10), line(2, 10.9)), (CHIEF,), []),
        ((line(1, None), line(2, 12)), (CHIEF,), []),
        ((line(1, 12), line(2, 25)), (CHIEF, RE), [(Amiss.OTHER, 2, 2)]),
        ((line(1, 12), line(2, 20.5)), (CHIEF, RE), []),
        ((line(1, 12), line(2, None)), (CHIEF, RE), []),
        ((line(1, 25), line(2, 26, Stage.RE)), (CHIEF, RE), []),
        ((line(1, 12), line(2, 35)), (CHIEF, RE, READ), []),
        ((line(1, 5), line(2, 25)), (CHIEF, RE), [(Amiss.BEFORE, 1, 1)]),
        (
            (line(1, 5, Stage.CROSS), line(2, 25)),
            (CHIEF, RE),
            [(Amiss.NOT_BEGUN, 1, None), (Amiss.OTHER, 2, 2)],
        ),
    ],
)
def test_what_differs_is_told(
    lines: tuple[Taken, ...], log: tuple[Logged, ...], found: list[tuple[Amiss, int, int | None]]
) -> None:
    told = [(one.amiss, one.line.number, one.entry.number if one.entry else None) for one in differences(lines, log)]
    assert told == found
