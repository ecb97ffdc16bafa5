"""Requests, letters and notices on paper: nothing of the sheet is lost, and a name stands only where it is sealed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.adapters.paper_reading import FewLanguages, drawing_of, folded, open_pdf, pages_of, shown_strings, text_of
from tests.adapters.samples_forms import NAME, SAMPLES, form_heading, route_b, schedule_ii, sealed_summons, summons
from tests.adapters.test_pdf import TEMPLATES
from vctestimony.adapters.pdf import PaperPress
from vctestimony.domain.documents.forms import ROUTE_B, SCHEDULE_II, SEALED_SUMMONS, SUMMONS

WATERMARK = "Sealed cover: contains the name of a protected person"


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    made = PaperPress(
        templates=TEMPLATES, languages=FewLanguages(), fonts=None, instance=tmp_path_factory.mktemp("instance")
    )
    yield made
    made.close()


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_text_of_the_sheet_stands_on_the_paper(press: PaperPress, kind: str) -> None:
    sheet = SAMPLES[kind]("bn")
    given_back = folded(text_of(press.paper(kind, sheet, lang="bn")))
    assert [text for text in shown_strings(sheet) if folded(text) not in given_back] == []


def test_the_name_is_on_the_sealed_summons_under_its_mark_on_every_page_and_not_in_its_metadata(
    press: PaperPress,
) -> None:
    content = press.paper(SEALED_SUMMONS, sealed_summons("en"), lang="en")
    pages = pages_of(content)
    assert NAME["en"] in pages[0]
    assert all(page.count(WATERMARK) == 2 for page in pages)
    reader = open_pdf(content)
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert reader.xmp_metadata is not None
    told = f"{reader.metadata} {titles} {reader.xmp_metadata.rdf_root.toxml()}"
    assert "Summons to a witness" in told
    assert not [part for part in NAME["en"].split() if part in told]


@pytest.mark.parametrize("lang", ["en", "hi"])
def test_the_cover_for_bangladesh_is_bangla_and_its_annexes_english_in_every_language(
    press: PaperPress, lang: str
) -> None:
    content = press.paper(ROUTE_B, route_b(lang), lang=lang)
    pages = pages_of(content)
    assert "অগ্রায়ণপত্র" in pages[0]
    assert "Annexes to the request for evidence by video link" in pages[1]
    assert "A. The case" in pages[1]
    assert (b"/Lang (bn)" in drawing_of(content)) == (lang != "bn")
    assert str(open_pdf(content).root_object["/Lang"]) == lang


def test_a_form_without_a_time_is_ruled_for_it(press: PaperPress) -> None:
    sheet = schedule_ii("en")
    known = press.compose(f"{SCHEDULE_II}.html", lang="en", facts={"sheet": sheet, "code": None, "seal_code": None})
    assert known.count("Proposed; held, not booked.") == 1
    assert not form_heading(times=0, is_booked=False).times


def test_a_summons_by_route_b_claims_nothing_of_a_law_that_was_not_read(press: PaperPress) -> None:
    by_route_b = replace(summons("en"), is_route_b=True)
    elsewhere = folded(text_of(press.paper(SUMMONS, by_route_b, lang="en")))
    assert folded("If you cannot come, tell the Remote Point or the court as early as you can.") in elsewhere
    assert not [claim for claim in ("In Bangladesh", "does not compel", "ordinary rules") if folded(claim) in elsewhere]
    there = press.paper(SUMMONS, replace(by_route_b, by_order_of_bangladesh=True), lang="en")
    assert folded("In Bangladesh it is the order of the court there") in folded(text_of(there))
