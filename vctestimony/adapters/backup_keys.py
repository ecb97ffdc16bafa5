"""The one place that makes and reads the key of backups, which is never a key of the vault.

Who keeps backups elsewhere keeps this key elsewhere still; losing it makes old backups unreadable and harms nothing
else. So a missing key is simply made anew, and that is said.
"""

import base64
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import N_

FILE = "backup.key"
SETTING = "VCT_BACKUP_KEY"
_BYTES = 32
_KEY_ID = re.compile(r"[A-Za-z0-9-]{1,32}")


class KeyUnusable(Refusal):
    """The setting or the file holds no keys."""

    text = N_("The backup key in {place} cannot be used; a key is ID:BASE64, 32 random bytes, one a line.")


class KeyOpen(Refusal):
    """Others on the machine could read it."""

    text = N_("The key file {place} is open to others; run: chmod 600 {place}")


class NoKey(Refusal):
    """There is none, and none may be made."""

    text = N_("There is no backup key: put back {place}, or set VCT_BACKUP_KEY.")


@dataclass(frozen=True, slots=True)
class BackupKeys:
    """By id, oldest first; the newest seals. `place` says where they are kept, `made` whether one was just made."""

    by_id: Mapping[str, bytes]
    place: str
    made: bool = False

    @property
    def newest(self) -> str:
        """The id of the key that seals."""
        return list(self.by_id)[-1]


def backup_keys(setting: str, folder: Path, *, make: bool = False) -> BackupKeys:
    """The keys of the setting, else of the file; with `make`, a missing file is made."""
    if setting:
        return BackupKeys(_read(setting, SETTING), SETTING)
    path = folder / FILE
    made = make and not path.exists()
    if made:
        _write(path)
    if not path.is_file():
        raise NoKey(place=path)
    if path.stat().st_mode & 0o077:
        raise KeyOpen(place=path)
    return BackupKeys(_read(path.read_text(encoding="ascii", errors="replace"), str(path)), str(path), made)


def _write(path: Path) -> None:
    line = f"{secrets.token_hex(4)}:{base64.b64encode(secrets.token_bytes(_BYTES)).decode()}\n"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _read(text: str, place: str) -> Mapping[str, bytes]:
    keys: dict[str, bytes] = {}
    for entry in text.split():
        key_id, _, encoded = entry.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError:
            key = b""
        if not _KEY_ID.fullmatch(key_id) or len(key) != _BYTES or key_id in keys:
            raise KeyUnusable(place=place)
        keys[key_id] = key
    if not keys:
        raise KeyUnusable(place=place)
    return keys
