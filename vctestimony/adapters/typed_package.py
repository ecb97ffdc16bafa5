"""The one place that opens the zip package of a word processor: judged by its directory, then read in bounded pieces.

What comes out is packed anew without compression, so that no library behind it meets a head that lies.
"""

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from vctestimony.domain.typed_files import (
    MOST_PARTS,
    MOST_TIMES,
    MOST_UNPACKED,
    FileDamaged,
    HoldsObject,
    HoldsProgram,
    Locked,
    TooMuchInside,
)

_PIECE = 2**16
_SMALL = 2**20
_PROGRAMS = re.compile(r"(?i)(?:^|/)(?:vbaProject\.bin|vbaData\.xml|Basic/.+|Scripts/.+)")
_OBJECTS = re.compile(r"(?i)(?:^|/)(?:embeddings/.+|activeX/.+|ObjectReplacements/.+|Object \d+/.+|afchunk\d*\..+)")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']*)")
_READABLE = frozenset({b"utf-8", b"us-ascii", b"ascii"})
"""What a word processor writes; in another encoding a declaration could stand that is not seen here."""
_XML = (".xml", ".rels", ".rdf")


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a file by name."""

    parts: Mapping[str, bytes]

    @property
    def repacked(self) -> io.BytesIO:
        """The same parts as a zip whose heads are ours."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        made.seek(0)
        return made


def unpacked(content: bytes) -> Package:
    """The package, or why it is not opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check_directory(infos)
            parts = _read(archive, infos)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise FileDamaged() from error
    for name, part in parts.items():
        if name.endswith(_XML) and (b"\x00" in part[:100] or _DECLARES.search(part) or not _is_readable(part)):
            raise FileDamaged()
    return Package(parts)


def _is_readable(part: bytes) -> bool:
    said = _ENCODING.match(part.removeprefix(codecs.BOM_UTF8))
    return said is None or said[1].lower() in _READABLE


def _check_directory(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise TooMuchInside()
    for info in infos:
        if info.file_size > max(_SMALL, info.compress_size * MOST_TIMES):
            raise TooMuchInside()
        if info.flag_bits & 1:
            raise Locked()
        if _PROGRAMS.search(info.filename):
            raise HoldsProgram()
        if _OBJECTS.search(info.filename):
            raise HoldsObject()
    if len({info.filename for info in infos}) < len(infos):
        raise FileDamaged()


def _read(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Piece by piece, so that a part that unpacks to more than its head says never fills the memory."""
    parts: dict[str, bytes] = {}
    for info in infos:
        with archive.open(info) as stream:
            pieces = bytearray()
            while piece := stream.read(_PIECE):
                pieces += piece
        parts[info.filename] = bytes(pieces)
    return parts
