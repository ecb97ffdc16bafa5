"""The one place that reads packs from a file or folder that somebody names."""

from dataclasses import dataclass
from pathlib import Path

from vctestimony.adapters.packs import LARGEST_FILE, SOURCES, load_packs, read_packs, texts_in
from vctestimony.domain.errors import Invalid
from vctestimony.domain.sop import Pack
from vctestimony.domain.wording import N_


class NotAPackFile(Invalid):
    """A pack is a text of some hundred lines."""

    text = N_("{path} is no pack: {problem}.")


@dataclass(frozen=True, slots=True)
class Company:
    """The packs that are meant, and all those they stand among."""

    meant: tuple[Pack, ...]
    all: tuple[Pack, ...]


def packs_at(path: Path, *, sources: str) -> Company:
    """The packs of a folder, or the one in a file; a file that stands alone cites the `sources` given."""
    if path.is_dir():
        packs = load_packs(path)
        return Company(meant=packs, all=packs)
    text = _text_of(path)
    beside = texts_in(path.parent)
    texts = {**beside, path.name: text} if SOURCES in beside else {path.name: text, SOURCES: sources}
    packs = read_packs(texts)
    return Company(meant=tuple(pack for pack in packs if pack.edition.name == path.name), all=packs)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise NotAPackFile(path=str(path), problem="it is too large")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotAPackFile(path=str(path), problem=str(error)) from error
