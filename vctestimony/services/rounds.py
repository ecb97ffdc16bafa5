"""The one place that keeps a worker beside the post at its work: round after round, whatever goes wrong in one."""

from collections.abc import Callable
from logging import Logger
from threading import Event

from vctestimony.services.unit import NotSaved


def keep_at(work: Callable[[], object], *, stop: Event, idle_seconds: float, log: Logger, what: str) -> None:
    """Call `work` again at once while it found something to do, else after `idle_seconds`, until told to stop.

    `what` says in the log who tries again.
    """
    while not stop.is_set():
        try:
            while not stop.is_set() and work():
                pass
        except NotSaved:
            log.warning("the database could not be written; %s tries again", what)
        except Exception:
            log.exception("%s tries again", what)
        stop.wait(idle_seconds)
