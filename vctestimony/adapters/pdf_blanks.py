"""The one place that reads from a composed document which of its places are ruled to be filled in by hand."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_RULED = frozenset({"ruled", "missing", "blank"})
_ASIDE = frozenset({"number", "authority", "by", "ruled"})
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "caption"})
_CELLS = frozenset({"td", "th"})
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "path", "wbr"})
_LONGEST = 120


def blanks_of(html: str) -> tuple[str, ...]:
    """What each ruled place is for, in the document's own words and order, each once.

    In a table that is the first cell of the row which says something, elsewhere the line before.

    >>> blanks_of('<tr><th>Court fee</th><td class="missing"></td></tr><p>Stamp:</p><div class="ruled"></div>')
    ('Court fee', 'Stamp')
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(dict.fromkeys(reader.found))


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet, and what it says so far."""

    tag: str
    classes: frozenset[str]
    words: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Follows rows, cells and blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._open: list[_Open] = []
        self._row: str | None = None
        self._row_waits = False
        self._before = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins; a ruled place is told when its words are known."""
        classes = frozenset((dict(attrs).get("class") or "").split())
        if tag == "tr":
            self._row, self._row_waits = "", False
        if classes & _RULED:
            self._ruled()
        if tag not in _VOID:
            self._open.append(_Open(tag, classes))

    def handle_endtag(self, tag: str) -> None:
        """Note what was said."""
        while self._open:
            closed = self._open.pop()
            self._said(closed)
            if closed.tag == tag:
                break
        if tag == "tr":
            if self._row_waits and self._row:
                self.found.append(self._row)
            self._row = None

    def handle_data(self, data: str) -> None:
        """Words count for every open block and cell, unless they only stand beside."""
        if not any(one.classes & _ASIDE for one in self._open):
            for one in self._open:
                if one.tag in _BLOCKS or one.tag in _CELLS:
                    one.words.append(data)

    def _ruled(self) -> None:
        if self._row is not None:
            self._row_waits = True
        elif self._before:
            self.found.append(self._before)

    def _said(self, closed: _Open) -> None:
        text = " ".join("".join(closed.words).split())[:_LONGEST].rstrip(": ")
        if not text:
            return
        if closed.tag in _BLOCKS:
            self._before = text
        elif closed.tag in _CELLS and self._row == "":
            self._row = text
