"""The one place that tells what a file is that shows a step was done: by its content, in bounded time, never decoded.

A picture is measured by what its head says and is not unpacked here or anywhere in the service; whoever takes it away
opens it on their own machine, and must be able to.
"""

import re
from collections.abc import Callable
from enum import StrEnum

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

MOST_BYTES = 10 * 2**20
MOST_PIXELS = 70_000_000
"""More than any telephone's camera makes, and still opened by any machine."""
_PNG, _PDF_END_WITHIN = b"\x89PNG\r\n\x1a\n", 2048
_NO_FRAME = frozenset({0xC4, 0xC8, 0xCC})
_FILL = re.compile(rb"\xff*(?=\xff)")
_MAIL_HEAD = re.compile(r"[A-Za-z][A-Za-z0-9-]*:[ \t]")
_MAIL_FIELDS = re.compile(r"^(?:from|date|message-id):", re.IGNORECASE | re.MULTILINE)
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


class FileKind(StrEnum):
    """What may be kept; the value is the ending of a name that we give it."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    MAIL = "eml"
    TEXT = "txt"


KIND_LABELS: dict[FileKind, str] = {
    FileKind.PDF: N_("PDF"),
    FileKind.JPEG: N_("Photograph (JPEG)"),
    FileKind.PNG: N_("Picture (PNG)"),
    FileKind.MAIL: N_("Mail"),
    FileKind.TEXT: N_("Text"),
}


class FileMissing(Invalid):
    """Nothing came with the form."""

    text = N_("Choose the file again: none came with the form.")


class FileTooBig(Invalid):
    """More than is kept."""

    text = N_("This file is larger than {megabytes} MB. Scan it with fewer dots, or send it in parts.")


class KindUnknown(Invalid):
    """Whatever its name says, its content is none of the kinds that are kept, or it is cut off."""

    text = N_("This file is no whole PDF, JPEG, PNG, mail (.eml) or plain text. Send it as one of these.")


class PictureTooLarge(Invalid):
    """A small file can hold a picture that no machine can open."""

    text = N_("This picture says that it is {width} by {height} dots, more than can be opened safely. Make it smaller.")


def kind_of(content: bytes) -> FileKind:
    """What the file is, or a refusal in words.

    >>> kind_of(b"Nominated by letter 12 of 2026").value
    'txt'
    """
    if not content:
        raise FileMissing(field="file")
    if len(content) > MOST_BYTES:
        raise FileTooBig(field="file", megabytes=MOST_BYTES // 2**20)
    for starts, found in _READERS:
        if content.startswith(starts):
            return found(content)
    return _text(content)


def _pdf(content: bytes) -> FileKind:
    if b"%%EOF" not in content[-_PDF_END_WITHIN:]:
        raise KindUnknown(field="file")
    return FileKind.PDF


def _png(content: bytes) -> FileKind:
    """Its head, then chunk by chunk to the end: cut off, or with something behind it, it is none."""
    place, is_first, kind = len(_PNG), True, b""
    while kind != b"IEND":
        length, kind = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        if len(kind) < 4 or place + 12 + length > len(content) or is_first is not (kind == b"IHDR"):
            raise KindUnknown(field="file")
        if is_first:
            head = content[place + 8 : place + 8 + length]
            _check_size(int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big"))
        place, is_first = place + 12 + length, False
    if place != len(content):
        raise KindUnknown(field="file")
    return FileKind.PNG


def _jpeg(content: bytes) -> FileKind:
    """Segment by segment to the frame, which says how large the picture is, and to the scan behind it."""
    place, has_frame = 2, False
    while (fill := _FILL.match(content, place)) and fill.end() + 4 <= len(content):
        place = fill.end()
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if marker == 0xDA and has_frame:
            return FileKind.JPEG
        if length < 2 or place + 2 + length > len(content):
            break
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            frame = content[place + 4 : place + 2 + length]
            _check_size(int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big"))
            has_frame = True
        place += 2 + length
    raise KindUnknown(field="file")


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise KindUnknown(field="file")
    if width * height > MOST_PIXELS:
        raise PictureTooLarge(field="file", width=width, height=height)


def _text(content: bytes) -> FileKind:
    """Text that one can read; a mail begins with a field and has the fields that every mail has."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise KindUnknown(field="file") from None
    if _UNPRINTED.search(text) or not text.strip():
        raise KindUnknown(field="file")
    head = text[:20_000].replace("\r\n", "\n").partition("\n\n")[0]
    is_mail = _MAIL_HEAD.match(head) is not None and len(_MAIL_FIELDS.findall(head)) >= 2
    return FileKind.MAIL if is_mail else FileKind.TEXT


_READERS: tuple[tuple[bytes, Callable[[bytes], FileKind]], ...] = (
    (b"%PDF-", _pdf),
    (_PNG, _png),
    (b"\xff\xd8\xff", _jpeg),
)
