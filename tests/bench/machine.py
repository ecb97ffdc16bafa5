"""Says on what a bench ran, as far as it matters: nothing that names the machine or where on it anything lies."""

import os
import platform
from pathlib import Path

from vctestimony.store.sqlite_driver import SQLITE

_MEMORY = Path("/proc/meminfo")


def described(postgresql: str | None) -> str:
    """Cores, memory and versions in a line.

    >>> described("PostgreSQL 15.1").endswith("PostgreSQL 15.1")
    True
    """
    said = [
        f"{os.cpu_count()} cores ({platform.machine()})",
        f"{_gibibytes()} GiB of memory",
        f"Python {platform.python_version()}",
        f"SQLite {SQLITE.sqlite_version}",
        postgresql or "no PostgreSQL",
    ]
    return ", ".join(said)


def _gibibytes() -> str:
    if not _MEMORY.exists():
        return "?"
    first = _MEMORY.read_text(encoding="ascii").split()
    return str(round(int(first[1]) / 2**20))
