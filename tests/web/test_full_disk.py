"""R9: the disk is full, by SQLite's own measure and by that of a real small disk; afterwards everything goes on."""

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.services.shut import no_more_pages
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services import journal
from vctestimony.services.unit import Units
from vctestimony.store.db import db
from vctestimony.store.models import PostRow

pytestmark = pytest.mark.bad_day("R9")
PATH = "/posts/mumbai-court/edit"
BYTES_OF_DISK = 16 * 1024 * 1024
MANY = 400


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A file system of its own in memory; only root may make one."""
    place.mkdir()
    made = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", f"size={BYTES_OF_DISK},mode=700", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if made.returncode != 0:
        pytest.skip(f"no disk of its own: {made.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["/bin/umount", "--lazy", str(place)], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Let nothing fit any more."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1024 * 1024, 4096, 1):
            with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
                while True:
                    file.write(bytes(size))
    try:
        yield
    finally:
        ballast.unlink()


def _saved_until_full(browser: Browser) -> str:
    """Save again and again, until what was written last does not fit; then the page still has what was typed."""
    form = browser.get(PATH)
    for number in range(MANY):
        phone = f"+91 22 {number:06}"
        fields = form.fields(PATH) | {"phone": [phone]}
        answer = browser.ask(PATH, "POST", data=fields, headers={"Sec-Fetch-Site": "same-origin"})
        if answer.status_code == 503:
            assert ("Nothing was saved" in answer.text, phone in answer.text) == (True, True)
            return phone
        assert answer.status_code == 303, answer.text
        form = browser.get(PATH)
    raise AssertionError("it never was full")


def _is_whole_without(browser: Browser, units: Units, phone: str) -> None:
    with browser.app.app_context():
        assert db.session.scalar(sa.select(PostRow.phone).where(PostRow.code == "mumbai-court")) != phone
        assert db.session.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
    with units.reading() as unit:
        assert journal.verify(unit)[1] is None


def _goes_on(browser: Browser, units: Units, phone: str) -> None:
    _is_whole_without(browser, units, phone)
    browser.send(browser.get(PATH), {"phone": phone}, to=PATH)
    assert browser.get(PATH).fields(PATH)["phone"] == [phone]


def test_sqlite_that_may_not_grow_takes_nothing_by_halves(signed_in: SignedIn, world: World, units: Units) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    with browser.app.app_context():
        engine = db.engine
    with no_more_pages(engine):
        phone = _saved_until_full(browser)
    _goes_on(browser, units, phone)


class TestOnASmallDisk:
    """The database lies on a disk of 16 MB that is full to the last byte."""

    @pytest.fixture
    def disk(self, tmp_path: Path) -> Iterator[Path]:
        with small_disk(tmp_path / "disk") as place:
            yield place

    @pytest.fixture
    def database_url(self, disk: Path, sqlite_template: Path) -> str:
        shutil.copyfile(sqlite_template, disk / "vctestimony.sqlite")
        return f"sqlite:///{disk / 'vctestimony.sqlite'}"

    def test_a_form_comes_back_and_goes_through_when_there_is_room(
        self, signed_in: SignedIn, world: World, units: Units, disk: Path
    ) -> None:
        browser = signed_in(Role.ADMINISTRATOR)
        browser.get(PATH)
        assert os.statvfs(disk).f_blocks * os.statvfs(disk).f_frsize == BYTES_OF_DISK
        with filled(disk):
            phone = _saved_until_full(browser)
            _is_whole_without(browser, units, phone)
        _goes_on(browser, units, phone)

    def test_a_large_file_is_refused_before_it_is_read_and_small_things_go_on(
        self, signed_in: SignedIn, world: World, units: Units
    ) -> None:
        browser = signed_in(Role.COORDINATOR, "mumbai")
        path = f"/hearings/{world.mumbai.hearing}/checklist"
        file = (BytesIO(b"%PDF" + bytes(200_000)), "scan.pdf")
        token = browser.get(path).fields(path)["csrf_token"]
        sent = {"csrf_token": token, "note": "Shown to the clerk", "file": file}
        answer = browser.ask(f"{path}/C-1", "POST", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
        assert (answer.status_code, "too little room for this file" in answer.text) == (503, True)
        assert ("Shown to the clerk" in answer.text, "This was not saved" in answer.text) == (True, True)
        browser.get(path)
