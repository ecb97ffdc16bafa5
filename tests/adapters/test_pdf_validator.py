"""Both archival standards, as a validator of other people's judges them; skipped, visibly, where there is none."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.adapters.every_sample import LANGUAGES, SAMPLES, press_in, printed
from vctestimony.adapters.pdf import PaperPress

VERAPDF = os.environ.get("VERAPDF", "")
pytestmark = pytest.mark.skipif(not VERAPDF, reason="no veraPDF: set VERAPDF to a command that takes `3a,ua1 FILE…`")


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    made = press_in(tmp_path_factory.mktemp("instance"))
    yield made
    made.close()


def judged(*files: Path) -> tuple[int, str]:
    """What the validator says of the files, in one run."""
    said = subprocess.run([VERAPDF, "3a,ua1", *map(str, files)], capture_output=True, check=False, text=True)
    return said.returncode, said.stdout


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("code", SAMPLES)
def test_every_document_keeps_both_standards_in_three_languages(press: PaperPress, tmp_path: Path, code: str) -> None:
    files = [tmp_path / f"{code}-{lang}.pdf" for lang in LANGUAGES]
    for file, lang in zip(files, LANGUAGES, strict=True):
        file.write_bytes(printed(press, code, lang))

    verdict, said = judged(*files)

    assert verdict == 0, said
    assert said.count("PASS") == 2 * len(files)


def plain(html: str, variant: str = "") -> bytes:
    """A file of the engine alone, without our repairs, made in a process of its own: it leaves files open."""
    program = (
        "import sys, weasyprint; variant = sys.argv[2] or None; "
        "sys.stdout.buffer.write(weasyprint.HTML(string=sys.argv[1]).write_pdf(pdf_variant=variant))"
    )
    command = [sys.executable, "-c", program, html, variant]
    return subprocess.run(command, capture_output=True, check=True).stdout


def broken(press: PaperPress, folder: Path, pattern: bytes, instead: bytes) -> bytes:
    """A print of ours, uncompressed, in which something was replaced by as many other bytes."""
    file = folder / "whole.pdf"
    file.write_bytes(printed(press, "checklist-role", "en"))
    command = ["qpdf", "--qdf", "--object-streams=disable", str(file), "-"]
    pdf, count = re.subn(pattern, instead, subprocess.run(command, capture_output=True, check=True).stdout)
    assert count
    return pdf


BROKEN: dict[str, Callable[[PaperPress, Path], bytes]] = {
    "no standard at all": lambda _press, _folder: plain("<html lang=en><title>x</title><p>x"),
    "no language": lambda _press, _folder: plain("<title>x</title><p>x", "pdf/a-3a"),
    "no title": lambda _press, _folder: plain("<html lang=en><p>x", "pdf/ua-1"),
    "no tags": lambda press, folder: broken(press, folder, b"/StructTreeRoot", b"/StructTreeRoof"),
    "not the marks it claims": lambda press, folder: broken(press, folder, b"/Marked true", b"/Marced true"),
    "no colours of a known kind": lambda press, folder: broken(press, folder, b"/OutputIntents", b"/OutputIntentz"),
    "no characters for its glyphs": lambda press, folder: broken(press, folder, b"/ToUnicode", b"/ToUnicodf"),
}


@pytest.mark.parametrize("flaw", BROKEN)
def test_the_validator_notices_what_is_wrong(press: PaperPress, tmp_path: Path, flaw: str) -> None:
    file = tmp_path / "broken.pdf"
    file.write_bytes(BROKEN[flaw](press, tmp_path))

    verdict, said = judged(file)

    assert verdict == 1
    assert "FAIL" in said
