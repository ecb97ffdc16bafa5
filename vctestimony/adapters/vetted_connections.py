"""The one place for connections to addresses that were vetted, for what is said over them and how answers are read."""

import socket
import ssl
import zlib
from urllib.parse import SplitResult

from urllib3.connection import HTTPConnection, HTTPSConnection

from vctestimony.adapters.deadlines import Deadline
from vctestimony.domain.busy import NeedsSignIn, NothingThere, ServerTrouble

_LONGEST_VALIDATOR = 200
_GZIP = frozenset({"gzip", "x-gzip"})
_EITHER_HEADER = 32 + zlib.MAX_WBITS


class _Plain(HTTPConnection):
    """A connection under a deadline; `host` is the numeric address, no name is resolved any more."""

    deadline: Deadline

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        self.deadline.put_under(connected)
        return connected


class _Secure(HTTPSConnection):
    """The same over TLS; the certificate is checked for the name that was asked for."""

    deadline: Deadline

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        self.deadline.put_under(connected)
        return connected


def connection_to(
    number: str, port: int, *, host: str, trust: ssl.SSLContext | None, seconds: float, deadline: Deadline
) -> HTTPConnection:
    """A connection to be made to that numeric address; without `trust` it is a plain one."""
    if trust is None:
        plain = _Plain(number, port, timeout=seconds)
        plain.deadline = deadline
        return plain
    secure = _Secure(number, port, timeout=seconds, ssl_context=trust, server_hostname=host)
    secure.deadline = deadline
    return secure


def headers_for(parts: SplitResult, *, etag: str, modified: str) -> dict[str, str]:
    """What is said to the server: whom we mean, what we take, what we have. Nothing that tells who we are."""
    said = {
        "Host": parts.netloc,
        "User-Agent": "vctestimony",
        "Accept": "text/calendar, */*;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if etag:
        said["If-None-Match"] = etag
    if modified:
        said["If-Modified-Since"] = modified
    return said


def check_status(status: int, host: str) -> None:
    """Refuse every answer but 200, in the words that fit."""
    if status == 200:
        return
    if status in {401, 403, 407}:
        raise NeedsSignIn(host=host)
    if status in {404, 410}:
        raise NothingThere(host=host)
    raise ServerTrouble(host=host, status=status)


def validator(text: str | None) -> str:
    """A validator that is worth keeping: short and printable."""
    kept = (text or "").strip()
    return kept if len(kept) <= _LONGEST_VALIDATOR and kept.isascii() and kept.isprintable() else ""


class Unpacked:
    """Unpacks a body piece by piece, each to at most so many bytes; what is not packed passes through."""

    def __init__(self, encoding: str) -> None:
        packed = encoding.strip().lower() in _GZIP
        self._machine = zlib.decompressobj(_EITHER_HEADER) if packed else None

    def next(self, piece: bytes, *, most: int) -> bytes:
        """What the piece unpacks to. It may be cut at `most`; who asked then has too much already."""
        return piece if self._machine is None else self._machine.decompress(piece, most)
