"""R8: another process keeps the running service's database locked for 5 and for 60 seconds."""

import sys
import time

from tests.locking import locked
from tests.reliability.visitor import SEE_OTHER, Visitor
from tests.services.planned import MONDAY_11, TUESDAY_11, hearing_of
from tests.torture.serving import served
from tests.torture.stage import Stage, stages
from vctestimony.domain.hearing import State
from vctestimony.services import journal
from vctestimony.services.unit import Units

SHORT, LONG = 5.0, 60.0
REASON = "Another matter goes first"


def main() -> None:
    """Print what came of both on each engine."""
    sys.stdout.write("; ".join(_on(stage) for stage in stages()) + "\n")


def _on(stage: Stage) -> str:
    world, _ = stage.filled()
    at = f"/hearings/{world.mumbai.hearing}"
    with served(stage, world) as service:
        first = f"{at}/book?start={MONDAY_11.isoformat()}"
        fields = service.visitor.opened(first, f"{at}/book")
        assert fields is not None
        with locked(stage.url, "hearing", seconds=SHORT):
            status, _, late = _timed(service.visitor, f"{at}/book", fields | {"what": "book"})
        assert (status, hearing_of(service.units, world.mumbai.hearing).state) == (SEE_OTHER, State.BOOKED)
        fields = service.visitor.opened(f"{at}/book?start={TUESDAY_11.isoformat()}", f"{at}/move")
        assert fields is not None
        length = _length(service.units)
        with locked(stage.url, "hearing", seconds=LONG):
            status, page, refused = _timed(service.visitor, f"{at}/move", fields | {"reason": REASON})
        assert (status, REASON in page, _length(service.units)) == (503, True, length), status
        again, *_ = _timed(service.visitor, f"{at}/move", fields | {"reason": REASON})
        assert (again, hearing_of(service.units, world.mumbai.hearing).starts_wall) == (SEE_OTHER, TUESDAY_11)
    return (
        f"{stage.name}: locked {SHORT:.0f} s, saved after {late:.1f} s; locked {LONG:.0f} s, 503 with the form after "
        f"{refused:.1f} s, 0 half written"
    )


def _timed(visitor: Visitor, to: str, fields: dict[str, str]) -> tuple[int, str, float]:
    began = time.monotonic()
    status, page = visitor.answer(to, fields)
    return status, page, time.monotonic() - began


def _length(units: Units) -> int:
    with units.reading() as unit:
        count, broken = journal.verify(unit)
        assert broken is None
        return count


if __name__ == "__main__":
    main()
