"""The one place that turns a sheet into a PDF: composed by Jinja here, drawn by a limited process elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import segno
from babel.dates import format_date
from babel.support import NullTranslations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vctestimony.adapters import fonts as typefaces
from vctestimony.adapters.pdf_frames import Enclosure, Job, Limits
from vctestimony.adapters.pdf_pool import PressRoom
from vctestimony.domain.instants import Reading
from vctestimony.domain.paper import (
    FORCE_LABELS,
    FORCE_MEANINGS,
    ChecklistSheet,
    Force,
    PaperFailed,
    RecordSheet,
    Ticked,
)
from vctestimony.domain.printable import printable
from vctestimony.domain.wording import N_

# What may travel inside a record, and as what (ISO 32000-2, 7.11.3).
RELATIONSHIPS: Mapping[str, str] = {
    "audit.csv": "Data",
    "hearing.ics": "Supplement",
    "record.json": "Source",
    "transcript.txt": "Alternative",
}
_DAY, _LONG_DAY = "EEE d MMM y", "EEEE d MMMM y"


class UnknownEnclosure(PaperFailed):
    """Only files of known name and role are put inside a record."""

    text = N_("The document “{document}” cannot carry a file named “{cause}”.")


class Catalogues(Protocol):
    """What printing needs of the catalogues of translations."""

    def translations(self, language: str) -> NullTranslations:
        """The catalogue of that language; refuses a language it does not have."""
        ...


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code as one outline on a grid of `size` modules, quiet zone included."""

    size: int
    outline: str


def qr_code(text: str) -> QrCode:
    """The code for `text` with error correction M, which survives a photocopy and a fold."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=4)]
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return QrCode(size=len(rows), outline="".join(squares))


class PaperPress:
    """Prints sheets. One for the whole application: threads may share it, and it may be forked."""

    def __init__(
        self,
        *,
        templates: Path,
        languages: Catalogues,
        fonts: Path | None,
        instance: Path,
        limits: Limits | None = None,
    ) -> None:
        """Nothing is started and no font looked for yet: that happens with the first print."""
        self._templates = templates
        self._languages = languages
        self._room = PressRoom(
            style=(templates / "print.css").resolve(),
            font_configuration=partial(typefaces.prepare, fonts, into=instance / "paper"),
            limits=limits or Limits(),
        )
        self._environments: dict[str, Environment] = {}

    def checklist(self, sheet: ChecklistSheet, *, lang: str) -> bytes:
        """The SOP checklist, to be ticked by hand; PaperFailed when it cannot be printed whole."""
        template = "checklist.html"
        clean = printable(sheet, document=template)
        return self._print(template, lang=lang, facts={"sheet": clean}, stamp=clean.heading.stamp)

    def record(self, sheet: RecordSheet, *, lang: str, attachments: Mapping[str, bytes]) -> bytes:
        """The hearing record with its machine-readable twins inside; PaperFailed when it cannot be printed whole."""
        template = "record.html"
        clean = printable(sheet, document=template)
        if strangers := sorted(set(attachments) - set(RELATIONSHIPS)):
            raise UnknownEnclosure(document=template, cause=strangers[0])
        enclosures = tuple(
            Enclosure(name=name, relationship=RELATIONSHIPS[name], content=attachments[name])
            for name in sorted(attachments)
        )
        facts = {"sheet": clean, "code": None if clean.seal is None else qr_code(clean.seal.verify_url)}
        return self._print(template, lang=lang, facts=facts, stamp=clean.heading.stamp, enclosures=enclosures)

    def close(self) -> None:
        """End the printing processes."""
        self._room.close()

    def compose(self, template: str, *, lang: str, facts: Mapping[str, object]) -> str:
        """The document as HTML. Every value is text: whatever markup it holds is printed as it was typed."""
        return self._environment(lang).get_template(template).render(lang=lang, **facts)

    def _print(
        self,
        template: str,
        *,
        lang: str,
        facts: Mapping[str, object],
        stamp: str,
        enclosures: tuple[Enclosure, ...] = (),
    ) -> bytes:
        job = Job(html=self.compose(template, lang=lang, facts=facts), stamp=stamp, enclosures=enclosures)
        return self._room.print(job, document=template)

    def _environment(self, lang: str) -> Environment:
        found = self._environments.get(lang)
        if found is None:
            found = self._environments[lang] = _environment(
                self._templates, translations=self._languages.translations(lang), lang=lang
            )
        return found


def _day(reading: Reading, *, locale: str, pattern: str) -> str:
    return format_date(reading.wall, pattern, locale=locale)


def _clock(reading: Reading) -> str:
    return reading.wall.strftime("%H:%M")


def _environment(templates: Path, *, translations: NullTranslations, lang: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    install: Callable[..., None] = environment.__dict__["install_gettext_translations"]
    install(translations, newstyle=True)
    environment.filters.update(
        translated=lambda text: translations.gettext(text) if text else "",
        day=partial(_day, locale=lang, pattern=_DAY),
        long_day=partial(_day, locale=lang, pattern=_LONG_DAY),
        clock=_clock,
    )
    environment.globals.update(Force=Force, Ticked=Ticked, force_labels=FORCE_LABELS, force_meanings=FORCE_MEANINGS)
    return environment
