"""R6: two and eight workers on one outbox of five thousand mails, with nothing that dies."""

import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock

import sqlalchemy as sa

from tests.torture.memory import written
from tests.torture.stage import Stage, stages
from vctestimony.services.post_office import deliver_one
from vctestimony.store.models import OutboxRow, OutboxState

MAILS, WORKERS = 5000, (2, 8)


@dataclass
class Postbox:
    """Counts what comes in."""

    came: Counter[bytes] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def send(self, message: bytes, *, to: str) -> None:
        """Count it."""
        with self._lock:
            self.came[message] += 1


def main() -> None:
    """Print how long each took on each engine."""
    said = [_on(stage, workers) for stage in stages() for workers in WORKERS]
    sys.stdout.write("; ".join(said) + f"; each of {MAILS} mails once\n")


def _on(stage: Stage, workers: int) -> str:
    with stage.units.writing() as unit:
        is_first = unit.session.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) == 0
        if not is_first:
            unit.session.execute(sa.update(OutboxRow).values(state=OutboxState.PENDING, attempts=0, owner=""))
    if is_first:
        written(stage.units, MAILS)
    postbox, began = Postbox(), time.monotonic()
    units = stage.units.with_ports(replace(stage.units.ports, sender=postbox))

    def work(number: int) -> None:
        while deliver_one(units, owner=f"{os.getpid()}.{number}") or sum(postbox.came.values()) < MAILS:
            pass
        units._session_of().close()

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, range(workers)))
    assert (len(postbox.came), set(postbox.came.values())) == (MAILS, {1})
    return f"{stage.name}, {workers} workers: {time.monotonic() - began:.0f} s"


if __name__ == "__main__":
    main()
