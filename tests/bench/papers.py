"""How fast documents are printed: against the engine alone, with their length, many at once, and with what memory."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

from tests.adapters import paper_samples as samples
from tests.adapters.every_sample import LANGUAGES, SAMPLES, TEMPLATES, press_in
from tests.bench.measuring import WALL, Row, Size, once
from vctestimony.adapters import fonts
from vctestimony.adapters.pdf import PaperPress
from vctestimony.domain.paper import Sheet

ROOT = TEMPLATES.parents[1]
# Questions that make a record of about so many pages.
QUESTIONS = {10: 140, 50: 770, 200: 3110, 400: 6230}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One document of the comparison: its pages, and the milliseconds of both sides."""

    name: str
    pages: int
    kit: float
    engine: float


def rows(folder: Path, size: Size) -> Iterator[Row]:
    """Every row about paper."""
    press = press_in(folder / "papers")
    yield from _against_the_engine(press, folder, size)
    yield _memory(press, size)
    yield _two_at_once(press, size)
    yield _two_that_count(size)
    press.close()


def _against_the_engine(press: PaperPress, folder: Path, size: Size) -> Iterator[Row]:
    written = folder / "html"
    written.mkdir(parents=True)
    for name, (code, sheet, lang) in _compared(size).items():
        (written / f"{name}.html").write_text(press.preview(code, sheet, lang=lang).html, encoding="utf-8")
    found = {one.name: one for one in _drawn(written, folder, size)}
    for one in found.values():
        yield Row(
            f"P20 {one.name}, {one.pages} pages: kit ÷ the engine's own pdf/a-3a",
            "paper",
            one.kit / one.engine,
            1.1,
            note=f"{one.kit:.0f} against {one.engine:.0f}; {one.kit / one.pages:.0f} a page",
        )
    shortest, longest = found["record-0001"], found[max(name for name in found if name.startswith("record-"))]
    growth = (longest.kit / longest.pages) / (shortest.kit / shortest.pages)
    note = f"{shortest.pages} against {longest.pages} pages"
    yield Row("processor time of a page of the longest ÷ of the shortest record", "paper", growth, 2, note=note)


def _compared(size: Size) -> dict[str, tuple[str, Sheet, str]]:
    """The documents of the comparison by name: records of growing length, a hundred rows, one sample a kind."""
    lengths = {pages: count for pages, count in QUESTIONS.items() if pages <= size.paper_pages}
    chosen: dict[str, tuple[str, Sheet, str]] = {
        "record-0001": ("record", _record(1), "en"),
        "checklist of 100 rows": ("checklist", samples.checklist("bn", steps=min(100, size.paper_pages)), "bn"),
    }
    for pages, count in lengths.items():
        chosen[f"record-{pages:04}"] = ("record", _record(count), "en")
    if size.paper_pages > 1:
        chosen |= {code: (code, make("bn"), "bn") for code, make in SAMPLES.items()}
    return chosen


def _record(questions: int) -> Sheet:
    """A record of a deposition alone."""
    whole = samples.record(questions=questions, sealed=False)
    return replace(whole, groups=(), log=(), documents=(), interruptions=())


def _drawn(written: Path, folder: Path, size: Size) -> list[Drawn]:
    surroundings = {
        **os.environ,
        "FONTCONFIG_FILE": str(fonts.prepare(None, into=folder / "fonts-of-bench")),
        "SOURCE_DATE_EPOCH": "1767225600",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "tests.bench.drawing", str(written), str(TEMPLATES / "style"), str(size.rounds)]
    said = subprocess.run(command, env=surroundings, capture_output=True, check=True, cwd=ROOT).stdout
    return [Drawn(**json.loads(line)) for line in said.splitlines()]


def _memory(press: PaperPress, size: Size) -> Row:
    """How much one printing process has grown between a quarter of the records and all of them."""
    quarter: float | None = None
    for number, (sheet, lang) in enumerate(islice(_mixed(), size.papers), start=1):
        press.paper("record", sheet, lang=lang)
        if number == max(size.papers // 4, 1):
            quarter = _resident(press)
    grown, first = _resident(press), quarter or 0
    note = f"{first:.0f} MB after {size.papers // 4}, {grown:.0f} after {size.papers}"
    return Row("P21 growth of a printing process over mixed records, MB", "paper", grown - first, 15, note=note)


def _mixed() -> Iterator[tuple[Sheet, str]]:
    return cycle((samples.record(lang, questions=10 + 5 * extra), lang) for extra in range(3) for lang in LANGUAGES)


def _resident(press: PaperPress) -> float:
    (pid,) = press.processes
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    return int(found[1]) / 1024 if found else 0


def _two_at_once(press: PaperPress, size: Size) -> Row:
    """A batch by two threads, and so by two processes, against the same batch by one."""
    batch = list(islice(_mixed(), max(size.papers * 5 // 8, 2)))

    def by(threads: int) -> Callable[[], object]:
        def work() -> None:
            with ThreadPoolExecutor(threads) as pool:
                _exhaust(pool.map(lambda one: press.paper("record", one[0], lang=one[1]), batch))

        return work

    by(2)()
    one, two = once(by(1), WALL), once(by(2), WALL)
    note = f"{len(batch)} documents: {one:.0f} against {two:.0f}"
    return Row("P20 a batch by one process ÷ by two", "paper", one / two, 1.7, at_most=False, note=note)


def _exhaust(printed: Iterable[bytes]) -> None:
    for pdf in printed:
        assert pdf.startswith(b"%PDF")


def _two_that_count(size: Size) -> Row:
    """What this machine gives at most: processes that only count, one after the other and two at once."""
    command = [sys.executable, "-c", f"for _ in range({size.papers * 100_000}): pass"]

    def by(processes: int) -> Callable[[], object]:
        def work() -> None:
            with ThreadPoolExecutor(processes) as pool:
                list(pool.map(lambda _: subprocess.run(command, check=True), range(4)))

        return work

    one, two = once(by(1), WALL), once(by(2), WALL)
    name = "four processes that only count, one by one ÷ two by two"
    return Row(name, "machine", one / two, note=f"{one:.0f} against {two:.0f}")
