"""The one place that opens a PDF for pyHanko, as strictly as it can be, reading no table again for every object.

pyHanko 0.38 goes through the head of an object stream once for each object in it, so a long record, whose thousands of
objects lie in one stream, would take minutes to examine. `PlainReader` reads each head once; all else is pyHanko's.
"""

import io
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfReadError, PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from vctestimony.domain.signing_refusals import NotAPdf

Head = tuple[list[int], io.BytesIO, int]


class PlainReader(PdfFileReader):
    """Reads a file, strictly or as leniently as scanners need it."""

    def __init__(self, content: bytes, *, strict: bool) -> None:
        self._heads: dict[int, Head] = {}
        super().__init__(io.BytesIO(content), strict=strict)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:  # noqa: ANN401  # any object of a PDF
        numbers, data, first = self._head(stmnum)
        if not 0 <= 2 * idx < len(numbers) or numbers[2 * idx] != idnum:
            raise PdfStrictReadError("Object is in wrong index.")
        data.seek(first + numbers[2 * idx + 1])
        try:
            found = generic.read_object(data, generic.Reference(idnum, 0, self))
        except PdfReadError as error:
            raise PdfStrictReadError(f"Can't read object stream: {error}") from error
        if isinstance(found, generic.StreamObject | generic.IndirectObject):
            raise PdfStrictReadError("Encountered forbidden object type in object stream")
        return found

    def _head(self, number: int) -> Head:
        """The numbers and places of the objects of a stream, its bytes, and where the first one begins."""
        if number not in self._heads:
            stream = generic.Reference(number, 0, self).get_object()
            if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
                raise PdfStrictReadError("Object stream is none.")
            content, first = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"])
            numbers = [int(word) for word in content[:first].split()[: 2 * int(stream["/N"])]]
            self._heads[number] = (numbers, io.BytesIO(content), first)
        return self._heads[number]


def opened(content: bytes) -> PlainReader:
    """The file, or NotAPdf for one that is not whole, or is encrypted."""
    if not content.startswith(b"%PDF-"):
        raise NotAPdf()
    try:
        reader = PlainReader(content, strict=True)
    except PdfReadError:  # many a scanner counts the generations of what is not there
        reader = PlainReader(content, strict=False)
    if reader.encrypted:
        raise NotAPdf()
    return reader
