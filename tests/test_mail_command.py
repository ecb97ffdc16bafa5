"""`flask mail test` and `flask mail status`, as an operator calls them: the settings that the service itself reads."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.adapters.test_dkim_signing import RSA
from tests.adapters.test_mail import (
    TO,
    Inbox,
    certificate,
    free_port,
    knows_service,
    server_side,
    serving,
)
from vctestimony.adapters.dkim_signing import signer_from
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.store.db import db

__all__ = ["certificate"]
Run = Callable[..., Result]


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def run(database_url: str, tmp_path: Path) -> Run:
    """A command with these settings."""

    def call(*words: str, **variables: str) -> Result:
        given = {"VCT_INSTANCE": str(tmp_path / "instance"), "VCT_DATABASE_URL": database_url, **variables}
        app = create_app(Settings.from_env(given))
        try:
            return app.test_cli_runner().invoke(args=["mail", *words])
        finally:
            with app.app_context():
                db.engine.dispose()

    return call


def test_without_a_server_it_says_where_the_mail_lies(run: Run, tmp_path: Path) -> None:
    result = run("test", TO)
    assert result.exit_code == 1
    assert f"the mail lies in {tmp_path}/instance/mailbox" in result.output
    assert len(list((tmp_path / "instance" / "mailbox").glob("*.eml"))) == 1


def test_through_a_server_with_starttls_login_and_a_key(
    run: Run, tmp_path: Path, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, key = tmp_path / "password", tmp_path / "dkim.pem"
    secret.write_text("right\n")
    key.write_bytes(RSA)
    for path in (secret, key):
        path.chmod(0o600)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    inbox = Inbox(data="250 2.0.0 queued as 4ABC")
    with serving(inbox, starttls=server_side(certificate), authenticator=knows_service) as port:
        result = run(
            "test",
            TO,
            VCT_SMTP_HOST="localhost",
            VCT_SMTP_PORT=str(port),
            VCT_SMTP_USER="service",
            VCT_SMTP_PASSWORD_FILE=str(secret),
            VCT_DKIM_KEY=str(key),
            VCT_MAIL_FROM="calendar@court.example",
        )
    assert (result.exit_code, "queued as 4ABC" in result.output) == (0, True), result.output
    [(envelope, _, message)] = inbox.taken
    assert envelope == "calendar@court.example"
    signed, _, body = message.partition(b"From: ")
    sign = signer_from(key, domain="court.example", selector="vctestimony")
    assert sign(b"From: " + body) == signed


def test_a_closed_port_is_a_refusal(run: Run) -> None:
    port = str(free_port())
    result = run("test", TO, VCT_SMTP_HOST="localhost", VCT_SMTP_PORT=port, VCT_SMTP_SECURITY="none")
    assert result.exit_code == 1
    assert f"Nothing listens at localhost, port {port}. Correct VCT_SMTP_PORT" in result.output


def test_what_is_no_address_is_a_wrong_call(run: Run) -> None:
    assert run("test", "nobody").exit_code == 2
    assert run("test").exit_code == 2


def test_the_status_says_how_many_stand_how(run: Run) -> None:
    result = run("status")
    assert (result.exit_code, result.output.splitlines()) == (
        0,
        ["waiting 0", "being sent 0", "not delivered 0", "sent 0", "oldest that waits none"],
    )
