"""`flask timezones check` as an operator calls it, after an update of the tz database: exit codes, real mails."""

import shutil
from base64 import b64encode
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.browser.serving import Server, calendar_of
from tests.clock_rules import HALF_AN_HOUR_ON, edition
from tests.conftest import FindActor
from tests.fakes import NOW
from tests.services.mails import opened
from tests.services.planned import answered, booked
from tests.world import World
from vctestimony.domain.instants import TZ_VERSION
from vctestimony.domain.people import Role
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store.models import OutboxRow, PostRow

WEDNESDAY_11 = datetime(2026, 9, 16, 11, 0)


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def server(tmp_path: Path, database_url: str, units: Units, world: World, actor: FindActor) -> Server:
    """An installation with one booked hearing whose mails have left."""
    if shutil.which("faketime") is None:
        pytest.skip("no faketime: apt-get install faketime")
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"), WEDNESDAY_11)
    while deliver_one(units, owner="one"):
        pass
    with units.writing() as unit:
        unit.session.get_one(PostRow, world.mumbai.post_id).calendar_id = "in-mumbai-sessions"
        unit.session.get_one(PostRow, world.dhaka.post_id).calendar_id = "mission-dhaka"
    key = b64encode(bytes(range(32))).decode()  # that of the vault of `units`
    return Server(tmp_path / "instance", settings={"VCT_DATABASE_URL": database_url, "VCT_VAULT_KEY": f"test:{key}"})


def test_changed_rules_are_reported_then_moved_on_demand_then_in_order(
    server: Server, units: Units, world: World, tmp_path: Path
) -> None:
    before = server.command("timezones", "check", at=NOW)
    said = f"Every future hearing begins when it was agreed, by the clock rules of {TZ_VERSION}.\n"
    assert (before.returncode, before.stdout) == (0, said), before.stderr

    server.settings["PYTZ_TZDATADIR"] = str(edition(tmp_path, HALF_AN_HOUR_ON, version="2027a"))
    found = server.command("timezones", "check", at=NOW)
    assert found.returncode == 1, found.stderr
    assert f"{world.mumbai.hearing}: 2026-09-16 11:00 Asia/Kolkata, agreed by the rules of {TZ_VERSION}" in found.stdout
    assert found.stdout.endswith("1 found, 0 settled, 1 left, by the rules of 2027a.\n")

    moved = server.command("timezones", "check", "--move", at=NOW)
    assert moved.returncode == 0, moved.stderr
    assert "moved with its hour; 7 mails written" in moved.stdout
    with units.reading() as unit:
        rows = unit.session.scalars(sa.select(OutboxRow).where(OutboxRow.sequence == 1).order_by(OutboxRow.id))
        mails = [message_from_bytes(row.body, policy=default) for row in opened(unit, rows)]
    assert len(mails) == 7
    assert all("SEQUENCE:1\n" in calendar_of(mail) for mail in mails)
    assert {line for mail in mails for line in calendar_of(mail).splitlines() if line.startswith("DTSTART")} == {
        "DTSTART:20260916T050000Z",
    }
    assert server.command("timezones", "check", at=NOW).returncode == 0
