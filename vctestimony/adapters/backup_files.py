"""The one place that knows the format of an encrypted backup: AES-256-GCM in chunks, written and read as a stream.

    magic, length of the header, header (JSON: kind, key, made_at, revision), salt, chunk, chunk, …

Each file has a key of its own, derived (HKDF-SHA-256) from the backup key, the salt and the header, so a changed header
opens nothing. The nonce of a chunk is its number and whether it is the last: a chunk that was changed, moved or left
out, and a file that was cut off or added to, are refused. Memory holds one chunk, however long the file is.
"""

import json
import os
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import N_

MAGIC = b"VCTBAK1\n"
CHUNK = 1024 * 1024
_TAG, _SALT, _LONGEST_HEADER = 16, 32, 4096
_LENGTH = struct.Struct(">H")
_NONCE = struct.Struct(">3xQB")


class NotABackup(Refusal):
    """Something else than an encrypted backup was named."""

    text = N_("{path} is not an encrypted backup of this service and was not used.")


class BackupDamaged(Refusal):
    """The file was changed or cut off on its way, or is sealed with another key of that name."""

    text = N_("The backup {path} was changed, cut off or sealed with another key, and was not used.")


class NoSuchKey(Refusal):
    """The key with which the backup was sealed is not at hand."""

    text = N_("The backup {path} was sealed with the backup key {key}, which is not at hand: put it back into {place}.")


@dataclass(frozen=True, slots=True)
class Header:
    """What may be read of a backup without its key: of which engine it is, with which key, when, of which schema."""

    kind: str
    key: str
    made_at: str
    revision: str


def seal(content: Iterable[bytes], target: BinaryIO, *, header: Header, key: bytes) -> None:
    """Write the content, whatever its pieces, as one encrypted backup."""
    described = json.dumps(asdict(header), sort_keys=True).encode()
    salt = os.urandom(_SALT)
    target.write(MAGIC + _LENGTH.pack(len(described)) + described + salt)
    cipher = AESGCM(_key_of_file(key, salt, described))
    target.writelines(
        cipher.encrypt(_NONCE.pack(number, is_last), chunk, None)
        for number, (chunk, is_last) in enumerate(_with_last(_even(content)))
    )


def header_of(path: Path) -> Header:
    """What the backup says of itself; NotABackup where it is none."""
    if not path.is_file():
        raise NotABackup(path=path)
    with path.open("rb") as file:
        return _header(file, path)[0]


def opened(path: Path, keys: Mapping[str, bytes], *, key_place: str) -> Iterator[bytes]:
    """The content, chunk by chunk, each authenticated before it is given; a fault may come to light only at the end."""
    with path.open("rb") as file:
        header, described = _header(file, path)
        if header.key not in keys:
            raise NoSuchKey(path=path, key=header.key, place=key_place)
        cipher = AESGCM(_key_of_file(keys[header.key], file.read(_SALT), described))
        pieces = iter(lambda: file.read(CHUNK + _TAG), b"")
        count = 0
        for number, (chunk, is_last) in enumerate(_with_last(pieces)):
            count += 1
            try:
                yield cipher.decrypt(_NONCE.pack(number, is_last), chunk, None)
            except (InvalidTag, ValueError) as error:
                raise BackupDamaged(path=path) from error
        if not count:
            raise BackupDamaged(path=path)


def is_backup(path: Path) -> bool:
    """Whether the file begins as an encrypted backup does."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _header(file: BinaryIO, path: Path) -> tuple[Header, bytes]:
    start = file.read(len(MAGIC) + _LENGTH.size)
    if not start.startswith(MAGIC) or len(start) != len(MAGIC) + _LENGTH.size:
        raise NotABackup(path=path)
    (length,) = _LENGTH.unpack(start[len(MAGIC) :])
    described = file.read(min(length, _LONGEST_HEADER))
    try:
        found = json.loads(described)
        header = Header(**{name: str(found[name]) for name in ("kind", "key", "made_at", "revision")})
    except (ValueError, KeyError, TypeError) as error:
        raise BackupDamaged(path=path) from error
    return header, described


def _key_of_file(key: bytes, salt: bytes, described: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=MAGIC + described).derive(key)


def _even(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one length, the last one excepted; an empty content is one empty piece."""
    kept = bytearray()
    for piece in content:
        kept += piece
        while len(kept) > CHUNK:
            yield bytes(kept[:CHUNK])
            del kept[:CHUNK]
    yield bytes(kept)


def _with_last(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and whether it is the last.

    >>> list(_with_last(iter([b"a", b"b"])))
    [(b'a', False), (b'b', True)]
    """
    before = next(pieces, None)
    for piece in pieces:
        if before is not None:
            yield before, False
        before = piece
    if before is not None:
        yield before, True
