"""The one place that has a foreign calendar read: in a process of its own, with bounds on time, memory and input."""

import io
import json
import signal
import subprocess
from dataclasses import asdict, dataclass, field
from threading import BoundedSemaphore, Timer

from vctestimony.adapters.confined import command
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
        if len(content) > self.limits.input_mb << 20:
            raise CalendarTooLarge(megabytes=self.limits.input_mb)
        asked = io.BytesIO()
        write_frame(asked, json.dumps(asdict(scope)).encode("utf-8"))
        write_frame(asked, content)
        if not self._places.acquire(timeout=self.limits.wall_s):
            raise ReadersBusy()
        try:
            return _answered(self._asked(asked.getvalue()))
        finally:
            self._places.release()

    def _asked(self, question: bytes) -> subprocess.CompletedProcess[bytes]:
        """What the process said until it ended, or until it was ended."""
        with subprocess.Popen(  # noqa: S603  # the command is ours, from first word to last
            command("busy_worker", str(self.limits.address_mb), str(self.limits.cpu_s)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a library says of a calendar may hold words of it
            env={"PATH": "/usr/bin", "LANG": "C.UTF-8"},
            start_new_session=True,
        ) as process:
            # A timer, not a limit of communicate(): that looks again and again, by a sleep that changed clocks break.
            timer = Timer(self.limits.wall_s, process.kill)
            timer.start()
            try:
                said, _ = process.communicate(question)
            finally:
                timer.cancel()
        return subprocess.CompletedProcess(process.args, process.returncode, said)


def _answered(done: subprocess.CompletedProcess[bytes]) -> BusyTimes:
    try:
        told = json.loads(read_frame(io.BytesIO(done.stdout)))
    except (FrameBroken, ValueError):
        raise (ReadingTooHard if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL} else CalendarBroken)() from None
    if "refusal" in told:
        raise refusal_named(told["refusal"], told["facts"])
    return BusyTimes(
        taken=tuple((start, end) for start, end in told["taken"]),
        tentative=tuple((start, end) for start, end in told["tentative"]),
        unreadable=told["unreadable"],
        covers_until_min=told["covers_until_min"],
    )
