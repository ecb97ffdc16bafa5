"""Reading mail from a folder: what is taken, what is left, and that nothing is moved before it was taken."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vctestimony.adapters.inbox_folder import FolderInbox
from vctestimony.adapters.inbox_imap import ImapInbox
from vctestimony.adapters.inbox_places import InboxRefused, inbox_at
from vctestimony.domain.inbound import HEADERS_READ, LARGEST, MOST_A_ROUND, Arrived, InboxUnreachable

NOW = datetime(2026, 9, 1, 5, 0, tzinfo=UTC)


def lay(path: Path, content: bytes = b"From: a@b.example\n\n.\n", *, seconds_ago: float = 60) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    at = (NOW - timedelta(seconds=seconds_ago)).timestamp()
    os.utime(path, (at, at))
    return path


def inbox(folder: Path, *, is_made: bool = False) -> FolderInbox:
    return FolderInbox(folder, lambda: NOW, is_made=is_made)


def test_each_file_is_taken_once_the_oldest_first_and_moved_afterwards(tmp_path: Path) -> None:
    lay(tmp_path / "young.eml", b"young", seconds_ago=30)
    lay(tmp_path / "old.EML", b"old")
    seen: list[tuple[bytes, bool]] = []
    assert inbox(tmp_path).each(lambda one: seen.append((one.content, (tmp_path / "young.eml").exists()))) == 2
    assert seen == [(b"old", True), (b"young", True)]
    assert inbox(tmp_path).each(lambda one: seen.append((one.content, False))) == 0
    assert sorted(path.read_bytes() for path in (tmp_path / "done").iterdir()) == [b"old", b"young"]


def test_a_maildir_is_read_in_both_of_its_folders(tmp_path: Path) -> None:
    lay(tmp_path / "new" / "1788235860.M1P1.mx", b"new")
    lay(tmp_path / "cur" / "1788235861.M2P1.mx:2,S", b"seen")
    lay(tmp_path / "tmp" / "1788235862.M3P1.mx", b"being delivered")
    taken: list[Arrived] = []
    assert inbox(tmp_path).each(taken.append) == 2
    assert sorted(one.content for one in taken) == [b"new", b"seen"]


def test_what_may_still_grow_is_no_mail_or_is_hidden_is_left(tmp_path: Path) -> None:
    lay(tmp_path / "growing.eml", seconds_ago=1)
    lay(tmp_path / "notes.txt")
    lay(tmp_path / ".hidden.eml")
    (tmp_path / "folder.eml").mkdir()
    (tmp_path / "link.eml").symlink_to(lay(tmp_path / "elsewhere" / "secret.key"))
    assert inbox(tmp_path).each(lambda one: pytest.fail("nothing is to be taken")) == 0


def test_what_was_not_taken_stays_where_it_was(tmp_path: Path) -> None:
    path = lay(tmp_path / "one.eml")

    def die(arrived: Arrived) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        inbox(tmp_path).each(die)
    assert path.exists()


def test_two_mails_of_one_name_are_both_kept(tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        lay(tmp_path / "same.eml", content)
        inbox(tmp_path).each(lambda one: None)
    assert sorted(path.read_bytes() for path in (tmp_path / "done").iterdir()) == [b"one", b"two"]


def test_of_a_mail_of_20_mb_only_the_first_bytes_are_read(tmp_path: Path) -> None:
    path = lay(tmp_path / "large.eml", b"From: a@b.example\n\n")
    os.truncate(path, 20 << 20)
    lay(tmp_path / "largest.eml", b"x" * LARGEST, seconds_ago=30)
    taken: list[Arrived] = []
    os.utime(path, (0, 0))
    inbox(tmp_path).each(taken.append)
    assert [(len(one.content), one.size, one.is_whole) for one in taken] == [
        (HEADERS_READ, 20 << 20, False),
        (LARGEST, LARGEST, True),
    ]


def test_a_round_ends_and_the_next_goes_on(tmp_path: Path) -> None:
    for number in range(MOST_A_ROUND + 2):
        lay(tmp_path / f"{number}.eml", b"%d" % number)
    assert [inbox(tmp_path).each(lambda one: None) for _ in range(2)] == [MOST_A_ROUND, 2]


def test_a_missing_folder_is_said_but_the_own_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(InboxUnreachable, match="No such file"):
        inbox(tmp_path / "nowhere").each(print)
    assert inbox(tmp_path / "own" / "inbox", is_made=True).each(print) == 0
    assert (tmp_path / "own" / "inbox").stat().st_mode & 0o777 == 0o700


def place(name: str, *, username: str = "calendar", password: str = "secret") -> FolderInbox | ImapInbox:
    return inbox_at(name, username=username, password=password, own_folder=Path("/own"), now=lambda: NOW)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", "/own"),
        ("/var/mail/calendar", "/var/mail/calendar"),
        ("imaps://mail.court.example", "imaps://mail.court.example:993/INBOX"),
        ("imaps://mail.court.example/Hearings/Replies", "imaps://mail.court.example:993/Hearings/Replies"),
        ("imap+starttls://mail.court.example:1430/INBOX", "imap+starttls://mail.court.example:1430/INBOX"),
        ("imap://127.0.0.1/INBOX", "imap://127.0.0.1:143/INBOX"),
    ],
)
def test_an_inbox_is_named_by_folder_or_address(name: str, shown: str) -> None:
    assert place(name).name == shown


def test_mails_may_be_moved_instead_of_marked() -> None:
    found = place("imaps://mail.court.example/INBOX?move=Done")
    assert isinstance(found, ImapInbox)
    assert (found.folder, found.moves_to) == ("INBOX", "Done")
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("imap://mail.court.example/INBOX", "on this machine only"),
        ("pop3://mail.court.example", "write a folder"),
        ("imaps:///INBOX", "write a folder"),
        ("imaps://calendar:secret@mail.court.example/INBOX", "VCT_INBOX_USER"),
        ("imaps://mail.court.example:x/INBOX", "no address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(name: str, why: str) -> None:
    with pytest.raises(InboxRefused, match=why):
        place(name)


def test_without_an_account_no_server_is_asked() -> None:
    with pytest.raises(InboxRefused, match="missing"):
        place("imaps://mail.court.example", password="")
