"""Every way in which mail may not leave is told in words, with the setting to change; against real servers."""

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from ssl import create_default_context

import pytest

from tests.adapters.test_mail import (
    TO,
    Inbox,
    certificate,
    free_port,
    knows_service,
    sender,
    server_side,
    serving,
    trusting,
)
from tests.adapters.test_smtp_limits import talking
from vctestimony.adapters.mail import Security, SmtpSender
from vctestimony.adapters.mail_probe import Outcome, letter, tried

__all__ = ["certificate"]
OWN = "calendar@court.example"
Certificate = tuple[Path, Path]


def outcome(to_try: SmtpSender) -> Outcome:
    message = letter(sender=OWN, to=TO, message_id="<a.0@court.example>", at=datetime(2026, 9, 1, 5, 0, tzinfo=UTC))
    return tried(to_try, message, envelope=OWN, to=TO)


def test_a_mail_that_is_taken_is_told_with_the_number_in_the_queue() -> None:
    inbox = Inbox(data="250 2.0.0 Ok: queued as 4ABC")
    with serving(inbox) as port:
        found = outcome(sender(port))
    assert found.taken
    assert "queued as 4ABC" in found.words
    [(_, _, message)] = inbox.taken
    assert b"Auto-Submitted: auto-generated\r\n" in message


@pytest.mark.parametrize(
    ("inbox", "words"),
    [
        (Inbox(mail="553 5.7.1 not yours"), ("refuses the sender calendar@court.example", "VCT_MAIL_FROM")),
        (Inbox(rcpt="550 5.1.1 unknown"), (f"refuses the recipient {TO}: 550 5.1.1 unknown", "Check the address")),
        (Inbox(rcpt="451 4.7.1 greylisted"), ("may take the mail later",)),
        (Inbox(data="554 5.7.1 spam"), ("refused the mail: 554 5.7.1 spam",)),
        (Inbox(drops_at_data=True), ("broke off",)),
    ],
)
def test_a_refusal_is_told_as_the_server_said_it(inbox: Inbox, words: tuple[str, ...]) -> None:
    with serving(inbox) as port:
        found = outcome(sender(port))
    assert not found.taken
    assert all(part in found.words for part in words)


def test_a_host_that_is_not_there() -> None:
    found = outcome(SmtpSender(host="no-such-host.invalid", port=25, security=Security.NONE))
    assert "is not found" in found.words
    assert "VCT_SMTP_HOST" in found.words


def test_a_port_that_is_closed() -> None:
    found = outcome(sender(free_port()))
    assert "Nothing listens at localhost" in found.words
    assert "VCT_SMTP_PORT" in found.words


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((b"554 no\r\n",), "does not want to talk"),
        ((b"HTTP/1.1 400 Bad\r\n",), "does not answer as a mail server"),
        ((b"",), "TLS"),
    ],
)
def test_what_does_not_greet_as_a_mail_server(lines: tuple[bytes, ...], words: str) -> None:
    with talking(*lines) as port:
        found = outcome(SmtpSender(host="127.0.0.1", port=port, security=Security.NONE, timeout=0.3))
    assert not found.taken
    assert words in found.words


def test_a_server_without_starttls() -> None:
    with serving(Inbox()) as port:
        found = outcome(sender(port, security=Security.STARTTLS))
    assert "does not offer STARTTLS" in found.words
    assert "VCT_SMTP_SECURITY=tls" in found.words


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_that_nobody_vouches_for(certificate: Certificate, security: Security) -> None:
    context = server_side(certificate)
    with ExitStack() as stack:
        served = serving(Inbox(), starttls=context) if security is Security.STARTTLS else serving(Inbox(), tls=context)
        port = stack.enter_context(served)
        found = outcome(sender(port, security=security, trust=create_default_context))
    assert "is not trusted" in found.words
    assert "SSL_CERT_FILE" in found.words


def test_a_certificate_for_another_name(certificate: Certificate) -> None:
    with serving(Inbox(), starttls=server_side(certificate)) as port:
        found = outcome(
            SmtpSender(host="127.0.0.1", port=port, security=Security.STARTTLS, trust=trusting(certificate))
        )
    assert "is for another name" in found.words
    assert "VCT_SMTP_HOST" in found.words


def test_tls_where_there_is_none() -> None:
    with serving(Inbox()) as port:
        found = outcome(sender(port, security=Security.TLS))
    assert "VCT_SMTP_SECURITY=starttls" in found.words


def test_a_wrong_password_is_told_and_not_shown(certificate: Certificate) -> None:
    with serving(Inbox(), starttls=server_side(certificate), authenticator=knows_service) as port:
        found = outcome(sender(port, security=Security.STARTTLS, trust=trusting(certificate), password="not-that-one"))
    assert "does not let service in" in found.words
    assert "VCT_SMTP_PASSWORD" in found.words
    assert "not-that-one" not in found.words


def test_a_server_without_logins() -> None:
    with serving(Inbox()) as port:
        found = outcome(sender(port, password="not-that-one"))
    assert "offers no login" in found.words
    assert "not-that-one" not in found.words


def test_a_password_that_the_server_repeats_is_not_shown() -> None:
    with talking(b"220 hi\r\n", b"250-me\r\n250 AUTH PLAIN\r\n", b"535 not-that-one is wrong\r\n") as port:
        found = outcome(
            SmtpSender(host="127.0.0.1", port=port, security=Security.NONE, username="u", password="not-that-one")
        )
    assert "is wrong" in found.words
    assert "not-that-one" not in found.words
