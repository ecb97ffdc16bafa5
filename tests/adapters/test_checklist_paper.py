"""The checklist on paper: one page where it fits, a form that any program draws alike, its packs on every page."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.adapters import paper_samples as samples
from tests.adapters.every_sample import press_in
from tests.adapters.paper_reading import open_pdf, pages_of, text_of
from tests.adapters.samples_procedure import STEPS_ON_ONE_PAGE, form, many_packs, of_role
from vctestimony.adapters.pdf import PaperPress
from vctestimony.domain.documents.checklist import Ticked


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    made = press_in(tmp_path_factory.mktemp("instance"))
    yield made
    made.close()


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_each_step_of_a_form_has_one_named_box_that_is_ticked_if_it_was_done(press: PaperPress, lang: str) -> None:
    sheet = form(lang)
    reader = open_pdf(press.paper("checklist-form", sheet, lang=lang))
    steps = [step for phase in sheet.phases for step in phase.steps]

    fields = reader.get_fields() or {}
    assert {name: (box["/TU"], box["/V"]) for name, box in fields.items()} == {
        f"done-{step.number}": (f"{step.number}: {step.text}", "/on" if step.state is Ticked.DONE else "/Off")
        for step in steps
    }
    assert "/NeedAppearances" not in reader.root_object["/AcroForm"]  # type: ignore[operator]
    boxes = [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]
    assert [box["/AP"]["/N"]["/on"].get_object() is not None for box in boxes] == [True] * len(steps)


def test_a_checklist_that_is_no_form_has_no_fields(press: PaperPress) -> None:
    assert "/AcroForm" not in open_pdf(press.paper("checklist", samples.checklist(), lang="en")).root_object


@pytest.mark.parametrize("lang", ["en", "hi", "bn"])
def test_what_fits_one_page_stands_on_one_page(press: PaperPress, lang: str) -> None:
    fits = of_role(lang)
    longer = of_role(lang, steps=3 * STEPS_ON_ONE_PAGE)

    assert (fits.fits_one_page, longer.fits_one_page) == (True, False)
    (page,) = pages_of(press.paper("checklist-role", fits, lang=lang))
    for force in ("Required by law", "Suggested", "Recommended", "Confirm locally"):
        assert force in page
    assert fits.name in page


def test_the_standing_of_many_packs_is_on_every_page_in_two_lines_of_the_foot(press: PaperPress) -> None:
    sheet = samples.checklist()
    sheet = replace(sheet, heading=replace(sheet.heading, packs=many_packs("en")))

    pages = text_of(press.paper("checklist", sheet, lang="en"), "-layout").split("\f")[:-1]

    assert len(pages) > 1
    for page in pages:
        first, second = [line.strip() for line in page.splitlines() if line.strip()][-2:]
        assert first.startswith(sheet.heading.imprint.number if sheet.heading.imprint else "")
        assert second == (
            "6 rule packs, versions 2026-08-01, 2026-09-01: Draft: not signed off by a lawyer; "
            "1 rule pack, version 2026-07-01: Reviewed"
        )
