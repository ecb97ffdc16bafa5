"""One hearing from the order to the receipt of the hard copy, in a real browser against the running service.

The story is told once (story.py); each test looks at one thing it left behind, with tools that are not ours.
"""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from tests.browser import telling
from tests.browser.serving import body_of, calendar_of, copied
from tests.browser.story import NUMBER, ON_THE_DAY, Told, tell

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(900),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: apt-get install poppler-utils"),
]
CANARIES = (*telling.IDENTITY.values(), "কেনারী", "Canaryfather")
SIGNED = {"transcript.pdf": 1, "scan.pdf": 1, "signed.pdf": 3}


@pytest.fixture(scope="module")
def told(chromium: Browser, demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    story = Told(copied(demonstration, tmp_path_factory.mktemp("story") / "instance"))
    try:
        tell(story, chromium)
        yield story
    finally:
        story.server.stop()


def run(*words: str, folder: Path) -> str:
    """What a tool that is not ours says; it must be content."""
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def words_of(pdf: bytes) -> str:
    """The text of a PDF as a reader copies it, blanks joined."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode("utf-8").split())


def test_the_browser_had_nothing_to_complain_of(told: Told) -> None:
    assert told.complaints == []


def test_the_coordinator_sees_the_answer_and_a_move_asks_anew(told: Told) -> None:
    assert "Room kept free." in told.pages["answered"]
    assert "Tue 8 Sep 2026, 11:00" in told.pages["moved"]
    assert "Tue 8 Sep 2026, 11:30" in told.pages["moved"]
    assert "Room kept free." not in told.pages["moved"]


def test_the_move_is_told_with_a_raised_sequence_and_both_times(told: Told) -> None:
    first = told.server.mail(telling.CONSUL, hearing=told.hearing, method="REQUEST", sequence=0)
    update = told.server.mail(telling.CONSUL, hearing=told.hearing, method="REQUEST", sequence=1)
    assert "DTSTART:20260907T093000Z" in calendar_of(first)
    assert "DTSTART:20260908T053000Z" in calendar_of(update)
    assert uid_of(calendar_of(first)) == uid_of(calendar_of(update))
    for time in ("15:00", "15:30", "11:00", "11:30"):
        assert time in body_of(update)


def uid_of(calendar: str) -> list[str]:
    """The identifier of the event."""
    return [line for line in calendar.splitlines() if line.startswith("UID:")]


def test_calling_off_takes_the_event_out_of_the_calendars(told: Told) -> None:
    mail = told.server.mail(telling.CONSUL, hearing=told.moved_url, method="CANCEL", sequence=1)
    assert "STATUS:CANCELLED" in calendar_of(mail)
    assert "Cancelled" in told.pages["cancelled"]


def test_the_hearing_is_confirmed_when_every_step_before_it_is_settled(told: Told) -> None:
    assert "Confirmed" in told.pages["confirmed"]


@pytest.mark.parametrize(("language", "heading"), [("en", "Court Point Coordinator"), ("hi", "मुंबई"), ("bn", "মুম্বই")])
def test_the_checklist_on_paper_can_be_read_in_each_language(told: Told, language: str, heading: str) -> None:
    words = words_of(told.files[f"checklist-{language}.pdf"])
    assert heading in words
    assert "PW-11" in words
    assert told.hearing in words


def test_the_log_stands_on_both_clocks(told: Told) -> None:
    sheet = told.pages["run sheet"]
    assert "Link lost" in sheet
    found = re.findall(r"Tue 8 Sep, (\d\d):(\d\d) Mumbai Tue 8 Sep, (\d\d):(\d\d) Dhaka", sheet)
    clocks = [(int(a) * 60 + int(b), int(c) * 60 + int(d)) for a, b, c, d in found]
    assert clocks
    assert all(dhaka - mumbai == 30 and mumbai >= 10 * 60 + 50 for mumbai, dhaka in clocks)


def test_what_makes_the_hearing_ready_is_logged_before_it_is_opened(told: Told) -> None:
    assert "Trial of the link" in told.pages["before"]
    assert "Nothing is open for you now." in told.pages["before"]


def test_the_record_on_paper_states_what_was_said_and_who_read_it_over(told: Told) -> None:
    words = words_of(told.files["record.pdf"])
    for expected in ("There was a locked house.", "Benapole", "PW-11", told.code, NUMBER, "Power cut"):
        assert expected in words


def test_the_sealed_file_is_known_and_an_altered_byte_is_found(told: Told) -> None:
    assert "Yes: the file is this record, byte by byte." in told.verdicts["as sealed"]
    assert "Unchanged" in told.verdicts["as sealed"]
    assert "No: the file is not this record." in told.verdicts["altered"]
    assert "Unchanged" not in told.verdicts["altered"]  # what is kept here is told of by itself


def test_the_journal_of_the_whole_story_is_unbroken(told: Told) -> None:
    done = told.server.command("journal", "verify", at=ON_THE_DAY)
    assert done.returncode == 0, done.stderr
    assert "all in place and unchanged" in done.stdout


def test_what_is_in_the_vault_is_nowhere_else(told: Told) -> None:
    kept = told.server.folder
    mails = [mail for path in kept.glob("mailbox/*.eml") for mail in [path.read_bytes().decode("utf-8")]]
    calendars = [calendar_of(mail) + body_of(mail) for mail in told.server.mails("@", hearing="")]
    papers = [words_of(pdf) for pdf in told.files.values()]
    about = [
        subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode("utf-8", "replace")
        for pdf in told.files.values()
    ]
    names = [str(path) for path in kept.rglob("*")]
    log = told.server.log.read_text(encoding="utf-8", errors="replace")
    for text in (*mails, *calendars, *papers, *about, *names, *map(unquote, told.visited), log):
        assert not [canary for canary in CANARIES if canary in text]
    for file in [path for path in kept.rglob("*") if path.is_file()]:
        content = file.read_bytes()
        assert not [canary for canary in CANARIES if canary.encode() in content], file


def test_the_transcript_went_its_way_on_the_digital_path(told: Told) -> None:
    assert "Everything is done: the transcript is signed at both points" in told.pages["way"]
    assert told.pages["signed"].count("Valid, and its issuer is one that this court trusts") == SIGNED["signed.pdf"]


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="no pdfsig: apt-get install poppler-utils")
@pytest.mark.parametrize("name", SIGNED)
def test_the_signatures_hold_for_a_reader_that_is_not_ours(told: Told, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(told.files[name])
    report = run("pdfsig", "-nocert", name, folder=tmp_path)
    assert report.count("Signature Validation: Signature is Valid.") == SIGNED[name]


def test_a_signature_is_verified_without_any_pdf_reader(told: Told, tmp_path: Path) -> None:
    whole = told.files["signed.pdf"]
    found = re.findall(rb"/ByteRange *\[ *(\d+) +(\d+) +(\d+) +(\d+) *\]", whole)
    assert len(found) == SIGNED["signed.pdf"]
    first, size, then, rest = map(int, found[-1])
    (tmp_path / "made.der").write_bytes(bytes.fromhex(whole[first + size + 1 : then - 1].decode()))
    (tmp_path / "what").write_bytes(whole[first : first + size] + whole[then : then + rest])
    (tmp_path / "own.pem").write_bytes(told.authority.own.pem)
    verify = ("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "made.der", "-content", "what")
    run(*verify, "-CAfile", "own.pem", "-purpose", "any", "-out", "out", folder=tmp_path)


def test_the_signed_record_begins_with_the_sealed_one_and_both_are_whole(told: Told, tmp_path: Path) -> None:
    assert told.files["signed.pdf"].startswith(told.files["record.pdf"])
    assert "begins with" in told.verdicts["signed"]
    assert "3 of 3 hold." in told.verdicts["signed"]
    assert not [holder for holder in told.holders if holder in told.verdicts["signed"]]
    for name in ("record.pdf", "signed.pdf", "addendum.pdf", "record-redacted.pdf", "order-sheet.pdf"):
        (tmp_path / name).write_bytes(told.files[name])
        run("qpdf", "--check", name, folder=tmp_path)
    listed = run("pdfdetach", "-list", "signed.pdf", folder=tmp_path)
    assert all(name in listed for name in ("record.json", "transcript.txt", "audit.csv", "hearing.ics"))
    assert "0 embedded files" in run("pdfdetach", "-list", "record-redacted.pdf", folder=tmp_path)


def test_the_archive_is_verified_with_and_without_the_service(told: Told, tmp_path: Path) -> None:
    file = tmp_path / "archive.zip"
    file.write_bytes(told.archive)
    with zipfile.ZipFile(io.BytesIO(told.archive)) as archive:
        archive.extractall(tmp_path)
    sums = next(tmp_path.rglob("SHA256SUMS"))
    run("sha256sum", "--quiet", "-c", sums.name, folder=sums.parent)
    assert next(tmp_path.rglob("record/record.pdf")).read_bytes() == told.files["record.pdf"]
    done = told.server.command("archive", "verify", str(file), at=ON_THE_DAY)
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(io.BytesIO(told.archive)) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    assert not [(name, one) for name in inside for one in CANARIES if one.encode() in inside[name] or one in name]
