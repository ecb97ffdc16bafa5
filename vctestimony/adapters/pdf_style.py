"""The one place that joins the style sheets of the printed documents, for the press and for previews alike."""

from pathlib import Path


def style_of(folder: Path) -> str:
    """Every style sheet of the folder as one; `base.css` first, the others by name."""
    sheets = sorted(folder.glob("*.css"), key=lambda path: (path.stem != "base", path.name))
    return "\n".join(path.read_text(encoding="utf-8") for path in sheets)
