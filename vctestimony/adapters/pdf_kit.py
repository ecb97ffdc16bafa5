"""The one place that knows WeasyPrint from the inside: it makes one archival, accessible file (PDF/A-3a and PDF/UA-1).

WeasyPrint 70 stores Indic text so that it cannot be searched or copied (its issue 2841), writes one standard's
identification only (2783), and tags running heads as content (1836). `actual_text`, `both_standards` and
`pdf_tidying.tidy` repair that. Runs in a printing process, never in the web process, never in two threads.
"""

import inspect
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import pydyf
import weasyprint
from weasyprint.pdf import stream as pdf_stream
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from vctestimony.adapters.pdf_frames import Job, Limits, Outcome, Trouble
from vctestimony.adapters.pdf_places import add_places
from vctestimony.adapters.pdf_tidying import Untyped, tidy

VARIANT = "pdf/a-3a"
WRITTEN_FOR = {"weasyprint": "70.0", "pydyf": "0.13.0"}
_INDIC = re.compile("[\u0900-\u0dff\u200c\u200d]")
_GLYPH = re.compile(r"\.notdef glyph.*\((U\+[0-9A-F]{4,6})\)", re.DOTALL)

# What PDF/UA-1 asks for in the metadata, with the description of the schema that PDF/A asks for in turn (6.6.2.3.1).
_UA = (Path(__file__).parent / "pdf_ua.xml").read_bytes()


class WrongEngine(Exception):
    """The installed WeasyPrint or pydyf is not the one whose inside this module was written against."""


class TooDeep(Exception):
    """The document has more elements within each other than any of ours."""


class LockedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types and asks for a subclass
    """Fetches nothing. Our documents are whole; an address in one means that somebody put it there."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: object = None) -> NoReturn:
        """Stop the print (FatalURLFetchingError) without looking at the address."""
        raise FatalURLFetchingError(f"the document asks for {url[:80]!r}")


def check_engine() -> None:
    """Refuse any other version than the one whose `Stream.marked` is replaced here (WrongEngine)."""
    found = {"weasyprint": weasyprint.__version__, "pydyf": pydyf.VERSION}
    parameters = list(inspect.signature(pdf_stream.Stream.marked).parameters)
    if found != WRITTEN_FOR or parameters != ["self", "box", "tag"]:
        raise WrongEngine(f"written for {WRITTEN_FOR}, found {found} with marked{tuple(parameters)}")


@contextmanager
def actual_text(document_language: str) -> Iterator[None]:
    """While open, each run of Indic text carries its own words, and each run in another language names it."""
    stock = pdf_stream.Stream.marked

    @contextmanager
    def marked(self: Untyped, box: Untyped, tag: str) -> Iterator[None]:
        properties = _properties(box, document_language=document_language)
        if self._tags is None or not properties:
            with stock(self, box, tag):
                yield
            return
        number = len(self._tags)
        self._tags[box] = {"tag": tag, "mcid": number}
        pydyf.Stream.begin_marked_content(self, tag, pydyf.Dictionary({"MCID": number, **properties}))
        try:
            yield
        finally:
            pydyf.Stream.end_marked_content(self)

    pdf_stream.Stream.marked = marked
    try:
        yield
    finally:
        pdf_stream.Stream.marked = stock


def _properties(box: Untyped, *, document_language: str) -> dict[str, object]:
    text = getattr(box, "text", None)
    if not text:
        return {}
    properties: dict[str, object] = {}
    language = box.style["lang"]
    if language and language != document_language:
        properties["Lang"] = pydyf.String(language)
    if _INDIC.search(text):
        properties["ActualText"] = pydyf.String(text)
    return properties


def check_nesting(root: Untyped, *, most: int) -> None:
    """Refuse (TooDeep) a document with elements in more than `most` others, counted from the root, which is the first.

    The engine lays out by recursion, and each kind of box takes its own share of the stack.
    """
    level = [root]
    for _depth in range(most):
        level = [child for element in level for child in element]
        if not level:
            return
    raise TooDeep


def both_standards(document: Untyped) -> None:
    """Let the metadata name PDF/UA-1 beside PDF/A-3a."""
    stock = document.metadata.generate_rdf_metadata
    end = b"</rdf:RDF>"

    def generate_rdf_metadata(variant: str, version: int, conformance: str) -> bytes:
        xml: bytes = stock(variant, version, conformance)
        if not xml.endswith(end):
            raise WrongEngine("the metadata does not end as expected")
        return xml[: -len(end)] + _UA + end

    document.metadata.generate_rdf_metadata = generate_rdf_metadata


def name_in_bookmarks(document: Untyped, label: str) -> None:
    """One bookmark of the first level for the whole document, in place of its title; all others lie below it."""
    found = [(page, bookmark) for page in document.pages for bookmark in page.bookmarks]
    title = next((bookmark for _page, bookmark in found if bookmark[0] == 1), None)
    for page in document.pages:
        page.bookmarks = [(max(2, one[0]), *one[1:]) for one in page.bookmarks if one is not title]
    document.pages[0].bookmarks.insert(0, (1, label, (0, 0), "closed"))


def _finisher(job: Job) -> Callable[[Untyped, Untyped], None]:
    """What is done to the finished objects of that job."""

    def finish(document: Untyped, pdf: Untyped) -> None:
        tidy(document, pdf)
        add_places(pdf, job.places)

    return finish


class _Complaints(logging.Handler):
    """Keeps what WeasyPrint would only have logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())

    def outcome(self) -> Outcome:
        """The trouble they amount to: characters without a shape by their numbers, anything else by its first line."""
        glyphs = {found[1] for line in self.heard if (found := _GLYPH.search(line))}
        if glyphs:
            return Outcome(trouble=Trouble.GLYPH, detail=", ".join(sorted(glyphs)[:20]))
        return Outcome(trouble=Trouble.WARNING, detail=self.heard[0][:200])


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything that is the same for all documents of one printing process, made once."""

    limits: Limits
    fonts: Untyped
    style: Untyped
    fetcher: LockedFetcher

    @classmethod
    def unpack(cls, *, style: str, limits: Limits) -> "Kit":
        """Check the engine, read the fonts and the style sheet."""
        check_engine()
        fonts, fetcher = FontConfiguration(), LockedFetcher()
        sheet = weasyprint.CSS(string=style, font_config=fonts, url_fetcher=fetcher)
        return cls(limits=limits, fonts=fonts, style=sheet, fetcher=fetcher)

    def print(self, job: Job) -> Outcome:
        """The file, or the trouble: a complaint of the engine is a failure, never a file with a flaw."""
        complaints = _Complaints()
        logger = logging.getLogger("weasyprint")
        logger.addHandler(complaints)
        try:
            pages, pdf = self._laid_out(job)
        except FatalURLFetchingError as error:
            return Outcome(trouble=Trouble.REFUSED, detail=str(error))
        finally:
            logger.removeHandler(complaints)
        if pages > self.limits.pages:
            return Outcome(trouble=Trouble.SIZE, detail=f"{pages} pages")
        return complaints.outcome() if complaints.heard else Outcome(pdf=pdf, pages=pages)

    def _laid_out(self, job: Job) -> tuple[int, bytes]:
        document = self._rendered(job.html, form=job.form)
        if job.more:
            document = self._joined(job, document)
        if len(document.pages) > self.limits.pages:
            return len(document.pages), b""
        both_standards(document)
        with actual_text(document.metadata.lang or ""):
            options = {"pdf_variant": VARIANT, "pdf_forms": job.form, "finisher": _finisher(job)}
            pdf: bytes = document.write_pdf(attachments=self._enclosed(job) or None, **options)
        return len(document.pages), pdf

    def _rendered(self, html: str, *, form: bool) -> Untyped:
        source = weasyprint.HTML(string=html, url_fetcher=self.fetcher)
        check_nesting(source.etree_element, most=self.limits.nesting)
        options = {"pdf_variant": VARIANT, "pdf_forms": form}
        return source.render(font_config=self.fonts, stylesheets=[self.style], **options)

    def _joined(self, job: Job, first: Untyped) -> Untyped:
        """One document of all pages; what stands in its metadata is the first one's."""
        name_in_bookmarks(first, job.label)
        pages = list(first.pages)
        for one in job.more:
            document = self._rendered(one.html, form=job.form)
            name_in_bookmarks(document, one.label)
            pages += document.pages
            if len(pages) > self.limits.pages:
                break
        return first.copy(pages)

    def _enclosed(self, job: Job) -> list[Untyped]:
        return [
            weasyprint.Attachment(
                string=enclosure.content,
                name=enclosure.name,
                description=enclosure.name,
                relationship=enclosure.relationship,
                created=datetime.fromisoformat(one.stamp),
                modified=datetime.fromisoformat(one.stamp),
                url_fetcher=self.fetcher,
            )
            for one in job.documents
            for enclosure in sorted(one.enclosures, key=lambda enclosure: enclosure.name)
        ]
