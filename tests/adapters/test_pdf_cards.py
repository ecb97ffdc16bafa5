"""Cards, declarations and covers as printed: one page each, and never signatures alone on a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters import samples_cards, samples_closing
from tests.adapters.paper_reading import FewLanguages, pages_of
from vctestimony.adapters.pdf import PaperPress

TEMPLATES = Path(__file__).parents[2] / "templates" / "pdf"
SAMPLES = {**samples_cards.SAMPLES, **samples_closing.SAMPLES}
ONE_PAGE = ("oath-interpreter", "oath-witness", "declaration-start", "declaration-end", "dispatch-cover", "receipt")


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    made = PaperPress(
        templates=TEMPLATES, languages=FewLanguages(), fonts=None, instance=tmp_path_factory.mktemp("instance")
    )
    yield made
    made.close()


@pytest.mark.parametrize("code", ONE_PAGE)
@pytest.mark.parametrize("lang", ["en", "hi", "bn"])
def test_what_is_read_aloud_or_signed_at_a_point_stands_on_one_page(press: PaperPress, code: str, lang: str) -> None:
    assert len(pages_of(press.paper(code, SAMPLES[code](lang), lang=lang))) == 1


def test_the_last_statement_of_the_certificate_stands_on_the_page_of_the_signatures(press: PaperPress) -> None:
    pages = pages_of(press.paper("certificate-coordinator", samples_closing.of_coordinators("en"), lang="en"))
    assert len(pages) == 2
    assert samples_closing.of_coordinators("en").certified.rows[-1].label in pages[-1]


def test_each_part_of_the_certificate_for_an_electronic_record_has_its_own_page(press: PaperPress) -> None:
    sheet = samples_closing.for_electronic_record("bn")
    party, expert = pages_of(press.paper("certificate-63-4", sheet, lang="bn"))
    for page, signer in ((party, "Name and signature"), (expert, "Name, designation and signature")):
        assert signer in page
        assert page.count(sheet.recordings[0].sha256) == 2
        assert all(choice in page for choice in ("SHA1", "SHA256", "MD5", "Time (IST)", "IMEI/UIN/UID/MAC/Cloud ID"))
    assert "lawful control" in party
    assert "lawful control" not in expert
