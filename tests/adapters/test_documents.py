"""Every kind of document in three languages, printed once each and read back by tools that know nothing of it."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.adapters.every_sample import ENCLOSED, LANGUAGES, SAMPLES, Print, bare, both_clocks, press_in, printed
from tests.adapters.paper_reading import (
    alternatives_of,
    drawing_of,
    folded,
    fonts_of,
    header_cells_of,
    misplaced,
    open_pdf,
    pictures_in,
    stray_elements_of,
    unmarked_drawing_of,
)
from tests.adapters.samples_procedure import LONG_NAMES
from vctestimony.adapters.pdf import PaperPress
from vctestimony.domain.documents import KINDS

ROOT = Path(__file__).parents[2]
EACH = [(code, lang) for code in SAMPLES for lang in LANGUAGES]
MakePrint = Callable[[str, str], bytes]


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    made = press_in(tmp_path_factory.mktemp("instance"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def print_once(press: PaperPress) -> MakePrint:
    @cache
    def print_once(code: str, lang: str) -> bytes:
        return printed(press, code, lang)

    return print_once


@pytest.fixture(scope="module", params=EACH, ids="-".join)
def paper(request: pytest.FixtureRequest, press: PaperPress, print_once: MakePrint) -> Print:
    """Each sample in each language, printed once."""
    code, lang = request.param
    sheet = SAMPLES[code](lang)
    return Print(
        code=code,
        lang=lang,
        sheet=sheet,
        html=press.preview(code, sheet, lang=lang).html,
        pdf=print_once(code, lang),
    )


def test_every_kind_of_document_has_a_sample() -> None:
    assert sorted(SAMPLES) == sorted(KINDS)


def test_every_paragraph_can_be_searched_and_copied(paper: Print) -> None:
    assert len(paper.paragraphs) > 20
    assert [text for text in paper.paragraphs if not paper.holds(text)] == []
    assert "\ufffd" not in paper.raw_text


def test_a_second_reader_gives_the_same_letters_back(paper: Print) -> None:
    lost = [text for text in paper.paragraphs if bare(text) not in paper.letters_of_pdfium]

    assert [text for text in lost if paper.text.count(text)] == []


def test_each_page_says_its_number_how_many_there_are_and_what_it_belongs_to(paper: Print) -> None:
    for number, page in enumerate(paper.pages, start=1):
        assert f"Page {number} of {len(paper.pages)}" in page
        assert paper.imprint.number in page
        assert number == 1 or folded(paper.sheet.heading.about) in page


def test_every_time_stands_there_on_both_clocks_with_both_offsets(paper: Print) -> None:
    for both in both_clocks(paper.sheet):
        for reading in (both.own.reading, both.other.reading):
            assert f"{reading.wall:%H:%M}" in paper.text
            assert reading.offset in paper.text


def test_only_noto_fonts_are_used_and_all_are_embedded_with_their_characters(paper: Print) -> None:
    lines = fonts_of(paper.pdf)

    assert lines
    for name, *_type, embedded, subset, characters, _object, _generation in lines:
        assert "+Noto-S" in name
        assert (embedded, subset, characters) == ("yes", "yes", "yes")


def test_the_file_names_its_language_and_its_title_and_no_witness(paper: Print) -> None:
    reader = open_pdf(paper.pdf)
    title = str(reader.metadata.title if reader.metadata else "")

    assert str(reader.root_object["/Lang"]) == paper.lang
    assert title.endswith(paper.imprint.number)
    assert len(title) > len(paper.imprint.number) + 1
    for secret in {getattr(paper.sheet.heading, "witness", ""), LONG_NAMES[paper.lang]} - {""}:
        assert secret not in paper.metadata


def test_runs_in_another_language_are_marked_as_such(paper: Print) -> None:
    others = {lang for lang in ("en", *LANGUAGES) if f'lang="{lang}"' in paper.html} - {paper.lang}

    for lang in others:
        assert f"/Lang ({lang})".encode() in drawing_of(paper.pdf)


def test_what_is_read_aloud_is_the_document_and_nothing_else(paper: Print) -> None:
    assert misplaced(paper.pdf) == []
    assert stray_elements_of(paper.pdf) == 0
    assert unmarked_drawing_of(paper.pdf) == []
    assert set(header_cells_of(paper.pdf)) <= {"/Column", "/Row"}


def test_a_scanner_reads_the_code_of_every_document_from_a_coarse_copy(paper: Print) -> None:
    neutral = bool(KINDS[paper.code].file_name)  # a sheet that must not tell strangers where it comes from

    assert (paper.imprint.verify_url in paper.codes) is not neutral
    assert all(f"QR code for {code}" in alternatives_of(paper.pdf) for code in paper.codes)


def test_only_the_record_carries_files(paper: Print) -> None:
    enclosed = {item.name: item.content for item in open_pdf(paper.pdf).attachment_list}

    assert enclosed == (ENCLOSED if paper.code == "record" else {})
    assert list(enclosed) == sorted(enclosed)


def test_no_document_holds_a_picture_made_of_dots(paper: Print) -> None:
    assert pictures_in(paper.pdf) == 0


def test_another_process_with_other_clock_words_hash_seed_and_order_makes_the_same_bytes(
    print_once: MakePrint, tmp_path: Path
) -> None:
    turns = [(code, LANGUAGES[place % 3]) for place, code in enumerate(sorted(SAMPLES)[::3])]
    here = {code: hashlib.sha256(print_once(code, lang)).hexdigest() for code, lang in turns}
    program = (
        "import hashlib, json, sys; from pathlib import Path; from tests.adapters import every_sample as every; "
        "press = every.press_in(Path(sys.argv[1])); turns = json.loads(sys.argv[2]); "
        "made = {code: hashlib.sha256(every.printed(press, code, lang)).hexdigest() for code, lang in turns}; "
        "print(json.dumps(made)); press.close()"
    )
    surroundings = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONPATH": str(ROOT)}

    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), json.dumps(turns[::-1])],
        env=surroundings,
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )

    assert json.loads(said.stdout) == here
