"""The one place that draws a text as a square code on a page, for the camera of a phone."""

from dataclasses import dataclass

import segno


@dataclass(frozen=True, slots=True)
class SquareCode:
    """A QR code as one outline on a grid of `size` modules, quiet zone included."""

    size: int
    outline: str


def square_code(text: str) -> SquareCode:
    """The code for `text`; error correction L, for a screen is neither folded nor copied.

    >>> square_code("https://testimony.example/field/x").size
    37
    """
    rows = [list(row) for row in segno.make(text, error="l", micro=False).matrix_iter(border=4)]
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return SquareCode(size=len(rows), outline="".join(squares))
