"""Commands of sealed records: tell what a file is, and print a record again from its data alone."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from vctestimony.cli.at_hand import says_why, units
from vctestimony.cli.signing import told
from vctestimony.domain.errors import Refusal
from vctestimony.domain.record.claims import claimed
from vctestimony.services import comparing, signing
from vctestimony.services.comparing import FileVerdict, What
from vctestimony.services.fixed_paper import paper_of
from vctestimony.services.verification import Verdict

record_group = AppGroup("record", help="Sealed records.")
GROUPS = (record_group,)
_PDF = b"%PDF-"
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@record_group.command("verify")
@click.argument("file", type=_FILE)
@says_why
def verify_record(file: Path) -> None:
    """Tell whether a file is what was sealed or printed here, to the last byte, and what the signatures are that were
    added to it; exit code 1 when it is not. `sign verify` answers for the signatures alone."""
    content = file.read_bytes()
    codes = claimed(content)
    with units().reading() as unit:
        found = comparing.compare(unit, content, codes=codes)
    click.echo(f"SHA-256 {found.sha256}")
    click.echo(said(found), err=not found.holds)
    if found.what in {What.EXTENDED, What.ALTERED, What.UNKNOWN} and content.startswith(_PDF):
        _tell_signatures(content)
    sys.exit(0 if found.holds else 1)


def _tell_signatures(content: bytes) -> None:
    """Every signature with its names, or why none can be relied on."""
    try:
        with units().reading() as unit:
            report = signing.known(unit, content)
    except Refusal as trouble:
        click.echo(trouble.sentence(), err=True)
        return
    if report.signatures:
        told(report)


@record_group.command("reprint")
@click.argument("file", type=_FILE)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@says_why
def reprint(file: Path, out: Path) -> None:
    """Print a sealed record again from its record.json; the same release of the service gives the same bytes."""
    paper, press = paper_of(file.read_bytes().decode("utf-8", "replace")), units().ports.press
    out.write_bytes(press.paper("record", paper.sheet, lang=paper.language, attachments=paper.attachments))
    click.echo(f"Record {paper.code} printed to {out}.")
    if paper.edition != press.edition:
        click.echo(
            "It was sealed with other templates or another engine: its words are the same, its bytes may differ."
        )


def said(found: FileVerdict) -> str:
    """What a file is, in one sentence."""
    if found.printed is not None:
        source = f", a redacted copy of sealed record {found.printed.source}" if found.printed.source else ""
        return (
            f"This is document {found.printed.number}, version {found.printed.asked.version}{source}, as printed here."
        )
    if found.verdict is None:
        return "This file was neither sealed nor printed here, or it was changed since."
    seal = _seal(found.verdict)
    if found.what is What.ALTERED:
        return f"This is NOT the sealed file, though it claims to be {found.verdict.code}: it was altered."
    if not found.verdict.unchanged:
        return f"This is {seal}, but what is stored of it was changed. Do not rely on it."
    return {
        What.SEALED: f"This is {seal}, unchanged.",
        What.DATA: f"This is the data (record.json) of {seal}, unchanged.",
        What.EXTENDED: (
            f"This begins with {seal}, unchanged, and {found.added} bytes were added after the seal: signatures are "
            "added so, but so is anything that covers what was printed. Where a signature does not hold, use the "
            "sealed file."
        ),
    }[found.what]


def _seal(verdict: Verdict) -> str:
    if verdict.of_record:
        return f"addendum {verdict.number}, {verdict.code}, to sealed record {verdict.of_record}"
    return f"the sealed record {verdict.code}"
