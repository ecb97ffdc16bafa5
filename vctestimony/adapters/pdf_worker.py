"""The one place for what happens inside a printing process: it limits itself, then prints one job after another.

It is started by `pdf_pool.PressRoom` and reads jobs from its standard input until that closes. It has no network,
starts no process, writes no file, and opens nothing but what Python and WeasyPrint are made of.
"""

import gc
import math
import os
import resource
import sys
import sysconfig
from pathlib import Path
from typing import BinaryIO

import weasyprint

from vctestimony.adapters.pdf_frames import FrameBroken, Job, Limits, Outcome, Trouble, read_frame
from vctestimony.adapters.pdf_kit import Kit

_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class ForbiddenHere(Exception):
    """Something tried to leave the process."""


def lock_down(*, readable: tuple[str, ...]) -> None:
    """Refuse, until the process ends, sockets, processes, writing, and reading outside the folders `readable`."""

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise ForbiddenHere(event)
        if event == "open" and not _harmless(arguments, readable=readable):
            raise ForbiddenHere(f"open {str(arguments[0])[:80]}")

    sys.addaudithook(watch)


def _harmless(arguments: tuple[object, ...], *, readable: tuple[str, ...]) -> bool:
    path, _mode, flags = arguments
    if isinstance(flags, int) and flags & _WRITING:
        return False
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    return isinstance(path, str) and os.path.realpath(path).startswith(readable)


def limit(limits: Limits) -> None:
    """Memory, files, processes and core dumps for the whole life of the process; processor time comes with each job."""
    address = limits.address_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (address, address))
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE):
        resource.setrlimit(kind, (0, 0))


def grant_processor_time(seconds: int) -> None:
    """From now on `seconds` more; then the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(
        resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime) + seconds, resource.RLIM_INFINITY)
    )


def done(kit: Kit, raw: bytes) -> Outcome:
    """The outcome of one job; nothing a document does gets past this."""
    try:
        return kit.print(Job.from_bytes(raw))
    except MemoryError:
        return Outcome(trouble=Trouble.SIZE, detail="memory")
    except RecursionError:
        return Outcome(trouble=Trouble.SIZE, detail="nesting")
    except Exception as error:  # noqa: BLE001  # whatever it was, the other side needs an answer and a fresh process
        return Outcome(trouble=Trouble.ERROR, detail=f"{type(error).__name__}: {str(error)[:160]}")


def serve(jobs: BinaryIO, outcomes: BinaryIO, *, kit: Kit, limits: Limits) -> None:
    """Print until there are no more jobs. Garbage is collected between prints, not during them."""
    gc.disable()
    while True:
        try:
            raw = read_frame(jobs)
        except FrameBroken:
            return
        grant_processor_time(limits.cpu_s)
        done(kit, raw).send(outcomes)
        gc.collect()


def main(limits: str, style: str) -> None:
    """Entry of the process: `limits` as JSON, `style` the path of the style sheet."""
    jobs, outcomes = os.fdopen(0, "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    bounds = Limits.from_json(limits)
    kit = Kit.unpack(style=Path(style).read_text(encoding="utf-8"), limits=bounds)
    here = Path(weasyprint.__file__).parent.parent
    lock_down(readable=tuple({f"{Path(folder).resolve()}/" for folder in (here, sysconfig.get_path("stdlib"))}))
    limit(bounds)
    os.dup2(nowhere, 2)
    with jobs, outcomes:
        serve(jobs, outcomes, kit=kit, limits=bounds)
