"""The one place that reads the file of the master keys again while the service runs, and changes it: whole or not."""

import fcntl
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from vctestimony.domain.errors import Refusal
from vctestimony.domain.sealing import KEY_BYTES, KeysUnusable, keys_in, written
from vctestimony.domain.wording import N_


class KeysElsewhere(Refusal):
    """The keys are set from outside, where the service cannot write."""

    text = N_(
        "The keys are set in VCT_VAULT_KEY, which this command cannot change. Add the new key there before the present "
        "ones and start every process again; then put it last and start them again; then run: flask vault rewrap"
    )


class KeyFileUnusable(Refusal):
    """Somebody wrote something else into the file while the service ran."""

    text = N_("The key file {path} cannot be used. Put it back as it was; a key is ID:BASE64, one a line.")


class LastKey(Refusal):
    """Without a key nothing can be sealed."""

    text = N_("The newest key {key_id} cannot be retired. Make a new one first: flask vault rotate")


class KeyFile:
    """The file of the master keys, newest last. Without a path the keys are set from outside."""

    def __init__(self, path: Path | None) -> None:
        self._path, self._seen = path, self._stamp_of(path)

    def renewed(self) -> Mapping[str, bytes] | None:
        """The keys, if the file is another one than when it was last looked at; a spoilt file changes nothing."""
        stamp = self._stamp_of(self._path)
        if stamp is None or stamp == self._seen or self._path is None:
            return None
        try:
            keys = keys_in(self._path.read_text(encoding="ascii", errors="replace"))
        except (KeysUnusable, OSError):
            return None
        self._seen = stamp
        return keys

    def add(self) -> str:
        """Write a new key behind the others; gives its id. It is on the disk before anything is sealed with it."""
        with self._alone() as path:
            keys = self._keys(path)
            key_id = secrets.token_hex(4)
            self._write(path, {**keys, key_id: secrets.token_bytes(KEY_BYTES)})
        return key_id

    def remove(self, key_id: str) -> None:
        """Take a key out of the file; never the newest one."""
        with self._alone() as path:
            keys = self._keys(path)
            if list(keys)[-1] == key_id:
                raise LastKey(key_id=key_id)
            self._write(path, {one: key for one, key in keys.items() if one != key_id})

    def ids(self) -> tuple[str, ...]:
        """The ids in the file, oldest first."""
        with self._alone() as path:
            return tuple(self._keys(path))

    @contextmanager
    def _alone(self) -> Iterator[Path]:
        if self._path is None:
            raise KeysElsewhere()
        handle = os.open(self._path.with_name(f"{self._path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield self._path
        finally:
            os.close(handle)

    @staticmethod
    def _keys(path: Path) -> dict[str, bytes]:
        try:
            return keys_in(path.read_text(encoding="ascii", errors="replace"))
        except (KeysUnusable, OSError) as error:
            raise KeyFileUnusable(path=path) from error

    @staticmethod
    def _write(path: Path, keys: Mapping[str, bytes]) -> None:
        write_whole(path, written(keys).encode("ascii"))

    @staticmethod
    def _stamp_of(path: Path | None) -> tuple[int, int, int] | None:
        try:
            found = path.stat() if path is not None else None
        except OSError:
            return None
        return (found.st_ino, found.st_mtime_ns, found.st_size) if found else None


def write_whole(path: Path, content: bytes) -> None:
    """The file with this content for its owner only, or as it was before: on the disk before this returns."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the system write down which files lie in the folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
