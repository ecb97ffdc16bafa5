"""The one place that speaks SMTP (RFC 5321): one mail for one recipient, step by step, and never longer than allowed.

Every step that can go wrong has a name, so that a refusal can be judged (adapters/mail.py) and explained
(adapters/mail_probe.py) by where it happened.
"""

import contextlib
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from vctestimony.adapters.deadlines import Deadline
from vctestimony.adapters.outbound import THIS_MACHINE, Outbound

STEP_SECONDS = 30.0
WHOLE_SECONDS = 240.0
"""For everything from the look-up of the host to the answer. A server may take minutes to accept a mail (4.5.3.2.6)."""


class Security(StrEnum):
    """How the connection is protected; with STARTTLS and TLS nothing is ever sent in clear."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class Step(StrEnum):
    """What was being done."""

    FIND = "find"
    CONNECT = "connect"
    GREET = "greet"
    OFFER = "offer"
    PROTECT = "protect"
    LOG_IN = "log_in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


class Broken(Exception):
    """The conversation ended at `step`: refused with `code` and `words`, or with code 0 because of `fault`."""

    def __init__(self, step: Step, *, code: int = 0, words: str, fault: Exception | None = None) -> None:
        self.step, self.code, self.words, self.fault = step, code, words, fault
        super().__init__(f"{step}: {code} {words}" if code else f"{step}: {words}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where mail is handed over, and how long that may take: each step, and all of it."""

    host: str
    port: int
    security: Security
    username: str = ""
    password: str = field(default="", repr=False)
    step_seconds: float = STEP_SECONDS
    whole_seconds: float = WHOLE_SECONDS
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    outbound: Outbound = THIS_MACHINE


def hand_over(server: Server, message: bytes, *, sender: str, to: str) -> str:
    """Give the very bytes to the server; what it said when it took them, or Broken."""
    with Deadline(server.whole_seconds) as deadline:
        connection = _Connection(server, deadline, own_name=sender.rpartition("@")[2])
        try:
            _enter(connection, server)
            with _at(Step.SENDER):
                size = f"size={len(message)}"
                options = (size,) if connection.does_esmtp and connection.has_extn("size") else ()
                _expect(connection.mail(sender, options), Step.SENDER, (250,))
            with _at(Step.RECIPIENT):
                _expect(connection.rcpt(to), Step.RECIPIENT, (250, 251))
            with _at(Step.CONTENT):
                connection.wait(deadline.left())
                return _expect(connection.data(message), Step.CONTENT, (250,))
        finally:
            connection.wait(min(server.step_seconds, 5.0))
            _part_from(connection)


def _enter(connection: "_Connection", server: Server) -> None:
    """Connect, greet, protect, log in."""
    code, words = connection.reach()
    with _at(Step.GREET):
        _expect((code, words), Step.GREET, (220,))
        connection.ehlo_or_helo_if_needed()
    if server.security is Security.STARTTLS:
        if not connection.has_extn("starttls"):
            raise Broken(Step.OFFER, words="STARTTLS is not offered")
        with _at(Step.PROTECT):
            _expect(connection.starttls(context=server.trust()), Step.PROTECT, (220,))
    if server.username:
        with _at(Step.LOG_IN):
            connection.ehlo_or_helo_if_needed()
            _log_in(connection, server)
    with _at(Step.GREET):
        connection.ehlo_or_helo_if_needed()


def _log_in(connection: smtplib.SMTP, server: Server) -> None:
    """With PLAIN where it is offered: it alone says in which encoding a password travels (RFC 4616 2)."""
    if "PLAIN" in connection.esmtp_features.get("auth", "").upper().split():
        secret = b64encode(f"\0{server.username}\0{server.password}".encode()).decode("ascii")
        _expect(connection.docmd("AUTH", f"PLAIN {secret}"), Step.LOG_IN, (235,))
    else:
        connection.login(server.username, server.password)


class _Connection(smtplib.SMTP):
    """A connection whose every part, from the look-up on, is under one deadline."""

    def __init__(self, server: Server, deadline: Deadline, *, own_name: str) -> None:
        super().__init__(local_hostname=own_name, timeout=server.step_seconds)
        self._server, self._deadline = server, deadline
        self._host = server.host  # the name that the certificate must show

    def reach(self) -> tuple[int, bytes]:
        """Connect and read the greeting."""
        raw = self._opened()
        self._deadline.put_under(raw)
        self.sock = raw
        if self._server.security is Security.TLS:
            with _at(Step.PROTECT):
                self.sock = self._server.trust().wrap_socket(raw, server_hostname=self._host)
        with _at(Step.GREET):
            return self.getreply()

    def _opened(self) -> socket.socket:
        """A socket to the first of the host's addresses that takes one."""
        with _at(Step.FIND):
            self._server.outbound.ask(self._server.host, self._server.port)
            found = socket.getaddrinfo(self._server.host, self._server.port, type=socket.SOCK_STREAM)
        fault: OSError = TimeoutError("timed out")
        for family, kind, protocol, _, address in found:
            wait = min(self._server.step_seconds, self._deadline.left())
            if wait <= 0:
                break
            raw = socket.socket(family, kind, protocol)
            raw.settimeout(wait)
            try:
                raw.connect(address)
            except OSError as error:
                raw.close()
                fault = error
                continue
            return raw
        raise Broken(Step.CONNECT, words=_text(fault), fault=fault)

    def wait(self, seconds: float) -> None:
        """How long the next answers may take."""
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.settimeout(max(seconds, 0.1))


@contextmanager
def _at(step: Step) -> Iterator[None]:
    """Whatever goes wrong within, went wrong at this step."""
    try:
        yield
    except smtplib.SMTPResponseException as refused:
        raise Broken(step, code=refused.smtp_code, words=_text(refused.smtp_error), fault=refused) from refused
    except (OSError, UnicodeError, smtplib.SMTPException) as broken:
        raise Broken(step, words=_text(broken), fault=broken) from broken


def _expect(answer: tuple[int, bytes], step: Step, good: tuple[int, ...]) -> str:
    code, words = answer
    if code not in good:
        raise Broken(step, code=code if code > 0 else 0, words=_text(words))
    return _text(words)


def _text(words: object) -> str:
    if isinstance(words, bytes):
        return words.decode("utf-8", "replace")
    return str(words) or type(words).__name__


def _part_from(connection: smtplib.SMTP) -> None:
    """Say goodbye; whatever the server answers, what happened to the mail is already decided."""
    try:
        connection.quit()
    except (OSError, smtplib.SMTPException):
        connection.close()
