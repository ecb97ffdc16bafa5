"""The one place that reads mails from a folder: a Maildir, or files `*.eml` that somebody lays down.

A mail is moved into `done/` by one rename after it was taken, and never before; whatever ends the process in between
leaves it where it was.
"""

import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vctestimony.domain.inbound import HEADERS_READ, LARGEST, MOST_A_ROUND, Arrived, InboxUnreachable

DONE = "done"
STILL = timedelta(seconds=2)
"""A file that was written to more recently is perhaps still being written; mail systems rename whole files in."""
_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class FolderInbox:
    """The mails of one folder. With `is_made` it is made when it is missing."""

    folder: Path
    now: Callable[[], datetime]
    is_made: bool = False

    @property
    def name(self) -> str:
        """How it is called on pages."""
        return str(self.folder)

    def each(self, take: Callable[[Arrived], None]) -> int:
        """Let every mail be taken and move it to `done/`, as many as fit into a round; gives how many."""
        count, unread = 0, ""
        try:
            for path in self._waiting():
                try:
                    count += self._taken(path, take)
                except OSError as broken:
                    unread = f"{path.name}: {broken.strerror or type(broken).__name__}"
                if count >= MOST_A_ROUND:
                    break
        except OSError as broken:
            raise InboxUnreachable(words=broken.strerror or type(broken).__name__) from broken
        if unread:
            raise InboxUnreachable(words=unread)
        return count

    def _taken(self, path: Path, take: Callable[[Arrived], None]) -> bool:
        try:
            with path.open("rb") as file:
                size = path.stat().st_size
                content = file.read(size if size <= LARGEST else HEADERS_READ)
        except FileNotFoundError:  # another worker was quicker
            return False
        arrived = Arrived(content, size)
        take(arrived)
        with suppress(FileNotFoundError):
            done = self.folder / DONE
            done.mkdir(mode=_PRIVATE, exist_ok=True)
            path.rename(done / f"{arrived.digest[:16]}-{path.name[-100:]}")
        return True

    def _waiting(self) -> Iterator[Path]:
        """What lies there and is whole, the oldest first."""
        if self.is_made:
            self.folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        found = [(moment, path) for path in self._files() if (moment := self._when(path)) is not None]
        yield from (path for _, path in sorted(found))

    def _files(self) -> Iterator[Path]:
        boxes = [self.folder / name for name in ("new", "cur")]
        if all(box.is_dir() for box in boxes):
            for box in boxes:
                yield from (path for path in box.iterdir() if not path.name.startswith("."))
            return
        yield from (path for path in self.folder.iterdir() if path.suffix.lower() == ".eml" and path.name[0] != ".")

    def _when(self, path: Path) -> float | None:
        """When the file was last written; None for what is no file, or may still grow."""
        try:
            status = path.lstat()
        except FileNotFoundError:
            return None
        age = self.now() - datetime.fromtimestamp(status.st_mtime, tz=UTC)
        if not stat.S_ISREG(status.st_mode) or timedelta(0) <= age < STILL:
            return None
        return status.st_mtime
