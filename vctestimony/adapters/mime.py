"""The one place that lays out a mail byte by byte: headers, parts, encodings (RFC 5322, 2045–2047, 6047).

Written out rather than left to a library, so that the same mail has the same bytes under every version of Python,
and so that no text of a person can ever become a header of its own.
"""

import quopri
import re
import textwrap
from base64 import b64encode, encodebytes
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256

CRLF = b"\r\n"
LONGEST_LINE = 76
OCTETS_IN_A_WORD = 39  # with "Subject: =?utf-8?b?" before and "?=" after, a line stays within 76 (RFC 2047 2)


def boundary(message_id: str, level: str) -> str:
    """A boundary that the same mail always has again; `=_` occurs in neither of our encodings (RFC 2045 6.7)."""
    return f"=_{sha256(f'{message_id} {level}'.encode()).hexdigest()[:32]}"


def text_header(name: str, text: str) -> bytes:
    """A header of plain text without line ends, folded at spaces; what is outside ASCII becomes encoded words."""
    if _is_plain(text):
        width = LONGEST_LINE - len(name) - 2
        folded = textwrap.wrap(text, width=width, break_long_words=False, break_on_hyphens=False)
        return _line(f"{name}: " + "\r\n ".join(folded))
    return _line(f"{name}: " + "\r\n ".join(_encoded_words(text)))


def address_header(name: str, display: str, address: str) -> bytes:
    """One address with its display name, quoted or encoded as it needs."""
    if not display:
        return _line(f"{name}: {address}")
    if _is_plain(display) and len(display) < LONGEST_LINE // 2:
        quoted = display.replace("\\", "\\\\").replace('"', '\\"')
        return _line(f'{name}: "{quoted}"\r\n <{address}>')
    return _line(f"{name}: " + "\r\n ".join([*_encoded_words(display), f"<{address}>"]))


def bare_header(name: str, value: str) -> bytes:
    """A header whose value we made ourselves."""
    return _line(f"{name}: {value}")


def date_header(at: datetime) -> bytes:
    """The Date (RFC 5322 3.6.1).

    >>> date_header(datetime.fromisoformat("2026-12-07T05:30:00+00:00"))
    b'Date: Mon, 07 Dec 2026 05:30:00 +0000\\r\\n'
    """
    return _line(f"Date: {format_datetime(at)}")


def text_part(subtype: str, text: str) -> bytes:
    """A text part in UTF-8, by whichever of quoted-printable and Base64 is shorter."""
    lines = text.replace("\r\n", "\n").encode()
    quoted = quopri.encodestring(lines, quotetabs=False).replace(b"\n", CRLF)
    based = _base64(lines.replace(b"\n", CRLF))
    encoding, body = ("quoted-printable", quoted) if len(quoted) <= len(based) else ("base64", based)
    return _part(f"text/{subtype}; charset=utf-8", encoding, body)


def binary_part(content_type: str, content: bytes, *, filename: str = "") -> bytes:
    """A part in Base64; with a file name it is an attachment (RFC 2183)."""
    disposition = f'attachment; filename="{filename}"' if filename else ""
    return _part(content_type, "base64", _base64(content), disposition=disposition)


def multipart(subtype: str, limit: str, parts: Sequence[bytes]) -> bytes:
    """Parts between boundaries, with the header that announces them (RFC 2046 5.1)."""
    opened = b"".join(CRLF + b"--" + limit.encode("ascii") + CRLF + part for part in parts)
    closed = CRLF + b"--" + limit.encode("ascii") + b"--" + CRLF
    return _line(f'Content-Type: multipart/{subtype};\r\n boundary="{limit}"') + opened + closed


def _part(content_type: str, encoding: str, body: bytes, *, disposition: str = "") -> bytes:
    head = _line(f"Content-Type: {content_type}") + _line(f"Content-Transfer-Encoding: {encoding}")
    if disposition:
        head += _line(f"Content-Disposition: {disposition}")
    return head + CRLF + body.removesuffix(CRLF)


def _base64(content: bytes) -> bytes:
    return encodebytes(content).replace(b"\n", CRLF)


def _line(text: str) -> bytes:
    """One header, maybe folded by us. A bare line end in it can only be our own fault and stops the mail."""
    if any("\r" in piece or "\n" in piece for piece in text.split("\r\n ")):
        raise ValueError("a header holds a line end")
    return text.encode("ascii") + CRLF


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "=?" not in text


def _encoded_words(text: str) -> list[str]:
    """Encoded words that each hold whole characters (RFC 2047 5).

    A word of the text begins an encoded word where it can: some readers show a space between two of them.
    """
    chunks: list[str] = [""]
    for word in re.split("(?= )", text):
        if not _fits(chunks[-1] + word):
            chunks.append("")
        for letter in word:
            if not _fits(chunks[-1] + letter):
                chunks.append("")
            chunks[-1] += letter
    return [f"=?utf-8?b?{b64encode(chunk.encode()).decode('ascii')}?=" for chunk in chunks if chunk]


def _fits(text: str) -> bool:
    return len(text.encode()) <= OCTETS_IN_A_WORD
