"""Senders against a real SMTP server on loopback, and against a real folder."""

import asyncio
import datetime as dt
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from ssl import PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER, SSLContext, create_default_context

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from vctestimony.adapters.mail import Security, SmtpSender
from vctestimony.domain.letters import DeliveryFailure, PermanentFailure, TemporaryFailure

TO = "officer@court.example"
# A line that begins with a dot, and octets beyond ASCII: both must arrive as they are.
MESSAGE = (
    "From: Service <hearings@testimony.example>\r\n"
    f"To: {TO}\r\n"
    "Subject: =?utf-8?b?4KaG4Kau4Kao4KeN4Kak4KeN4Kaw4Kaj?=\r\n"
    "Date: Fri, 20 Nov 2026 06:30:12 +0000\r\n"
    "Message-ID: <aaaaaaaaaaaaaaaa.0@testimony.example>\r\n"
    "\r\n"
    "first\r\n.\r\n..two dots\r\nশেষ\r\n"
).encode()


@dataclass
class Inbox:
    """The server's side: what it took, and what it answers instead of 250."""

    rcpt: str = "250 OK"
    mail: str = "250 OK"
    data: str = "250 OK"
    quit: str = "221 Bye"
    drops_at_data: bool = False
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def on_sender(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.mail

    async def on_recipient(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def on_data(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.drops_at_data and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        elif self.data.startswith("250"):
            self.taken.append((str(envelope.mail_from), envelope.rcpt_tos, envelope.original_content or b""))
            self.encrypted.append(session.ssl is not None)
        return self.data

    async def on_quit(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.quit

    handle_MAIL, handle_RCPT, handle_DATA, handle_QUIT = on_sender, on_recipient, on_data, on_quit  # noqa: N815 - so the server calls them


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    inbox: Inbox,
    *,
    starttls: SSLContext | None = None,
    tls: SSLContext | None = None,
    authenticator: Callable[..., AuthResult] | None = None,
) -> Iterator[int]:
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=free_port(),
        ssl_context=tls,
        tls_context=starttls,
        authenticator=authenticator,
        auth_required=authenticator is not None,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def sender(
    port: int,
    *,
    security: Security = Security.NONE,
    trust: Callable[[], SSLContext] = create_default_context,
    password: str = "",
) -> SmtpSender:
    return SmtpSender(
        host="localhost",
        port=port,
        security=security,
        trust=trust,
        username="service" if password else "",
        password=password,
        timeout=5.0,
    )


def failure(inbox: Inbox) -> DeliveryFailure:
    with serving(inbox) as port, pytest.raises(DeliveryFailure) as caught:
        sender(port).send(MESSAGE, to=TO)
    return caught.value


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2049, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    chain, private = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return chain, private


def server_side(certificate: tuple[Path, Path]) -> SSLContext:
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


def trusting(certificate: tuple[Path, Path]) -> Callable[[], SSLContext]:
    def context() -> SSLContext:
        made = SSLContext(PROTOCOL_TLS_CLIENT)
        made.load_verify_locations(certificate[0])
        return made

    return context


# RFC 5321: an accepted mail


def test_an_accepted_mail_arrives_byte_for_byte_for_one_recipient() -> None:
    inbox = Inbox()
    with serving(inbox) as port:
        sender(port).send(MESSAGE, to=TO)
    assert inbox.taken == [("hearings@testimony.example", [TO], MESSAGE)]


def test_a_mail_that_was_accepted_stays_accepted_whatever_the_server_says_at_parting() -> None:
    inbox = Inbox(quit="421 going down")
    with serving(inbox) as port:
        sender(port).send(MESSAGE, to=TO)
    assert len(inbox.taken) == 1


# RFC 5321 4.2.1: refusals


@pytest.mark.parametrize(
    ("inbox", "kind", "code"),
    [
        (Inbox(rcpt="450 try later"), TemporaryFailure, 450),
        (Inbox(rcpt="550 no such mailbox"), PermanentFailure, 550),
        (Inbox(data="451 try later"), TemporaryFailure, 451),
        (Inbox(data="554 not wanted"), PermanentFailure, 554),
        (Inbox(mail="451 try later"), TemporaryFailure, 451),
        (Inbox(mail="530 sign in first"), TemporaryFailure, 530),
    ],
)
def test_a_refusal_is_permanent_only_when_it_is_about_this_recipient_or_mail(
    inbox: Inbox, kind: type[DeliveryFailure], code: int
) -> None:
    caught = failure(inbox)
    assert (type(caught), caught.code) == (kind, code)
    assert inbox.taken == []


def test_a_dropped_connection_is_temporary() -> None:
    caught = failure(Inbox(drops_at_data=True))
    assert (type(caught), caught.code) == (TemporaryFailure, None)


def test_a_server_that_is_not_there_is_temporary() -> None:
    with serving(Inbox()) as port:
        pass
    with pytest.raises(TemporaryFailure):
        sender(port).send(MESSAGE, to=TO)


@pytest.mark.parametrize(
    "to", ["", "no address", "a@b.example\r\nRCPT TO:<x@y.example>", "<a@b.example>", "অফিস@court.example"]
)
def test_an_address_that_smtp_cannot_carry_never_reaches_the_server(to: str) -> None:
    inbox = Inbox()
    with serving(inbox) as port, pytest.raises(PermanentFailure):
        sender(port).send(MESSAGE, to=to)
    assert inbox.taken == []


# RFC 3207, RFC 8314: nothing in clear


def test_without_starttls_on_offer_nothing_is_sent_in_clear() -> None:
    inbox = Inbox()
    with serving(inbox) as port, pytest.raises(TemporaryFailure):
        sender(port, security=Security.STARTTLS).send(MESSAGE, to=TO)
    assert inbox.taken == []


def test_starttls_encrypts_before_the_mail(certificate: tuple[Path, Path]) -> None:
    inbox = Inbox()
    with serving(inbox, starttls=server_side(certificate)) as port:
        sender(port, security=Security.STARTTLS, trust=trusting(certificate)).send(MESSAGE, to=TO)
    assert (inbox.taken[0][2], inbox.encrypted) == (MESSAGE, [True])


def test_a_certificate_nobody_vouches_for_is_refused(certificate: tuple[Path, Path]) -> None:
    inbox = Inbox()
    with (
        serving(inbox, starttls=server_side(certificate)) as port,
        pytest.raises(TemporaryFailure, match="certificate"),
    ):
        sender(port, security=Security.STARTTLS).send(MESSAGE, to=TO)
    assert inbox.taken == []


def test_tls_from_the_first_octet(certificate: tuple[Path, Path]) -> None:
    inbox = Inbox()
    with serving(inbox, tls=server_side(certificate)) as port:
        sender(port, security=Security.TLS, trust=trusting(certificate)).send(MESSAGE, to=TO)
    assert inbox.taken[0][2] == MESSAGE


# RFC 4954: signing in


def knows_service(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"service", b"right"), handled=False)


def test_the_right_password_is_let_in(certificate: tuple[Path, Path]) -> None:
    inbox = Inbox()
    with serving(inbox, starttls=server_side(certificate), authenticator=knows_service) as port:
        sender(
            port,
            security=Security.STARTTLS,
            trust=trusting(certificate),
            password="right",
        ).send(MESSAGE, to=TO)
    assert len(inbox.taken) == 1


def test_a_wrong_password_is_temporary_because_the_recipient_has_no_part_in_it(certificate: tuple[Path, Path]) -> None:
    with (
        serving(Inbox(), starttls=server_side(certificate), authenticator=knows_service) as port,
        pytest.raises(TemporaryFailure) as caught,
    ):
        sender(
            port,
            security=Security.STARTTLS,
            trust=trusting(certificate),
            password="wrong",
        ).send(MESSAGE, to=TO)
    assert caught.value.code == 535
    assert "wrong" not in str(caught.value)


def test_a_password_is_not_shown_with_the_settings() -> None:
    assert "very secret" not in repr(sender(25, password="very secret"))
