"""The one place that takes the text out of an ODT file, paragraph by paragraph."""

import re
from collections.abc import Iterator

from lxml import etree
from odfdo import Document, Element

from vctestimony.adapters.typed_package import Package
from vctestimony.domain.legacy_fonts import is_old_font
from vctestimony.domain.typed_files import (
    MOST_UNPACKED,
    FileDamaged,
    Form,
    HoldsChanges,
    HoldsObject,
    Locked,
    Notice,
    TooMuchInside,
    TypedText,
)

MIMETYPE = b"application/vnd.oasis.opendocument.text"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_LINES, _BLANKS = (f"{_TEXT}p", f"{_TEXT}h"), f"{_TEXT}s"
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_NOTES = "//text:note | //office:annotation"
_FONT = re.compile(rb'(?:style:font-name|fo:font-family)="([^"]+)"')
_FAULTS = (KeyError, ValueError, AttributeError, TypeError, OSError, etree.XMLSyntaxError)


def read_odt(package: Package) -> TypedText:
    """The text, or a refusal."""
    if b"encryption-data" in package.parts.get("META-INF/manifest.xml", b""):
        raise Locked()
    try:
        return _read(package, Document(package.repacked).body)
    except _FAULTS as error:
        raise FileDamaged() from error


def _read(package: Package, body: Element) -> TypedText:
    if body.get_elements("//text:tracked-changes/text:changed-region"):
        raise HoldsChanges()
    if body.get_elements("//draw:object | //draw:object-ole"):
        raise HoldsObject()
    notices = tuple(_notices(package, body))
    for note in body.get_elements(_NOTES):
        note.delete()
    text = "\n".join(map("".join, _lines(body._xml_element)))  # noqa: SLF001  # its own texts count a box twice
    return TypedText(text, Form.ODT, notices)


def _lines(body: etree._Element) -> list[list[str]]:
    """Every paragraph in pieces, each letter once: what stands in a box inside it is a paragraph of its own."""
    lines: list[list[str]] = []
    around: list[list[str]] = []
    room = MOST_UNPACKED
    for event, node in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event == "start" and node.tag in _LINES:
            lines.append([])
            around.append(lines[-1])
        elif event == "end" and node.tag in _LINES:
            around.pop()
        piece = _begun(node) if event == "start" else _behind(node)
        room -= len(piece)
        if room < 0:
            raise TooMuchInside()
        if around and piece:
            around[-1].append(piece)
    return lines


def _begun(node: etree._Element) -> str:
    """What stands in it before its first part; pictures and their descriptions have no words of the text."""
    if node.tag == _BLANKS:
        return " " * min(int(node.get(f"{_TEXT}c", "1")), MOST_UNPACKED)
    return _SIGNS.get(node.tag) or (node.text if node.tag.startswith(_TEXT) and node.text else "")


def _behind(node: etree._Element) -> str:
    """What stands between it and the next part of the same paragraph."""
    parent = node.getparent()
    return node.tail if parent is not None and str(parent.tag).startswith(_TEXT) and node.tail else ""


def _notices(package: Package, body: Element) -> Iterator[Notice]:
    if body.get_elements(_NOTES):
        yield Notice.NOTES
    if body.get_elements("//text:list//text:p"):
        yield Notice.NUMBERING
    if any(is_old_font(name.decode("utf-8", "replace")) for name in _FONT.findall(package.parts["content.xml"])):
        yield Notice.OLD_FONT
