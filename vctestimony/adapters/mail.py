"""The one place that hands finished mails over: to an SMTP server, or to a folder where there is none.

Both senders take the very bytes that were composed and change none of them. Either the mail is out of our hands
when `send` returns, or it raises: TemporaryFailure to try again, PermanentFailure to stop and telephone.
"""

import os
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parseaddr
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from vctestimony.domain.errors import Absent
from vctestimony.domain.letters import PermanentFailure, TemporaryFailure
from vctestimony.domain.wording import N_

STORED_NAME = re.compile(r"[0-9a-f]{32}\.eml")
ENVELOPE = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")


class Security(StrEnum):
    """How the connection is protected; with STARTTLS and TLS nothing is ever sent in clear."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


def header(message: bytes, name: str) -> str:
    """One header of a finished mail, decoded; empty when there is none."""
    parsed = BytesHeaderParser(policy=compat32).parsebytes(message)
    return str(make_header(decode_header(str(parsed.get(name, "")))))


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSender:
    """Sends through one SMTP server. The envelope sender is the mail's own From, where bounces are read."""

    host: str
    port: int
    security: Security
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def send(self, message: bytes, *, to: str) -> None:
        """Hand the bytes over for one recipient.

        Refusals by the server that concern this recipient or this mail (5yz to RCPT or DATA, RFC 5321 4.2.1) are
        permanent. All else is temporary: 4yz, a lost connection, missing STARTTLS, a wrong password, a refused sender.
        """
        sender = parseaddr(header(message, "From"))[1]
        if not ENVELOPE.fullmatch(to) or not ENVELOPE.fullmatch(sender):
            raise PermanentFailure("the address cannot be used in SMTP", code=None)
        try:
            self._deliver(message, sender=sender, to=to)
        except smtplib.SMTPRecipientsRefused as refused:
            raise _verdict(*refused.recipients[to]) from refused
        except smtplib.SMTPDataError as refused:
            raise _verdict(refused.smtp_code, refused.smtp_error) from refused
        except smtplib.SMTPResponseException as refused:
            raise TemporaryFailure(_words(refused.smtp_error), code=refused.smtp_code) from refused
        except (OSError, smtplib.SMTPException) as broken:
            raise TemporaryFailure(str(broken) or type(broken).__name__, code=None) from broken

    def _deliver(self, message: bytes, *, sender: str, to: str) -> None:
        connection = self._connected(sender.rpartition("@")[2])
        try:
            connection.ehlo_or_helo_if_needed()
            if self.security is Security.STARTTLS:
                connection.starttls(context=self.trust())
            if self.username:
                connection.login(self.username, self.password)
            connection.sendmail(sender, [to], message)
        finally:
            _part_from(connection)

    def _connected(self, own_name: str) -> smtplib.SMTP:
        if self.security is Security.TLS:
            return smtplib.SMTP_SSL(
                self.host, self.port, local_hostname=own_name, timeout=self.timeout, context=self.trust()
            )
        return smtplib.SMTP(self.host, self.port, local_hostname=own_name, timeout=self.timeout)


def _part_from(connection: smtplib.SMTP) -> None:
    """Say goodbye; whatever the server answers, what happened to the mail is already decided."""
    try:
        connection.quit()
    except (OSError, smtplib.SMTPException):
        connection.close()


def _words(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer


def _verdict(code: int, answer: bytes | str) -> TemporaryFailure | PermanentFailure:
    kind = PermanentFailure if 500 <= code < 600 else TemporaryFailure
    return kind(_words(answer), code=code)


class MailAbsent(Absent):
    """No such mail in the folder."""

    text = N_("There is no such mail.")


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One mail in the folder, as the administrator's list shows it."""

    name: str
    to: str
    subject: str
    date: str


@dataclass(frozen=True, slots=True)
class MailboxSender:
    """Keeps each mail as one file. Sending the same mail again replaces its file by the same bytes."""

    folder: Path

    def send(self, message: bytes, *, to: str) -> None:
        """Write the very bytes under a name made from the Message-ID, whole or not at all, readable by the owner."""
        if not ENVELOPE.fullmatch(to):
            raise PermanentFailure("the address cannot be used in SMTP", code=None)
        name = sha256(header(message, "Message-ID").encode()).hexdigest()[:32] + ".eml"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(self.folder / name, message)
        except OSError as broken:
            raise TemporaryFailure(str(broken), code=None) from broken

    def list(self) -> tuple[StoredMail, ...]:
        """Every mail, the newest first."""
        found = [(path.stat().st_mtime_ns, path) for path in self.folder.glob("*.eml") if _is_ours(path.name)]
        return tuple(_listed(path) for _, path in sorted(found, reverse=True))

    def read(self, name: str) -> bytes:
        """The very bytes of one mail, or MailAbsent; a name can never leave the folder."""
        if not _is_ours(name) or not (self.folder / name).is_file():
            raise MailAbsent
        return (self.folder / name).read_bytes()


def _is_ours(name: str) -> bool:
    return STORED_NAME.fullmatch(name) is not None


def _listed(path: Path) -> StoredMail:
    message = path.read_bytes()
    return StoredMail(
        name=path.name,
        to=header(message, "To"),
        subject=header(message, "Subject"),
        date=header(message, "Date"),
    )


def _write_whole(path: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:  # created with mode 0600
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
