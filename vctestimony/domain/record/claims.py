"""The one place that reads from the bytes of a file which seal it claims to be, whole or altered."""

import re
import zlib
from collections.abc import Iterator

MOST_STREAMS, MOST_OF_A_STREAM, MOST_UNPACKED, MOST_CODES = 400, 8_000_000, 40_000_000, 4
_STREAM = re.compile(rb"stream\r?\n")
_LETTERS = rb"[0-9A-HJKMNP-TV-Z]{8}"
# Of canonical data the own code stands before one of these; other codes in it are of what it is bound to.
_OWN = re.compile(rb'"code":"([RA]-' + _LETTERS + rb')","(?:deposition|edition)"')
_TITLE = re.compile(rb"<dc:title>.{0,400}?([RA]-" + _LETTERS + rb").{0,400}?</dc:title>", re.DOTALL)


def claimed(content: bytes) -> tuple[str, ...]:
    """The codes under which the file says it was sealed: by its data, or by the title in its metadata.

    >>> claimed(b'{"code":"R-7K3F9QW2","deposition":[]}'), claimed(b"%PDF-1.7")
    (('R-7K3F9QW2',), ())
    """
    found = [match.group(1) for text in (content, *_unpacked(content)) for match in _OWN.finditer(text)]
    found += [match.group(1) for match in _TITLE.finditer(content)]
    return tuple(dict.fromkeys(code.decode("ascii") for code in found))[:MOST_CODES]


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Each packed stream as far as it can be read; a broken one gives what stands before the break. Bounded in all."""
    whole, size = memoryview(content), 0
    for number, start in enumerate(_STREAM.finditer(content)):
        if number >= MOST_STREAMS or size >= MOST_UNPACKED:
            return
        packed = whole[start.end() :]
        try:
            found = zlib.decompressobj().decompress(packed, MOST_OF_A_STREAM)
        except zlib.error:
            found = _before_the_break(packed)
        size += len(found)
        yield found


def _before_the_break(packed: memoryview) -> bytes:
    unpacker, found, size = zlib.decompressobj(), bytearray(), 512
    for place in range(0, min(len(packed), MOST_OF_A_STREAM), size):
        if len(found) >= MOST_OF_A_STREAM:
            break
        try:
            found += unpacker.decompress(packed[place : place + size], MOST_OF_A_STREAM)
        except zlib.error:
            break
    return bytes(found)
