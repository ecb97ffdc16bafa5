"""Commands that say what the signatures of a file are, in the words of the pages."""

import sys
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from vctestimony.adapters.pdf_signing import roots_in
from vctestimony.adapters.signing_check import signing_findings
from vctestimony.cli.at_hand import says_why, units
from vctestimony.domain.paper import BothClocks
from vctestimony.services import signing, signing_report
from vctestimony.settings.signing import SigningSettings

sign = AppGroup("sign", help="Signatures on PDF files.")
GROUPS = (sign,)


@sign.command("report")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@says_why
def report(file: Path) -> None:
    """Say what every signature of a PDF is, and whether the file is one that was signed here."""
    told(_read(file))


@sign.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@says_why
def verify(file: Path) -> None:
    """The same; exit 1 unless there is a signature, and every one is valid with an issuer that this court trusts."""
    found = _read(file)
    told(found)
    if not found.signatures or any(one.tone != "ok" for one in found.signatures):
        sys.exit(1)


def state(found: SigningSettings) -> str:
    """How this installation signs, in one line."""
    count = len(roots_in(found.roots)) if found.roots else 0
    trusted = f"trusted issuers: {count or 'none'}"
    stamps = f"time stamps from {found.stamps_from}" if found.stamps_from else "no time stamps"
    token = f"the token {found.token.name} of the service" if found.token else "no token of the service"
    return f"Signing: {trusted}; {stamps}; {token}."


def findings(found: SigningSettings, *, now: datetime) -> list[str]:
    """What is wrong with what signing rests on, a line each."""
    roots = roots_in(found.roots) if found.roots else ()
    return signing_findings(roots, folder=found.roots, module=found.token.module if found.token else None, now=now)


def _read(file: Path) -> signing.FileReport:
    with units().reading() as unit:
        return signing.known(unit, file.read_bytes())


def told(found: signing.FileReport) -> None:
    """What a file is known as here, and every signature in it with its names."""
    click.echo(signing.in_words(found.known))
    for one in found.signatures:
        click.echo("\n".join(signing_report.lines(one, clock=_clocks)))
    click.echo(signing_report.NOT_SHOWN if found.signatures else "The file holds no signature.")


def _clocks(at: BothClocks) -> str:
    readings = dict.fromkeys((at.own.reading, at.other.reading))
    return " / ".join(f"{one.wall:%d %b %Y %H:%M} {one.city} ({one.offset})" for one in readings)
