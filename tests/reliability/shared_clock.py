"""The clock that all processes of a run share: it goes faster than the world's, and can be put forward.

The pauses between two tries are minutes and hours; a run is to see many of them.
"""

import json
import os
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SharedClock:
    """Fits the service's clock port. What it goes by is in a file that is only ever replaced as a whole."""

    path: Path

    def now(self) -> datetime:
        """The same instant in every process that asks at the same moment."""
        since, at, rate = json.loads(self.path.read_text(encoding="ascii"))
        return datetime.fromisoformat(at) + timedelta(seconds=(time.monotonic() - since) * rate)

    def start(self, at: datetime, *, rate: float) -> None:
        """Let it go on from that instant, so many times as fast as the world's."""
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        draft.write_text(json.dumps([time.monotonic(), at.isoformat(), rate]), encoding="ascii")
        draft.replace(self.path)

    def put_forward(self, length: timedelta) -> None:
        """Let so much time be over at once."""
        _, _, rate = json.loads(self.path.read_text(encoding="ascii"))
        self.start(self.now() + length, rate=rate)
