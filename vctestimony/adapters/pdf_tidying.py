"""The one place that repairs the finished objects of a PDF before they are written.

Running heads and feet become artifacts, header cells say whether they head a column or a row, parts of glyphs without
a character of their own stop claiming an empty one, a table body without rows holds nothing, and each enclosed file is
listed once.
"""

from typing import Any

import pydyf
from weasyprint.logger import LOGGER

Untyped = Any  # the objects of WeasyPrint and pydyf, which carry no types


def tidy(_document: Untyped, pdf: Untyped) -> None:
    """Repair everything below; called by WeasyPrint as its finisher."""
    _furniture_to_artifacts(pdf)
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            _fill_empty_mappings(item)
        elif isinstance(item, dict) and item.get("S") == "/TH":
            _scope(item, objects=pdf.objects)
        elif isinstance(item, dict) and item.get("S") == "/TBody":
            _empty_body(item, objects=pdf.objects)
        elif isinstance(item, dict) and item.get("S") == "/Figure" and "Alt" not in item:
            # WeasyPrint says so of pictures and not of drawings; its own logger is heard by `pdf_kit`.
            LOGGER.error("a picture has no words for those who do not see it")
    # What a box looks like ticked stands in the file; no reader may draw it by itself (ISO 19005-3, 6.4.1).
    pdf.catalog.get("AcroForm", {}).pop("NeedAppearances", None)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _number(reference: Untyped) -> int:
    """The object number of a reference such as `12 0 R`."""
    return int((reference if isinstance(reference, bytes | str) else reference.data).split()[0])


def _reachable(root: Untyped, *, objects: list[Untyped]) -> set[int]:
    """The structure elements that the document's own tree leads to."""
    seen: set[int] = set()
    waiting = [_number(reference) for reference in root["K"]]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        element = objects[number]
        if isinstance(element, dict):
            waiting += [_number(kid) for kid in element.get("K", ()) if not isinstance(kid, int)]
    return seen


def _furniture_to_artifacts(pdf: Untyped) -> None:
    """Marked content whose element hangs on no tree is page furniture (ISO 14289-1, 7.8)."""
    objects = pdf.objects
    root = objects[_number(pdf.catalog["StructTreeRoot"])]
    reachable = _reachable(root, objects=objects)
    numbers = objects[_number(root["ParentTree"])]["Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in objects:
        if isinstance(page, dict) and page.get("Type") == "/Page":
            references = parents[page["StructParents"]]
            orphans = {place for place, reference in enumerate(references) if _number(reference) not in reachable}
            content = objects[_number(page["Contents"])].stream
            content[:] = _with_artifacts(content, orphans=orphans)
            for place in orphans:
                references[place] = "null"
    for element in objects:
        if isinstance(element, pydyf.Dictionary) and _is_stray(element, reachable=reachable):
            element.clear()


def _is_stray(element: Untyped, *, reachable: set[int]) -> bool:
    return element.get("Type") == "/StructElem" and element.number not in reachable


def _with_artifacts(content: list[Untyped], *, orphans: set[int]) -> list[Untyped]:
    """The same operators with orphans marked as pagination; their words stay readable in a nested Span."""
    kept: list[Untyped] = []
    nested = False
    for operator in content:
        if operator == b"BDC" and kept and _is_orphan(kept[-1], orphans=orphans):
            words = kept[-1].get("ActualText")
            kept[-2:] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"}), b"BDC"]
            if words is not None:
                kept += ["/Span", pydyf.Dictionary({"ActualText": words}), b"BDC"]
                nested = True
        elif operator == b"EMC" and nested:
            kept += [b"EMC", b"EMC"]
            nested = False
        else:
            kept.append(operator)
    return kept


def _is_orphan(properties: Untyped, *, orphans: set[int]) -> bool:
    return isinstance(properties, pydyf.Dictionary) and properties.get("MCID") in orphans


def _scope(cell: Untyped, *, objects: list[Untyped]) -> None:
    """A header cell in the head of a table heads its column, any other its row (ISO 14289-1, 7.5)."""
    row = objects[_number(cell["P"])]
    section = objects[_number(row["P"])]
    cell["A"]["Scope"] = "/Column" if section["S"] == "/THead" else "/Row"


def _empty_body(body: Untyped, *, objects: list[Untyped]) -> None:
    """A body without rows gets a row and a cell of WeasyPrint's own making, tagged as bodies too (ISO 14289-1, 7.5)."""
    body["K"] = pydyf.Array(kid for kid in body["K"] if objects[_number(kid)]["S"] == "/TR")


def _fill_empty_mappings(stream: Untyped) -> None:
    """A part of a conjunct maps to ZERO WIDTH SPACE; the whole word stands in ActualText."""
    if b"begincmap" in stream.stream:
        stream.stream[:] = [
            line[:-2] + b"<200b>" if isinstance(line, bytes) and line.endswith(b" <>") else line
            for line in stream.stream
        ]
