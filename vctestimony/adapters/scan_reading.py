"""The one place that has a scan looked through: in a process of its own, with bounds on time, memory and input."""

import io
import json
from dataclasses import dataclass, field
from threading import BoundedSemaphore

from vctestimony.adapters import confined
from vctestimony.adapters.pdf_frames import FrameBroken, read_frame, write_frame
from vctestimony.domain.record.scans import REFUSALS, Inside, ScanBroken, Scanned, ScansBusy, ScanTooHard

AT_ONCE = 2


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
        limits, question = self.limits, io.BytesIO()
        bounds = (str(limits.address_mb), str(limits.cpu_s))
        write_frame(question, content)
        if not self._places.acquire(timeout=limits.wall_s):
            raise ScansBusy()
        try:
            return _answered(confined.asked("scan_worker", *bounds, question=question.getvalue(), wall_s=limits.wall_s))
        finally:
            self._places.release()


def _answered(answer: confined.Answer) -> Scanned:
    try:
        told = json.loads(read_frame(io.BytesIO(answer.said)))
    except (FrameBroken, ValueError):
        raise (ScanTooHard if answer.is_limited else ScanBroken)(field="file") from None
    if "refusal" in told:
        raise next(kind for kind in REFUSALS if kind.__name__ == told["refusal"])(field="file")
    inside = tuple(Inside(one) for one in told["inside"])
    return Scanned(pages=told["pages"], encrypted=told["encrypted"], fields=told["fields"], inside=inside)
