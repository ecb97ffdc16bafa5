"""The one place for processes that are kept apart: how one is started, and how it limits and locks itself.

Such a process has no network, starts no process, writes no file, and reads nothing but what Python and its packages
are made of. What comes from outside is drawn or expanded only there.
"""

import math
import os
import resource
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from types import ModuleType

BARE: Mapping[str, str] = {"PATH": "/usr/bin", "LANG": "C.UTF-8", "TZ": "UTC"}
"""What such a process is told of the environment."""
_PACKAGE = Path(__file__).parent.parent
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# The process needs a few modules of this package and must not load the application: the package is given to it by its
# folder, so that its __init__, the composition root, is not run.
_START = (
    "import sys, types; package = types.ModuleType('vctestimony'); package.__path__ = [sys.argv[1]]; "
    "sys.modules['vctestimony'] = package; from vctestimony.adapters.{module} import main; main(*sys.argv[2:])"
)


class ForbiddenHere(Exception):
    """Something tried to leave the process."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process said until it ended, or was ended, and whether one of its limits ended it."""

    said: bytes
    is_limited: bool


def asked(
    module: str, *arguments: str, question: bytes, wall_s: float, environment: Mapping[str, str] | None = BARE
) -> Answer:
    """Ask `main` of that module one question in a process of its own, which ends after at most `wall_s` seconds.

    `environment` is None for the service's own. What a library complains of may hold words of a foreign file, and is
    heard by nobody.
    """
    with subprocess.Popen(  # noqa: S603  # the command is ours, from first word to last
        command(module, *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as process:
        # A timer, not a limit of communicate(): that looks again and again, by a sleep that changed clocks break.
        timer = Timer(wall_s, process.kill)
        timer.start()
        try:
            said, _ = process.communicate(question)
        finally:
            timer.cancel()
    return Answer(said, process.returncode in {-signal.SIGXCPU, -signal.SIGKILL})


def command(module: str, *arguments: str) -> tuple[str, ...]:
    """The command that runs `main` of that module of this folder with the arguments, in a bare interpreter."""
    return (sys.executable, "-I", "-c", _START.format(module=module), str(_PACKAGE), *arguments)


def around(module: ModuleType) -> tuple[str, ...]:
    """The folders that a process must be able to read which uses that installed package: all packages, and Python's."""
    packages = Path(str(module.__file__)).parent.parent
    return tuple({f"{Path(folder).resolve()}/" for folder in (packages, sysconfig.get_path("stdlib"))})


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


def limit(*, address_mb: int) -> None:
    """Memory, files, processes and core dumps for the whole life of the process; processor time comes with each job."""
    address = address_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (address, address))
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE):
        resource.setrlimit(kind, (0, 0))


def grant_processor_time(seconds: int) -> None:
    """From now on `seconds` more; then the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(
        resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime) + seconds, resource.RLIM_INFINITY)
    )
