"""Commands of archives: give a whole hearing away as one, and verify one that came from wherever."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from vctestimony.adapters.archive_files import opened
from vctestimony.cli.at_hand import says_why, units
from vctestimony.config import LOOPBACK
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.archive.opened import NotAnArchive
from vctestimony.domain.archive.proof import Proof, prove
from vctestimony.domain.errors import Unavailable
from vctestimony.domain.wording import LANGUAGES
from vctestimony.services import archive_journal, archives

archive = AppGroup("archive", help="Whole hearings as archives.")
GROUPS = (archive,)
_MOST_TOLD = 50


@archive.command("export")
@click.argument("reference")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="The language of the papers in it.")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@says_why
def export(reference: str, lang: str, out: Path) -> None:
    """Write a hearing as one ZIP that can be verified without this service; without the files that show steps done."""
    made = archives.export(units(), reference, language=lang, by=SYSTEM)
    out.write_bytes(made.content)
    click.echo(f"Written to {out}. It says in README.txt how to verify it.")


@archive.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Prove an archive from any installation. Exit 0 it holds, 1 something is wrong, 2 it is no archive."""
    try:
        proof = prove(opened(file))
    except NotAnArchive as refusal:
        click.echo(refusal.sentence(), err=True)
        sys.exit(2)
    for problem in proof.problems[:_MOST_TOLD]:
        click.echo(problem, err=True)
    if not proof.holds:
        click.echo(f"{len(proof.problems)} problems. This archive is not as it was made.", err=True)
        sys.exit(1)
    for line in _said(proof):
        click.echo(line)
    _compare(proof)


def _compare(proof: Proof) -> None:
    """Where the archive was made by this installation, its journal must say the same. It may not even have tables."""
    ends = proof.stated["journal"]
    first_hash = ends.get("first_hash") if isinstance(ends, dict) else None
    try:
        with units().reading() as unit:
            found = archive_journal.beside_own(unit, proof.hashes, first_hash=first_hash)
    except (Unavailable, SQLAlchemyError):
        found = None
    if found is None:
        click.echo("It was made by another installation: its journal could not be compared with the one kept there.")
    elif found.differing:
        numbers = ", ".join(map(str, found.differing[:_MOST_TOLD]))
        click.echo(f"The journal kept here has other entries under these numbers: {numbers}.", err=True)
        sys.exit(1)
    else:
        click.echo(f"All {found.count} entries are those of the journal kept here.")


def _where(service: str, sealed: object) -> str:
    """Where the code can be compared; the address of an installation that was told none would lead nowhere."""
    if urlsplit(service).hostname in LOOPBACK:
        return "on the page “Compare a paper” of the installation that made it"
    return f"at {service}/verify/{sealed}"


def _said(proof: Proof) -> tuple[str, ...]:
    stated = proof.stated
    sealed = stated.get("sealed")
    record = (
        f"The record was sealed as {sealed}; compare the code {_where(str(stated.get('service')), sealed)}."
        if sealed
        else "The record was not sealed when this was made: what is in it is a draft."
    )
    return (
        f"Hearing {stated.get('hearing')}, exported by {stated.get('exported_by')} at {stated.get('exported_at')}.",
        f"{proof.files} files and {len(proof.hashes)} entries of the journal, none changed, missing or added.",
        record,
    )
