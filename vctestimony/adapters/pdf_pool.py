"""The one place that starts, limits, replaces and ends printing processes: the web process never draws a page."""

import contextlib
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from vctestimony.adapters.confined import command
from vctestimony.adapters.pdf_frames import FrameBroken, Job, Limits, Outcome, Trouble, write_frame
from vctestimony.domain.paper import GlyphMissing, PaperBusy, PaperFailed, PaperTooLarge

PROCESSES = 2
_GRACE_S = 2.0
_FIXED_DATE = "1767225600"


@dataclass(slots=True)
class _Press:
    """One printing process, started when first needed and replaced by rule."""

    style: Path
    font_configuration: Callable[[], Path]
    limits: Limits
    process: subprocess.Popen[bytes] | None = None
    jobs: int = 0

    def print(self, raw: bytes) -> Outcome:
        """What the process says, or what its end means. Afterwards it stands ready, or is gone."""
        process = self.process if self.process is not None and self.process.poll() is None else self._start()
        late = threading.Event()
        watch = threading.Timer(self.limits.wall_s, self._end_late, args=(process, late))
        watch.start()
        try:
            outcome = _exchange(process, raw)
        except (FrameBroken, BrokenPipeError, ConnectionResetError):
            outcome = _end_of(process, late=late.is_set())
        finally:
            watch.cancel()
        self.jobs += 1
        if self._worn(outcome):
            self.stop()
        return outcome

    def _start(self) -> subprocess.Popen[bytes]:
        self.stop()
        environment = {
            "PATH": "/usr/bin",
            "LANG": "C.UTF-8",
            "FONTCONFIG_FILE": str(self.font_configuration()),
            "SOURCE_DATE_EPOCH": _FIXED_DATE,
        }
        self.process = subprocess.Popen(  # noqa: S603  # the command is ours, from first word to last
            command("pdf_worker", self.limits.to_json(), str(self.style)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,  # closed by the process before it reads its first job
            env=environment,
            bufsize=0,
            start_new_session=True,
        )
        self.jobs = 0
        return self.process

    @staticmethod
    def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
        late.set()
        process.kill()

    def _worn(self, outcome: Outcome) -> bool:
        return (
            outcome.trouble is not None
            or outcome.pages > self.limits.pages_per_process
            or self.jobs >= self.limits.jobs_per_process
        )

    def stop(self) -> None:
        """End the process, if there is one, and wait for its end."""
        if self.process is not None:
            self.process.kill()
            self.let_go()
            self.process.wait()
            self.process = None

    def let_go(self) -> None:
        """Close our ends of the pipes without a word to the process."""
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr) if self.process else ():
            if pipe is not None:
                pipe.close()


def _exchange(process: subprocess.Popen[bytes], raw: bytes) -> Outcome:
    write_frame(_pipe(process.stdin), raw)
    return Outcome.receive(_pipe(process.stdout))


def _pipe(pipe: object) -> BinaryIO:
    if pipe is None:
        raise FrameBroken
    return pipe  # type: ignore[return-value]  # Popen gives raw pipes, typed as buffered ones


def _end_of(process: subprocess.Popen[bytes], *, late: bool) -> Outcome:
    """Why the process ended without an answer; what it said before its first job cannot hold words of a document."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=_GRACE_S)
    process.kill()
    code = process.wait()
    if late:
        return Outcome(trouble=Trouble.SIZE, detail="time")
    if code == -signal.SIGXCPU:
        return Outcome(trouble=Trouble.SIZE, detail="processor time")
    said = _pipe(process.stderr).read().decode("utf-8", "replace").strip().splitlines()
    return Outcome(trouble=Trouble.ERROR, detail=said[-1][:200] if said else f"the printing process ended ({code})")


@dataclass(slots=True)
class PressRoom:
    """A few printing processes for any number of threads. After a fork the child starts its own."""

    style: Path
    font_configuration: Callable[[], Path]
    limits: Limits
    _free: queue.LifoQueue[_Press] = field(init=False)
    _all: list[_Press] = field(init=False, default_factory=list)
    _left_behind: list[_Press] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._furnish()
        os.register_at_fork(after_in_child=self._after_fork)

    def _furnish(self) -> None:
        self._free = queue.LifoQueue()
        self._all = [_Press(self.style, self.font_configuration, self.limits) for _ in range(PROCESSES)]
        for press in self._all:
            self._free.put(press)

    def _after_fork(self) -> None:
        """The processes belong to the parent: let go of their pipes, keep their handles unwaited, start anew."""
        for press in self._all:
            press.let_go()
        self._left_behind += self._all
        self._furnish()

    @contextlib.contextmanager
    def _one(self, document: str) -> Iterator[_Press]:
        try:
            press = self._free.get(timeout=self.limits.wall_s)
        except queue.Empty:
            raise PaperBusy(document=document) from None
        try:
            yield press
        finally:
            self._free.put(press)

    def print(self, job: Job, *, document: str) -> bytes:
        """The file, or PaperFailed in the kind that fits, naming `document`."""
        raw = job.to_bytes()
        if len(raw) > self.limits.input_mb << 20:
            raise PaperTooLarge(document=document, cause=f"{len(raw) >> 20} MB")
        with self._one(document) as press:
            outcome = press.print(raw)
        match outcome.trouble:
            case None:
                return outcome.pdf
            case Trouble.GLYPH:
                raise GlyphMissing(document=document, cause=outcome.detail)
            case Trouble.SIZE:
                raise PaperTooLarge(document=document, cause=outcome.detail)
            case _:
                raise PaperFailed(document=document, cause=outcome.detail)

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers of those that run just now."""
        return tuple(press.process.pid for press in self._all if press.process is not None)

    def close(self) -> None:
        """End every printing process; a later print would start a new one."""
        for press in self._all:
            press.stop()
