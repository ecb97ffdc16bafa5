"""Printed documents, read back by tools that know nothing of how they were made."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import segno

from tests.adapters import paper_samples as samples
from tests.adapters.paper_reading import (
    LABELS,
    FewLanguages,
    alternatives_of,
    drawing_of,
    folded,
    open_pdf,
    pages_of,
    shown_strings,
    text_of,
)
from vctestimony.adapters.fonts import FILES, FontsMissing
from vctestimony.adapters.pdf import PaperPress, UnknownEnclosure, qr_code
from vctestimony.domain.documents.checklist import ChecklistSheet, PhaseTable
from vctestimony.domain.documents.record import RecordSheet

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "pdf"
LANGUAGES = ("en", "hi", "bn")
Printed = tuple[ChecklistSheet | RecordSheet, str, bytes]
ENCLOSED = {"transcript.txt": "প্রশ্ন: উত্তর".encode(), "record.json": b'{"a":1}'}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    made = PaperPress(
        templates=TEMPLATES, languages=FewLanguages(), fonts=None, instance=tmp_path_factory.mktemp("instance")
    )
    yield made
    made.close()


@pytest.fixture(
    scope="module",
    params=[(kind, lang) for kind in ("checklist", "record", "draft") for lang in LANGUAGES],
    ids="-".join,
)
def printed(request: pytest.FixtureRequest, press: PaperPress) -> Printed:
    """Each sample, its language, and its print."""
    kind, lang = request.param
    if kind == "checklist":
        checklist = samples.checklist(lang)
        return checklist, lang, press.paper("checklist", checklist, lang=lang)
    record = samples.record(lang, sealed=kind == "record")
    return record, lang, press.paper("record", record, lang=lang, attachments=ENCLOSED)


def test_every_text_of_the_sheet_can_be_searched_and_copied(printed: Printed) -> None:
    sheet, _lang, pdf = printed
    given_back = folded(text_of(pdf))

    assert [text for text in shown_strings(sheet) if folded(text) not in given_back] == []


def test_each_page_says_its_number_and_how_many_there_are(printed: Printed) -> None:
    pages = pages_of(printed[2])

    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page


def test_both_clocks_stand_at_the_head_with_city_date_zone_and_offset(printed: Printed) -> None:
    first = pages_of(printed[2])[0]

    for shown in ("11:00–13:30", "11:30–14:00", "UTC+05:30 (Asia/Kolkata)", "UTC+06:00 (Asia/Dhaka)", "18"):
        assert shown in first


@pytest.mark.parametrize("lang", ["hi", "bn"])
def test_labels_come_from_the_catalogue_of_the_language(press: PaperPress, lang: str) -> None:
    checklist = folded(text_of(press.paper("checklist", samples.checklist(lang), lang=lang)))
    draft = folded(text_of(press.paper("record", samples.record(lang, sealed=False), lang=lang, attachments={})))

    assert LABELS[lang]["SOP checklist"] in checklist
    assert LABELS[lang]["Due"] in checklist
    assert LABELS[lang]["Signatures"] in draft
    assert LABELS[lang]["DRAFT"] in draft


def test_the_four_marks_are_explained_and_differ_in_words(press: PaperPress) -> None:
    first = pages_of(press.paper("checklist", samples.checklist(), lang="en"))[0]

    for words in ("Required by law", "Suggested", "Recommended", "Confirm locally"):
        assert words in first


def test_what_was_ticked_or_waived_says_who_when_and_why(press: PaperPress) -> None:
    text = folded(text_of(press.paper("checklist", samples.checklist(), lang="en"), "-raw"))

    assert "Done Court Point Coordinator Fri 18 Sep 2026 10:00 Kolkata (UTC+05:30) 10:30 Dhaka (UTC+06:00)" in text
    assert "Reason: The camera of the court was out of order" in text


def test_the_persons_own_clock_stands_before_the_other(press: PaperPress) -> None:
    text = folded(text_of(press.paper("checklist", samples.checklist(), lang="en"), "-raw"))

    assert "10:59 Dhaka (UTC+06:00) 10:29 Kolkata (UTC+05:30)" in text


def test_a_table_repeats_its_head_on_every_page_and_never_splits_a_row(press: PaperPress) -> None:
    long = " ".join(["and then the next thing is written down with care"] * 6)
    steps = tuple(
        replace(samples.step(2), number=f"N{place:02}", text=f"begin{place:02} {long} end{place:02}")
        for place in range(60)
    )
    sheet = replace(samples.checklist(), phases=(PhaseTable(title="Coordination", steps=steps),))

    pages = pages_of(press.paper("checklist", sheet, lang="en"))

    assert len(pages) > 8
    assert all("Step and authority" in page for page in pages)
    for place in range(60):
        assert [f"begin{place:02}" in page for page in pages] == [f"end{place:02}" in page for page in pages]


@pytest.mark.parametrize("questions", range(0, 30, 2))
def test_the_signature_block_stands_on_one_page_whatever_comes_before(press: PaperPress, questions: int) -> None:
    sheet = replace(samples.record(questions=questions), groups=())
    pages = pages_of(press.paper("record", sheet, lang="en", attachments={}))

    holding = [page for page in pages if "Name and designation:" in page]

    assert len(holding) == 1
    assert "Signatures Read over" in holding[0]
    assert holding[0].count("Date, time and place:") == len(sheet.signatures)


def test_a_draft_says_so_on_every_page_and_a_sealed_record_on_none(press: PaperPress) -> None:
    draft = pages_of(press.paper("record", samples.record(sealed=False), lang="en", attachments={}))
    sealed = pages_of(press.paper("record", samples.record(), lang="en", attachments={}))

    assert all("Draft, not sealed" in page for page in draft)
    assert not any("Draft" in page.replace("Draft: not signed off", "") for page in sealed)


def test_a_field_that_nobody_gave_says_who_can_supply_it(press: PaperPress) -> None:
    text = folded(text_of(press.paper("record", samples.record(sealed=False), lang="en", attachments={})))

    assert "Not given. Can be supplied by: Court Point Coordinator" in text
    assert "27 fields of this record have not been given yet" in text


def test_words_in_another_language_are_marked_as_such(press: PaperPress) -> None:
    sheet = samples.record()
    row = replace(sheet.groups[0].rows[0], value="সাক্ষীর নিজের কথা", lang="bn")
    mixed = replace(sheet, groups=(replace(sheet.groups[0], rows=(row,)),))

    assert b"/Lang (bn)" in drawing_of(press.paper("record", mixed, lang="en", attachments={}))
    assert b"/Lang (bn)" not in drawing_of(press.paper("record", sheet, lang="en", attachments={}))


def test_what_is_enclosed_comes_out_byte_for_byte_in_the_order_of_names(press: PaperPress) -> None:
    pdf = press.paper("record", samples.record(), lang="en", attachments=ENCLOSED)
    found = {item.name: item for item in open_pdf(pdf).attachment_list}

    assert list(found) == ["record.json", "transcript.txt"]
    assert {name: item.content for name, item in found.items()} == ENCLOSED
    assert [str(item.associated_file_relationship) for item in found.values()] == ["/Source", "/Alternative"]
    assert {str(item.creation_date) for item in found.values()} == {"2026-09-17 05:30:00+00:00"}


def test_a_file_of_unknown_name_is_not_enclosed(press: PaperPress) -> None:
    with pytest.raises(UnknownEnclosure) as refusal:
        press.paper("record", samples.record(), lang="en", attachments={"passport.jpg": b""})

    assert refusal.value.facts == {"document": "record.html", "cause": "passport.jpg"}


def test_the_seal_shows_hash_address_and_a_code_with_a_text_alternative(press: PaperPress) -> None:
    seal = samples.seal()
    pdf = press.paper("record", samples.record(), lang="en", attachments={})
    last = pages_of(pdf)[-1]

    assert seal.sha256 in last
    assert seal.verify_url in last
    assert alternatives_of(pdf) == [f"QR code for {seal.verify_url}"]


def test_the_code_has_a_quiet_zone_of_four_modules_and_every_dark_module_once() -> None:
    code = qr_code("https://testimony.example.org/verify/K7QM-2XHD")
    plain = [list(row) for row in segno.make("https://testimony.example.org/verify/K7QM-2XHD", error="m").matrix]

    assert code.size == len(plain) + 8
    assert code.outline.startswith("M4 4h1v1h-1z")
    assert code.outline.count("M") == sum(map(sum, plain))


def test_fonts_that_are_missing_are_named(tmp_path: Path) -> None:
    bare = PaperPress(templates=TEMPLATES, languages=FewLanguages(), fonts=tmp_path, instance=tmp_path / "instance")

    with pytest.raises(FontsMissing) as refusal:
        bare.paper("checklist", samples.checklist(), lang="en")

    assert refusal.value.facts["cause"] == ", ".join(FILES)
