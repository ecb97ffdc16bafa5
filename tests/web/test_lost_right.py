"""R10: the right to write the file of the database is lost while the service runs, and comes back."""

from pathlib import Path

import pytest

from tests.losing_rights import may_not_write
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services import wellbeing
from vctestimony.store.db import db

PATH = "/posts/mumbai-court/edit"


@pytest.mark.bad_day("R10")
def test_a_form_comes_back_health_tells_and_all_goes_on_when_the_file_may_be_written_again(
    signed_in: SignedIn, world: World
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    form = browser.get(PATH)
    with browser.app.app_context():
        engine = db.engine
    place = Path(str(engine.url.database))
    engine.dispose()
    with may_not_write(place, *place.parent.glob(f"{place.name}-*")):
        with pytest.raises(PermissionError):
            place.open("ab")
        page = browser.sent(form, {"phone": "+91 22 3333"}, to=PATH, status=503)
        health = browser.ask("/healthz")
        engine.dispose()
    assert ("+91 22 3333" in page.text, "Traceback" in page.text) == (True, False)
    assert (health.status_code, health.json) == (503, {"status": "unwell", "troubles": [wellbeing.READ_ONLY]})
    browser.send(page, {})
    assert browser.get(PATH).fields(PATH)["phone"] == ["+91 22 3333"]
