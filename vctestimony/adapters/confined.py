"""The one place for processes that are kept apart: how one is started, and how it limits and locks itself.

Such a process has no network, starts no process, writes no file, and reads nothing but what Python and its packages
are made of. What comes from outside is drawn or expanded only there.
"""

import math
import os
import resource
import sys
import sysconfig
from pathlib import Path
from types import ModuleType

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
