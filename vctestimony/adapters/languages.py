"""The one place that reads and writes the catalogues of translations: `<folder>/<language>.po`, compiled in memory.

`python -m vctestimony.adapters.languages update` merges every marked text of the project into the catalogues.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TextIO

from babel.dates import format_date
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.support import NullTranslations, Translations

from vctestimony.domain.errors import Absent
from vctestimony.domain.wording import N_

NAMES: Mapping[str, str] = {"en": "English", "hi": "हिन्दी", "bn": "বাংলা"}
SOURCE_LANGUAGE = "en"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "N_": None,
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "translate_number": (1, 2),
}
FOLDER = Path(__file__).parent.parent / "translations"


class UnknownLanguage(Absent):
    """There is no catalogue for this language."""

    text = N_("This service does not speak the language “{language}”.")


class Languages:
    """The languages people may choose, each with its catalogue. English is the language of the source."""

    def __init__(self, folder: Path) -> None:
        """Read every catalogue once; a missing or broken file stops the start, not a page."""
        self.names: Mapping[str, str] = NAMES
        self._compiled: dict[str, NullTranslations] = {SOURCE_LANGUAGE: NullTranslations()}
        for language in NAMES:
            if language != SOURCE_LANGUAGE:
                path = folder / f"{language}.po"
                self._compiled[language] = _compiled_file(path, path.stat().st_mtime_ns)

    def translations(self, language: str) -> NullTranslations:
        """The catalogue of that language, or UnknownLanguage."""
        found = self._compiled.get(language)
        if found is None:
            raise UnknownLanguage(language=language)
        return found

    def gettext(self, language: str, msgid: str) -> str:
        """The text in that language; a text without a translation stays English. Nothing translates to nothing."""
        return str(self.translations(language).gettext(msgid)) if msgid else ""

    def day(self, language: str, on: date) -> str:
        """Day, month and year.

        >>> Languages(FOLDER).day("bn", date(2026, 9, 14))
        '14 সেপ 2026'
        """
        return format_date(on, "d MMM y", locale=language)

    def month(self, language: str, on: date) -> str:
        """The whole name of the month, and the year.

        >>> Languages(FOLDER).month("en", date(2026, 12, 1))
        'December 2026'
        """
        return format_date(on, "LLLL y", locale=language)


@lru_cache(maxsize=16)
def _compiled_file(path: Path, _changed_ns: int) -> Translations:
    """A catalogue file, parsed once for each state of the file."""
    return compiled(read_catalogue(path.parent, path.stem))


def compiled(catalogue: Catalog) -> Translations:
    """The catalogue in the form gettext reads. Fuzzy guesses are left out."""
    machine_form = BytesIO()
    write_mo(machine_form, catalogue)
    machine_form.seek(0)
    return Translations(machine_form)


def read_catalogue(folder: Path, language: str) -> Catalog:
    """The catalogue of one language as it stands in its file."""
    with (folder / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


def collect(project_root: Path) -> Catalog:
    """Every text marked for translation in the code and the templates, with where it is used."""
    with (project_root / "vctestimony" / "translations" / "babel.cfg").open(encoding="utf-8") as settings:
        methods, options = _mapping(settings)
    found = Catalog(project="vctestimony", charset="utf-8")
    for part in ("vctestimony", "templates"):
        marked = extract_from_dir(
            project_root / part, method_map=methods, options_map=options, keywords=KEYWORDS, comment_tags=("L10N:",)
        )
        for name, _line, message, comments, context in sorted(marked, key=lambda row: (row[0], row[1])):
            place = f"{part}/{Path(name).as_posix()}"
            # Without line numbers: a moved line must not change the catalogues.
            found.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return found


def _mapping(settings: TextIO) -> tuple[list[tuple[str, str]], dict[str, dict[str, str]]]:
    read: Callable[[TextIO], tuple[list[tuple[str, str]], dict[str, dict[str, str]]]] = parse_mapping_cfg
    return read(settings)


def untranslated(catalogue: Catalog, found: Catalog) -> Iterator[str]:
    """The texts of `found` that `catalogue` lacks, or has only as a guess."""
    for message in found:
        if not message.id:
            continue
        singular = message.id[0] if isinstance(message.id, tuple | list) else message.id
        known = catalogue.get(message.id, message.context)
        if known is None or known.fuzzy or not _has_text(known):
            yield singular


def _has_text(message: Message) -> bool:
    if isinstance(message.string, tuple | list):
        return all(message.string)
    return bool(message.string)


def update(project_root: Path, folder: Path) -> dict[str, int]:
    """Merge what the project says now into every catalogue; returns how many texts still lack a translation."""
    found = collect(project_root)
    missing: dict[str, int] = {}
    for language in NAMES:
        if language == SOURCE_LANGUAGE:
            continue
        catalogue = read_catalogue(folder, language)
        _recall(catalogue, found)
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.header_comment = f"# vctestimony, {language}: texts of the pages, mails and documents."
        _write(folder / f"{language}.po", catalogue)
        missing[language] = sum(1 for _ in untranslated(catalogue, found))
    return missing


def _recall(catalogue: Catalog, found: Catalog) -> None:
    """Bring back translations that had fallen out of use, where their text is used again."""
    for key, retired in list(catalogue.obsolete.items()):
        if found.get(retired.id, retired.context) is not None:
            catalogue.add(retired.id, retired.string, context=retired.context)
            del catalogue.obsolete[key]


def _write(path: Path, catalogue: Catalog) -> None:
    buffer = BytesIO()
    write_po(buffer, catalogue, width=110, sort_output=True, include_lineno=False, omit_header=False)
    kept = [line for line in buffer.getvalue().splitlines(keepends=True) if not _drifts(line)]
    path.write_bytes(b"".join(kept))


def _drifts(line: bytes) -> bool:
    """Header lines that change with every run and tell a reader nothing."""
    names = ("POT-", "PO-", "Generated-By", "Last-Translator", "Language-Team", "Report-Msgid")
    return line.startswith(tuple(f'"{name}'.encode() for name in names))


def main(words: list[str]) -> int:
    """`update` merges new texts into the catalogues; anything else is a wrong call (2)."""
    if words != ["update"]:
        sys.stderr.write("usage: python -m vctestimony.adapters.languages update\n")
        return 2
    for language, count in update(FOLDER.parent.parent, FOLDER).items():
        sys.stdout.write(f"{language}: {count} untranslated\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
