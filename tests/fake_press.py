"""The stand-in for the press: it draws nothing, and keeps the sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from vctestimony.domain.paper import Preview, Sheet


@dataclass(slots=True)
class FakePress:
    """Prints the sheet's own words; keeps the sheets."""

    printed: list[Sheet] = field(default_factory=list)
    edition: str = "fake"

    def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: Mapping[str, bytes] | None = None) -> bytes:
        """Bytes that begin like a PDF and name what is attached."""
        self.printed.append(sheet)
        return f"%PDF-1.7 {document} {lang} {sheet!r} {sorted(attachments or {})}".encode()

    @property
    def style(self) -> str:
        """Next to nothing."""
        return "p{margin:0}"

    def loose(self, document: str, sheet: Sheet, *, lang: str, attachments: Mapping[str, bytes] | None = None) -> bytes:
        """The name of the document and its number."""
        return f"{document} {sheet.heading.imprint and sheet.heading.imprint.number}".encode()

    def joined(self, document: str, loose: Sequence[tuple[str, bytes]], *, apart: Mapping[str, bytes]) -> bytes:
        """Bytes that begin like a PDF and tell the names."""
        return b"%PDF-1.7 " + b"|".join(label.encode() + b" " + one for label, one in loose) + repr(apart).encode()

    def preview(self, document: str, sheet: Sheet, *, lang: str, styles: Sequence[str] = ()) -> Preview:
        """The sheet's own words, and one place to be filled in."""
        links = "".join(f'<link rel="stylesheet" href="{style}">' for style in styles)
        told = escape(f"{document} {sheet!r}")
        html = (
            f'<!doctype html><html lang="{lang}"><head><title>{document}</title>{links}</head><h1>{document}</h1>{told}'
        )
        return Preview(html=html, blanks=("Court fee",))
