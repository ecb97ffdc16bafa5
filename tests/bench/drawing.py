"""Runs in a process of its own: the kit against the engine alone, on the same HTML and CSS, each in its turn."""

import json
import sys
from pathlib import Path

import weasyprint

from tests.bench.measuring import side_by_side
from vctestimony.adapters.pdf_frames import Job, Limits, Outcome
from vctestimony.adapters.pdf_kit import VARIANT, Kit
from vctestimony.adapters.pdf_style import style_of

LONG = 400_000
"""Letters of a document that takes seconds; two rounds of it are enough."""
STAMP = "2026-09-17T05:30:00Z"


def compared(kit: Kit, html: str, *, rounds: int) -> dict[str, float]:
    """Pages, and the milliseconds of processor time of both."""
    made: list[Outcome] = []

    def ours() -> None:
        made.append(kit.print(Job(html=html, stamp=STAMP)))

    def theirs() -> None:
        source = weasyprint.HTML(string=html, url_fetcher=kit.fetcher)
        source.write_pdf(font_config=kit.fonts, stylesheets=[kit.style], pdf_variant=VARIANT)

    own, other = side_by_side(ours, theirs, rounds=rounds)
    assert all(outcome.trouble is None for outcome in made), made[0].detail
    return {"pages": made[0].pages, "kit": own, "engine": other}


def main(folder: str, style: str, rounds: str) -> None:
    """Print one line of JSON for each HTML file of the folder, in the order of their names."""
    kit = Kit.unpack(style=style_of(Path(style)), limits=Limits())
    for file in sorted(Path(folder).glob("*.html")):
        html = file.read_text(encoding="utf-8")
        said = compared(kit, html, rounds=int(rounds) if len(html) < LONG else 2)
        sys.stdout.write(f"{json.dumps({'name': file.stem, **said})}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
