"""The commands about accounts as an operator calls them, on a database of the test's own."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.test_cli import Run
from tests.world import World, email_of
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.domain.people import Role
from vctestimony.services import journal, second_steps
from vctestimony.services.unit import Units
from vctestimony.store.db import db
from vctestimony.store.models import AccountLinkRow, OutboxRow

COORDINATOR, REASON = email_of(Role.COORDINATOR), "Phone stolen; called back"


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    made = create_app(Settings.from_env({"VCT_INSTANCE": str(tmp_path / "i"), "VCT_DATABASE_URL": database_url}))
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def run(app: Flask) -> Run:
    return lambda *words: app.test_cli_runner().invoke(args=list(words))


def test_an_invitation_lies_in_the_outbox_and_its_link_is_not_printed(run: Run, world: World, units: Units) -> None:
    told = run("user", "invite", COORDINATOR.upper())
    assert (told.exit_code, told.output) == (0, f"An invitation to {COORDINATOR.upper()} lies in the outbox.\n")
    with units.reading() as unit:
        assert [row.to_address for row in unit.session.query(OutboxRow)] == [COORDINATOR]
        assert [row.purpose for row in unit.session.query(AccountLinkRow)] == ["invitation"]
    nobody = run("user", "invite", "nobody@mumbai.example")
    assert (nobody.exit_code, nobody.output.startswith("There is nothing here")) == (1, True)


def test_a_second_step_is_taken_away_for_a_reason_that_is_journalled(run: Run, world: World, units: Units) -> None:
    short = run("user", "second-step", "reset", COORDINATOR, "--reason", "lost")
    assert (short.exit_code, "at least 10 characters" in short.output) == (1, True)
    assert run("user", "second-step", "reset", COORDINATOR).exit_code == 2
    told = run("user", "second-step", "reset", COORDINATOR, "--reason", REASON)
    assert (told.exit_code, "lies in the outbox" in told.output) == (0, True)
    account_id = world.account_id(Role.COORDINATOR)
    with units.reading() as unit:
        standing = second_steps.standing(unit, account_id)
        assert (standing.is_on, standing.waits_for_link) == (False, True)
        entry = journal.newest(unit, f"account:{account_id}")
        assert entry is not None
        assert REASON in entry.facts


def test_the_doctor_says_that_the_provider_of_sign_ins_is_down(database_url: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = {"VCT_OIDC_ISSUER": f"http://127.0.0.1:{port}", "VCT_OIDC_CLIENT_ID": "x", "VCT_OIDC_CLIENT_SECRET": "y"}
    files = {"VCT_INSTANCE": str(tmp_path / "i"), "VCT_DATABASE_URL": database_url, "VCT_OIDC_NAME": "Court login"}
    app = create_app(Settings.from_env({**own, **files}))
    told = app.test_cli_runner().invoke(args=["doctor"]).output
    assert "sign-in: Court login: it cannot be reached (ConnectionRefusedError); correct VCT_OIDC_ISSUER" in told
    assert "sign-in:" not in app.test_cli_runner().invoke(args=["doctor", "--no-network"]).output
    with app.app_context():
        db.engine.dispose()
