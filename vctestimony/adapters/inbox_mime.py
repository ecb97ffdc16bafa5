"""The one place that takes a foreign mail apart (RFC 5322, 2045, 6047), in bounded time, whatever its bytes are.

Only the mail's own parts are looked at: what is enclosed as a mail of its own (message/rfc822) is somebody else's.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32
from email.utils import getaddresses

from vctestimony.adapters.inbox_calendar import calendar_part
from vctestimony.adapters.inbox_reports import (
    bounce_in,
    field,
    is_doubted,
    kind_of_report,
    message_ids,
    receipt_in,
)
from vctestimony.adapters.inbox_text import LONGEST_TEXT, header_text, shown, text_of, text_of_html
from vctestimony.domain.inbound import LARGEST, Arrived, CalendarPart, Inbound
from vctestimony.domain.inbound_words import Reason

MOST_PARTS = 100
DEEPEST = 10
MOST_BOUNDARIES = 60
MOST_HEADERS = 500
MOST_DASHED = 2_000
MOST_LINES = 200_000
MOST_STEPS = 1_500_000
"""Lines times boundaries: so often the parser compares a line with a boundary."""
_LISTED = ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond")
_BULK = frozenset({"bulk", "list", "junk", "auto_reply", "auto-reply"})
_CALENDARS = ("text/calendar", "application/ics")
_ASIDE = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)')

log = logging.getLogger(__name__)


class _TooTangled(Exception):
    """More parts, or parts within parts, than a letter has."""


@dataclass(frozen=True, slots=True)
class MailReader:
    """Takes mails apart. `authserv` names the mail server whose word on senders is believed; empty for none."""

    authserv: str = ""

    def read(self, arrived: Arrived) -> Inbound:
        """The mail taken apart; what cannot be is said in its `trouble`. Never raises."""
        if not arrived.is_whole or arrived.size > LARGEST:
            return self._headers(arrived.content, Reason.TOO_LARGE)
        try:
            if not _is_bearable(arrived.content):
                return self._headers(arrived.content, Reason.UNREADABLE)
            return self._whole(BytesParser(policy=compat32).parsebytes(arrived.content))
        except Exception as fault:  # noqa: BLE001  # its text could hold words of the mail, so only its kind is said
            log.warning("a mail could not be taken apart: %s", type(fault).__name__)
            return self._headers(arrived.content, Reason.UNREADABLE)

    def _headers(self, content: bytes, trouble: Reason) -> Inbound:
        try:
            return replace(
                self._of_headers(BytesHeaderParser(policy=compat32).parsebytes(_head(content))), trouble=trouble
            )
        except Exception as fault:  # noqa: BLE001  # as above
            log.warning("the headers of a mail could not be read: %s", type(fault).__name__)
            return Inbound(trouble=trouble)

    def _whole(self, mail: Message) -> Inbound:
        parts = list(_own_parts(mail))
        kind = kind_of_report(mail)
        return replace(
            self._of_headers(mail),
            text=_text(parts),
            calendars=_calendars(parts),
            bounce=bounce_in(mail, parts) if kind in {"delivery-status", ""} else None,
            receipt=receipt_in(mail, parts) if kind in {"disposition-notification", ""} else None,
        )

    def _of_headers(self, mail: Message) -> Inbound:
        return Inbound(
            message_id=next(iter(message_ids(field(mail, "Message-ID"))), ""),
            senders=_senders([str(one) for one in mail.get_all("From", [])[:5]]),
            subject=header_text(field(mail, "Subject")),
            references=message_ids(field(mail, "In-Reply-To"), field(mail, "References")),
            is_automatic=_is_automatic(mail),
            is_forged=is_doubted(map(str, mail.get_all("Authentication-Results", [])[:20]), authserv=self.authserv),
        )


def _head(content: bytes) -> bytes:
    """The headers alone, as far as they are bounded."""
    found = re.search(rb"\r?\n\r?\n", content[: 64 << 10])
    return content[: found.start()] if found else content[: 64 << 10]


def _is_bearable(content: bytes) -> bool:
    """Whether the parser will be done with it soon: it compares each line with every boundary that is open."""
    small = content.lower()
    boundaries, enclosed = small.count(b"boundary"), small.count(b"message/")
    lines, dashed = small.count(b"\n") + small.count(b"\r"), small.count(b"\n--") + small.count(b"\r--")
    headers = len(re.findall(rb"^[!-9;-~]+:", _head(content), re.MULTILINE))
    return (
        boundaries <= MOST_BOUNDARIES
        and enclosed <= MOST_BOUNDARIES
        and headers <= MOST_HEADERS
        and dashed <= MOST_DASHED
        and lines <= MOST_LINES
        and lines * (boundaries + enclosed + 1) <= MOST_STEPS
    )


def _own_parts(mail: Message, *, depth: int = 0) -> Iterator[Message]:
    """The parts that the writer of the mail wrote, in order, those of message/… unopened."""
    if depth > DEEPEST:
        raise _TooTangled
    # Only of a multipart: asked for its text, the parser would decode it by whatever character set it names.
    inside = mail.get_payload() if mail.is_multipart() else None
    if mail.get_content_maintype() != "multipart" or not isinstance(inside, list):
        yield mail
        return
    if len(inside) > MOST_PARTS:
        raise _TooTangled
    for part in inside:
        if isinstance(part, Message):
            yield from _own_parts(part, depth=depth + 1)


def _text(parts: list[Message]) -> str:
    """The first text that is not enclosed as a file; where there is only a page, what it says."""
    for kind in ("text/plain", "text/html"):
        own = [part for part in parts if part.get_content_type() == kind and not part.get_filename()]
        said = (text_of(part)[: 10 * LONGEST_TEXT] for part in own[:5])
        found = "\n".join(text_of_html(one) if kind == "text/html" else one for one in said)
        if found.strip():
            return shown(found)
    return ""


def _calendars(parts: list[Message]) -> tuple[CalendarPart, ...]:
    """The calendar parts by their type, not their name (RFC 6047 2.4); a copy as a file counts where it is alone."""
    for kind in _CALENDARS:
        found = [part for part in parts if part.get_content_type() == kind][:10]
        if found:
            return tuple(calendar_part(text_of(part), header_method=_method(part)) for part in found)
    return ()


def _method(part: Message) -> str:
    method = part.get_param("method", "")
    return method.strip() if isinstance(method, str) else ""


def _senders(headers: list[str]) -> tuple[str, ...]:
    """The addresses in From. One that hides a second behind a name without quotation marks counts as two."""
    cut = [header[:2_000] for header in headers]
    found = [address for _, address in getaddresses(cut) if "@" in address]
    plain = sum(_ASIDE.sub("", header).count("@") for header in cut)
    return tuple(dict.fromkeys(found)) if plain == len(found) else (*found, *cut)


def _is_automatic(mail: Message) -> bool:
    """Written by a program for nobody in particular (RFC 3834): notes of absence, lists, mass mail."""
    submitted = field(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    precedence = field(mail, "Precedence").strip().lower()
    return submitted not in {"", "no"} or precedence in _BULK or any(mail.get(name) for name in _LISTED)
