"""The one place that looks through a PDF that is said to be a scan: its pages, and whatever no scanner puts there.

Everything that can be reached from the file's catalogue is looked at, each object once; no picture is unpacked.
"""

import io
from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from vctestimony.domain.record.scans import Inside, ScanBroken, Scanned, ScanTooHard

MOST_OBJECTS = 500_000
_ACTIONS = frozenset({"/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"})
_SCRIPTED = frozenset({"/JavaScript", "/Rendition"})
_MEDIA = frozenset({"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"})
_FILES = frozenset({"/FileAttachment"})
_FOUND_BY_KEY = {
    "/JS": Inside.SCRIPT,
    "/JavaScript": Inside.SCRIPT,
    "/AA": Inside.ACTION,
    "/EmbeddedFiles": Inside.FILE,
    "/EF": Inside.FILE,
    "/RichMediaContent": Inside.MEDIA,
}
_SIGNATURE = "/Sig"


def sift(content: bytes) -> Scanned:
    """What stands in the PDF; ScanBroken for what cannot be read, ScanTooHard for what is too much."""
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypt_dict is not None:
            return Scanned(pages=0, encrypted=True)
        root = reader.root
        if not isinstance(root, generic.DictionaryObject):
            raise ScanBroken(field="file")
        return Scanned(pages=_pages(root), fields=_fields(root), inside=tuple(sorted(set(_inside(root)))))
    except (MemoryError, RecursionError):
        raise ScanTooHard(field="file") from None
    except (PdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError):
        # A damaged file leads its reader to all of these.
        raise ScanBroken(field="file") from None


def _at(one: generic.DictionaryObject, key: str) -> object:
    """What stands there, followed to where it stands; None for nothing."""
    return _followed(one.get(key))


def _followed(one: object) -> object:
    return one.get_object() if isinstance(one, generic.IndirectObject) else one  # type: ignore[no-untyped-call]


def _pages(root: generic.DictionaryObject) -> int:
    """The leaves of the page tree; the number that the file claims is not believed."""
    count, seen, waiting = 0, set[object](), [root.raw_get("/Pages")]
    while waiting:
        one = waiting.pop()
        if isinstance(one, generic.IndirectObject):
            if one.reference in seen:
                continue
            seen.add(one.reference)
            one = _followed(one)
        if not isinstance(one, generic.DictionaryObject):
            raise ScanBroken(field="file")
        kids = _at(one, "/Kids")
        if isinstance(kids, generic.ArrayObject):
            waiting.extend(list.__iter__(kids))
        else:
            count += 1
    return count


def _fields(root: generic.DictionaryObject) -> int:
    """How many fields one can fill in; a field that is only signed is none. A form described by XML is one."""
    form = _at(root, "/AcroForm")
    if not isinstance(form, generic.DictionaryObject):
        return 0
    waiting = [_at(form, "/Fields")]
    count, seen = int("/XFA" in form), set[int]()
    while waiting:
        some = waiting.pop()
        for one in map(_followed, list.__iter__(some) if isinstance(some, generic.ArrayObject) else ()):
            if not isinstance(one, generic.DictionaryObject) or id(one) in seen:
                continue
            seen.add(id(one))
            kids = _at(one, "/Kids")
            if isinstance(kids, generic.ArrayObject) and "/FT" not in one:
                waiting.append(kids)
            else:
                count += _at(one, "/FT") != _SIGNATURE
    return count


def _inside(root: generic.DictionaryObject) -> Iterator[Inside]:
    seen: set[object] = set()
    waiting: list[object] = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, generic.IndirectObject):
            if one.reference in seen:
                continue
            seen.add(one.reference)
            if len(seen) > MOST_OBJECTS:
                raise ScanTooHard(field="file")
            one = _followed(one)
        if isinstance(one, generic.DictionaryObject):
            yield from _of(one)
            waiting.extend(dict.values(one))
        elif isinstance(one, generic.ArrayObject):
            waiting.extend(list.__iter__(one))


def _of(one: generic.DictionaryObject) -> Iterator[Inside]:
    """What this one dictionary says to be or to do."""
    yield from (found for key, found in _FOUND_BY_KEY.items() if key in one)
    acts, looks = _at(one, "/S"), _at(one, "/Subtype")
    if acts in _SCRIPTED:
        yield Inside.SCRIPT
    if acts in _ACTIONS:
        yield Inside.ACTION
    if looks in _MEDIA:
        yield Inside.MEDIA
    if looks in _FILES:
        yield Inside.FILE
