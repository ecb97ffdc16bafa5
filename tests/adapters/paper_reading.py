"""Reads printed documents back with tools that know nothing of how they were made."""

import io
import re
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache

from babel.support import NullTranslations
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

# Enough words in each language to see that labels come from the catalogue.
LABELS: Mapping[str, Mapping[str, str]] = {
    "hi": {"SOP checklist": "प्रक्रिया जाँच-सूची", "Signatures": "हस्ताक्षर", "Due": "कब तक", "DRAFT": "प्रारूप"},
    "bn": {"SOP checklist": "কার্যপদ্ধতির চেকলিস্ট", "Signatures": "স্বাক্ষর", "Due": "কখন", "DRAFT": "খসড়া"},
}
# Never shown: codes that choose a style, a font or a file date.
_NOT_SHOWN = {"lang", "key", "zone", "verify_url"}


class _Few(NullTranslations):
    def __init__(self, labels: Mapping[str, str]) -> None:
        super().__init__()
        self._labels = labels

    def gettext(self, message: str) -> str:
        return self._labels.get(message, message)

    ugettext = gettext


class FewLanguages:
    """Stands for the catalogues of translations."""

    def translations(self, language: str) -> NullTranslations:
        return _Few(LABELS.get(language, {}))


def folded(text: str) -> str:
    """Composed, with every run of blanks as one."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def text_of(pdf: bytes, *options: str) -> str:
    """What pdftotext reads, pages divided by form feeds."""
    return _tool("pdftotext", *options, "-", "-", given=pdf)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, folded."""
    return [folded(page) for page in text_of(pdf).split("\f")[:-1]]


def fonts_of(pdf: bytes) -> list[list[str]]:
    """The lines of pdffonts, each split into its columns."""
    return [line.split() for line in _tool("pdffonts", "-", given=pdf).splitlines()[2:]]


def _tool(*command: str, given: bytes) -> str:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout.decode("utf-8")


@lru_cache(maxsize=2)
def open_pdf(pdf: bytes) -> PdfReader:
    """One reader for all that is asked of a file, since to take the file apart takes longest. Only to read with."""
    return PdfReader(io.BytesIO(pdf))


def drawing_of(pdf: bytes) -> bytes:
    """The drawing instructions of all pages."""
    return b"\n".join(_drawings(pdf))


@lru_cache(maxsize=2)
def _drawings(pdf: bytes) -> tuple[bytes, ...]:
    """The drawing instructions of each page."""
    contents = (page.get_contents() for page in open_pdf(pdf).pages)
    return tuple(content.get_data() if content is not None else b"" for content in contents)


def shown_strings(value: object, name: str = "") -> Iterator[str]:
    """Every text of a sheet that must stand on paper."""
    if isinstance(value, Enum) or name in _NOT_SHOWN:
        return
    if isinstance(value, str):
        yield from (line for line in value.split("\n") if line)
    elif isinstance(value, tuple):
        for item in value:
            yield from shown_strings(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from shown_strings(getattr(value, field.name), field.name)


def alternatives_of(pdf: bytes) -> list[str]:
    """The text alternatives that stand for pictures."""
    reader = open_pdf(pdf)
    objects = (reader.get_object(number) for number in range(1, 1 + max(reader.xref[0])))
    return [str(item["/Alt"]) for item in objects if isinstance(item, DictionaryObject) and "/Alt" in item]


# What each part of a table or list may stand in (ISO 32000-1, 14.8.4.3).
_PARENTS = {
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/TR": {"/THead", "/TBody"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/LI": {"/L"},
    "/LBody": {"/LI"},
}


_MARKS = re.compile(rb"(?<![^\s\]>)])(?:BDC|BMC|EMC|Tj|TJ)(?!\S)")


def misplaced(pdf: bytes) -> list[tuple[str, str]]:
    """Parts of tables and lists that stand where none may."""
    pairs = {(str(outer.get("/S", "")), str(inner["/S"])) for outer, inner in _elements(pdf)}
    return sorted(pair for pair in pairs if pair[0] not in _PARENTS.get(pair[1], {pair[0]}))


def header_cells_of(pdf: bytes) -> list[str]:
    """Of each header cell, what it heads."""
    inner = (element for _, element in _elements(pdf) if str(element["/S"]) == "/TH")
    return [str(element["/A"].get_object()["/Scope"]) for element in inner]  # type: ignore[index]


def stray_elements_of(pdf: bytes) -> int:
    """How many structure elements lie in the file without hanging on the document's tree."""
    reader = open_pdf(pdf)
    hanging = len(_elements(pdf))
    objects = (reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"]))))
    kinds = [str(item.get("/Type")) for item in objects if isinstance(item, DictionaryObject)]
    return kinds.count("/StructElem") - hanging


def unmarked_drawing_of(pdf: bytes) -> list[str]:
    """The pages on which text is written outside any mark: neither content nor furniture."""
    found = []
    for number, drawing in enumerate(_drawings(pdf)):
        depth = 0
        for operator in _MARKS.findall(drawing):
            depth += (operator in {b"BDC", b"BMC"}) - (operator == b"EMC")
            if operator in {b"Tj", b"TJ"} and not depth:
                found.append(f"page {number}")
    return found


def pictures_in(pdf: bytes) -> int:
    """How many pictures made of dots lie in the file."""
    reader = open_pdf(pdf)
    objects = (reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"]))))
    return sum(isinstance(item, DictionaryObject) and item.get("/Subtype") == "/Image" for item in objects)


@lru_cache(maxsize=2)
def _elements(pdf: bytes) -> tuple[tuple[DictionaryObject, DictionaryObject], ...]:
    """Every structure element that hangs on the tree, with the one it hangs on."""
    return tuple(_hanging(open_pdf(pdf)))


def _hanging(reader: PdfReader) -> Iterator[tuple[DictionaryObject, DictionaryObject]]:
    waiting: list[PdfObject] = [reader.root_object["/StructTreeRoot"].get_object()]  # type: ignore[list-item]
    while waiting:
        outer = waiting.pop()
        for kid in _kids(outer):
            inner = kid.get_object()
            if isinstance(outer, DictionaryObject) and isinstance(inner, DictionaryObject) and "/S" in inner:
                yield outer, inner
                waiting.append(inner)


def _kids(element: PdfObject) -> list[PdfObject]:
    """What a structure element holds, whether it is one thing or several."""
    held = element.get("/K") if isinstance(element, DictionaryObject) else None
    held = held.get_object() if held is not None else None
    if held is None:
        return []
    return list(held) if isinstance(held, ArrayObject) else [held]
