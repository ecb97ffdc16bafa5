"""The one place that turns a sheet into a PDF: composed by Jinja here, drawn by a limited process elsewhere."""

import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import segno
from babel.dates import format_date
from babel.support import NullTranslations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError

from vctestimony.adapters import fonts as typefaces
from vctestimony.adapters.pdf_blanks import places_of
from vctestimony.adapters.pdf_frames import Enclosure, Job, Limits
from vctestimony.adapters.pdf_pool import PressRoom
from vctestimony.adapters.pdf_style import style_of
from vctestimony.domain.documents.checklist import Ticked
from vctestimony.domain.instants import Reading
from vctestimony.domain.paper import FORCE_LABELS, Force, PaperFailed, PaperTooLarge, Preview, Sheet
from vctestimony.domain.printable import printable
from vctestimony.domain.signing import PLACES
from vctestimony.domain.wording import N_

# What may travel inside a record, and as what (ISO 32000-2, 7.11.3).
RELATIONSHIPS: Mapping[str, str] = {
    "addendum.json": "Source",
    "audit.csv": "Data",
    "hearing.ics": "Supplement",
    "record.json": "Source",
    "transcript.txt": "Alternative",
}
ENGINE = ("weasyprint", "pydyf", "jinja2", "babel", "segno")
_DAY, _LONG_DAY, _DATE = "EEE d MMM y", "EEEE d MMMM y", "d MMMM y"
_ROW = re.compile(r"<tr[\s>]")
# A record must not fail its sealing because the day was long; its pages, time and memory stay bounded.
RECORD, RECORD_FACTOR = "record", 3
SIGNED = frozenset({RECORD, "transcript"})
"""Documents that have a place for the signature of each who may have to sign them."""


class FieldWithoutValue(PaperFailed):
    """The template asks for something that the sheet does not hold; no half document is made of it."""

    text = N_("The document “{document}” cannot be printed: line {line} of its template asks for {cause}.")


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
        self._limits = limits or Limits()
        self._room = PressRoom(
            style=(templates / "style").resolve(),
            font_configuration=partial(typefaces.prepare, fonts, into=instance / "paper"),
            limits=self._limits,
        )
        self._environments: dict[str, Environment] = {}
        self._edition = _edition_of(templates)

    @property
    def edition(self) -> str:
        """Changes with the templates and with the engine, after which the same sheet may come out in other bytes."""
        return self._edition

    @property
    def style(self) -> str:
        """What a browser needs to show a preview as it will be printed."""
        return style_of(self._templates / "style")

    def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: Mapping[str, bytes] | None = None) -> bytes:
        """The document as PDF, from `<document>.html`; PaperFailed when it cannot be printed whole."""
        job = self._job(document, sheet, lang=lang, attachments=attachments or {})
        return self._room.print(job, document=f"{document}.html")

    def loose(self, document: str, sheet: Sheet, *, lang: str, attachments: Mapping[str, bytes] | None = None) -> bytes:
        """The same document ready to be printed, to be kept until it is joined with others."""
        return self._job(document, sheet, lang=lang, attachments=attachments or {}).to_bytes()

    def joined(self, document: str, loose: Sequence[tuple[str, bytes]], *, apart: Mapping[str, bytes]) -> bytes:
        """Loose documents as one PDF, each under its name in the bookmarks; PaperFailed where it cannot be whole.

        `apart` are files that travel inside unchanged, by name.
        """
        first, *more = (replace(Job.from_bytes(raw), label=label, places=()) for label, raw in loose)
        files = tuple(Enclosure(name=name, relationship="Supplement", content=apart[name]) for name in sorted(apart))
        job = replace(first, enclosures=first.enclosures + files, more=tuple(more))
        return self._room.print(job, document=f"{document}.html")

    def _job(self, document: str, sheet: Sheet, *, lang: str, attachments: Mapping[str, bytes]) -> Job:
        template = f"{document}.html"
        clean = printable(sheet, document=template)
        if clean.heading.imprint is None:
            raise FieldWithoutValue(document=template, line=0, cause="imprint")
        html = self.compose(template, lang=lang, facts=_facts(clean))
        rows = len(_ROW.findall(html))
        if rows > self._limits.rows * (RECORD_FACTOR if document == RECORD else 1):
            raise PaperTooLarge(document=template, cause=f"{rows} rows")
        return Job(
            html=html,
            stamp=clean.heading.imprint.stamp,
            form=getattr(clean, "fillable", False),
            places=self._places(lang) if document in SIGNED else (),
            enclosures=_enclosures(attachments, document=template),
        )

    def _places(self, lang: str) -> tuple[tuple[str, str], ...]:
        translate = self._languages.translations(lang).gettext
        return tuple((place.field, translate(place.label)) for place in PLACES)

    def preview(self, document: str, sheet: Sheet, *, lang: str, styles: Sequence[str] = ()) -> Preview:
        """The document as HTML, to be looked at before it gets a number; `styles` are addresses of style sheets."""
        template = f"{document}.html"
        facts = {**_facts(printable(sheet, document=template)), "styles": styles}
        html = self.compose(template, lang=lang, facts=facts)
        places = places_of(html)
        return Preview(html=html, blanks=places.named, others=places.others)

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers of the printing processes that run just now."""
        return self._room.processes

    def close(self) -> None:
        """End the printing processes."""
        self._room.close()

    def compose(self, template: str, *, lang: str, facts: Mapping[str, object]) -> str:
        """The document as HTML. Every value is text: whatever markup it holds is printed as it was typed."""
        try:
            return self._environment(lang).get_template(template).render(lang=lang, **facts)
        except UndefinedError as error:
            raise FieldWithoutValue(document=template, line=_line_in(error), cause=str(error)) from error

    def _environment(self, lang: str) -> Environment:
        found = self._environments.get(lang)
        if found is None:
            found = self._environments[lang] = _environment(
                self._templates, translations=self._languages.translations(lang), lang=lang
            )
        return found


def _facts(sheet: Sheet) -> dict[str, object]:
    imprint, seal = sheet.heading.imprint, getattr(sheet, "seal", None)
    return {
        "sheet": sheet,
        "code": qr_code(imprint.verify_url) if imprint and not seal else None,
        "seal_code": qr_code(seal.verify_url) if seal else None,
    }


def _enclosures(attachments: Mapping[str, bytes], *, document: str) -> tuple[Enclosure, ...]:
    if strangers := sorted(set(attachments) - set(RELATIONSHIPS)):
        raise UnknownEnclosure(document=document, cause=strangers[0])
    return tuple(
        Enclosure(name=name, relationship=RELATIONSHIPS[name], content=attachments[name])
        for name in sorted(attachments)
    )


def _line_in(error: UndefinedError) -> int:
    """The line of the innermost template in which rendering stopped."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    return frames[-1].lineno or 0 if frames else 0


def _edition_of(templates: Path) -> str:
    """A digest over every template and style sheet, and the versions of the engine."""
    found = sha256(repr([(name, version(name)) for name in ENGINE]).encode())
    for path in sorted(path for path in templates.rglob("*") if path.is_file()):
        found.update(path.relative_to(templates).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _day(reading: Reading, *, locale: str, pattern: str) -> str:
    return format_date(reading.wall, pattern, locale=locale)


def _on(on: date, *, locale: str) -> str:
    return format_date(on, _DATE, locale=locale)


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
        on=partial(_on, locale=lang),
    )
    environment.globals.update(styles=(), Force=Force, Ticked=Ticked, force_labels=FORCE_LABELS)
    return environment
