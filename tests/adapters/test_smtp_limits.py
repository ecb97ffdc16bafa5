"""Talks with mail servers that go wrong in time or in spelling: each ends, and says at which step."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.adapters.test_mail import MESSAGE, TO, Inbox, certificate, sender, server_side, serving, trusting
from vctestimony.adapters.mail import SmtpSender
from vctestimony.adapters.smtp import WHOLE_SECONDS, Broken, Security, Server, Step, hand_over
from vctestimony.domain.letters import TemporaryFailure
from vctestimony.services.post_office import LEASE

__all__ = ["certificate"]


@contextmanager
def talking(*lines: bytes, pause: float = 0.0) -> Iterator[int]:
    """A server that says these bytes, one line after each command, and then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                try:
                    for line in lines:
                        for byte in line:
                            connection.sendall(bytes([byte]))
                            time.sleep(pause)
                        connection.recv(4096)
                except OSError:
                    return

        thread = Thread(target=talk, daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
    thread.join(5)


def broken(port: int, *, step_seconds: float = 5.0, whole_seconds: float = 5.0) -> Broken:
    server = Server(
        host="127.0.0.1",
        port=port,
        security=Security.NONE,
        step_seconds=step_seconds,
        whole_seconds=whole_seconds,
    )
    with pytest.raises(Broken) as caught:
        hand_over(server, MESSAGE, sender="hearings@testimony.example", to=TO)
    return caught.value


@pytest.mark.bad_day("R4")
def test_a_server_that_trickles_is_cut_off_when_the_time_is_up() -> None:
    with talking(b"220-" + b"x" * 50_000, pause=0.02) as port:  # a quarter of an hour
        assert broken(port, whole_seconds=0.5).step is Step.GREET


@pytest.mark.bad_day("R4")
def test_a_server_that_says_nothing_is_left_after_one_step() -> None:
    with talking(b"") as port:
        assert broken(port, step_seconds=0.3, whole_seconds=900).step is Step.GREET


@pytest.mark.bad_day("R7")
def test_no_talk_outlasts_a_lease() -> None:
    """Host look-ups end by themselves, within half a minute as systems are set up (resolv.conf(5))."""
    assert LEASE.total_seconds() - WHOLE_SECONDS >= 60


@pytest.mark.bad_day("R5")
@pytest.mark.parametrize(
    ("lines", "step", "code"),
    [
        ((b"554 go away\r\n",), Step.GREET, 554),
        ((b"220 hello\r\n", b"250 me\r\n", b"550 not you\r\n"), Step.SENDER, 550),
        ((b"220 hello\r\n", b"250 me\r\n", b"250 ok\r\n", b"421 too busy\r\n"), Step.RECIPIENT, 421),
        ((b"220 hello\r\n", b"250 me\r\n", b"250 ok\r\n", b"250 ok\r\n", b"452 4.3.1 full\r\n"), Step.CONTENT, 452),
        ((b"220 hello\r\n", b"250 me\r\n", b"nonsense\r\n"), Step.SENDER, 0),
    ],
)
def test_a_refusal_is_known_by_its_step(lines: tuple[bytes, ...], step: Step, code: int) -> None:
    with talking(*lines) as port:
        found = broken(port)
    assert (found.step, found.code) == (step, code)


def test_a_mail_that_was_taken_is_told_with_what_the_server_said() -> None:
    inbox = Inbox(data="250 2.0.0 queued as 4ABC")
    with serving(inbox) as port:
        server = Server(host="127.0.0.1", port=port, security=Security.NONE)
        assert hand_over(server, MESSAGE, sender="hearings@testimony.example", to=TO) == "2.0.0 queued as 4ABC"


def test_a_name_and_a_password_beyond_ascii_are_let_in(certificate: tuple[Path, Path]) -> None:
    known = LoginPassword("বিচার".encode(), "पासवर्ड é".encode())

    def knows(_server: object, _session: object, _envelope: object, _mechanism: str, data: object) -> AuthResult:
        return AuthResult(success=data == known, handled=False)

    inbox = Inbox()
    with serving(inbox, starttls=server_side(certificate), authenticator=knows) as port:
        SmtpSender(
            host="localhost",
            port=port,
            security=Security.STARTTLS,
            trust=trusting(certificate),
            username="বিচার",
            password="पासवर्ड é",
        ).send(MESSAGE, to=TO)
    assert len(inbox.taken) == 1


@pytest.mark.bad_day("R5")
def test_a_mailbox_that_is_full_is_tried_again() -> None:
    with serving(Inbox(rcpt="552 5.2.2 mailbox full")) as port, pytest.raises(TemporaryFailure):
        sender(port).send(MESSAGE, to=TO)
