"""Both archival standards, as a validator of other people's judges them; skipped, visibly, where there is none."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import weasyprint

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


def plain(html: str, **options: object) -> Callable[[], bytes]:
    """A file of the engine alone, without our repairs."""
    return lambda: bytes(weasyprint.HTML(string=html).write_pdf(**options))


def broken(press: PaperPress, old: bytes, new: bytes) -> bytes:
    """A print of ours in which something was replaced by as many other bytes."""
    pdf = printed(press, "checklist-role", "en")
    assert old in pdf
    return pdf.replace(old, new + b" " * (len(old) - len(new)))


BROKEN: dict[str, Callable[[PaperPress], bytes]] = {
    "no standard at all": lambda _press: plain("<html lang=en><title>x</title><p>x")(),
    "no language": lambda _press: plain("<title>x</title><p>x", pdf_variant="pdf/a-3a")(),
    "no title": lambda _press: plain("<html lang=en><p>x", pdf_variant="pdf/ua-1")(),
    "another part claimed": lambda press: broken(press, b'pdfaid:part="3"', b'pdfaid:part="1"'),
    "another standard claimed": lambda press: broken(press, b"<pdfuaid:part>1<", b"<pdfuaid:part>9<"),
}


@pytest.mark.parametrize("flaw", BROKEN)
def test_the_validator_notices_what_is_wrong(press: PaperPress, tmp_path: Path, flaw: str) -> None:
    file = tmp_path / "broken.pdf"
    file.write_bytes(BROKEN[flaw](press))

    verdict, said = judged(file)

    assert verdict == 1
    assert "FAIL" in said
