"""The one place for what happens inside a process that takes the files out of one PDF: limit itself, read, answer, end.

It is started by `pdf_attachments` and answers with nothing where anything of the PDF is not as it should be.
"""

import io
import os
import sys
from collections.abc import Iterator

import pyhanko
from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

from vctestimony.adapters.confined import around, grant_processor_time, limit, lock_down
from vctestimony.adapters.pdf_frames import read_frame, write_frame

MOST_FILES, MOST_BYTES, DEEPEST = 100, 512 << 20, 20


class TooMuch(Exception):
    """No record carries that much."""


def files_of(pdf: bytes) -> dict[str, bytes]:
    """The files that the document itself carries, by name, as its newest revision has them."""
    names = PdfFileReader(io.BytesIO(pdf), strict=False).root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, DictionaryObject) else None
    found: dict[str, bytes] = {}
    for name, content in _leaves(tree, 0):
        found[name] = content
        if len(found) > MOST_FILES or sum(map(len, found.values())) > MOST_BYTES:
            raise TooMuch
    return found


def _leaves(node: object, depth: int) -> Iterator[tuple[str, bytes]]:
    if depth > DEEPEST:
        raise TooMuch
    if not isinstance(node, DictionaryObject):
        return
    for kid in node.get("/Kids", ()):
        yield from _leaves(kid.get_object(), depth + 1)
    for one in list(node.get("/Names", ()))[1::2]:
        spec = one.get_object()
        held = spec["/EF"]["/F"].get_object()
        if isinstance(held, StreamObject):
            yield str(spec.get("/UF") or spec["/F"]), held.data


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
