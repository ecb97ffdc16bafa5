"""The one place for what the web process and its printing processes say to each other, and within which limits."""

import base64
import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")


class Trouble(StrEnum):
    """Why a print failed, as far as the printing process can tell."""

    GLYPH = "glyph"
    SIZE = "size"
    REFUSED = "refused"
    WARNING = "warning"
    ERROR = "error"


class FrameBroken(Exception):
    """The other side is gone or speaks nonsense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one print may use, and when a printing process is replaced by a fresh one."""

    address_mb: int = 1024
    cpu_s: int = 60
    wall_s: float = 90.0
    input_mb: int = 8
    pages: int = 1000
    rows: int = 1000
    nesting: int = 40
    jobs_per_process: int = 200
    pages_per_process: int = 100

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Limits":
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that travels inside the PDF; `relationship` is its role there (ISO 32000-2, 7.11.3)."""

    name: str
    relationship: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One document to print: finished HTML, the date its enclosures carry, whether it is a form, the enclosures.

    `places` are the fields in which it can be signed later, each with what it is called for people.

    With `more`, the file goes on with those documents, each counting its own pages; then `label` names each in the
    bookmarks, and it is a form only if the first is one.
    """

    html: str
    stamp: str
    form: bool = False
    enclosures: tuple[Enclosure, ...] = ()
    label: str = ""
    places: tuple[tuple[str, str], ...] = ()
    more: tuple["Job", ...] = ()

    @property
    def documents(self) -> tuple["Job", ...]:
        """This one and those that follow it."""
        return (self, *self.more)

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), default=_in_letters).encode("utf-8")

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Job":
        return cls._from_told(json.loads(raw))

    @classmethod
    def _from_told(cls, told: Mapping[str, Any]) -> "Job":
        enclosures = tuple(
            Enclosure(name=one["name"], relationship=one["relationship"], content=base64.b64decode(one["content"]))
            for one in told["enclosures"]
        )
        more = tuple(cls._from_told(one) for one in told["more"])
        places = tuple((name, label) for name, label in told["places"])
        told = {name: told[name] for name in ("html", "stamp", "form", "label")}
        return cls(**told, enclosures=enclosures, places=places, more=more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job: the file and its number of pages, or the trouble and one line about it."""

    pdf: bytes = b""
    pages: int = 0
    trouble: Trouble | None = None
    detail: str = ""

    def send(self, stream: BinaryIO) -> None:
        head: Mapping[str, object] = {"pages": self.pages, "trouble": self.trouble, "detail": self.detail}
        write_frame(stream, json.dumps(head).encode("utf-8"))
        write_frame(stream, self.pdf)

    @classmethod
    def receive(cls, stream: BinaryIO) -> "Outcome":
        head = json.loads(read_frame(stream))
        trouble = None if head["trouble"] is None else Trouble(head["trouble"])
        return cls(pdf=read_frame(stream), pages=head["pages"], trouble=trouble, detail=head["detail"])


def _in_letters(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Four bytes of length, then the content; unbuffered streams may take it in pieces."""
    rest = memoryview(_LENGTH.pack(len(content)) + content)
    while rest:
        rest = rest[stream.write(rest) :]
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes:
    """The next frame, or FrameBroken when the stream ends before it does."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, count: int) -> bytes:
    pieces: list[bytes] = []
    while count:
        piece = stream.read(count)
        if not piece:
            raise FrameBroken
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)
