"""Looks at the temporary files of running processes while they are there: in their folder, and open without a name."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Self

from tests.canaries.searching import Found

EVERY_SECONDS = 0.05


class Watch:
    """Searches each temporary file of this folder, and of the processes of these groups, once for each size it has."""

    def __init__(self, folder: Path) -> None:
        self.found = Found("temporary files, while they were there")
        self.groups: set[int] = set()
        self._folder, self._seen, self._stop = folder, set[tuple[str, int]](), Event()
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            for path in (*self._folder.rglob("*"), *self._unnamed()):
                self._search(path)
            self._stop.wait(EVERY_SECONDS)

    def _search(self, path: Path) -> None:
        try:
            stat = path.stat()
            mark = (f"{stat.st_ino} {path.name if path.is_relative_to(self._folder) else ''}", stat.st_size)
            if mark in self._seen or not path.is_file():
                return
            self._seen.add(mark)
            self.found.search(path.name, path.name.encode() + b"\n" + path.read_bytes())
        except OSError:  # gone between the two looks
            return

    def _unnamed(self) -> Iterator[Path]:
        """Files that the processes have open and that were removed, or lie in the folder."""
        for process in self.groups:
            for link in _links(Path(f"/proc/{process}/fd")):
                try:
                    target = str(link.readlink())
                except OSError:
                    continue
                if target.startswith("/") and target.endswith(" (deleted)") and not target.startswith("/dev/"):
                    yield link


def _links(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
