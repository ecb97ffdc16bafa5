"""The one place that decides which fonts a document may use: sixteen static Noto files and none of the machine's."""

import os
import threading
from pathlib import Path
from xml.sax.saxutils import escape

from vctestimony.domain.paper import PaperFailed
from vctestimony.domain.wording import N_

DEBIAN_FOLDER = Path("/usr/share/fonts/truetype/noto")
FILES = tuple(
    f"Noto{family}{script}-{style}.ttf"
    for family in ("Sans", "Serif")
    for script, styles in (
        ("", ("Regular", "Bold", "Italic", "BoldItalic")),
        ("Bengali", ("Regular", "Bold")),
        ("Devanagari", ("Regular", "Bold")),
    )
    for style in styles
)
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir><config></config></fontconfig>
"""


class FontsMissing(PaperFailed):
    """Some of the font files are not there; a print with others would look right and read wrong."""

    text = N_(
        "Documents cannot be printed, because fonts are missing: {cause}. "
        "Install the package fonts-noto-core, or name a folder that holds them."
    )


def missing(source: Path | None) -> tuple[str, ...]:
    """The names of the files that `source` (or Debian's folder) lacks."""
    folder = source or DEBIAN_FOLDER
    return tuple(name for name in FILES if not (folder / name).is_file())


def prepare(source: Path | None, *, into: Path) -> Path:
    """Make `into` a folder that shows the sixteen files only; returns the font configuration that names it alone.

    May be called again and by several processes at once: every step replaces whole files.
    """
    if lacking := missing(source):
        raise FontsMissing(document="fonts", cause=", ".join(lacking))
    shown = into / "fonts"
    cache = into / "cache"
    for folder in (shown, cache):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in FILES:
        _point(shown / name, at=(source or DEBIAN_FOLDER) / name)
    for stranger in {path.name for path in shown.iterdir() if path.suffix == ".ttf"} - set(FILES):
        (shown / stranger).unlink()
    configuration = into / "fonts.conf"
    draft = _draft(configuration)
    draft.write_text(
        _CONFIGURATION.format(fonts=escape(str(shown.resolve())), cache=escape(str(cache.resolve()))), encoding="utf-8"
    )
    draft.replace(configuration)
    return configuration.resolve()


def _point(link: Path, *, at: Path) -> None:
    target = at.resolve()
    if link.is_symlink() and link.readlink() == target:
        return
    draft = _draft(link)
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    draft.replace(link)


def _draft(path: Path) -> Path:
    """A neighbour of `path` that no other thread or process writes at the same time."""
    return path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
