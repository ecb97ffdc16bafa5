"""A transcript that is signed on paper, from readiness to receipt, in a real browser against the running service."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.paper import MORNING, NUMBER, tell
from tests.browser.serving import copied
from tests.browser.story import Told

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(900),
    pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="no pdftoppm: apt-get install poppler-utils"),
]


@pytest.fixture(scope="module")
def told(chromium: Browser, demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    story = Told(copied(demonstration, tmp_path_factory.mktemp("paper") / "instance"))
    try:
        tell(story, chromium)
        yield story
    finally:
        story.server.stop()


def test_the_browser_had_nothing_to_complain_of(told: Told) -> None:
    assert told.complaints == []


def test_the_transcript_went_its_whole_way_on_paper(told: Told) -> None:
    way = told.pages["way"]
    assert "On paper: printed, signed, scanned" in way
    assert "Everything is done: the transcript is signed at both points" in way
    assert "Padma Courier" in way
    assert "Sent within the days" in way
    assert f"{NUMBER}, witness PW-3 Print the transcript and have the witness sign it" in told.pages["waits"]


def test_both_scans_are_given_back_byte_by_byte(told: Told) -> None:
    assert told.files["sent.pdf"] == told.files["first.pdf"]
    assert told.files["back.pdf"] == told.files["second.pdf"]


def test_three_signatures_stand_on_the_sealed_record_and_hold(told: Told, tmp_path: Path) -> None:
    assert told.pages["signed"].count("Valid, and its issuer is one that this court trusts") == 3
    (tmp_path / "signed.pdf").write_bytes(told.files["signed.pdf"])
    report = subprocess.run(
        ["pdfsig", "-nocert", "signed.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert report.stdout.count("Signature Validation: Signature is Valid.") == 3


def test_the_journal_of_the_whole_story_is_unbroken(told: Told) -> None:
    done = told.server.command("journal", "verify", at=MORNING)
    assert "all in place and unchanged" in done.stdout, done.stderr
