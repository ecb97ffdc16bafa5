"""A recording of the court checked in the browser: known answers, 300 megabytes in little memory, nothing sent."""

import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import SitDown
from tests.browser.desk import Desk
from vctestimony.demo.recordings import CONTENT
from vctestimony.web import recordings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WORKER = (Path(recordings.__file__).parent / "static" / "recording-worker.js").read_text(encoding="utf-8")
COMPUTED = """([source, algorithm, bytes, cuts]) => {
  const hashOf = new Function("self", source.replace('"use strict";', "") + "; return hashOf")({});
  const hash = hashOf(algorithm);
  cuts.forEach(([start, end]) => hash.update(Uint8Array.from(bytes.slice(start, end))));
  return hash.hex();
}"""
KNOWN = {
    ("sha256", b"abc"): "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ("sha256", b""): "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ("sha512", b"abc"): (
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    ),
}
"""FIPS 180-4, examples."""
LARGE, ENDLESS = 300 * 1024 * 1024, 40 * 1024 * 1024 * 1024
MOST_KILOBYTES = 200 * 1024


def described(clerk: Desk, hearing: str, *, size: int, digest: str) -> str:
    """A recording of that size and hash, as somebody describes it; the id of its part of the page."""
    clerk.go(f"{hearing}/recordings/new")
    clerk.fill(name=f"file-{size}", length="02:00:00", size=str(size), algorithm="sha256", digest=digest)
    clerk.fill(began_on="31/8/2026", began_time="10:00", ended_on="31/8/2026", ended_time="12:00")
    clerk.fill(custodian="Record keeper", encryption="AES-256", key_place="Safe", copies="none")
    clerk.press("Keep the description")
    return str(clerk.page.locator("section[id^=recording-]").last.get_attribute("id"))


def sparse(folder: Path, size: int) -> Path:
    """A file of that size that takes no room, with something at its end."""
    path = folder / f"{size}.bin"
    with path.open("wb") as file:
        file.seek(size - 3)
        file.write(b"end")
    return path


def peak(chromium: Browser) -> int:
    """The most memory that any page's process has held so far, in kilobytes."""
    session = chromium.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    found = []
    for one in processes:
        if one["type"] == "renderer":
            status = Path(f"/proc/{one['id']}/status").read_text(encoding="ascii")
            found.append(int(re.findall(r"VmHWM:\s+(\d+)", status)[0]))
    return max(found)


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_the_hashes_are_those_of_the_standard_however_the_bytes_are_cut(desk: SitDown, algorithm: str) -> None:
    page = desk().page
    for (name, content), expected in KNOWN.items():
        if name == algorithm:
            assert page.evaluate(COMPUTED, [WORKER, name, list(content), [[0, len(content)]]]) == expected
    for length in (1, 55, 56, 63, 64, 65, 111, 112, 119, 127, 128, 129, 1000):
        content = bytes((place * 7 + length) % 256 for place in range(length))
        cuts = list(pairwise(sorted({0, length, length // 3, min(length, 64), min(length, 129)})))
        found = page.evaluate(COMPUTED, [WORKER, algorithm, list(content), cuts])
        assert found == hashlib.new(algorithm, content).hexdigest(), length


def test_a_large_file_is_compared_here_in_little_memory_and_the_check_can_be_stopped_by_keyboard(
    desk: SitDown, chromium: Browser, tmp_path: Path
) -> None:
    clerk: Desk = desk()
    clerk.sign_in("coordinator@kolkata.court.example")
    clerk.go("/hearings?state=completed")
    links = [one.get_attribute("href") or "" for one in clerk.page.locator("main a[href^='/hearings/H-']").all()]
    hearing = next(path for path in links if path.count("/") == 2)
    large, endless = sparse(tmp_path, LARGE), sparse(tmp_path, ENDLESS)
    with large.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    place = described(clerk, hearing, size=LARGE, digest=digest)
    before, seen = peak(chromium), len(clerk.visited)
    part = clerk.page.locator(f"#{place}")
    part.locator("input[type=file]").set_input_files(large)
    part.locator("[role=status].ok").wait_for()
    assert "its SHA-256 is the one that is kept" in part.locator("[role=status]").inner_text()
    grown = peak(chromium) - before
    assert grown < MOST_KILOBYTES, grown
    altered = tmp_path / "altered.bin"
    altered.write_bytes(CONTENT[:-2] + b"!\n")
    part = clerk.page.locator("#recording-1")
    part.locator("input[type=file]").set_input_files(altered)
    part.locator("[role=status].bad").wait_for()
    assert "is NOT the recording" in part.locator("[role=status]").inner_text()
    assert {address.rpartition("/")[2] for address in clerk.visited[seen:]} <= {"recording-worker.js", "icon.svg"}

    part = clerk.page.locator(f"#{described(clerk, hearing, size=ENDLESS, digest=digest)}")
    part.locator("input[type=file]").set_input_files(large)
    part.locator("[role=status].bad").wait_for()
    assert f"has {LARGE} bytes; the recording has {ENDLESS}" in part.locator("[role=status]").inner_text()
    part.locator("input[type=file]").set_input_files(endless)
    part.get_by_role("button", name="Stop").focus()
    clerk.page.keyboard.press("Enter")
    part.get_by_text("Stopped. Nothing was compared.").wait_for()
    assert part.locator("input[type=file]").evaluate("one => one === document.activeElement")
    clerk.close()


def test_without_javascript_the_page_tells_the_command(desk: SitDown) -> None:
    reader: Desk = desk(width=360, javascript=False)
    reader.sign_in("coordinator@kolkata.court.example")
    reader.go("/hearings?state=completed")
    links = [one.get_attribute("href") or "" for one in reader.page.locator("main a[href^='/hearings/H-']").all()]
    reader.go(f"{next(path for path in links if path.count('/') == 2)}/recordings")
    assert reader.page.locator("input[type=file]:visible").count() == 0
    assert "| sha256sum -c" in (reader.page.locator("details pre").first.text_content() or "")
