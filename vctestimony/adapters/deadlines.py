"""The one place that ends a conversation by the clock: also with a server that sends one byte at a time for ever."""

import contextlib
import socket
from threading import Lock, Timer
from time import monotonic
from types import TracebackType
from typing import Self

from vctestimony.domain.busy import TooSlow


class Deadline:
    """From entering on, so many seconds; then every connection that was put under it is cut."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends = monotonic() + seconds
        self._over = False
        self._handles: list[socket.socket] = []
        self._lock = Lock()
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for handle in self._handles:
                handle.close()
            self._handles.clear()

    def put_under(self, connected: socket.socket) -> None:
        """Cut this connection when the time is up. A second handle is kept, as TLS takes the first one over."""
        with self._lock:
            self._handles.append(connected.dup())
        if self._over:
            self._cut()

    def left(self) -> float:
        """Seconds that are left."""
        return max(0.0, self._ends - monotonic())

    def check(self, host: str) -> None:
        """TooSlow once the time is up."""
        if self._over or self.left() <= 0:
            raise TooSlow(host=host, seconds=round(self._seconds))

    def _cut(self) -> None:
        self._over = True
        with self._lock:
            for handle in self._handles:
                _shut(handle)


def _shut(handle: socket.socket) -> None:
    with contextlib.suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)
