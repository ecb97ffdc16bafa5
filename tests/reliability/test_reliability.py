"""The reliability run in small, on both engines; `make reliability` is the whole of it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Database
from tests.reliability.figures import put

PROJECT = Path(__file__).resolve().parents[2]
MUST_BE_NOTHING = ("wrong calendars", "lost", "half booked", "altered", "out of order", "not understood")


@pytest.mark.bad_day("R1")
def test_whatever_is_killed_every_invitation_arrives_and_every_calendar_is_right(
    database: Database, engine_name: str, tmp_path: Path
) -> None:
    words = (
        "--operations",
        "40",
        "--hearings",
        "10",
        "--workers",
        "2",
        "--engine",
        engine_name,
        "--url",
        database.url,
        "--only",
        "invitations",
    )
    page = tmp_path / "reliability.md"
    command = [sys.executable, "-m", "tests.reliability", *words, "--write", str(page)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    sys.stdout.write(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    figures = dict(re.findall(r"^(\S.*?)  +(\d+)\s*$", done.stdout, re.MULTILINE))
    assert [int(figures[name]) for name in MUST_BE_NOTHING] == [0] * len(MUST_BE_NOTHING)
    assert int(figures["changes of hearings"]) >= 40
    assert int(figures["mails received"]) > 40
    assert sum(int(count) for name, count in figures.items() if name.startswith("kills of")) >= 3
    written = page.read_text(encoding="utf-8")
    assert f"| mails received | {figures['mails received']} |" in written
    assert str(tmp_path) not in written


@pytest.mark.bad_day("R2")
def test_everything_killed_at_once_loses_nothing_and_every_calendar_is_right() -> None:
    """The short form; on SQLite, for R1 is run on both engines."""
    words = ("--only", "invitations", "--all-at-once", "--operations", "6", "--hearings", "3", "--workers", "1")
    command = [sys.executable, "-m", "tests.reliability", *words, "--engine", "sqlite"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    figures = dict(re.findall(r"^(\S.*?)  +(\d+)\s*$", done.stdout, re.MULTILINE))
    assert [int(figures[name]) for name in MUST_BE_NOTHING] == [0] * len(MUST_BE_NOTHING)
    kills = {int(count) for name, count in figures.items() if name.startswith("kills of")}
    assert min(kills) >= 1, "each of them"
    assert int(figures["mails received"]) > 5


def test_a_section_of_the_page_takes_the_place_of_the_one_before_it_and_leaves_the_others(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    for section in ("# One\n\nfirst\n", "# Two\n\nsecond\n", "# One\n\nanother\n"):
        put(page, section)
    assert page.read_text(encoding="utf-8") == "# One\n\nanother\n\n# Two\n\nsecond\n"
