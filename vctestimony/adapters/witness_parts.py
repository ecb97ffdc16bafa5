"""The one place for the part of each witness's key that lies in a file, outside the database and its backups.

One file a witness, named by chance, for the owner only. A destroyed part leaves a mark with the time, so that a backup
that is put back later is told from a folder that was lost.
"""

import os
import re
import secrets
from datetime import datetime
from pathlib import Path

from vctestimony.adapters.vault_keys import sync_folder, write_whole
from vctestimony.domain.errors import Unavailable
from vctestimony.domain.sealing import KEY_BYTES, SealedForGood, VaultShut
from vctestimony.domain.wording import N_

_NAME = re.compile(r"[0-9a-f]{32}")
_OVERWRITTEN = 3


class PartsUnwritable(Unavailable):
    """The folder is not there, not ours, or full."""

    text = N_(
        "The folder of the witnesses’ keys cannot be written just now, so nothing was saved. Tell the administrator."
    )


class WitnessParts:
    """The folder of the parts. It is made with the first part."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, name: str) -> bytes:
        """A new random part under this name, on the disk before this returns. None is ever written over."""
        path, part = self._path(name), secrets.token_bytes(KEY_BYTES)
        if path.exists() or self._mark(name).exists():
            raise PartsUnwritable()
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, part)
        except OSError as error:
            raise PartsUnwritable() from error
        return part

    def read(self, name: str) -> bytes:
        """The part; SealedForGood where it was destroyed, VaultShut where it is missing."""
        if self._mark(name).exists():
            raise SealedForGood()
        try:
            part = self._path(name).read_bytes()
        except OSError as error:
            raise VaultShut() from error
        if len(part) != KEY_BYTES:
            raise VaultShut()
        return part

    def destroy(self, name: str, *, at: datetime) -> None:
        """Overwrite and remove the part, the mark first, so that a crash between leaves it to be done once more."""
        path, mark = self._path(name), self._mark(name)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not mark.exists():
                write_whole(mark, f"{at.isoformat()}\n".encode())
            if path.exists():
                _overwrite(path)
                path.unlink()
                sync_folder(self._folder)
        except OSError as error:
            raise PartsUnwritable() from error

    def is_gone(self, name: str) -> bool:
        """Whether the part was destroyed, to the end."""
        return self._mark(name).exists() and not self._path(name).exists()

    def gone_at(self, name: str) -> datetime | None:
        """When the part was destroyed, by its mark; None while it is there, or where it is only missing."""
        if not self.is_gone(name):
            return None
        try:
            return datetime.fromisoformat(self._mark(name).read_text(encoding="ascii").strip())
        except (OSError, ValueError) as error:
            raise VaultShut() from error

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise VaultShut()
        return self._folder / name

    def _mark(self, name: str) -> Path:
        return self._path(name).with_suffix(".destroyed")


def _overwrite(path: Path) -> None:
    with path.open("r+b", buffering=0) as file:
        for _ in range(_OVERWRITTEN):
            file.seek(0)
            file.write(os.urandom(KEY_BYTES))
            os.fsync(file.fileno())
