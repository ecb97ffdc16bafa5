"""The one place that reads a typed file by its content, whatever its name says: plain text, DOCX or ODT."""

import codecs

from vctestimony.adapters.typed_docx import read_docx
from vctestimony.adapters.typed_odt import MIMETYPE, read_odt
from vctestimony.adapters.typed_package import unpacked
from vctestimony.domain.typed_files import (
    MOST_BYTES,
    FileTooLarge,
    Form,
    Locked,
    NoFile,
    Notice,
    TypedText,
    UnknownForm,
)

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_NO_TEXT = (b"{\\rtf", b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"PK\x05\x06")
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class TypedFiles:
    """Fits the port `TypedReader`."""

    def read(self, content: bytes) -> TypedText:
        """The text of the file, or a FileUnusable in words; in bounded time and memory."""
        if not content:
            raise NoFile()
        if len(content) > MOST_BYTES:
            raise FileTooLarge()
        if content.startswith(_OLE):
            raise Locked()
        if content.startswith(_ZIP):
            package = unpacked(content)
            return read_odt(package) if package.parts.get("mimetype", b"") == MIMETYPE else read_docx(package)
        if content.startswith(_NO_TEXT):
            raise UnknownForm()
        return _plain(content)


def _plain(content: bytes) -> TypedText:
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return TypedText(_decoded(content, encoding), Form.TEXT)
    if b"\x00" in content[:2_000]:
        # Text of a file without its mark: every letter of a mark or a blank has one byte that is nothing.
        encoding = "utf-16-be" if content[:2_000:2].count(0) > content[1:2_000:2].count(0) else "utf-16-le"
        return TypedText(_decoded(content, encoding), Form.TEXT)
    try:
        return TypedText(content.decode("utf-8"), Form.TEXT)
    except UnicodeDecodeError:
        return TypedText(_decoded(content, "cp1252"), Form.TEXT, (Notice.WINDOWS,))


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnknownForm() from None
