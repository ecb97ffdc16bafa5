"""The one place that has a foreign calendar read: in a process of its own, with bounds on time, memory and input."""

import io
import json
from dataclasses import asdict, dataclass, field
from threading import BoundedSemaphore

from vctestimony.adapters import confined
from vctestimony.adapters.pdf_frames import FrameBroken, read_frame, write_frame
from vctestimony.domain.busy import (
    BusyTimes,
    CalendarBroken,
    CalendarTooLarge,
    ReadersBusy,
    ReadingTooHard,
    Scope,
    refusal_named,
)

AT_ONCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What the reading of one calendar may use."""

    input_mb: int = 5
    address_mb: int = 512
    cpu_s: int = 20
    wall_s: float = 40.0


@dataclass(frozen=True, slots=True)
class CalendarReader:
    """Reads calendars, a few at once. Whatever happens to the process becomes a refusal that says what to do."""

    limits: ReadingLimits = field(default_factory=ReadingLimits)
    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    def read(self, content: bytes, scope: Scope) -> BusyTimes:
        """What the calendar takes of the minutes asked, or a CalendarRefused."""
        limits = self.limits
        if len(content) > limits.input_mb << 20:
            raise CalendarTooLarge(megabytes=limits.input_mb)
        question, bounds = io.BytesIO(), (str(limits.address_mb), str(limits.cpu_s))
        write_frame(question, json.dumps(asdict(scope)).encode("utf-8"))
        write_frame(question, content)
        if not self._places.acquire(timeout=limits.wall_s):
            raise ReadersBusy()
        try:
            return _answered(confined.asked("busy_worker", *bounds, question=question.getvalue(), wall_s=limits.wall_s))
        finally:
            self._places.release()


def _answered(answer: confined.Answer) -> BusyTimes:
    try:
        told = json.loads(read_frame(io.BytesIO(answer.said)))
    except (FrameBroken, ValueError):
        raise (ReadingTooHard if answer.is_limited else CalendarBroken)() from None
    if "refusal" in told:
        raise refusal_named(told["refusal"], told["facts"])
    return BusyTimes(
        taken=tuple((start, end) for start, end in told["taken"]),
        tentative=tuple((start, end) for start, end in told["tentative"]),
        unreadable=told["unreadable"],
        covers_until_min=told["covers_until_min"],
    )
