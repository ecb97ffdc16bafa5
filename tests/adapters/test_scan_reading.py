"""Scans looked through in a process of their own: what no scanner puts into a PDF is found, wherever it is hidden."""

import io
import zlib

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, TextStringObject

from tests.services.cycling import pdf
from vctestimony.adapters.scan_reading import ScanLimits, ScanReader
from vctestimony.adapters.scan_sifting import sift
from vctestimony.domain.record.scans import Inside, ScanBroken, Scanned, ScanTooHard

SCRIPT = {"/S": "/JavaScript", "/JS": TextStringObject("app.alert(1)")}


def entries(**found: object) -> DictionaryObject:
    """A dictionary of a PDF; texts that begin with a stroke are names."""
    return DictionaryObject({NameObject(f"/{name}"): _as_object(value) for name, value in found.items()})


def _as_object(value: object) -> PdfObject:
    if isinstance(value, dict) and not isinstance(value, PdfObject):
        return DictionaryObject({NameObject(name): _as_object(one) for name, one in value.items()})
    if isinstance(value, list) and not isinstance(value, PdfObject):
        return ArrayObject(_as_object(one) for one in value)
    if isinstance(value, str) and not isinstance(value, TextStringObject):
        return NameObject(value)
    assert isinstance(value, PdfObject)
    return value


def with_root(**found: object) -> bytes:
    """One page, and these entries in the catalogue, each an object of its own."""
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 300)
    for name, value in entries(**found).items():
        writer.root_object[name] = writer._add_object(value)
    writer.write(out)
    return out.getvalue()


def with_annotation(**found: object) -> bytes:
    """One page with one annotation."""
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(200, 300)
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(entries(**found))])
    writer.write(out)
    return out.getvalue()


def attached() -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 300)
    writer.add_attachment("../../x", b"anything")
    writer.write(out)
    return out.getvalue()


def encrypted() -> bytes:
    """Opens without a password, and is encrypted all the same."""
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 300)
    writer.encrypt("", "owner")
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (pdf(3), Scanned(pages=3)),
        (pdf(0), Scanned(pages=0)),
        (encrypted(), Scanned(pages=0, encrypted=True)),
        (with_root(OpenAction=SCRIPT), Scanned(pages=1, inside=(Inside.SCRIPT,))),
        (
            with_root(Names={"/JavaScript": {"/Names": [TextStringObject("a"), SCRIPT]}}),
            Scanned(pages=1, inside=(Inside.SCRIPT,)),
        ),
        (with_root(OpenAction={"/S": "/Launch"}), Scanned(pages=1, inside=(Inside.ACTION,))),
        (with_annotation(Subtype="/Link", A={"/S": "/SubmitForm"}), Scanned(pages=1, inside=(Inside.ACTION,))),
        (with_annotation(Subtype="/RichMedia"), Scanned(pages=1, inside=(Inside.MEDIA,))),
        (with_annotation(Subtype="/FileAttachment"), Scanned(pages=1, inside=(Inside.FILE,))),
        (attached(), Scanned(pages=1, inside=(Inside.FILE,))),
        (with_root(AcroForm={"/Fields": [{"/FT": "/Tx"}, {"/FT": "/Sig"}]}), Scanned(pages=1, fields=1)),
        (with_root(AcroForm={"/Fields": [{"/Kids": [{"/FT": "/Btn"}]}]}), Scanned(pages=1, fields=1)),
    ],
)
def test_what_stands_in_a_pdf_is_found(content: bytes, found: Scanned) -> None:
    assert sift(content) == found


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 %%EOF",
        pdf()[: len(pdf()) // 2] + b"\n%%EOF",
        pdf().replace(b"/Pages", b"/Pagez"),
        b"%PDF-1.7\n" + b"x" * 5000 + b"\nstartxref\n99999\n%%EOF",
    ],
)
def test_what_is_damaged_or_cut_off_is_refused(content: bytes) -> None:
    with pytest.raises(ScanBroken):
        sift(content)


def test_pages_that_name_each_other_end() -> None:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(200, 300)
    page[NameObject("/Kids")] = ArrayObject([writer.root_object.raw_get("/Pages")])
    writer.write(out)
    assert sift(out.getvalue()).pages == 0


def test_the_process_apart_says_the_same_and_dies_of_what_is_too_much() -> None:
    assert ScanReader().read(with_root(OpenAction=SCRIPT)) == sift(with_root(OpenAction=SCRIPT))
    with pytest.raises(ScanBroken):
        ScanReader().read(b"%PDF-1.7 %%EOF")
    with pytest.raises((ScanTooHard, ScanBroken)):
        ScanReader(ScanLimits(address_mb=200)).read(bomb())


def bomb() -> bytes:
    """A table of objects that unpacks to hundreds of megabytes."""
    packed = zlib.compress(b"\0" * 300_000_000, 9)
    head = b"%PDF-1.7\n"
    table = (
        b"1 0 obj\n<</Type /XRef /Size 2 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode /Length "
        + str(len(packed)).encode()
        + b">>\nstream\n"
        + packed
        + b"\nendstream\nendobj\n"
    )
    return head + table + b"startxref\n" + str(len(head)).encode() + b"\n%%EOF\n"
