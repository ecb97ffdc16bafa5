"""What stands around every page is light, needs no script, and puts nothing inline that the policy would block."""

import re

import pytest

from tests.web.tiny_app import ROOT, tiny_app

STATIC = ROOT / "vctestimony" / "web" / "static"
PAGES = ["/", "/gallery", "/entry", "/refusing/absent", "/refusing/503"]


@pytest.mark.parametrize(
    ("name", "most"), [("site.css", 15_000), ("procedures.css", 1_500), ("site.js", 6_000), ("icon.svg", 1_000)]
)
def test_the_shared_files_stay_light(name: str, most: int) -> None:
    assert (STATIC / name).stat().st_size <= most


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.threat("T30")
@pytest.mark.asvs("3.4.3")
def test_a_page_has_nothing_inline_and_nothing_from_elsewhere(path: str) -> None:
    page = tiny_app().test_client().get(path).text
    assert re.findall(r"<style|<script(?! src=\"/static/)|\sstyle=|\son[a-z]+=|javascript:|https?://", page) == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_main_part_and_says_its_language(path: str) -> None:
    page = tiny_app().test_client().get(path).text
    assert page.count('<main id="main"') == 1
    assert '<html lang="en">' in page


def test_the_frame_names_where_one_is_and_both_clocks() -> None:
    page = tiny_app().test_client().get("/").text
    assert '<a href="/hearings" aria-current="page">Hearings</a>' in page
    assert re.findall(r"<span>(\w+) <b><time datetime=\"2026-09-14T08:30Z\">([\d:]+)", page) == [
        ("Kolkata", "14:00"),
        ("Dhaka", "14:30"),
    ]


def test_every_label_belongs_to_a_field_and_every_id_is_unique() -> None:
    page = tiny_app().test_client().get("/gallery").text
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label for="([^"]+)"', page)) <= set(ids)
    described = " ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split()
    assert set(described) <= set(ids)


def test_a_table_row_says_its_columns_for_narrow_screens() -> None:
    page = tiny_app().test_client().get("/gallery").text
    assert '<td data-col="Minutes" class="num">90</td>' in page
