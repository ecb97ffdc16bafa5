"""R8: another process keeps the database locked while somebody saves. Both engines."""

import pytest
import sqlalchemy as sa

from tests.locking import locked, with_patience
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.store.db import db
from vctestimony.store.models import JournalRow, PostRow

PATH = "/posts/mumbai-court/edit"
pytestmark = [
    pytest.mark.bad_day("R8"),
    pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True),
]


def _stored(browser: Browser) -> tuple[str | None, int]:
    """The telephone of the post, and how long the journal is."""
    with browser.app.app_context():
        phone = db.session.scalar(sa.select(PostRow.phone).where(PostRow.code == "mumbai-court"))
        return phone, db.session.scalar(sa.select(sa.func.count()).select_from(JournalRow)) or 0


def test_a_lock_that_ends_in_time_delays_a_form_and_no_more(
    signed_in: SignedIn, world: World, database_url: str
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    form = browser.get(PATH)
    with locked(database_url, "post", seconds=0.4):
        browser.send(form, {"phone": "+91 22 4444"}, to=PATH)
    assert _stored(browser)[0] == "+91 22 4444"


def test_a_lock_that_does_not_end_in_time_gives_the_form_back_and_writes_nothing(
    signed_in: SignedIn, world: World, database_url: str
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    form, before = browser.get(PATH), _stored(browser)
    with browser.app.app_context():
        engine = db.engine
    with with_patience(engine, 200), locked(database_url, "post"):
        page = browser.sent(form, {"phone": "+91 22 4444"}, to=PATH, status=503)
        assert browser.get(PATH).fields(PATH)["phone"] == [before[0] or ""], "pages can be read all the while"
    assert ("+91 22 4444" in page.text, _stored(browser)) == (True, before)
    browser.send(page, {})
    assert _stored(browser)[0] == "+91 22 4444"
