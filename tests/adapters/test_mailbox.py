"""The folder that keeps mails where there is no SMTP server."""

import stat
from pathlib import Path

import pytest

from tests.adapters.test_mail import MESSAGE, TO
from vctestimony.adapters.mail import MailAbsent, MailboxSender
from vctestimony.domain.letters import TemporaryFailure


def test_the_folder_keeps_the_very_bytes_for_the_owner_only(tmp_path: Path) -> None:
    mailbox = MailboxSender(tmp_path / "mailbox")
    mailbox.send(MESSAGE, to=TO)
    (kept,) = (tmp_path / "mailbox").iterdir()
    assert kept.read_bytes() == MESSAGE
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_the_folder_lists_and_reads_its_mails_newest_first(tmp_path: Path) -> None:
    mailbox = MailboxSender(tmp_path)
    mailbox.send(MESSAGE, to=TO)
    mailbox.send(MESSAGE.replace(b"aaaa.0@", b"aaaa.1@"), to=TO)
    newest, oldest = mailbox.list()
    assert mailbox.read(oldest.name) == MESSAGE
    assert b"aaaa.1@" in mailbox.read(newest.name)
    assert (oldest.to, oldest.subject, oldest.date) == (TO, "আমন্ত্রণ", "Fri, 20 Nov 2026 06:30:12 +0000")


def test_the_same_mail_again_is_the_same_file(tmp_path: Path) -> None:
    mailbox = MailboxSender(tmp_path)
    mailbox.send(MESSAGE, to=TO)
    mailbox.send(MESSAGE, to=TO)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_not_there_yet_is_empty(tmp_path: Path) -> None:
    assert MailboxSender(tmp_path / "none").list() == ()


@pytest.mark.parametrize("name", ["", "../secret.key", "0" * 32 + ".eml", "0" * 32, "notes.eml", "0" * 32 + ".eml\n"])
def test_only_its_own_mails_are_read_from_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.key").write_text("key")
    (tmp_path / "mailbox").mkdir()
    (tmp_path / "mailbox" / "notes.eml").write_text("notes")
    with pytest.raises(MailAbsent):
        MailboxSender(tmp_path / "mailbox").read(name)


def test_a_folder_that_cannot_be_written_is_temporary(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(TemporaryFailure):
        MailboxSender(tmp_path / "file").send(MESSAGE, to=TO)
