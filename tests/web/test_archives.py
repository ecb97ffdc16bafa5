"""The archive from the page of the record: offered to whoever may have it, given as a file under a neutral name."""

import io
import zipfile

import pytest

from tests.conftest import FindActor
from tests.services.sittings import confirmed, whole_day
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units


@pytest.fixture
def record(units: Units, world: World, actor: FindActor) -> str:
    """The page of the record of a hearing that is over."""
    confirmed(units, world)
    whole_day(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    return f"/hearings/{world.mumbai.hearing}/record"


def test_the_coordinator_saves_the_archive_in_a_chosen_language(record: str, signed_in: SignedIn, world: World) -> None:
    clerk = signed_in(Role.COORDINATOR, "mumbai")
    form = clerk.get(record).soup.select_one("#archive form")
    assert form is not None
    assert (form["method"], form["action"]) == ("get", record.replace("/record", "/archive.zip"))
    answer = clerk.ask(f"{form['action']}?lang=bn")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="hearing-{world.mumbai.hearing}.zip"'
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert b'"language": "bn"' in archive.read("manifest.json")


def test_whoever_may_only_print_is_neither_offered_it_nor_given_it(record: str, signed_in: SignedIn) -> None:
    for role in (Role.LEGAL_STAFF, Role.MISSION_OFFICIAL):
        other = signed_in(role, "mumbai" if role is Role.LEGAL_STAFF else "")
        assert not other.get(record).soup.select("#archive")
        other.get(record.replace("/record", "/archive.zip"), status=403)
