"""Files typed elsewhere: their text comes out whole, and what could harm or lose something is refused in words."""

import io
import struct
import zipfile
from collections.abc import Callable

import docx
import odfdo
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from vctestimony.adapters.typed_files import TypedFiles
from vctestimony.domain.legacy_fonts import likely_font
from vctestimony.domain.typed_files import (
    MOST_BYTES,
    FileDamaged,
    FileTooLarge,
    FileUnusable,
    Form,
    HoldsChanges,
    HoldsObject,
    HoldsProgram,
    Locked,
    NoFile,
    Notice,
    TooMuchInside,
    UnknownForm,
)

LINES = ["Q. Where did you live?", "A. আমি খুলনায় থাকতাম। র‍্যাব", "Translation: मैं वहाँ रहती थी।", "", "She weeps."]


def as_docx(change: Callable[[object], None] = lambda _: None) -> bytes:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    change(document)
    return saved(document.save)


def as_odt(change: Callable[[odfdo.Document], None] = lambda _: None) -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    for line in LINES:
        document.body.append(odfdo.Paragraph(line))
    change(document)
    return saved(document.save)


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    made = io.BytesIO()
    save(made)
    return made.getvalue()


def repacked(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The same package with some parts changed or added."""
    made, names = io.BytesIO(), dict(parts)
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, names.pop(info.filename, old.read(info.filename)))
        for name, part in names.items():
            new.writestr(name, part)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ("\n".join(LINES).encode(), Form.TEXT),
        ("\n".join(LINES).encode("utf-8-sig"), Form.TEXT),
        ("\n".join(LINES).encode("utf-16"), Form.TEXT),
        (b"\xfe\xff" + "\n".join(LINES).encode("utf-16-be"), Form.TEXT),
        ("\n".join(LINES).encode("utf-16-le"), Form.TEXT),
        ("\n".join(LINES).encode("utf-16-be"), Form.TEXT),
        (as_docx(), Form.DOCX),
        (as_odt(), Form.ODT),
    ],
)
def test_every_letter_of_every_script_comes_out_paragraph_by_paragraph(content: bytes, form: Form) -> None:
    typed = TypedFiles().read(content)
    assert (typed.text.split("\n"), typed.form, typed.notices) == (LINES, form, ())


def test_the_letters_of_old_windows_are_read_and_said_to_be_looked_at() -> None:
    typed = TypedFiles().read("Q. “Where”?\nA. Café.".encode("cp1252"))
    assert (typed.text, typed.notices) == ("Q. “Where”?\nA. Café.", (Notice.WINDOWS,))


def test_the_cells_of_a_table_and_what_stands_in_a_box_are_paragraphs() -> None:
    def with_table(document: object) -> None:
        row = document.add_table(rows=1, cols=2).rows[0]  # type: ignore[attr-defined]
        row.cells[0].text, row.cells[1].text = "Q. a", "A. b"

    assert TypedFiles().read(as_docx(with_table)).text.split("\n")[-2:] == ["Q. a", "A. b"]


def odt_of(body: str) -> bytes:
    """A document whose body is that; the namespaces are those of the empty one."""
    with zipfile.ZipFile(io.BytesIO(as_odt())) as package:
        content = package.read("content.xml").decode()
    start, end = content.index("<office:text"), content.index("</office:text>")
    return repacked(
        as_odt(), {"content.xml": (content[: content.index(">", start) + 1] + body + content[end:]).encode()}
    )


def test_a_box_in_a_paragraph_is_one_of_its_own_and_every_letter_comes_once() -> None:
    inside = "<draw:text-box><text:p>in the box</text:p></draw:text-box><svg:title>Box 1</svg:title>"
    box = f"<draw:frame>{inside}</draw:frame>"
    line = f'<text:p>Q.<text:s text:c="2"/>a<text:tab/><text:span>b</text:span>{box} c<text:line-break/>d</text:p>'
    assert TypedFiles().read(odt_of(line)).text.split("\n") == ["Q.  a\tb c", "d", "in the box"]
    nested = "<text:p>" * 100 + "x" * 1_000 + "</text:p>" * 100
    assert len(TypedFiles().read(odt_of(nested)).text) == 1_000 + 99


def test_blanks_that_are_only_counted_are_limited_like_letters() -> None:
    with pytest.raises(TooMuchInside):
        TypedFiles().read(odt_of('<text:p><text:s text:c="20000000"/><text:s text:c="999999999999"/></text:p>'))


def noted(document: odfdo.Document) -> None:
    line = odfdo.Paragraph("Q. Who?")
    line.insert_note(after="Who", note_id="n1", citation="1", body="an aside")
    document.body.append(line)


def test_notes_are_left_out_and_that_is_said() -> None:
    typed = TypedFiles().read(as_odt(noted))
    assert typed.text.endswith("Q. Who?")
    assert typed.notices == (Notice.NOTES,)


def test_paragraphs_that_the_word_processor_numbers_and_old_fonts_are_pointed_out() -> None:
    def numbered(document: object) -> None:
        line = document.add_paragraph("Where?", style="List Number")  # type: ignore[attr-defined]
        line._p.get_or_add_pPr().get_or_add_numPr()
        line.runs[0].font.name = "SutonnyMJ"

    assert TypedFiles().read(as_docx(numbered)).notices == (Notice.NUMBERING, Notice.OLD_FONT)


def tracked(document: object) -> None:
    mark = f'<w:ins {nsdecls("w")} w:id="1" w:author="x"><w:r><w:t>not</w:t></w:r></w:ins>'
    document.paragraphs[0]._p.append(parse_xml(mark))  # type: ignore[attr-defined]


def lying(content: bytes) -> bytes:
    """Each head says that the part is a single byte."""
    end = struct.pack("<I", 1)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        offsets = [info.header_offset for info in archive.infolist()]
    changed = bytearray(content)
    for offset in offsets:
        changed[offset + 22 : offset + 26] = end
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + 24 : place + 28] = end
        place = changed.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


IN_DISGUISE = b"""<?xml version='1.0' encoding="UTF-7"?>+ADwAIQ-DOCTYPE a [+ADwAIQ-ENTITY b "c">]>
<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text><t:p>&b;</t:p></o:text></o:body>
</o:document-content>"""
"""A declaration that only who knows the encoding can see."""
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
BOMB = b"<a>" + b" " * 8_000_000 + b"</a>"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NoFile),
        (b"x" * (MOST_BYTES + 1), FileTooLarge),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, Locked),
        (b"{\\rtf1 Q. a}", UnknownForm),
        (b"%PDF-1.7", UnknownForm),
        (b"\x81\x8d\x8f", UnknownForm),
        (repacked(as_docx(), {"word/vbaProject.bin": b"x"}), HoldsProgram),
        (repacked(as_odt(), {"Basic/Standard/Module1.xml": b"<a/>"}), HoldsProgram),
        (repacked(as_docx(), {"word/embeddings/oleObject1.bin": b"x"}), HoldsObject),
        (repacked(as_odt(), {"Object 1/content.xml": b"<a/>"}), HoldsObject),
        (as_docx(tracked), HoldsChanges),
        (repacked(as_docx(), {"word/document.xml": ENTITIES}), FileDamaged),
        (repacked(as_odt(), {"content.xml": ENTITIES}), FileDamaged),
        (repacked(as_odt(), {"content.xml": ENTITIES.decode().encode("utf-16")}), FileDamaged),
        (repacked(as_odt(), {"content.xml": IN_DISGUISE}), FileDamaged),
        (repacked(as_odt(), {"META-INF/manifest.xml": b"<m:encryption-data/>"}), Locked),
        (repacked(as_docx(), {"word/document.xml": BOMB}), TooMuchInside),
        (repacked(as_docx(), {f"a{n}.xml": b"" for n in range(1_001)}), TooMuchInside),
        (lying(repacked(as_docx(), {"word/document.xml": BOMB})), FileDamaged),
        (as_docx()[:3_000], FileDamaged),
        (repacked(as_docx(), {"word/document.xml": b"<not"}), FileDamaged),
        (repacked(as_odt(), {"content.xml": b"<a/>"}), FileDamaged),
        (saved(lambda made: zipfile.ZipFile(made, "w").close()), UnknownForm),
        (repacked(saved(lambda made: zipfile.ZipFile(made, "w").close()), {"a.txt": b"Q. a"}), UnknownForm),
    ],
)
@pytest.mark.abuse(94)
@pytest.mark.asvs("5.2.3")
def test_what_could_harm_or_lose_something_is_refused(content: bytes, refusal: type[FileUnusable]) -> None:
    with pytest.raises(refusal):
        TypedFiles().read(content)


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("eSa ml fnu ?kj ij Fkh vkSj og vk;k Fkk A eq>s ugha irk fd og dkSu gS A", "Kruti Dev, DevLys"),
        ("Avwg evwo‡Z wQjvg bv Ges †m G‡mwQj | Avwg Zv‡K wPwb bv |", "Bijoy, SutonnyMJ"),
        ("I saw him at the market. I did not know his name. He was from DK and K.", ""),
        ("আমি খুলনায় থাকতাম। मैं वहाँ था।", ""),
        ("", ""),
    ],
)
def test_text_for_an_old_font_is_named(text: str, font: str) -> None:
    found = likely_font(text)
    assert (found.name if found else "") == font
