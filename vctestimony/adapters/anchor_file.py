"""The one place for the file of anchors of the journal, beside the database and not in it: lines are only added."""

import os
from pathlib import Path

from vctestimony.domain.errors import Unavailable
from vctestimony.domain.wording import N_


class AnchorsUnwritable(Unavailable):
    """The file is not ours, or the disk is full."""

    text = N_("The file of the journal’s anchors cannot be read or written just now: {path}")


class AnchorFile:
    """The file, for its owner only. It is made with the first line."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, line: str) -> None:
        """One more line, on the disk before this returns; a torn one before it is closed first."""
        try:
            torn = self._path.exists() and self._path.read_bytes()[-1:] not in {b"", b"\n"}
            with os.fdopen(os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as file:
                file.write(f"{chr(10) if torn else ''}{line}\n".encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise AnchorsUnwritable(path=self._path) from error

    def lines(self) -> tuple[str, ...]:
        """All of them in order; none where the file is not there."""
        try:
            return tuple(self._path.read_text(encoding="utf-8", errors="replace").splitlines())
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise AnchorsUnwritable(path=self._path) from error
