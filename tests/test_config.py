"""Settings: what an empty environment gives, what is refused, and that keys are made once and never overwritten."""

import base64
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from vctestimony.config import PROJECT, SIGNING_FILE, VAULT_FILE, Settings, prepare_instance
from vctestimony.settings.environment import SettingsRefused

KEY_A = base64.b64encode(bytes(range(32))).decode()
KEY_B = base64.b64encode(bytes(range(32, 64))).decode()
SECRET_OLD = "tR7vLq2ZxN9bKd4MwPfYsA1cE6gHjU3o"
SECRET_NEW = "oV5nBz8QkW2yXr7TmGdLsC4eF1hJpA6u"


def settings(folder: Path, **variables: str) -> Settings:
    return Settings.from_env({"VCT_INSTANCE": str(folder / "instance"), **variables})


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_empty_environment_serves_this_machine_with_sqlite_and_a_mailbox(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert found.database_url == f"sqlite:///{tmp_path}/instance/vctestimony.sqlite"
    assert (found.port, found.public_url, found.secure_cookies) == (8000, "http://127.0.0.1:8000", False)
    assert found.trusted_hosts == ("127.0.0.1", "localhost")
    assert found.smtp is None
    assert found.mailbox_dir == tmp_path / "instance" / "mailbox"
    assert found.languages == ("en", "hi", "bn")
    assert found.organiser == found.mail_from
    assert (found.session_idle_minutes, found.session_absolute_minutes) == (30, 480)
    assert (found.demo, found.worker_in_process, found.calendars_by_http) == (False, True, False)


def test_mail_is_read_from_the_instance_folder_or_where_the_settings_say(tmp_path: Path) -> None:
    assert (settings(tmp_path).inbox.place, settings(tmp_path).inbox_dir) == ("", tmp_path / "instance" / "inbox")
    secret = tmp_path / "password"
    secret.write_text("canary\n")
    secret.chmod(0o600)
    found = settings(
        tmp_path,
        VCT_INBOX="imaps://mail.example/INBOX",
        VCT_INBOX_USER="calendar",
        VCT_INBOX_PASSWORD_FILE=str(secret),
        VCT_INBOX_AUTHSERV="mx.example",
    )
    assert (found.inbox.username, found.inbox.password, found.inbox.authserv) == ("calendar", "canary", "mx.example")
    assert "canary" not in repr(found)


def test_the_first_start_makes_keys_that_only_the_owner_reads(tmp_path: Path) -> None:
    found = settings(tmp_path)
    folder = tmp_path / "instance"
    assert mode_of(folder) == 0o700
    assert sorted(path.name for path in folder.iterdir()) == [SIGNING_FILE, VAULT_FILE]
    assert {mode_of(path) for path in folder.iterdir()} == {0o600}
    assert len(found.secret_keys[0]) >= 32
    assert [len(key) for key in found.vault_keys.values()] == [32]


def test_a_second_start_reads_the_same_keys(tmp_path: Path) -> None:
    assert settings(tmp_path) == settings(tmp_path)


def test_two_installations_share_no_key(tmp_path: Path) -> None:
    one, other = settings(tmp_path / "one"), settings(tmp_path / "other")
    assert not set(one.secret_keys) & set(other.secret_keys)
    assert not set(one.vault_keys.values()) & set(other.vault_keys.values())


def test_preparing_again_overwrites_no_key(tmp_path: Path) -> None:
    (tmp_path / SIGNING_FILE).write_text("kept")
    prepare_instance(tmp_path)
    first_vault = (tmp_path / VAULT_FILE).read_bytes()
    prepare_instance(tmp_path)
    assert (tmp_path / SIGNING_FILE).read_text() == "kept"
    assert (tmp_path / VAULT_FILE).read_bytes() == first_vault
    assert sorted(path.name for path in tmp_path.iterdir()) == [SIGNING_FILE, VAULT_FILE]


@pytest.mark.bad_day("R21")
@pytest.mark.parametrize("lost", [SIGNING_FILE, VAULT_FILE])
def test_a_lost_key_is_not_quietly_replaced(tmp_path: Path, lost: str) -> None:
    settings(tmp_path)
    (tmp_path / "instance" / lost).unlink()
    with pytest.raises(SettingsRefused, match=f"{lost} is missing"):
        settings(tmp_path)
    assert not (tmp_path / "instance" / lost).exists()


@pytest.mark.bad_day("R21")
def test_lost_keys_beside_a_database_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir(mode=0o700)
    (tmp_path / "instance" / "vctestimony.sqlite").touch()
    with pytest.raises(SettingsRefused, match="is missing"):
        settings(tmp_path)


@pytest.mark.parametrize(
    ("name", "refusal"), [(SIGNING_FILE, "chmod 600"), (VAULT_FILE, "chmod 600"), ("", "chmod 700")]
)
@pytest.mark.abuse(112)
@pytest.mark.asvs("13.3.1")
def test_what_others_can_read_is_refused(tmp_path: Path, name: str, refusal: str) -> None:
    settings(tmp_path)
    (tmp_path / "instance" / name).chmod(0o740)
    with pytest.raises(SettingsRefused, match=refusal):
        settings(tmp_path)


def test_keys_in_the_environment_go_before_the_files_and_stay_in_order(tmp_path: Path) -> None:
    found = settings(tmp_path, VCT_SECRET_KEY=f"{SECRET_OLD} {SECRET_NEW}", VCT_VAULT_KEY=f"2025:{KEY_A} 2026:{KEY_B}")
    assert found.secret_keys == (SECRET_OLD, SECRET_NEW)
    assert list(found.vault_keys.items()) == [("2025", bytes(range(32))), ("2026", bytes(range(32, 64)))]


def test_no_secret_shows_when_settings_are_printed(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        VCT_SECRET_KEY=SECRET_OLD,
        VCT_VAULT_KEY=f"2025:{KEY_A}",
        VCT_DATABASE_URL="postgresql://app:canary@db/vct",
        VCT_SMTP_HOST="mail.example",
        VCT_SMTP_USER="app",
        VCT_SMTP_PASSWORD="canary",
    )
    printed = repr(found)
    assert "mail.example" in printed
    assert not [secret for secret in (SECRET_OLD, KEY_A, str(bytes(range(32))), "canary") if secret in printed]


def test_a_public_https_address_brings_secure_cookies_and_its_host(tmp_path: Path) -> None:
    found = settings(tmp_path, VCT_PUBLIC_URL="https://testimony.example/")
    assert found.public_url == "https://testimony.example"
    assert found.secure_cookies
    assert found.trusted_hosts == ("testimony.example", "127.0.0.1", "localhost")


def test_the_port_is_part_of_the_default_address(tmp_path: Path) -> None:
    assert settings(tmp_path, PORT="8123").public_url == "http://127.0.0.1:8123"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_the_driver_that_is_installed(tmp_path: Path, scheme: str) -> None:
    found = settings(tmp_path, VCT_DATABASE_URL=f"{scheme}://app@db/vct")
    assert found.database_url == "postgresql+psycopg://app@db/vct"


@pytest.mark.parametrize(("security", "port"), [("", 587), ("starttls", 587), ("TLS", 465)])
def test_mail_is_protected_unless_said_otherwise(tmp_path: Path, security: str, port: int) -> None:
    found = settings(tmp_path, VCT_SMTP_HOST="mail.example", VCT_SMTP_SECURITY=security)
    assert found.smtp is not None
    assert (found.smtp.security, found.smtp.port) == (security.lower() or "starttls", port)


@pytest.mark.asvs("12.2.1")
def test_mail_in_clear_goes_to_this_machine_only(tmp_path: Path) -> None:
    found = settings(tmp_path, VCT_SMTP_HOST="127.0.0.1", VCT_SMTP_SECURITY="none", VCT_SMTP_PORT="2525")
    assert found.smtp is not None
    assert (found.smtp.security, found.smtp.port) == ("none", 2525)
    with pytest.raises(SettingsRefused, match="VCT_SMTP_SECURITY"):
        settings(tmp_path, VCT_SMTP_HOST="mail.example", VCT_SMTP_SECURITY="none")


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert settings(tmp_path, PORT=" ", VCT_SMTP_HOST="", VCT_LANGUAGES="").port == 8000


def test_languages_keep_the_order_they_are_named_in(tmp_path: Path) -> None:
    assert settings(tmp_path, VCT_LANGUAGES="bn, en").languages == ("bn", "en")


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [("PORT", 1, 65535), ("VCT_SESSION_IDLE_MINUTES", 1, 480), ("VCT_SESSION_ABSOLUTE_MINUTES", 30, 1440)],
)
def test_numbers_are_taken_within_their_bounds_only(tmp_path: Path, name: str, lowest: int, highest: int) -> None:
    settings(tmp_path, **{name: str(lowest)})
    settings(tmp_path, **{name: str(highest)})
    for wrong in (str(lowest - 1), str(highest + 1), "-1", "1e3", "ten", "\N{BENGALI DIGIT FOUR}0"):
        with pytest.raises(SettingsRefused, match="whole number"):
            settings(tmp_path, **{name: wrong})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VCT_SECRET_KEY", SECRET_OLD[:31]),
        ("VCT_SECRET_KEY", "changeme" * 4),
        ("VCT_SECRET_KEY", f"{SECRET_OLD} short"),
        ("VCT_VAULT_KEY", KEY_A),
        ("VCT_VAULT_KEY", f"2025:{KEY_A[:-8]}"),
        ("VCT_VAULT_KEY", f"2025:{KEY_A} 2025:{KEY_B}"),
        ("VCT_VAULT_KEY", "2025:not base64"),
        ("VCT_DATABASE_URL", "mysql://db/vct"),
        ("VCT_DATABASE_URL", "postgresql"),
        ("VCT_PUBLIC_URL", "testimony.example"),
        ("VCT_PUBLIC_URL", "https://user:word@testimony.example"),
        ("VCT_PUBLIC_URL", "javascript:alert(1)"),
        ("VCT_MAIL_FROM", "Calendar <calendar@court.example>"),
        ("VCT_ORGANISER", "calendar@court.example\r\nBcc: other@court.example"),
        ("VCT_SOP", "/nowhere/at/all"),
        ("VCT_TEMPLATES", "/nowhere/at/all"),
        ("VCT_LANGUAGES", "en fr"),
        ("VCT_WORKER_IN_PROCESS", "perhaps"),
        ("VCT_CALENDARS_BY_HTTP", "perhaps"),
        ("FLASK_DEBUG", "1"),
    ],
)
@pytest.mark.abuse(112)
def test_a_setting_that_cannot_be_used_is_refused_by_name_in_one_line(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsRefused, match=name) as refusal:
        settings(tmp_path, **{name: value})
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"VCT_SMTP_SECURITY": "ssl"}, "VCT_SMTP_SECURITY"),
        ({"VCT_SMTP_USER": "app"}, "VCT_SMTP_PASSWORD"),
        ({"VCT_SMTP_PASSWORD": "word"}, "VCT_SMTP_USER"),
    ],
)
def test_half_a_mail_server_is_refused(tmp_path: Path, wrong: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsRefused, match=named):
        settings(tmp_path, VCT_SMTP_HOST="mail.example", **wrong)


