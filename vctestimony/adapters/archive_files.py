"""The one place that opens an archive that somebody brings: within limits, and never by writing what it names.

Whatever the bytes are, opening ends in bounded time and memory with an archive or with a NotAnArchive that says why.
"""

import stat
import zipfile
import zlib
from hashlib import sha256
from pathlib import Path

from vctestimony.adapters.pdf_attachments import attachments_of
from vctestimony.domain.archive.contents import is_own_name
from vctestimony.domain.archive.opened import NotAnArchive, Opened

MOST_FILES = 20_000
MOST_BYTES = 2 << 30
"""Of all files together. What is said to be shorter than it is ends with what was said."""
MOST_READ = 256 << 20
"""Of one file that must be looked into; evidence is only hashed."""
_PIECE = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def opened(path: Path) -> Opened:
    """The archive, every file hashed once; NotAnArchive where it is none, or holds what no archive of ours holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _entries(archive)
            digests = {name: _digest(archive, entry) for name, entry in entries.items()}
    except _BROKEN as error:
        raise NotAnArchive(why=f"it cannot be read as a ZIP file ({_cause(error)}).") from error

    def read(name: str) -> bytes:
        if digests[name][0] > MOST_READ:
            raise NotAnArchive(why=f"{name} is larger than {MOST_READ >> 20} MB.")
        with zipfile.ZipFile(path) as archive:
            return archive.read(entries[name])

    return Opened(digests, read, attachments_of)


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files by name, everything that is dangerous or not ours refused before a byte of it is unpacked."""
    found: dict[str, zipfile.ZipInfo] = {}
    whole = archive.infolist()
    if len(whole) > MOST_FILES:
        raise NotAnArchive(why=f"it holds more than {MOST_FILES} files.")
    if sum(entry.file_size for entry in whole) > MOST_BYTES:
        raise NotAnArchive(why=f"its files would fill more than {MOST_BYTES >> 30} GB.")
    for entry in whole:
        name = entry.filename
        if entry.is_dir() and is_own_name(name.rstrip("/")) and not entry.file_size:
            continue
        if not is_own_name(name) or entry.orig_filename != name:
            raise NotAnArchive(why=f"a file in it is called {name[:80]!r}, which could lie outside its folder.")
        if name in found:
            raise NotAnArchive(why=f"it holds {name} twice.")
        if entry.flag_bits & 1 or stat.S_ISLNK(entry.external_attr >> 16):
            raise NotAnArchive(why=f"{name} is encrypted, or only a link to another file.")
        found[name] = entry
    return found


def _digest(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[int, str]:
    size, digest = 0, sha256()
    with archive.open(entry) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            digest.update(piece)
    return size, digest.hexdigest()


def _cause(error: Exception) -> str:
    """The library's own words, without what it may quote of the file."""
    return str(error).partition(":")[0][:80] or type(error).__name__
