"""What each process of the race of kept entries does: open the database for itself, wait for the other, send."""

import multiprocessing
from collections.abc import Sequence
from datetime import datetime
from multiprocessing.synchronize import Barrier

from tests.services.kept_entries import outcomes
from tests.services.racers import PATIENCE, opened
from tests.services.warmed import forkserver
from vctestimony.domain.access import Actor
from vctestimony.domain.live_log import SentEntry


def sent_at_once(url: str, reference: str, by: Actor, batch: Sequence[SentEntry], *, at: datetime) -> list[str]:
    """What two processes that send the same in one instant are answered, both together."""
    context = forkserver()
    barrier = context.Barrier(2)
    found: multiprocessing.Queue[list[str]] = context.Queue()
    senders = [context.Process(target=_send, args=(url, reference, by, batch, at, barrier, found)) for _ in range(2)]
    for sender in senders:
        sender.start()
    answers = [outcome for _ in senders for outcome in found.get(timeout=PATIENCE)]
    for sender in senders:
        sender.join(PATIENCE)
    return answers


def _send(
    url: str,
    reference: str,
    by: Actor,
    batch: Sequence[SentEntry],
    at: datetime,
    barrier: Barrier,
    found: "multiprocessing.Queue[list[str]]",
) -> None:
    units, engine = opened(url, at=at)
    barrier.wait(PATIENCE)
    found.put(outcomes(units, reference, by, *batch, at=at))
    engine.dispose()
