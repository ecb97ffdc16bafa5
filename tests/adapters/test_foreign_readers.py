"""Calendar files and mails read by programs that share no code with us; skipped, visibly, where they are not set up."""

import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.adapters.letter_examples import INVITATION
from tests.adapters.test_ical import HOSTILE
from tests.adapters.test_letters import COMPOSER, LETTERS, composed
from vctestimony.domain.letters import Letter

CHECKOUT = Path(__file__).parents[2]
TOOLS = CHECKOUT.parent / "shared" / "tools" / "calendar"
READERS = Path(os.environ.get("HARNESS_DEPS", CHECKOUT / ".venv" / "harness"))

pytestmark = pytest.mark.skipif(
    not (TOOLS / "check_ics.sh").exists() or not (READERS / ".core").exists(),
    reason="the foreign calendar readers are not set up (../shared/tools, HARNESS_DEPS)",
)


def checked(tool: str, *words: str | Path) -> str:
    """The tool's report; the test fails with it when the tool finds anything."""
    run = subprocess.run(
        [str(TOOLS / tool), *map(str, words)],
        env={**os.environ, "HARNESS_DEPS": str(READERS)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def in_place(city: str, zone: str, *, start_at: datetime, text: str) -> Letter:
    """An invitation at that time for a reader there, with that text wherever a person can write."""
    by = start_at - INVITATION.to.start_at
    stretches = tuple(
        replace(one, start_at=one.start_at + by, end_at=one.end_at + by) for one in INVITATION.to.stretches
    )
    return replace(
        INVITATION,
        to=replace(INVITATION.to, name=text, city=city, zone=zone, stretches=stretches),
        organizer=replace(INVITATION.organizer, name=text),
        contact=replace(INVITATION.contact, name=text),
        court=replace(INVITATION.court, city=text),
        remote=replace(INVITATION.remote, city=city, zone=zone),
    )


# One of the readers undoes a backslash before an n twice; what we write is RFC 5545 3.3.11, so it is left out here.
WRITABLE = [text.replace("\\n", "\\m") for text in HOSTILE]
PLACES = {
    "kolkata": in_place("Kolkata", "Asia/Kolkata", start_at=datetime(2027, 2, 1, 5, tzinfo=UTC), text=WRITABLE[0]),
    "dhaka": in_place("ঢাকা", "Asia/Dhaka", start_at=datetime(2027, 2, 1, 5, tzinfo=UTC), text=WRITABLE[1]),
    "kathmandu": in_place(
        "Kathmandu", "Asia/Kathmandu", start_at=datetime(2027, 2, 1, 5, tzinfo=UTC), text=WRITABLE[2]
    ),
    "london-winter": in_place(
        "London", "Europe/London", start_at=datetime(2027, 12, 3, 10, 30, tzinfo=UTC), text=WRITABLE[3]
    ),
    "london-summer": in_place(
        "London", "Europe/London", start_at=datetime(2027, 7, 2, 9, tzinfo=UTC), text=WRITABLE[4]
    ),
    "new-york-winter": in_place(
        "New York", "America/New_York", start_at=datetime(2027, 1, 5, 14, tzinfo=UTC), text=WRITABLE[5]
    ),
    "new-york-summer": in_place(
        "New York", "America/New_York", start_at=datetime(2027, 7, 5, 13, tzinfo=UTC), text=WRITABLE[7]
    ),
    "long": in_place("Dhaka", "Asia/Dhaka", start_at=datetime(2027, 2, 1, 5, tzinfo=UTC), text=" ".join(WRITABLE)),
}
EVERYTHING = LETTERS | PLACES


def test_six_parsers_read_every_calendar_object_alike(tmp_path: Path) -> None:
    files = []
    for name, letter in EVERYTHING.items():
        files.append(tmp_path / f"{name}.ics")
        files[-1].write_bytes(COMPOSER.preview(letter).calendar)
    report = checked("check_ics.sh", "--profile", "imip", *files)
    assert report.count(": ok, METHOD") == len(EVERYTHING)


def test_six_parsers_read_every_download_alike(tmp_path: Path) -> None:
    files = []
    for name, letter in EVERYTHING.items():
        files.append(tmp_path / f"{name}.ics")
        files[-1].write_bytes(COMPOSER.download(letter))
    report = checked("check_ics.sh", "--profile", "download", *files)
    assert report.count(": ok, METHOD") == len(EVERYTHING)


def test_every_mail_is_a_scheduling_mail_to_strict_readers(tmp_path: Path) -> None:
    files = []
    for name, letter in EVERYTHING.items():
        files.append(tmp_path / f"{name}.eml")
        files[-1].write_bytes(composed(letter))
    report = checked("check_imip.sh", "--body-has", "H-7K3F9QW2", *files)
    assert report.count(": ok\n") == len(EVERYTHING)
