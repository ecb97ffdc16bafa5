"""A printed record, once for a run of tests, and what other people's tools say of its signatures."""

import io
import re
import subprocess
from pathlib import Path

from pyhanko.pdf_utils.generic import StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.adapters.every_sample import press_in, printed
from tests.fakes import NOW
from vctestimony.domain.signing import Order

_RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+) *\]")


def record_in(folder: Path) -> bytes:
    """The sample record as the press prints it."""
    press = press_in(folder)
    try:
        return printed(press, "record", "en")
    finally:
        press.close()


def order(field: str, *, first: bool = False) -> Order:
    """For the next signature."""
    return Order(field=field, certifies=first, at=NOW, reason="Sealed record S-1", place="Mumbai")


def parts(pdf: bytes) -> list[tuple[bytes, bytes]]:
    """What each signature covers, and the signature itself (CMS)."""
    found = []
    for match in _RANGE.finditer(pdf):
        _zero, first, start, rest = (int(number) for number in match.groups())
        gap = bytes.fromhex(pdf[first + 1 : start - 1].decode())
        length = 4 + int.from_bytes(gap[2:4])  # a sequence of more than 255 bytes; the rest of the gap is empty
        found.append((pdf[:first] + pdf[start : start + rest], gap[:length]))
    return found


def openssl(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What openssl says."""
    return subprocess.run(["openssl", *arguments], capture_output=True, check=False, text=True)


def pdfsig(pdf: bytes, folder: Path) -> str:
    """What poppler says."""
    file = folder / "signed.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, check=False, text=True).stdout


def drawn_over(pdf: bytes) -> bytes:
    """The file with an increment that draws over its first page, as a forger would do it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    pages = writer.root["/Pages"]
    page = pages["/Kids"][0]
    over = writer.add_object(StreamObject(stream_data=b"0 0 400 400 re f"))
    page["/Contents"] = type(pages["/Kids"])([page.raw_get("/Contents"), over])
    page[pdf_name("/Rotate")] = page.get("/Rotate", type(pages["/Count"])(0))
    writer.update_container(page)
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    output = io.BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko left this one out
    return output.getvalue()
