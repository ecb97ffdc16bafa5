"""The one place that tries whether mail leaves, and says in words what is wrong and which setting to change."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from vctestimony.adapters import mime
from vctestimony.adapters.mail import SmtpSender
from vctestimony.adapters.smtp import Broken, Security, Server, Step, hand_over
from vctestimony.domain.smtp_answers import answer_of

_WRONG_NAME = {62, 64}  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH
TLS_PORT = 465


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the mail was taken, and what to tell whoever tried."""

    taken: bool
    words: str


def letter(*, sender: str, to: str, message_id: str, at: datetime) -> bytes:
    """A mail that says that it is only a try."""
    text = "This mail only tries whether the hearing service can send. Nobody needs to answer it."
    return b"".join(
        (
            mime.address_header("From", "Hearing desk", sender),
            mime.address_header("To", "", to),
            mime.text_header("Subject", "Test of the hearing service's mail"),
            mime.date_header(at),
            mime.bare_header("Message-ID", message_id),
            mime.bare_header("Auto-Submitted", "auto-generated"),
            mime.bare_header("MIME-Version", "1.0"),
            mime.text_part("plain", text),
            mime.CRLF,
        )
    )


def tried(sender: SmtpSender, message: bytes, *, envelope: str, to: str) -> Outcome:
    """Hand the mail over as the worker does, and say what came of it. No password is ever in the words."""
    server = sender.server
    try:
        words = hand_over(server, sender.sign(message) + message, sender=envelope, to=to)
    except Broken as broken:
        return Outcome(taken=False, words=_without_secrets(explained(broken, server, envelope=envelope, to=to), server))
    return Outcome(taken=True, words=f"{_named(server)} took the mail for {to}: {words}")


def explained(broken: Broken, server: Server, *, envelope: str, to: str) -> str:
    """What went wrong at which step, and what to change."""
    said = f"{broken.code} {broken.words}".removeprefix("0 ")
    if broken.step is Step.SENDER:
        return (
            f"{_named(server)} refuses the sender {envelope}: {said}. Set VCT_MAIL_FROM to an address that it lets "
            "this service use; where it asks for a login, set VCT_SMTP_USER and VCT_SMTP_PASSWORD."
        )
    if broken.step is Step.RECIPIENT:
        return f"{_named(server)} refuses the recipient {to}: {said}. {_recipient_advice(broken)}"
    return _ADVICE[broken.step](broken, server, said)


def _recipient_advice(broken: Broken) -> str:
    if answer_of(broken.code, broken.words).is_passing:
        return "It may take the mail later; the service would try again."
    return "Check the address; where it says that relaying is denied, set VCT_SMTP_USER and VCT_SMTP_PASSWORD."


def _not_found(_broken: Broken, server: Server, said: str) -> str:
    return f"The host {server.host} is not found ({said}). Correct VCT_SMTP_HOST, or this machine's name server."


def _not_reached(broken: Broken, server: Server, said: str) -> str:
    if isinstance(broken.fault, ConnectionRefusedError):
        return (
            f"Nothing listens at {_place(server)}. Correct VCT_SMTP_PORT (587 is usual with starttls, {TLS_PORT} with "
            "tls), or start the mail server."
        )
    return (
        f"{_named(server)} cannot be reached ({said}). Correct VCT_SMTP_HOST and VCT_SMTP_PORT, or let the port "
        "through the firewalls between."
    )


def _no_greeting(broken: Broken, server: Server, said: str) -> str:
    if broken.code:
        return f"{_named(server)} does not want to talk to this machine: {said}. Ask who runs it to let it in."
    hint = "" if server.security is Security.TLS else f" If it is a port for TLS (as {TLS_PORT} is), set {_as('tls')}."
    return f"{_named(server)} does not answer as a mail server does ({said}).{hint}"


def _no_starttls(_broken: Broken, server: Server, _said: str) -> str:
    return (
        f"{_named(server)} does not offer STARTTLS, and nothing is sent in clear. Set {_as('tls')} with the port for "
        f"it (usually {TLS_PORT}), or let STARTTLS be switched on there."
    )


def _no_tls(broken: Broken, server: Server, said: str) -> str:
    fault = broken.fault
    if isinstance(fault, ssl.SSLCertVerificationError):
        if fault.verify_code in _WRONG_NAME:
            return (
                f"The certificate of {_named(server)} is for another name: {fault.verify_message}. Set VCT_SMTP_HOST "
                "to the name that stands in it."
            )
        return (
            f"The certificate of {_named(server)} is not trusted: {fault.verify_message}. Let it be issued by a known "
            "authority, or name the file of its authority in SSL_CERT_FILE."
        )
    if server.security is Security.TLS and isinstance(fault, ssl.SSLError):
        return f"{_named(server)} does not speak TLS from the first byte ({said}). Set {_as('starttls')}."
    return f"{_named(server)} ended the protection of the connection ({said}). Try again, or ask who runs it."


def _no_login(broken: Broken, server: Server, said: str) -> str:
    if not broken.code:
        return (
            f"{_named(server)} offers no login that this service knows ({said}). Unset VCT_SMTP_USER, or use the port "
            "for logins."
        )
    return (
        f"{_named(server)} does not let {server.username} in: {said}. Correct VCT_SMTP_USER and VCT_SMTP_PASSWORD, or "
        "the file that VCT_SMTP_PASSWORD_FILE names."
    )


def _no_content(broken: Broken, server: Server, said: str) -> str:
    if not broken.code:
        return f"{_named(server)} broke off while it was given the mail ({said}). Try again, or ask who runs it."
    return f"{_named(server)} took the addresses and refused the mail: {said}. Ask who runs it what it wants."


_ADVICE: Mapping[Step, Callable[[Broken, Server, str], str]] = {
    Step.FIND: _not_found,
    Step.CONNECT: _not_reached,
    Step.GREET: _no_greeting,
    Step.OFFER: _no_starttls,
    Step.PROTECT: _no_tls,
    Step.LOG_IN: _no_login,
    Step.CONTENT: _no_content,
}


def _named(server: Server) -> str:
    return f"{_place(server)},"


def _place(server: Server) -> str:
    return f"{server.host}, port {server.port}"


def _as(security: str) -> str:
    return f"VCT_SMTP_SECURITY={security}"


def _without_secrets(words: str, server: Server) -> str:
    return words.replace(server.password, "…") if server.password else words
