"""What follows the hearing, as both ends do it in the browser: fixing, signing on both paths, addenda."""

import io
import re
import subprocess
from collections.abc import Mapping

from PIL import Image
from playwright.sync_api import FilePayload

from tests.browser.desk import Desk
from tests.certificates import PASSPHRASE, Holder

WAY: Mapping[str, Mapping[str, str]] = {
    "read_over": {
        "manner": "interpreted",
        "who": "The presiding officer; the interpreter",
        "present": "advocate",
    },
    "corrected": {"outcome": "corrected", "text": "Line 3: Benapole instead of Petrapole."},
    "admitted": {"who": "The presiding officer", "done_on": "", "done_time": ""},
    "judge_signed": {"initialled": "yes"},
    "witness_signed": {"who": "The consul", "in_full": "yes"},
    "countersigned": {"who": "The consul"},
    "host_signed": {"outcome": "signed", "who": "The consul, for the mission"},
    "received": {"who": "The coordinator of the court"},
    "dispatched": {"means": "courier", "carrier": "Padma Courier", "consignment": "PC 2026 000 417"},
    "copy_received": {"who": "The coordinator of the court"},
}
RECEIPT = {
    "what": "Signed transcript, one paper",
    "carrier": "Padma Courier",
    "number": "PC 2026 000 417",
    "dispatched_on": "8/9/2026",
    "received_on": "8/9/2026",
    "received_by": "The coordinator of the court",
    "state": "Cover whole; every signature found.",
    "language": "en",
}


def fix(desk: Desk, hearing: str) -> None:
    """Let no line of the deposition change any more."""
    desk.go(f"/hearings/{hearing}/deposition")
    desk.press("Fix the text after the read-over")
    desk.press("Fix the text")


def step(desk: Desk, hearing: str, rung: str, *, scan: bytes = b"") -> None:
    """Enter the next step of the transcript's way; it must be that one."""
    desk.go(f"/hearings/{hearing}/cycle")
    form = desk.page.locator(f"main form[action='/hearings/{hearing}/cycle/{rung}']")
    assert form.count() == 1, desk.text()
    desk.fill(**WAY.get(rung, {}))
    if desk.page.locator("main [name='began']").count():  # the log tells when it was done; it took no minute
        desk.fill(began=desk.page.locator("main [name='done_time']").input_value())
    if scan:
        file = FilePayload(name="../../scan.pdf", mimeType="application/pdf", buffer=scan)
        desk.page.set_input_files("main input[type=file]", file)
    with desk.page.expect_navigation():
        form.locator("button[type=submit], button:not([type])").first.click()
    assert "Done" in desk.page.locator(f"#step-{rung}").inner_text(), desk.text()
    desk.picture()


def offer(desk: Desk, hearing: str) -> str:
    """Make the soft copy ready to be signed; gives its code."""
    desk.go(f"/hearings/{hearing}/cycle")
    desk.fill(language="en")
    with desk.page.expect_navigation():
        desk.page.locator(f"main form[action='/hearings/{hearing}/cycle/offer'] button").first.click()
    return waiting_file(desk)


def waiting_file(desk: Desk) -> str:
    """The code of the file that the page names last."""
    links = desk.page.locator("main a[href*='/signing/S-']").all()
    assert links, desk.text()
    return (links[-1].get_attribute("href") or "").rpartition("/")[2]


def record_to_sign(desk: Desk, hearing: str) -> str:
    """The code of the sealed record among what is offered to be signed."""
    desk.go(f"/hearings/{hearing}/signing")
    link = desk.page.locator("main h2 a[href*='/signing/S-']:has-text('Sealed record')")
    assert link.count() == 1, desk.text()
    return (link.get_attribute("href") or "").rpartition("/")[2]


def sign(desk: Desk, hearing: str, code: str, place: str, holder: Holder) -> str:
    """Sign in that field with a certificate file, confirmed the first time; gives what the page then says."""
    desk.go(f"/hearings/{hearing}/signing/{code}/{place}")
    _send_key(desk, holder, status=None)
    if desk.page.locator("main [name='fingerprint']").count():
        found = re.search(r"(?:[0-9A-F]{4}[ :]?){16}", desk.text())
        assert found, desk.text()
        desk.fill(fingerprint=re.sub(r"[ :]", "", found[0])[:8])
        _send_key(desk, holder, status=200)
    assert desk.page.url.endswith(code), desk.text()
    desk.picture()
    return desk.text()


def _send_key(desk: Desk, holder: Holder, *, status: int | None) -> None:
    file = FilePayload(name="own.p12", mimeType="application/x-pkcs12", buffer=holder.key_file.content)
    desk.page.set_input_files("main input[name=key]", file)
    desk.fill(passphrase=PASSPHRASE)
    desk.picture()
    with desk.expecting(422), desk.page.expect_navigation() as moved:
        desk.page.get_by_role("button", name="Sign now", exact=True).click()
    assert status is None or (moved.value is not None and moved.value.status == status), desk.text()


def add_receipt(desk: Desk, hearing: str) -> str:
    """Seal the receipt of the hard copy as an addendum; gives the address of its paper."""
    desk.go(f"/hearings/{hearing}/addenda/new/receipt")
    desk.fill(**RECEIPT)
    desk.press("Seal the addendum now")
    link = desk.page.locator("#added a[href*='.pdf']").first.get_attribute("href")
    assert link, desk.text()
    return link


def scanned(pdf: bytes) -> bytes:
    """The pages as a scanner makes them of the signed paper: pictures, and nothing that can be edited."""
    drawn = subprocess.run(["pdftoppm", "-r", "60", "-gray", "-"], input=pdf, capture_output=True, check=True).stdout
    pages, source = [], io.BytesIO(drawn)
    while source.tell() < len(drawn):
        pages.append(Image.open(io.BytesIO(_one_picture(source))).convert("L"))
    made = io.BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:])
    return made.getvalue()


def _one_picture(source: io.BytesIO) -> bytes:
    """The next picture of a row of them, as `pdftoppm` writes it (PGM)."""
    head = [source.readline() for _ in range(3)]
    width, height = (int(number) for number in head[1].split())
    return b"".join(head) + source.read(width * height)
