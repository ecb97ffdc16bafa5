"""The one place that reads from a composed document which of its places are to be filled in by hand."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_RULED = frozenset({"ruled", "missing", "blank"})
_BOXES, _SETTLED = frozenset({"square", "box", "tick"}), frozenset({"done", "waived"})
_TYPED = frozenset({"input", "textarea"})
_ASIDE = frozenset({"number", "authority", "by", "ruled", "fill"})
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "caption"})
_CELLS = frozenset({"td", "th"})
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "path", "wbr"})
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Places:
    """What can be named of the places, each once in the document's order, and whether there are others besides."""

    named: tuple[str, ...]
    others: bool


def places_of(html: str) -> Places:
    """What each ruled place is for, in the document's own words; boxes and empty cells are others.

    In a table that is the first cell of the row which says something, elsewhere the line before, or its own label.

    >>> places_of('<tr><th>Court fee</th><td class="missing"></td></tr><p>Stamp:</p><div class="ruled"></div>')
    Places(named=('Court fee', 'Stamp'), others=False)
    >>> places_of('<p><span class="square"></span> yes</p><span class="fill"><span>Carrier</span></span>')
    Places(named=('Carrier',), others=True)
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    named = tuple(dict.fromkeys(reader.found))
    return Places(named, reader.others or len(named) < len(reader.found))


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet, and what it says so far."""

    tag: str
    classes: frozenset[str]
    words: list[str] = field(default_factory=list)
    is_empty: bool = True

    @property
    def is_told(self) -> bool:
        """Whether its words are of use."""
        return self.tag in _BLOCKS or self.tag in _CELLS or "fill" in self.classes


class _Reader(HTMLParser):
    """Follows rows, cells, blocks and blanks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.others = False
        self._open: list[_Open] = []
        self._row: str | None = None
        self._ruled_cells: set[int] = set()
        self._cell = 0
        self._before = ""
        self._before_is_found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins; a ruled place is told when its words are known."""
        classes = frozenset((dict(attrs).get("class") or "").split())
        for one in self._open:
            one.is_empty = False
        if tag == "tr":
            self._row, self._cell = "", 0
            self._ruled_cells.clear()
        self._cell += tag in _CELLS
        if classes & _RULED:
            self._ruled()
        if tag in _TYPED or (tag in {"div", "span"} and classes & _BOXES and not classes & _SETTLED):
            self.others = True
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
            self._end_row()

    def handle_data(self, data: str) -> None:
        """Words count for every open block, cell and blank, unless they only stand beside it."""
        for place, one in enumerate(self._open):
            one.is_empty = one.is_empty and not data.strip()
            if one.is_told and not any(inner.classes & _ASIDE for inner in self._open[place + 1 :]):
                one.words.append(data)

    def _ruled(self) -> None:
        if self._row is not None:
            self._ruled_cells.add(self._cell)
        elif not self._before:
            self.others = True
        elif not self._before_is_found:
            self.found.append(self._before)
            self._before_is_found = True

    def _end_row(self) -> None:
        """A row with one ruled cell is named by its words; with several, or without words, it is among the others."""
        if self._ruled_cells and self._row:
            self.found.append(self._row)
        self.others |= bool(self._ruled_cells) and (not self._row or len(self._ruled_cells - {0}) > 1)
        self._row = None

    def _said(self, closed: _Open) -> None:
        text = " ".join("".join(closed.words).split())[:_LONGEST].rstrip(": ")
        if "fill" in closed.classes:
            self.found.extend([text] if text else [])
            self.others |= not text
        elif closed.tag == "td" and closed.is_empty and not closed.classes & _RULED:
            self.others = True
        elif text and closed.tag in _BLOCKS:
            self._before, self._before_is_found = text, False
        elif text and closed.tag in _CELLS and self._row == "" and not closed.classes & _ASIDE:
            self._row = text
