"""The one place that puts empty fields for signatures into a PDF as it is printed.

They are invisible and lie on no page's content: a field that shows, or that hangs in the tree of the document, would
either break the archival standards or let the next signature spoil the earlier ones. Who signs by hand signs in the
ruled box; these are for signatures made by a key.
"""

from typing import Any

import pydyf

Untyped = Any  # the objects of pydyf, which carry no types
PRINTED_AND_LOCKED = 4 | 128


def add_places(pdf: Untyped, places: tuple[tuple[str, str], ...]) -> None:
    """One empty field each on the first page, by name and by what it is called for people (ISO 14289-1, 7.18.4)."""
    if not places:
        return
    page = next(one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/Page")
    fields = [_field(pdf, page, name=name, label=label) for name, label in places]
    page["Annots"] = pydyf.Array([*page.get("Annots", ()), *fields])
    form = pdf.catalog.setdefault("AcroForm", pydyf.Dictionary())
    form["Fields"] = pydyf.Array([*form.get("Fields", ()), *fields])


def _field(pdf: Untyped, page: Untyped, *, name: str, label: str) -> Untyped:
    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(name),
            "TU": pydyf.String(label),
            "F": PRINTED_AND_LOCKED,
            "Rect": pydyf.Array((0, 0, 0, 0)),
            "P": page.reference,
        }
    )
    pdf.add_object(field)
    return field.reference
