"""The one place for what happens inside a process that takes the files out of one PDF: limit itself, read, answer, end.

It is started by `pdf_attachments` and answers with nothing where anything of the PDF is not as it should be.
"""

import io
import os
import sys
from collections.abc import Iterator

import pyhanko
import pyhanko.pdf_utils.filters  # what it loads must be loaded before the process is locked
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

from vctestimony.adapters.confined import around, grant_processor_time, limit, lock_down
from vctestimony.adapters.pdf_frames import read_frame, write_frame

MOST_FILES, MOST_BYTES, DEEPEST = 100, 512 << 20, 20


class TooMuch(Exception):
    """No record carries that much."""


def files_of(pdf: bytes) -> dict[str, bytes]:
    """The files that the document itself carries, by name, as its newest revision has them."""
    root = PdfFileReader(io.BytesIO(pdf), strict=False).root
    found: dict[str, bytes] = {}
    for name, content in _leaves(_at(_at(root, "/Names"), "/EmbeddedFiles"), 0):
        found[name] = content
        if len(found) > MOST_FILES or sum(map(len, found.values())) > MOST_BYTES:
            raise TooMuch
    return found


def _leaves(node: object, depth: int) -> Iterator[tuple[str, bytes]]:
    if depth > DEEPEST:
        raise TooMuch
    for kid in _each(_at(node, "/Kids")):
        yield from _leaves(kid, depth + 1)
    for spec in _each(_at(node, "/Names"))[1::2]:
        held = _at(_at(spec, "/EF"), "/F")
        if isinstance(held, StreamObject):
            yield str(_at(spec, "/UF") or _at(spec, "/F")), held.data


def _at(held: object, key: str) -> object:
    """What the dictionary refers to under the key; None where it is no dictionary, or has nothing there."""
    return held[key] if isinstance(held, DictionaryObject) and key in held else None


def _each(held: object) -> list[object]:
    """What the members of an array refer to."""
    return [held[at] for at in range(len(held))] if isinstance(held, ArrayObject) else []


def main(address_mb: str, cpu_s: str) -> None:
    """Entry of the process: its memory and its processor time."""
    asked, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    lock_down(readable=around(pyhanko))
    limit(address_mb=int(address_mb))
    sys.setrecursionlimit(1000)
    with asked, answers:
        pdf = read_frame(asked)
        grant_processor_time(int(cpu_s))
        try:
            found = files_of(pdf)
        except Exception:  # noqa: BLE001  # whatever it was, no answer is the answer
            return
        write_frame(answers, str(len(found)).encode())
        for name, content in sorted(found.items()):
            write_frame(answers, name.encode("utf-8", "replace"))
            write_frame(answers, content)
