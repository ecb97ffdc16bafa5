"""The one place that hands finished mails over: to an SMTP server, or to a folder where there is none.

Both senders take the very bytes that were composed and change none of them; where a key is set, a signature of those
bytes stands before them. Either the mail is out of our hands when `send` returns, or it raises: TemporaryFailure to try
again, PermanentFailure to stop and telephone.
"""

import os
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from vctestimony.adapters.outbound import THIS_MACHINE, Outbound
from vctestimony.adapters.smtp import STEP_SECONDS, WHOLE_SECONDS, Broken, Security, Server, Step, hand_over
from vctestimony.domain.errors import Absent
from vctestimony.domain.letters import DeliveryFailure, PermanentFailure, TemporaryFailure
from vctestimony.domain.smtp_answers import answer_of
from vctestimony.domain.wording import N_

__all__ = ["MailAbsent", "MailboxSender", "Security", "Sign", "SmtpSender", "StoredMail", "header", "unsigned"]

STORED_NAME = re.compile(r"[0-9a-f]{32}\.eml")
ENVELOPE = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")
UNUSABLE = "5.1.3 the address cannot be used in SMTP"

Sign = Callable[[bytes], bytes]
"""Takes a finished mail and gives the header to stand before it, the same for the same mail."""


def unsigned(_message: bytes) -> bytes:
    """No signature at all."""
    return b""


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
    timeout: float = STEP_SECONDS
    deadline: float = WHOLE_SECONDS
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    sign: Sign = field(default=unsigned, repr=False)
    outbound: Outbound = THIS_MACHINE

    @property
    def server(self) -> Server:
        """Where the mail goes."""
        return Server(
            host=self.host,
            port=self.port,
            security=self.security,
            username=self.username,
            password=self.password,
            step_seconds=self.timeout,
            whole_seconds=self.deadline,
            trust=self.trust,
            outbound=self.outbound,
        )

    def send(self, message: bytes, *, to: str) -> None:
        """Hand the bytes over for one recipient.

        Only a refusal of this recipient or this mail that will not pass is permanent (domain/smtp_answers.py). All else
        is temporary: 4yz, a lost connection, missing STARTTLS, a wrong password, a refused sender.
        """
        sender = parseaddr(header(message, "From"))[1]
        if not ENVELOPE.fullmatch(to) or not ENVELOPE.fullmatch(sender):
            raise PermanentFailure(UNUSABLE, code=None)
        try:
            hand_over(self.server, self.sign(message) + message, sender=sender, to=to)
        except Broken as broken:
            raise _verdict(broken) from broken


def _verdict(broken: Broken) -> DeliveryFailure:
    lasts = not answer_of(broken.code, broken.words).is_passing
    kind = PermanentFailure if lasts and broken.step in {Step.RECIPIENT, Step.CONTENT} else TemporaryFailure
    return kind(broken.words, code=broken.code or None)


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
    sign: Sign = field(default=unsigned, repr=False)

    def send(self, message: bytes, *, to: str) -> None:
        """Write the very bytes under a name made from the Message-ID, whole or not at all, readable by the owner."""
        if not ENVELOPE.fullmatch(to):
            raise PermanentFailure(UNUSABLE, code=None)
        name = sha256(header(message, "Message-ID").encode()).hexdigest()[:32] + ".eml"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(self.folder / name, self.sign(message) + message)
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
