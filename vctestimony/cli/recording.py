"""The command that tells whether a file is a recording that was described: read to its end, a slice at a time."""

import hashlib
import sys
from collections.abc import Collection
from pathlib import Path

import click
from flask.cli import AppGroup

from vctestimony.cli.at_hand import units
from vctestimony.domain.errors import Absent
from vctestimony.domain.recordings.description import ALGORITHM_LABELS, Algorithm
from vctestimony.services import recordings

recording = AppGroup("recording", help="Recordings of the court, by their hash. None is kept here.")
GROUPS = (recording,)
_SLICE = 1024 * 1024


@recording.command("check")
@click.argument("reference")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(reference: str, file: Path) -> None:
    """Tell whether FILE is the recording REFERENCE (H-…-REC-1), or one of the recordings of a hearing (H-…).

    Exit 0: it is, to the last byte. 1: it is not. 2: nothing could be compared.
    """
    known = _expected(reference)
    try:
        found = _digests(file, {algorithm for _, algorithm, _ in known})
    except OSError as error:
        raise click.UsageError(f"The file could not be read to its end: {error.strerror}.") from error
    for title, algorithm, digest in known:
        if found[algorithm] == digest:
            click.echo(f"This file is the recording {title}, unchanged ({ALGORITHM_LABELS[algorithm]} {digest}).")
            return
    told = ", ".join(f"{ALGORITHM_LABELS[algorithm]} {digest}" for algorithm, digest in sorted(found.items()))
    click.echo(f"This file is not the recording, or it was changed. It has {told}.", err=True)
    sys.exit(1)


def _expected(reference: str) -> tuple[tuple[str, Algorithm, str], ...]:
    with units().reading() as unit:
        try:
            known = recordings.expected(unit, reference)
        except Absent:
            known = ()
    if not known:
        raise click.UsageError(f"No recording is described under {reference}.")
    return known


def _digests(file: Path, algorithms: Collection[Algorithm]) -> dict[Algorithm, str]:
    hashes = {algorithm: hashlib.new(algorithm.value) for algorithm in algorithms}
    with file.open("rb") as stream:
        while portion := stream.read(_SLICE):
            for one in hashes.values():
                one.update(portion)
    return {algorithm: one.hexdigest() for algorithm, one in hashes.items()}