def test_whoever_starts_the_service_sees_the_line_and_no_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from vctestimony.config import Settings; Settings.from_env()"],
        env={"VCT_INSTANCE": str(tmp_path / "instance"), "PORT": "0"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "PORT is '0'; write a whole number from 1 to 65535.\n")


def test_a_refused_secret_is_not_repeated_in_the_refusal(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        settings(tmp_path, VCT_SECRET_KEY="canary", VCT_VAULT_KEY=f"2025:{KEY_A}")
    assert "canary" not in str(refusal.value)


def key_file(folder: Path, content: str = "secret\n", *, mode: int = 0o600) -> str:
    path = folder / "a file"
    path.write_text(content)
    path.chmod(mode)
    return str(path)


SERVER = {"VCT_SMTP_HOST": "mail.court.example", "VCT_SMTP_USER": "service"}


def test_a_password_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    found = settings(tmp_path, **SERVER, VCT_SMTP_PASSWORD_FILE=key_file(tmp_path, " পাস ওয়ার্ড \nnothing\n"))
    assert found.smtp is not None
    assert found.smtp.password == "পাস ওয়ার্ড"


def test_mails_are_signed_for_the_domain_they_come_from_or_one_above(tmp_path: Path) -> None:
    key = key_file(tmp_path)
    own = {"VCT_DKIM_KEY": key, "VCT_MAIL_FROM": "calendar@hearings.court.example"}
    assert settings(tmp_path).dkim is None
    found = settings(tmp_path, **own).dkim
    assert found is not None
    assert (str(found.path), found.domain, found.selector) == (key, "hearings.court.example", "vctestimony")
    above = settings(tmp_path, **own, VCT_DKIM_DOMAIN="Court.example", VCT_DKIM_SELECTOR="2026a").dkim
    assert above is not None
    assert (above.domain, above.selector) == ("court.example", "2026a")


@pytest.mark.parametrize(
    ("variables", "mode", "words"),
    [
        ({"VCT_SMTP_PASSWORD_FILE": "…"}, 0o640, "chmod 600"),
        ({"VCT_SMTP_PASSWORD_FILE": "…", "VCT_SMTP_PASSWORD": "x"}, 0o600, "keep one of them"),
        ({"VCT_SMTP_PASSWORD_FILE": "/nowhere/at/all"}, 0o600, "is not a file"),
        ({"VCT_SMTP_PASSWORD": "x", "VCT_DKIM_KEY": "…"}, 0o604, "chmod 600"),
        ({"VCT_SMTP_PASSWORD": "x", "VCT_DKIM_KEY": "…", "VCT_DKIM_DOMAIN": "else.example"}, 0o600, "VCT_DKIM_DOMAIN"),
        ({"VCT_SMTP_PASSWORD": "x", "VCT_DKIM_KEY": "…", "VCT_DKIM_DOMAIN": "example"}, 0o600, "VCT_DKIM_DOMAIN"),
        ({"VCT_SMTP_PASSWORD": "x", "VCT_DKIM_KEY": "…", "VCT_DKIM_SELECTOR": "a.b"}, 0o600, "VCT_DKIM_SELECTOR"),
    ],
)
def test_files_of_secrets_and_signatures_that_cannot_be_used_are_refused(
    tmp_path: Path, variables: dict[str, str], mode: int, words: str
) -> None:
    path = key_file(tmp_path, mode=mode)
    given = {name: path if value == "…" else value for name, value in variables.items()}
    with pytest.raises(SettingsRefused, match=words):
        settings(tmp_path, **SERVER, VCT_MAIL_FROM="calendar@court.example", **given)
