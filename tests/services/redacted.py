"""Takes everything out of a PDF that can be taken out of it, with tools that are not ours."""

import io
import subprocess
import unicodedata
from collections.abc import Iterator
from tempfile import NamedTemporaryFile

import pypdfium2
from pypdf import PdfReader


def everything_in(pdf: bytes) -> dict[str, str]:
    """All that can be read: text by two engines, metadata, files inside, fonts, every stream and earlier increment."""
    reader = PdfReader(io.BytesIO(pdf))
    found = {
        "poppler": _tool("pdftotext", "-", "-", given=pdf),
        "poppler, raw": _tool("pdftotext", "-raw", "-", "-", given=pdf),
        "pdfinfo": _tool("pdfinfo", "-meta", "-", given=pdf) + _tool("pdfinfo", "-", given=pdf),
        "fonts": _tool("pdffonts", "-", given=pdf),
        "pdfium": _by_pdfium(pdf),
        "bookmarks": str(reader.outline),
        "bytes": pdf.decode("latin-1"),
        "objects": "\n".join(_strings(reader)),
    }
    for number, end in enumerate(_ends(pdf)):
        found[f"increment {number}"] = _unpacked(pdf[:end])
    for name, files in reader.attachments.items():
        for number, file in enumerate(files):
            found[f"file {name} {number}"] = f"{name}\n{file.decode('utf-8', 'replace')}"
    return found


def folded(text: str) -> str:
    """Only letters and digits, in one case: however a value is parted, it is found."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum() or unicodedata.category(letter).startswith("M"))


def _by_pdfium(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _ends(pdf: bytes) -> Iterator[int]:
    place = pdf.find(b"%%EOF")
    while place >= 0:
        yield place + 6
        place = pdf.find(b"%%EOF", place + 5)


def _unpacked(pdf: bytes) -> str:
    """Every object as qpdf writes it out, streams decompressed; in each way in which a string may be written."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = ["qpdf", "--qdf", "--object-streams=disable", file.name, "-"]
        done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode in {0, 3}, done.stderr
    return done.stdout.decode("latin-1") + done.stdout.decode("utf-16-be", "ignore")


def _strings(reader: PdfReader) -> Iterator[str]:
    """Every string of every object as text, UTF-16 or not: what is spoken for a run of glyphs stands there too."""
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        item = reader.get_object(number)
        yield str(item)
        if item is not None and hasattr(item, "get_data"):
            data = item.get_data()
            yield data.decode("utf-8", "replace")
            yield from (part.decode("utf-16-be", "ignore") for part in data.split(b"\xfe\xff")[1:])


def _tool(*command: str, given: bytes) -> str:
    done = subprocess.run(command, input=given, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")
