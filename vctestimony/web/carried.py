"""The one place that carries the rows of a file from its preview to the form that enters them: bounded, stateless.

What comes back is read and judged as anything that is sent, so it needs no seal.
"""

import base64
import binascii
import zlib

from vctestimony.domain.calendar_files import MOST_BYTES, FileRefused
from vctestimony.domain.wording import N_

LARGEST = 24_000
"""Letters of a page that may be spent on it."""


class TooManyWords(FileRefused):
    """The rows do not fit into a page, however tightly packed."""

    text = N_("The file holds too much text for one page. Send it in two or three smaller pieces.")


class Damaged(FileRefused):
    """What came is not what the page held."""

    text = N_("The rows did not come back whole. Send the file again.")


def packed(rows: bytes) -> str:
    """The rows as letters for a hidden field."""
    text = base64.b64encode(zlib.compress(rows, 9)).decode()
    if len(text) > LARGEST:
        raise TooManyWords(field="file")
    return text


def unpacked(text: str) -> bytes:
    """The rows again; never more than a file may hold, whatever was sent.

    >>> unpacked(packed(b"kind,label"))
    b'kind,label'
    """
    try:
        press = zlib.decompressobj()
        rows = press.decompress(base64.b64decode(text, validate=True), MOST_BYTES)
    except (binascii.Error, zlib.error, ValueError):
        raise Damaged(field="file") from None
    if not press.eof:
        raise Damaged(field="file")
    return rows
