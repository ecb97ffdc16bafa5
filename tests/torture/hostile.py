"""Abuse rows 94 and 107: what the booking page takes while forty dawdle, and what files that are none cost in memory.

Each file is sent to the page that brings in a calendar; the web process may grow by at most 100 MB over all of them.
"""

import io
import re
import socket
import sys
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

from tests.reliability.visitor import NotThere
from tests.torture.serving import Served, served
from tests.torture.slow_mail import p95
from tests.torture.stage import Stage, stages

DAWDLERS, MOST_MS, MOST_MB, ROWS = 40, 1000.0, 100.0, 1_000_000
IMPORT = "/posts/mumbai-court/calendar/import"
SLOW_HEAD = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
SLOW_BODY = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n"
HEAD = "kind,first_on,last_on,weekdays,stretches,label,source,status\n"
ROW = "closed,2026-09-14,,,,Flood,circular 7,\n"
_TOO_MUCH = {400, 413, 422}


def main() -> int:
    """Print both for each engine; 1 where one is above what it may be."""
    told, held = [], True
    for stage in stages():
        line, well = _on(stage)
        told.append(f"{stage.name}: {line}")
        held = held and well
    sys.stdout.write("; ".join(told) + "\n")
    return 0 if held else 1


def _on(stage: Stage) -> tuple[str, bool]:
    world, _ = stage.filled()
    with served(stage, world) as service:
        still = p95(service.visitor, world)
        with _dawdling(service.place.web_port):
            slowed = p95(service.visitor, world)
        before = _memory(service.web_pid, "VmRSS")
        statuses = {name: _sent(service, content) for name, content in _files()}
        grown = _memory(service.web_pid, "VmHWM") - before
    assert set(statuses.values()) <= _TOO_MUCH, statuses
    line = (
        f"p95 of the booking page {still:.0f} ms, {slowed:.0f} while {DAWDLERS} connections dawdle; "
        f"{len(statuses)} files that are no calendar refused, the web process grew by {grown:.0f} MB at most"
    )
    return line, slowed < MOST_MS and grown < MOST_MB


@contextmanager
def _dawdling(port: int) -> Iterator[None]:
    """So many that send a byte a second, half of them within the headers, half within the body."""
    over = Event()
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", port), 20)) for _ in range(DAWDLERS)]
        for number, connection in enumerate(slow):
            connection.sendall(SLOW_HEAD if number % 2 else SLOW_BODY)

        def trickle() -> None:
            while not over.wait(1):
                for connection in slow:
                    connection.sendall(b"x")

        thread = Thread(target=trickle, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(10)


def _files() -> Iterator[tuple[str, bytes]]:
    yield "10 MB", (HEAD + ROW * (10_000_000 // len(ROW))).encode()
    yield "a million rows", (HEAD + ROW * ROWS).encode()
    yield "a field of 600 kB", (HEAD + ROW.replace("Flood", "x" * 600_000)).encode()
    yield "zeros", bytes(2_000_000)
    yield "with a zero", (HEAD + ROW.replace("Flood", "Fl\0od")).encode()
    yield "another kind", b"%PDF-1.7\n" + b"0" * 100_000
    yield "a bomb", _bomb(1_000_000_000)


def _bomb(size: int) -> bytes:
    """A workbook whose only sheet has so many zeros."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book,
        book.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _ in range(size // 1_000_000):
            sheet.write(bytes(1_000_000))
    return packed.getvalue()


def _sent(service: Served, content: bytes) -> int:
    """The status of the answer; 413 too where the door was shut while this was still being sent."""
    fields = service.visitor.opened(IMPORT, IMPORT)
    assert fields is not None
    try:
        return service.visitor.upload(IMPORT, fields, content)[0]
    except NotThere:
        return 413


def _memory(pid: int, kind: str) -> float:
    found = re.search(rf"{kind}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    assert found is not None
    return int(found[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
