"""Reading mail from a real IMAP server: what is taken, how it is marked, and what is said when it cannot be reached."""

import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from tests.adapters.calendar_servers import certificate
from tests.adapters.imap_servers import PASSWORD, USER, Mailbox, serving, tls_door
from vctestimony.adapters.inbox_imap import DONE, ImapInbox
from vctestimony.domain.inbound import HEADERS_READ, LARGEST, Arrived, InboxUnreachable

MAIL = "From: নাসরিন <nasrin.alam@dhaka.example>\nSubject: one\n\nশুনানি\n".encode()
OTHER = b"From: rina.das@dhaka.example\n\n.\n"


def inbox_of(box: Mailbox, scheme: str = "imap", **changes: object) -> ImapInbox:
    made = ImapInbox(scheme=scheme, host="localhost", port=box.port, username=USER, password=PASSWORD, timeout=10)
    return replace(made, **changes)  # type: ignore[arg-type]  # fields of ImapInbox


def test_each_mail_is_taken_once_byte_for_byte_and_marked_with_a_keyword(tmp_path: Path) -> None:
    with serving(tmp_path) as box:
        box.deliver(MAIL, OTHER)
        taken: list[Arrived] = []
        assert inbox_of(box).each(taken.append) == 2
        assert sorted(one.content for one in taken) == sorted((MAIL, OTHER))
        assert all(one.is_whole for one in taken)
        assert box.flags() == ["Sa", "Sa"]
        assert inbox_of(box).each(taken.append) == 0


def test_a_mail_that_was_not_taken_stays_for_the_next_round(tmp_path: Path) -> None:
    def die(arrived: Arrived) -> None:
        raise KeyboardInterrupt

    with serving(tmp_path) as box:
        box.deliver(MAIL)
        with pytest.raises(KeyboardInterrupt):
            inbox_of(box).each(die)
        taken: list[Arrived] = []
        assert inbox_of(box).each(taken.append) == 1


def test_of_a_mail_of_20_mb_only_the_first_bytes_are_fetched(tmp_path: Path) -> None:
    with serving(tmp_path) as box:
        box.deliver(MAIL + b"x" * (20 << 20))
        taken: list[Arrived] = []
        inbox_of(box).each(taken.append)
        [found] = taken
        assert (len(found.content), found.is_whole) == (HEADERS_READ, False)
        assert found.size > LARGEST
        assert found.content.startswith(MAIL)


def test_where_no_keyword_can_be_kept_mails_are_moved_into_a_folder(tmp_path: Path) -> None:
    with serving(tmp_path, keeps_keywords=False) as box:
        box.deliver(MAIL, OTHER)
        taken: list[Arrived] = []
        assert inbox_of(box).each(taken.append) == 2
        assert (box.flags(), box.moved(DONE)) == ([], 2)


def test_starttls_and_tls_reach_a_server_whose_certificate_is_trusted_and_no_other(tmp_path: Path) -> None:
    serving_context, trusting = certificate(tmp_path, "localhost")
    with serving(tmp_path, certificate=tmp_path / "server.pem") as box, tls_door(box.port, serving_context) as door:
        box.deliver(MAIL)
        taken: list[Arrived] = []
        for scheme, port in (("imap+starttls", box.port), ("imaps", door)):
            with pytest.raises(InboxUnreachable, match="certificate"):
                inbox_of(box, scheme, port=port, trust=ssl.create_default_context).each(taken.append)
            assert inbox_of(box, scheme, port=port, trust=lambda: trusting).each(taken.append) == (port == box.port)
        assert [one.content for one in taken] == [MAIL]


def test_what_goes_wrong_is_said_in_words_without_the_password(tmp_path: Path) -> None:
    with serving(tmp_path) as box:
        for changes in ({"password": "wrong"}, {"folder": "Nowhere"}, {"port": 1}):
            with pytest.raises(InboxUnreachable) as refused:
                inbox_of(box, **changes).each(print)
            assert refused.value.facts["words"]
            assert PASSWORD not in str(refused.value)
            assert "wrong" not in str(refused.value)
