"""Every sample of every family of documents, and one print of it with what other tools read from it."""

import importlib
import io
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image
from pypdf.generic import StreamObject

from tests.adapters.paper_reading import FewLanguages, folded, open_pdf, text_of
from vctestimony.adapters.pdf import PaperPress
from vctestimony.domain.paper import BothClocks, Imprint, Sheet

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[1] / "templates" / "pdf"
LANGUAGES = ("en", "hi", "bn")
ENCLOSED = {
    "audit.csv": b"number,action\r\n1,hearing.booked\r\n",
    "hearing.ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "record.json": b'{"a":1}',
    "transcript.txt": "প্রশ্ন: উত্তর".encode(),
}
"""What a record carries in these tests; other documents carry nothing."""


def samples() -> Mapping[str, Callable[[str], Sheet]]:
    """One maker a kind of document, from the `SAMPLES` of every `samples_*.py`."""
    found: dict[str, Callable[[str], Sheet]] = {}
    for path in sorted(HERE.glob("samples_*.py")):
        found |= importlib.import_module(f"tests.adapters.{path.stem}").SAMPLES
    return found


SAMPLES = samples()


def press_in(folder: Path) -> PaperPress:
    return PaperPress(templates=TEMPLATES, languages=FewLanguages(), fonts=None, instance=folder)


def printed(press: PaperPress, code: str, lang: str) -> bytes:
    """The sample as the press prints it."""
    enclosed = ENCLOSED if code == "record" else {}
    return press.paper(code, SAMPLES[code](lang), lang=lang, attachments=enclosed)


@dataclass
class Print:
    """A printed sample. What is read from it is read once."""

    code: str
    lang: str
    sheet: Sheet
    html: str
    pdf: bytes

    @property
    def imprint(self) -> Imprint:
        found = self.sheet.heading.imprint
        assert found is not None
        return found

    @cached_property
    def raw_text(self) -> str:
        return text_of(self.pdf)

    @cached_property
    def text(self) -> str:
        return folded(self.raw_text)

    @cached_property
    def text_as_written(self) -> str:
        """The same in the order in which it was written, for what stands in narrow columns."""
        return folded(text_of(self.pdf, "-raw"))

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, folded."""
        return [folded(page) for page in self.raw_text.split("\f")[:-1]]

    @cached_property
    def paragraphs(self) -> list[str]:
        """Every text of the document but its running head, from its HTML."""
        reader = _Paragraphs()
        reader.feed(self.html)
        texts = (folded(text).strip("– ") for text in reader.texts)  # a dash may begin the next line
        return [text for text in texts if text]

    @cached_property
    def letters_of_pdfium(self) -> str:
        """All letters without blanks, as the reader of Chrome gives them back."""
        with pypdfium2.PdfDocument(self.pdf) as document:
            return bare("".join(page.get_textpage().get_text_range() for page in document))

    @cached_property
    def codes(self) -> list[str]:
        """What a scanner reads from the QR codes of all pages at 100 dpi, without doubles."""
        command = ("pdftoppm", "-r", "100", "-gray", "-")
        drawn = subprocess.run(command, input=self.pdf, capture_output=True, check=True).stdout
        found = (code.text for image in _images(drawn) for code in zxingcpp.read_barcodes(image))
        return list(dict.fromkeys(found))

    @cached_property
    def metadata(self) -> str:
        """Everything that the file says about itself."""
        reader = open_pdf(self.pdf)
        described = reader.root_object["/Metadata"].get_object()
        assert isinstance(described, StreamObject)
        return f"{reader.metadata} {described.get_data().decode()}"

    def holds(self, paragraph: str) -> bool:
        """Whether the paragraph comes back whole, or cut once by the end of a page."""
        if any(paragraph in text for text in (self.text, self.text_as_written)):
            return True
        if _hyphenless(paragraph) in _hyphenless(self.text_as_written):
            return True  # pdftotext takes a hyphen at the end of a line for one that was not typed
        words = paragraph.split(" ")
        cuts = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
        return any(
            start in one and rest in next_one
            for one, next_one in zip(self.pages, self.pages[1:], strict=False)
            for start, rest in cuts
        )


def both_clocks(value: object) -> Iterator[BothClocks]:
    """Every instant that stands in a sheet."""
    if isinstance(value, BothClocks):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from both_clocks(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from both_clocks(getattr(value, field.name))


def _hyphenless(text: str) -> str:
    return text.replace("- ", "").replace("-", "")


def bare(text: str) -> str:
    """Composed and without blanks, hyphens that a reader made, and marks without a shape."""
    return "".join(character for character in folded(text) if character not in " \ufffe\u200b\x02")


def _images(netpbm: bytes) -> Iterator[Image.Image]:
    stream = io.BytesIO(netpbm)
    while stream.tell() < len(netpbm):
        header = [_token(stream) for _ in range(4)]
        size = int(header[1]), int(header[2])
        yield Image.frombytes("L", size, stream.read(size[0] * size[1]))


def _token(stream: io.BytesIO) -> bytes:
    found = b""
    while (letter := stream.read(1)).strip():
        found += letter
    return found


class _Paragraphs(HTMLParser):
    """Collects the texts between tags; the head of later pages and the watermark are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._within: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "br", "col", "input", "path"}:
            skipped = tag in {"title", "style"} or dict(attributes).get("class") in {"head", "watermark"}
            self._within.append((tag, skipped))

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        if not any(skipped for _, skipped in self._within):
            self.texts += text.split("\n")
