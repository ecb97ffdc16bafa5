"""Lists about the rule packs: what still waits for a lawyer, and the catalogue of obligations held against them."""

from pathlib import Path

import click

from vctestimony.adapters.catalogue import coverage
from vctestimony.adapters.packs import load_packs
from vctestimony.cli.at_hand import says_why, units
from vctestimony.cli.packs import packs
from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import LANGUAGES
from vctestimony.services import pack_waiting

GROUPS = (packs,)
"""The group of the packs with the lists in it; importing this module is what adds them."""


@packs.command("waiting")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="The language of the statements.")
@says_why
def waiting(lang: str) -> None:
    """Every statement that still waits for a lawyer, pack by pack."""
    with units().reading() as unit:
        found = pack_waiting.waiting(unit, language=lang)
    for pack in found:
        click.echo(f"\n{pack.title} ({pack.id} {pack.version})")
        for ask in pack.asks:
            click.echo(f"  {ask}")
        for step in pack.steps:
            click.echo(f"  {step.id} [{step.marks}] {step.text}\n      {' '.join(step.asks)}")
    click.echo(f"\n{sum(pack.count for pack in found)} statements wait, in {len(found)} packs.")


def catalogue_lines(sop: Path, *, whole: bool) -> list[str]:
    """How much of the catalogue is in packs, in one line or row by row; nothing while the packs cannot be read."""
    try:
        found = coverage(sop, load_packs(sop))
    except Refusal:
        return []
    if not whole:
        return [found.summary]
    beyond = [f"{row} (beyond the catalogue)" for row in found.beyond]
    return [*(str(row) for row in found.rows), *beyond, found.summary]
