"""The one place that takes the text out of a DOCX file, paragraph by paragraph, tables cell by cell."""

from collections.abc import Iterator

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from vctestimony.adapters.typed_package import Package
from vctestimony.domain.legacy_fonts import is_old_font
from vctestimony.domain.typed_files import FileDamaged, Form, HoldsChanges, HoldsProgram, Notice, TypedText, UnknownForm

_CHANGES = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_TEXT, _PARAGRAPH, _FALLBACK = (
    qn("w:t"),
    qn("w:p"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
_FAULTS = (PackageNotFoundError, KeyError, ValueError, AttributeError, TypeError, etree.XMLSyntaxError)


def read_docx(package: Package) -> TypedText:
    """The text, or a refusal."""
    if "word/document.xml" not in package.parts:
        raise UnknownForm()
    if b"macroEnabled" in package.parts.get("[Content_Types].xml", b""):
        raise HoldsProgram()
    try:
        body = Document(package.repacked).element.body
    except _FAULTS as error:
        raise FileDamaged() from error
    if next(body.iter(*_CHANGES), None) is not None:
        raise HoldsChanges()
    text = "\n".join(_line(paragraph) for paragraph in body.iter(_PARAGRAPH) if not _is_doubled(paragraph))
    return TypedText(text, Form.DOCX, tuple(_notices(body)))


def _line(paragraph: etree._Element) -> str:
    """Its own words; what stands in a box inside it is a paragraph of its own."""
    own = (
        part
        for part in paragraph.iter(_TEXT, *_BREAKS)
        if next(part.iterancestors(_PARAGRAPH)) is paragraph and not _is_tab_stop(part)
    )
    return "".join((part.text or "") if part.tag == _TEXT else _BREAKS[part.tag] for part in own)


def _is_tab_stop(part: etree._Element) -> bool:
    parent = part.getparent()
    return parent is not None and parent.tag == qn("w:tabs")


def _is_doubled(paragraph: etree._Element) -> bool:
    """The copy of a box that is there for old programs."""
    return next(paragraph.iterancestors(_FALLBACK), None) is not None


def _notices(body: etree._Element) -> Iterator[Notice]:
    if next(body.iter(qn("w:footnoteReference"), qn("w:endnoteReference"), qn("w:commentReference")), None) is not None:
        yield Notice.NOTES
    if next(body.iter(qn("w:numPr")), None) is not None:
        yield Notice.NUMBERING
    named = {value for fonts in body.iter(qn("w:rFonts")) for value in fonts.attrib.values()}
    if any(is_old_font(str(name)) for name in named):
        yield Notice.OLD_FONT
