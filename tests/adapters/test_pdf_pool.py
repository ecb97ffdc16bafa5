"""Printing processes: their limits, their replacement, and that the next document is printed all the same."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.adapters import paper_samples as samples
from tests.adapters.paper_reading import FewLanguages, folded, text_of
from vctestimony.adapters import fonts
from vctestimony.adapters.pdf import PaperPress
from vctestimony.adapters.pdf_frames import Job, Limits
from vctestimony.adapters.pdf_pool import PressRoom
from vctestimony.domain.paper import PaperFailed, PaperTooLarge

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "pdf"
PAGE = '<html lang="en"><head><title>Test</title></head><body class="record">{body}</body></html>'


def room(folder: Path, limits: Limits) -> PressRoom:
    return PressRoom(
        style=TEMPLATES / "style", font_configuration=partial(fonts.prepare, None, into=folder), limits=limits
    )


def job(body: str = "<p>Good morning</p>") -> Job:
    return Job(html=PAGE.format(body=body), stamp="2026-09-17T05:30:00Z")


@pytest.fixture
def press(tmp_path: Path) -> Iterator[PaperPress]:
    made = PaperPress(templates=TEMPLATES, languages=FewLanguages(), fonts=None, instance=tmp_path)
    yield made
    made.close()


BOMBS = {
    "a cell over a thousand million columns": "<table><tr><td colspan=1000000000>x</table>",
    "boxes within boxes": "<div>" * 3000,
    "letters larger than the world": '<p style="font-size: 1000000000px">x',
    "a page of one millimetre": "<style>@page { size: 1mm; margin: 0 }</style>" + "<p>word</p>" * 4000,
    "words within words": "<span>" * 1000 + "x",
    "lists within lists": "<ul><li>" * 300 + "x",
    "tables within tables": "<table><tr><td>" * 100 + "x",
    "ten thousand columns": '<div style="columns: 10000">' + "<p>word word</p>" * 3000 + "</div>",
    "notes without end": "<p>" + '<span style="float: footnote">note</span> word ' * 3000,
    "words that double themselves": (
        "<style>:root { --a0: 'xxxxxxxxxx';"
        + "".join(f"--a{n + 1}: var(--a{n}) var(--a{n});" for n in range(40))
        + "} p::before { content: var(--a40) }</style><p>x"
    ),
    "a table without end": "<table>" + "<tr><td>x<td>y" * 30_000 + "</table>",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_ends_in_a_refusal_and_the_next_document_is_printed(tmp_path: Path, bomb: str) -> None:
    small = room(tmp_path, Limits(cpu_s=3, address_mb=600))

    with pytest.raises(PaperFailed):
        small.print(job(BOMBS[bomb]), document="bomb")
    text = text_of(small.print(job(), document="next"))
    small.close()

    assert "Good morning" in text


def test_the_processor_time_of_one_job_is_not_charged_to_the_next(tmp_path: Path) -> None:
    small = room(tmp_path, Limits(cpu_s=2))
    work = job("<p>word</p>" * 700)

    printed = {small.print(work, document="test") for _ in range(6)}
    small.close()

    assert len(printed) == 1


def test_a_print_that_takes_too_long_is_ended_and_the_next_one_works(tmp_path: Path) -> None:
    short = room(tmp_path, Limits(wall_s=6))

    with pytest.raises(PaperTooLarge) as refusal:
        short.print(job(BOMBS["a table without end"]), document="slow")
    text = text_of(short.print(job(), document="next"))
    short.close()

    assert refusal.value.facts == {"document": "slow", "cause": "time"}
    assert "Good morning" in text


def test_more_pages_than_allowed_are_refused_with_their_number(tmp_path: Path) -> None:
    small = room(tmp_path, Limits(pages=3))
    four = '<p style="break-after: page">x</p>' * 3 + "<p>x</p>"

    with pytest.raises(PaperTooLarge) as refusal:
        small.print(job(four), document="long")
    small.close()

    assert refusal.value.facts == {"document": "long", "cause": "4 pages"}


def test_forty_elements_within_each_other_are_printed_and_one_more_is_refused(tmp_path: Path) -> None:
    usual = room(tmp_path, Limits())

    text = text_of(usual.print(job("<div>" * 38 + "Good morning"), document="deep"))
    with pytest.raises(PaperTooLarge) as refusal:
        usual.print(job("<div>" * 39 + "Good morning"), document="deeper")
    usual.close()

    assert "Good morning" in text
    assert refusal.value.facts == {"document": "deeper", "cause": "nesting"}


def test_more_text_than_allowed_is_refused_before_any_process_starts(tmp_path: Path) -> None:
    small = room(tmp_path, Limits(input_mb=1))

    with pytest.raises(PaperTooLarge) as refusal:
        small.print(job("x" * (2 << 20)), document="long")

    assert refusal.value.facts == {"document": "long", "cause": "2 MB"}
    assert not (tmp_path / "fonts.conf").exists()


def test_a_thousand_rows_are_accepted_and_one_more_is_refused_before_any_process_starts(
    press: PaperPress,
) -> None:
    heads = press.preview("checklist", samples.checklist(steps=100), lang="en").html.count("<tr") - 100
    press.loose("checklist", samples.checklist(steps=1000 - heads), lang="en")

    with pytest.raises(PaperTooLarge) as refusal:
        press.paper("checklist", samples.checklist(steps=1001 - heads), lang="en")

    assert refusal.value.facts == {"document": "checklist.html", "cause": "1001 rows"}
    assert "Print it in parts" in refusal.value.text
    assert press.processes == ()


def test_eight_threads_share_the_press_and_get_their_own_documents(press: PaperPress) -> None:
    sheets = [replace(samples.checklist(steps=3), heading=samples.heading(number=f"NUMBER-{n}")) for n in range(24)]

    with ThreadPoolExecutor(8) as threads:
        printed = list(threads.map(lambda sheet: press.paper("checklist", sheet, lang="en"), sheets))

    assert [f"NUMBER-{n} " in folded(text_of(pdf)) for n, pdf in enumerate(printed)] == [True] * 24


def test_a_process_is_replaced_after_its_share_of_jobs_without_anybody_noticing(tmp_path: Path) -> None:
    small = room(tmp_path, Limits(jobs_per_process=2))

    printed = {small.print(job(), document="test") for _ in range(5)}
    small.close()

    assert len(printed) == 1


def test_after_a_fork_parent_and_child_print_each_with_processes_of_their_own(tmp_path: Path) -> None:
    program = (
        "import hashlib, os, sys; from pathlib import Path; from tests.adapters import test_pdf_pool as t\n"
        "made = t.room(Path(sys.argv[1]), t.Limits())\n"
        "say = lambda: print(hashlib.sha256(made.print(t.job(), document='x')).hexdigest(), flush=True)\n"
        "say()\n"
        "child = os.fork()\n"
        "say()\n"
        "made.close()\n"
        "os._exit(0) if child == 0 else os.waitpid(child, 0)\n"
    )

    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, check=True, text=True, timeout=60
    )

    assert len(said.stdout.split()) == 3
    assert len(set(said.stdout.split())) == 1
