"""By what one sees that the worker lives: it notes the time between its mails, and a mail in hand counts as a sign."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from vctestimony.services.unit import Unit, Units
from vctestimony.store import heartbeats

EVERY = timedelta(seconds=30)
SILENT = timedelta(minutes=2)
POST = "post"


@dataclass(slots=True)
class Heartbeat:
    """Notes the time, at most every half minute."""

    beaten_at: datetime | None = None

    def __call__(self, units: Units) -> None:
        """Beat, if it is time."""
        now = units.ports.clock.now()
        if self.beaten_at is not None and timedelta() <= now - self.beaten_at < EVERY:
            return
        with units.writing(wakes=False) as unit:
            heartbeats.beat(unit.session, POST, at=unit.now)
        self.beaten_at = now


def silent_for(unit: Unit) -> timedelta | None:
    """How long the worker has given no sign of life, where that is too long; None also where none ever worked here."""
    beaten_at = heartbeats.last(unit.session, POST)
    if beaten_at is None or unit.now - beaten_at <= SILENT or heartbeats.is_in_hand(unit.session, now=unit.now):
        return None
    return unit.now - beaten_at
