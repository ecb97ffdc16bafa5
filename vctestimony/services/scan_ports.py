"""The shape of whatever looks through PDFs that are said to be scans."""

from typing import Protocol

from vctestimony.domain.record.scans import Scanned


class Scans(Protocol):
    """Looks through PDFs that are said to be scans."""

    def read(self, content: bytes) -> Scanned:
        """What stands in the PDF, or a refusal; in bounded time and memory whatever it is."""
