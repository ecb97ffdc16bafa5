"""`flask doctor`: each thing that can be set up wrongly has its line, and what is in order says nothing."""

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from vctestimony.adapters import doctor
from vctestimony.adapters.inbox_imap import ImapInbox
from vctestimony.adapters.outbound import THIS_MACHINE
from vctestimony.composition import create_app
from vctestimony.config import LOOPBACK, Settings
from vctestimony.store import schema
from vctestimony.store.db import db

NOW = datetime(2026, 9, 1, 5, tzinfo=UTC)
MOUNTS = "/dev/sda / ext4 rw 0 0\nserver:/x /srv nfs4 rw 0 0\n/dev/sdb /srv/own ext4 rw 0 0\n"


def test_files_that_others_can_read_are_named_with_the_command(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "vault.key").touch(0o600)
    assert doctor.look_at_files(tmp_path) == []
    (tmp_path / "vault.key").chmod(0o640)
    (line,) = doctor.look_at_files(tmp_path)
    assert line.endswith(f"run: chmod 600 {tmp_path / 'vault.key'}")


@pytest.mark.threat("T5")
def test_an_unencrypted_copy_that_was_left_lying_is_named(tmp_path: Path) -> None:
    """T5: by a backup that was killed, or by a restore, which tells whoever runs it to delete it."""
    names = ("backup-4711.part", "vctestimony-replaced-20260901T050000Z.sqlite", "vctestimony.sqlite")
    for name in names:
        (tmp_path / name).touch()
    made_at = datetime.fromtimestamp((tmp_path / names[0]).stat().st_mtime, tz=UTC)
    assert doctor.look_at_open_copies(tmp_path, made_at + timedelta(hours=23)) == []
    found = doctor.look_at_open_copies(tmp_path, made_at + timedelta(hours=25))
    assert [line.rpartition("/")[2] for line in found] == list(names[:2])


def test_room_clock_place_rules_and_address(tmp_path: Path) -> None:
    assert len(doctor.look_at_disk(tmp_path, least_free=2**62)) == 1
    assert doctor.look_at_clock(NOW, NOW + timedelta(seconds=5)) == []
    assert "6 s behind" in doctor.look_at_clock(NOW, NOW + timedelta(seconds=6))[0]
    assert doctor.look_at_anchor(NOW, None) == doctor.look_at_anchor(NOW, NOW - timedelta(days=2)) == []
    assert "for 2 days" in doctor.look_at_anchor(NOW, NOW - timedelta(days=2, seconds=1))[0]
    assert [len(doctor.look_at_place(Path(p), MOUNTS)) for p in ("/srv/data", "/srv/own/data", "/data")] == [1, 0, 0]
    assert doctor.look_at_rules(doctor.packaged_rules()) == []
    assert "disagree" in doctor.look_at_rules("1999z")[0]
    assert doctor.look_at_address("http://127.0.0.1:8000", loopback=LOOPBACK) == []
    assert len(doctor.look_at_address("http://court.example", loopback=LOOPBACK)) == 1


def test_key_files_wherever_they_lie_are_for_their_owner_only(tmp_path: Path) -> None:
    parts, mail_key = tmp_path / "parts", tmp_path / "dkim.pem"
    parts.mkdir(0o700)
    for path in (parts / "one", mail_key):
        path.touch(0o600)
    assert doctor.look_at_keys((parts, mail_key, tmp_path / "none")) == []
    (parts / "one").chmod(0o604)
    mail_key.chmod(0o660)
    assert [line.rpartition(" ")[2] for line in doctor.look_at_keys((parts, mail_key))] == [
        str(parts / "one"),
        str(mail_key),
    ]


@pytest.mark.parametrize(("answer", "lines"), [(b'{"troubles": []}', 0), (b"<h1>It works</h1>", 1)])
def test_a_port_that_another_program_holds_is_told_and_our_own_is_not(answer: bytes, lines: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def talk() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(512)
                connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + answer)

        thread = Thread(target=talk)
        thread.start()
        found = doctor.look_at_port(port)
        thread.join()
    assert len(found) == lines
    assert doctor.look_at_port(port) == []


def test_proxies_stamps_and_inbox() -> None:
    told = [
        len(doctor.look_at_proxies(url, proxies))
        for url in ("https://court.example", "http://127.0.0.1:8000")
        for proxies in ((), ("127.0.0.1",))
    ]
    assert told == [1, 0, 0, 1]
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert doctor.look_at_stamps(f"http://127.0.0.1:{port}/tsa", THIS_MACHINE) == []
    assert "cannot be reached" in doctor.look_at_stamps(f"http://127.0.0.1:{port}/tsa", THIS_MACHINE)[0]
    (line,) = doctor.look_at_inbox(ImapInbox(scheme="imap", host="127.0.0.1", port=port, username="u", password="p9"))
    assert ("lets nobody in" in line, "p9" in line) == (True, False)


@pytest.mark.parametrize(
    ("said", "words"), [(b"220 x\r\n", "offers no STARTTLS"), (b"SSH-2.0\r\n", "does not greet as a mail server")]
)
def test_a_mail_server_that_cannot_be_used_is_told_without_sending(said: bytes, words: str) -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(said)
                heard.append(connection.recv(512))
                if heard[-1]:
                    connection.sendall(b"250 x\r\n")

        thread = Thread(target=talk)
        thread.start()
        (line,) = doctor.look_at_mail("127.0.0.1", server.getsockname()[1], "starttls", THIS_MACHINE)
        thread.join()
    assert words in line
    assert b"MAIL" not in b"".join(heard)


def test_the_command_says_what_is_not_in_order_and_exits_1(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    app = create_app(Settings.from_env({"VCT_INSTANCE": str(instance), "PORT": port}))
    run = app.test_cli_runner().invoke
    empty = run(args=["doctor", "--no-network"])
    assert (empty.exit_code, "flask --app wsgi init" in empty.output) == (1, True)
    with app.app_context():
        schema.upgrade(db.engine)
        db.engine.dispose()  # its log is made anew, and takes the mode of the database
    well = run(args=["doctor", "--no-network"])
    assert (well.output, well.exit_code) == ("Everything is in order.\n", 0)
    (tmp_path / "breached.txt").touch()
    listed = {"VCT_INSTANCE": str(instance), "PORT": port, "VCT_BREACHED_PASSWORDS": str(tmp_path / "breached.txt")}
    with_list = create_app(Settings.from_env(listed)).test_cli_runner().invoke(args=["doctor", "--no-network"])
    assert "breached.txt is empty, so no password is taken; correct VCT_BREACHED_PASSWORDS" in with_list.output
    (tmp_path / "backups").mkdir()
    told = run(args=["doctor", "--backups", str(tmp_path / "backups")])
    assert (told.exit_code, told.output.count("VCT_SMTP_HOST"), told.output.count("run every night")) == (1, 1, 1)
    with app.app_context():
        db.engine.dispose()
