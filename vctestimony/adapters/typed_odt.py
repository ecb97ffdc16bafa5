"""The one place that takes the text out of an ODT file, paragraph by paragraph."""

import re
from collections.abc import Iterator

from lxml import etree
from odfdo import Document, Element

from vctestimony.adapters.typed_package import Package
from vctestimony.domain.legacy_fonts import is_old_font
from vctestimony.domain.typed_files import FileDamaged, Form, HoldsChanges, HoldsObject, Locked, Notice, TypedText

MIMETYPE = b"application/vnd.oasis.opendocument.text"
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
    text = "\n".join(line.inner_text for line in body.get_elements("//text:p | //text:h"))
    return TypedText(text, Form.ODT, notices)


def _notices(package: Package, body: Element) -> Iterator[Notice]:
    if body.get_elements(_NOTES):
        yield Notice.NOTES
    if body.get_elements("//text:list//text:p"):
        yield Notice.NUMBERING
    if any(is_old_font(name.decode("utf-8", "replace")) for name in _FONT.findall(package.parts["content.xml"])):
        yield Notice.OLD_FONT
