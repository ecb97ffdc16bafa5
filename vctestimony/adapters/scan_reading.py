"""The one place that has a scan looked through: in a process of its own, with bounds on time, memory and input."""

import io
import json
import signal
import subprocess
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Timer

from vctestimony.adapters.confined import command
from vctestimony.adapters.pdf_frames import FrameBroken, read_frame, write_frame
from vctestimony.domain.record.scans import REFUSALS, Inside, ScanBroken, Scanned, ScansBusy, ScanTooHard

AT_ONCE = 2
_KILLED = frozenset({-signal.SIGXCPU, -signal.SIGKILL})


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanLimits:
    """What looking through one scan may use."""

    address_mb: int = 768
    cpu_s: int = 20
    wall_s: float = 40.0


@dataclass(frozen=True, slots=True)
class ScanReader:
    """Looks through PDFs, a few at once. Whatever happens to the process becomes a refusal that says what to do."""

    limits: ScanLimits = field(default_factory=ScanLimits)
    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    def read(self, content: bytes) -> Scanned:
        """What stands in the PDF, or a refusal."""
        asked = io.BytesIO()
        write_frame(asked, content)
        if not self._places.acquire(timeout=self.limits.wall_s):
            raise ScansBusy()
        try:
            return _answered(self._asked(asked.getvalue()))
        finally:
            self._places.release()

    def _asked(self, question: bytes) -> subprocess.CompletedProcess[bytes]:
        """What the process said until it ended, or until it was ended."""
        with subprocess.Popen(  # noqa: S603  # the command is ours, from first word to last
            command("scan_worker", str(self.limits.address_mb), str(self.limits.cpu_s)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a library says of a scan may hold words of it
            env={"PATH": "/usr/bin", "LANG": "C.UTF-8"},
            start_new_session=True,
        ) as process:
            timer = Timer(self.limits.wall_s, process.kill)
            timer.start()
            try:
                said, _ = process.communicate(question)
            finally:
                timer.cancel()
        return subprocess.CompletedProcess(process.args, process.returncode, said)


def _answered(done: subprocess.CompletedProcess[bytes]) -> Scanned:
    try:
        told = json.loads(read_frame(io.BytesIO(done.stdout)))
    except (FrameBroken, ValueError):
        raise (ScanTooHard if done.returncode in _KILLED else ScanBroken)(field="file") from None
    if "refusal" in told:
        raise next(kind for kind in REFUSALS if kind.__name__ == told["refusal"])(field="file")
    inside = tuple(Inside(one) for one in told["inside"])
    return Scanned(pages=told["pages"], encrypted=told["encrypted"], fields=told["fields"], inside=inside)
