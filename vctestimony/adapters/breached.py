"""The one place that looks a password up among stolen ones: in a sorted file of SHA-1 hashes, by halving, never whole.

The file is as the downloader of haveibeenpwned makes it: `HASH:COUNT` a line, in the order of the hashes, tens of GB.
Nothing leaves the machine for it, neither a password nor a part of its hash.
"""

import re
from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

from vctestimony.domain.passphrases import PasswordListUnusable

LONGEST_LINE = 128
LOOKED_AT = 500
"""How many lines are compared when one asks whether the file is in order."""
_NO_HASHES = "holds lines that are no SHA-1 hash with a count"
_LINE = re.compile(rb"([0-9A-Fa-f]{40})(:[0-9]+)?\s*")


class NoList(Exception):
    """The file is not what it should be; says in plain words why."""


class BreachedList:
    """One such file. It may be replaced by a newer one while the service runs: each look opens it anew."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def holds(self, password: str) -> bool:
        """Whether the password is among the stolen ones, or PasswordListUnusable: it is then not taken at all."""
        wanted = sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
        try:
            with self._path.open("rb") as file:
                return _found(file, wanted)
        except (OSError, NoList) as error:
            raise PasswordListUnusable() from error

    def problem(self) -> str:
        """What is wrong with the file, as far as some hundred of its lines tell; empty when nothing is."""
        try:
            with self._path.open("rb") as file:
                hashes = list(_some(file))
        except OSError as error:
            return f"cannot be read ({error.strerror})"
        except NoList as error:
            return str(error)
        if not hashes:
            return "is empty"
        return "" if hashes == sorted(hashes) else "is not in the order of its hashes"


def nothing_breached(_password: str) -> bool:
    """Where no list is set, no password is in one."""
    return False


def _found(file: BinaryIO, wanted: bytes) -> bool:
    low, high = 0, file.seek(0, 2)
    while low < high:
        middle = (low + high) // 2
        start, line = _line_from(file, middle)
        if start >= high or _hash_of(line) >= wanted:
            high = middle
        else:
            low = start + len(line)
    _, line = _line_from(file, low)
    return line != b"" and _hash_of(line) == wanted


def _some(file: BinaryIO) -> Iterator[bytes]:
    """The hashes of lines from all over the file, in the order in which they stand."""
    size, last = file.seek(0, 2), -1
    for number in range(LOOKED_AT + 1):
        start, line = _line_from(file, max(0, size * number // LOOKED_AT - LONGEST_LINE // 2))
        if line and start > last:
            last = start
            yield _hash_of(line)


def _line_from(file: BinaryIO, place: int) -> tuple[int, bytes]:
    """The first line that begins there or later, and where it begins; an empty one at the end."""
    file.seek(max(place - 1, 0))
    if place > 0 and not file.readline(LONGEST_LINE).endswith(b"\n"):
        if file.read(1):
            raise NoList(_NO_HASHES)
        return file.tell(), b""
    return file.tell(), file.readline(LONGEST_LINE)


def _hash_of(line: bytes) -> bytes:
    found = _LINE.fullmatch(line)
    if found is None:
        raise NoList(_NO_HASHES)
    return found[1].upper()
