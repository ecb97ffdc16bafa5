"""What the service will not start with: each refused in one line that says what to do, and no traceback."""

import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.test_config import settings
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.cli import starting
from vctestimony.config import PROJECT
from vctestimony.domain.retention import Held
from vctestimony.outside import build_ports
from vctestimony.settings.environment import SettingsRefused


@pytest.mark.abuse(112)
def test_a_database_that_others_can_read_is_refused(tmp_path: Path) -> None:
    settings(tmp_path)
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    path = folder / "own.sqlite"
    path.touch()
    path.chmod(0o644)
    with pytest.raises(SettingsRefused, match=f"chmod 600 {path}"):
        settings(tmp_path, VCT_DATABASE_URL=f"sqlite:///{path}")
    path.chmod(0o600)
    settings(tmp_path, VCT_DATABASE_URL=f"sqlite:///{path}")
    path.chmod(0o644)
    folder.chmod(0o700)
    settings(tmp_path, VCT_DATABASE_URL=f"sqlite:///{path}")


def test_days_of_retention_that_a_court_set_wrongly_are_refused_and_right_ones_count(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    with pytest.raises(SettingsRefused, match="VCT_RETENTION names"):
        settings(tmp_path, VCT_RETENTION=str(path))
    path.write_text("[journal]\ndays = 9", encoding="utf-8")
    own = settings(tmp_path, VCT_RETENTION=str(path))
    with pytest.raises(SettingsRefused, match=f"VCT_RETENTION names {path}: journal: no days can be set for it"):
        build_ports(own, languages=Languages(FOLDER), wake=_nobody)
    path.write_text("[tries]\ndays = 9", encoding="utf-8")
    assert build_ports(own, languages=Languages(FOLDER), wake=_nobody).lasts(Held.TRIES) == timedelta(days=9)


def _nobody() -> None:
    """Nobody waits to be woken."""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VCT_ANCHOR_MAIL", "the registry"),
        ("VCT_LOG", "xml"),
        ("VCT_TRUSTED_PROXIES", "proxy.example"),
        ("VCT_TRUSTED_PROXIES", "*"),
    ],
)
def test_a_log_or_a_proxy_that_is_none_is_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsRefused, match=name):
        settings(tmp_path, **{name: value})


def test_nobody_is_a_proxy_and_the_log_is_for_programs_until_the_settings_say_otherwise(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert (found.trusted_proxies, found.log) == ((), "json")
    found = settings(tmp_path, VCT_TRUSTED_PROXIES="127.0.0.1, ::1", VCT_LOG="Text")
    assert (found.trusted_proxies, found.log) == (("127.0.0.1", "::1"), "text")


def started(folder: Path, *words: str, **variables: str) -> tuple[int, str]:
    """How a real process ends that is started with these settings, and what it says on standard error."""
    told = {name: value for name, value in os.environ.items() if not name.startswith(("VCT_", "FLASK_", "PYTZ_"))}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        env=told | {"VCT_INSTANCE": str(folder / "instance"), "VCT_LOG": "text", **variables},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stderr


@pytest.mark.abuse(112)
@pytest.mark.asvs("13.4.2")
@pytest.mark.parametrize(
    ("words", "variables", "says"),
    [
        (("serve",), {"FLASK_DEBUG": "1"}, "FLASK_DEBUG shows visitors a console; unset it to start the service."),
        (("serve",), {"VCT_SECRET_KEY": "changeme" * 4}, "32 random characters."),
        (("serve",), {}, "The database does not fit this version. Run: flask --app wsgi init"),
        (("worker",), {}, "The database does not fit this version. Run: flask --app wsgi init"),
        (("serve",), {"PYTZ_TZDATADIR": "/nowhere/at/all"}, "The clock rules of Asia/Kolkata are missing."),
    ],
    ids=["debug", "default-secret", "no-schema", "worker-without-schema", "no-clock-rules"],
)
def test_the_service_does_not_start_and_says_why_in_one_line(
    tmp_path: Path, words: tuple[str, ...], variables: dict[str, str], says: str
) -> None:
    code, said = started(tmp_path, *words, **variables)
    assert (code, "Traceback" in said) == (1, False), said
    assert says in said
    assert len(said.splitlines()) == 1


@pytest.mark.abuse(112)
def test_two_editions_of_the_clock_rules_are_refused() -> None:
    assert starting.clock_problem() == ""
    assert starting.clock_problem(("2026.6", "2026.6.post1")) == ""
    assert "pytz has the clock rules 2026.6, tzdata 2025.2" in starting.clock_problem(("2026.6", "2025.2"))


def test_what_the_service_writes_nobody_else_reads(tmp_path: Path) -> None:
    assert started(tmp_path, "init")[0] == 0
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "instance").iterdir()}
    assert {name for name, mode in modes.items() if mode & 0o077} == set()
    assert "vctestimony.sqlite" in modes
