"""The commands of archives, with the real press: one installation makes an archive, another one proves it."""

import io
import json
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from pypdf import PdfReader
from pypdf.generic import StreamObject

from tests.domain.test_archive import relined, summed
from tests.fakes import FrozenClock
from tests.services.registered import witness_entry
from tests.services.sittings import confirmed, ready_to_seal
from tests.world import World
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.domain.access import Actor
from vctestimony.domain.archive.contents import JOURNAL, RECORD_JSON, RECORD_PDF, SUMS
from vctestimony.domain.archive.journal_proof import HASHED
from vctestimony.domain.journal import hash_over
from vctestimony.services import seals, witnesses
from vctestimony.services.bundle_files import zipped
from vctestimony.services.unit import Units
from vctestimony.store.db import db
from vctestimony.web.context import EXTENSION

Files = dict[str, bytes]
CANARIES = (b"Rahima", b"Parveen", b"BX 0123456", b"0123456")


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


def installation(url: str, folder: Path) -> Flask:
    return create_app(Settings.from_env({"VCT_INSTANCE": str(folder), "VCT_DATABASE_URL": url}))


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    made = installation(database_url, tmp_path / "instance")
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Callable[[Path], Result]:
    """`archive verify` in an installation that knows nothing, and was not even set up."""
    other = installation(f"sqlite:///{tmp_path / 'other.sqlite'}", tmp_path / "elsewhere")
    return lambda path: other.test_cli_runner().invoke(args=["archive", "verify", str(path)])


@pytest.fixture
def archive(app: Flask, world: World, units: Units, mumbai: Actor, clock: FrozenClock, tmp_path: Path) -> Path:
    """A sealed hearing's archive, made by the command; the witness's name is in the vault."""
    with app.app_context():
        confirmed(units, world)
        real: Units = app.extensions[EXTENSION].units
        real = real.with_ports(replace(real.ports, clock=clock))
        with real.writing() as unit:
            entry = witness_entry("PW-7", "interpreter", "support_person")
            witnesses.revise(unit, world.mumbai.witness, entry, version=2, by=mumbai)
        ready_to_seal(real, world.mumbai.hearing, mumbai)
        seals.seal(real, world.mumbai.hearing, language="bn", by=mumbai)
    path = tmp_path / "a.zip"
    words = ["archive", "export", world.mumbai.hearing, "--lang", "bn", "--out", str(path)]
    result = app.test_cli_runner().invoke(args=words)
    assert result.exit_code == 0, result.output
    return path


def files_of(path: Path) -> Files:
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def rehashed(line: dict[str, object]) -> None:
    line["actor"] = "Nobody"
    line["hash"] = hash_over(str(line[field]) for field in HASHED)


def test_another_installation_proves_it_and_says_in_words_what_was_changed(
    app: Flask, archive: Path, elsewhere: Callable[[Path], Result], tmp_path: Path
) -> None:
    whole = elsewhere(archive)
    assert (whole.exit_code, "none changed, missing or added" in whole.output) == (0, True), whole.output
    assert "The record was sealed as R-" in whole.output
    assert "It was made by another installation" in whole.output
    own = app.test_cli_runner().invoke(args=["archive", "verify", str(archive)])
    assert (own.exit_code, "are those of the journal kept here" in own.output) == (0, True), own.output
    files = files_of(archive)
    middle = len(files[RECORD_PDF]) // 2
    altered = files[RECORD_PDF][:middle] + bytes([files[RECORD_PDF][middle] ^ 1]) + files[RECORD_PDF][middle + 1 :]
    numbers = [json.loads(line)["number"] for line in files[JOURNAL].splitlines()]
    for changed, said in (
        ({**files, RECORD_PDF: altered}, f"{RECORD_PDF} was changed"),
        (summed({**files, RECORD_PDF: altered}), "The record is not the one that was sealed"),
        (summed({**files, RECORD_JSON: b"{}"}), f"{RECORD_JSON} is not what {RECORD_PDF} carries"),
        ({name: content for name, content in files.items() if name != "log/log.csv"}, "log/log.csv is missing"),
        ({**files, "log/more.csv": b""}, "log/more.csv was added"),
        (summed(relined(files, rehashed, numbers[3])), f"that {RECORD_PDF} names in its audit.csv"),
    ):
        path = tmp_path / "changed.zip"
        path.write_bytes(zipped(changed.items()))
        result = elsewhere(path)
        assert (result.exit_code, said in result.output) == (1, True), result.output


def test_what_is_no_archive_ends_with_two(elsewhere: Callable[[Path], Result], tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(45):
            packed.writestr(f"f{number}", b"0" * (50 << 20) if number == 0 else b"")
    said_larger = bomb.getvalue().replace((50 << 20).to_bytes(4, "little"), (3 << 30).to_bytes(4, "little"))
    for content, said in (
        (b"%PDF-1.7 a record", "cannot be read as a ZIP file"),
        (zipped([("../../x", b"")]), "could lie outside its folder"),
        (said_larger, "would fill more than 2 GB"),
        (zipped([("a.txt", b"")]), f"it has no {SUMS}"),
    ):
        path = tmp_path / "x.zip"
        path.write_bytes(content)
        result = elsewhere(path)
        assert (result.exit_code, said in result.output) == (2, True), result.output
    assert not (tmp_path.parent.parent / "x").exists()


def test_tools_that_are_not_ours_agree_and_find_nothing_of_the_vault(archive: Path, tmp_path: Path) -> None:
    place = tmp_path / "hearing"
    subprocess.run(["unzip", "-q", str(archive), "-d", str(place)], check=True)
    subprocess.run(["sha256sum", "-c", "--strict", "--quiet", SUMS], cwd=place, check=True)
    told = subprocess.run(["pdfdetach", "-list", RECORD_PDF], cwd=place, capture_output=True, text=True, check=True)
    (number,) = [line.split(":")[0] for line in told.stdout.splitlines() if line.endswith(": record.json")]
    subprocess.run(["pdfdetach", "-save", number, "-o", "attached.json", RECORD_PDF], cwd=place, check=True)
    assert (place / "attached.json").read_bytes() == (place / RECORD_JSON).read_bytes()
    for path in place.rglob("*"):
        for content in _everything_in(path) if path.is_file() else ():
            assert not [canary for canary in CANARIES if canary.lower() in content.lower()], path.name


def _everything_in(path: Path) -> Iterator[bytes]:
    """The bytes, and of a PDF its text and every stream unpacked."""
    yield path.read_bytes()
    if path.suffix == ".pdf":
        yield subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout
        reader = PdfReader(path)
        for number in range(1, int(repr(reader.trailer["/Size"]))):
            found = reader.get_object(number)
            yield found.get_data() if isinstance(found, StreamObject) else repr(found).encode()
