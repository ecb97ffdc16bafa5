"""A file is looked through for malware before anybody reads it; with some in it, or not looked at, it is not kept."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.adapters.foreign_calendars import one
from tests.architecture import modules
from tests.clamd_server import listening
from tests.conftest import FindActor
from tests.web.conftest import SignedIn
from tests.web.test_busy_pages import uploaded
from tests.world import World
from vctestimony.adapters.clamd import Clamd
from vctestimony.config import PROJECT
from vctestimony.domain.people import Role
from vctestimony.services import journal
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units

pytestmark = pytest.mark.asvs("5.4.3")
READS_FILES = {
    "web/uploads.py",  # vetted
    "web/verify.py",  # compared by its hash and thrown away, never kept or given to anybody
    "web/signing_cycle.py",  # asks whether there is one
    "web/proving.py",  # asks whether there is one
}


@pytest.fixture
def place() -> Iterator[str]:
    with listening() as found:
        yield found


@pytest.fixture
def ports(ports: Ports, place: str) -> Ports:
    return replace(ports, vetting=replace(ports.vetting, scanner=Clamd(place)))


def test_what_holds_malware_is_refused_beside_its_field_and_the_journal_tells_who_sent_it(
    signed_in: SignedIn, world: World, units: Units, actor: FindActor
) -> None:
    browser, path = signed_in(Role.COORDINATOR, "mumbai"), f"/officials/{world.mumbai.judge_id}/busy"
    assert "uploaded file up to date" in uploaded(browser, path, one("DTSTART;VALUE=DATE:20260914")).text
    refused = uploaded(browser, path, one("DTSTART;VALUE=DATE:20260914", "SUMMARY:EICAR canary"), 422)
    assert "holds something that is known as harmful (Eicar-Test-Signature)" in refused.text
    with units.reading() as unit:
        entry = journal.newest(unit, f"account:{actor(Role.COORDINATOR).account_id}")
    assert entry is not None
    assert (entry.action, entry.facts) == ("account.file_refused", '{"found":"Eicar-Test-Signature"}')


class TestWithoutClamd:
    """Somebody set it up, and it is gone."""

    @pytest.fixture
    def place(self) -> str:
        return "/nowhere/clamd.ctl"

    def test_no_file_is_taken(self, signed_in: SignedIn, world: World) -> None:
        browser, path = signed_in(Role.COORDINATOR, "mumbai"), f"/officials/{world.mumbai.judge_id}/busy"
        told = uploaded(browser, path, one("DTSTART;VALUE=DATE:20260914"), 503)
        assert "looked through for malware first" in told.text
        assert "up to date" not in browser.get(path).text


def test_no_view_takes_a_file_past_it() -> None:
    assert {module.place for module in modules(PROJECT) if "request.files" in module.text} == READS_FILES
