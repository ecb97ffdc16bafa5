"""The one place that looks into the local mailbox, which stands in for a mail server where none is set."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from typing import Protocol, runtime_checkable

from vctestimony.domain.errors import Absent
from vctestimony.domain.wording import N_

MOST_LISTED = 60
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


class NoMailbox(Absent):
    """Mail really leaves."""

    text = N_("Mail leaves through a mail server here, so there is no mailbox to look into.")


class Stored(Protocol):
    """One mail in the list."""

    @property
    def name(self) -> str:
        """The name of its file."""

    @property
    def to(self) -> str:
        """To whom."""

    @property
    def subject(self) -> str:
        """Its subject."""

    @property
    def date(self) -> str:
        """When it was written, as its header says."""


@runtime_checkable
class Mailbox(Protocol):
    """A sender that keeps what it sends."""

    def list(self) -> tuple[Stored, ...]:
        """Every mail, the newest first."""

    def read(self, name: str) -> bytes:
        """The very bytes of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """One attachment."""

    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedMail:
    """One mail as the page shows it: never its own HTML, only its texts and where its links lead on this service."""

    subject: str
    to: str
    sender: str
    written_at: datetime | None
    text: str
    page: str
    calendar: str
    links: tuple[str, ...]
    enclosed: tuple[Enclosed, ...]


def part(kept: Sequence[Stored], *, first: str, most: int = MOST_LISTED) -> tuple[Sequence[Stored], str]:
    """So many of these mails, from the one of that name on or from the newest; and the name of the next one, if any."""
    start = next((place for place, mail in enumerate(kept) if mail.name == first), 0)
    after = kept[start + most : start + most + 1]
    return kept[start : start + most], after[0].name if after else ""


def of(sender: object) -> Mailbox:
    """The sender's mailbox, or NoMailbox."""
    if not isinstance(sender, Mailbox):
        raise NoMailbox()
    return sender


def written_at(date: str) -> datetime | None:
    """The instant in a Date header; None when it is missing or broken.

    >>> written_at("Tue, 01 Sep 2026 05:00:00 +0000").isoformat(), written_at("soon")
    ('2026-09-01T05:00:00+00:00', None)
    """
    try:
        read = parsedate_to_datetime(date)
    except ValueError:
        return None
    return read if read.tzinfo else None


def opened(raw: bytes, *, public_url: str) -> OpenedMail:
    """The mail taken apart."""
    mail = message_from_bytes(raw, policy=default)
    text = _body(mail, "plain")
    found = [link.rstrip(".,;)") for link in _ADDRESS.findall(text)]
    return OpenedMail(
        subject=str(mail.get("Subject", "")),
        to=str(mail.get("To", "")),
        sender=str(mail.get("From", "")),
        written_at=written_at(str(mail.get("Date", ""))),
        text=text,
        page=_body(mail, "html"),
        calendar=_calendar(mail),
        links=tuple(dict.fromkeys(link for link in found if link.startswith(f"{public_url}/"))),
        enclosed=tuple(_enclosed(part) for part in mail.iter_attachments()),
    )


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _calendar(mail: EmailMessage) -> str:
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            raw = part.get_payload(decode=True)
            return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    return ""


def _enclosed(part: EmailMessage) -> Enclosed:
    raw = part.get_payload(decode=True)
    return Enclosed(
        name=part.get_filename() or "", kind=part.get_content_type(), size=len(raw) if isinstance(raw, bytes) else 0
    )
