"""The one place that reads what mail systems report: bounces (RFC 3464), receipts (RFC 8098), doubts (RFC 8601)."""

import re
from collections.abc import Iterable, Iterator
from email.message import Message
from email.parser import HeaderParser

from vctestimony.adapters.inbox_text import header_text, text_of
from vctestimony.domain.inbound import Bounce, Receipt

MOST_IDS = 30
LONGEST_WORDS = 300
_ID = re.compile(r"<[^<>\s]{3,250}>")
_CODE = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"\s*(dmarc|dkim|spf)\s*=\s*([a-z]+)", re.IGNORECASE)
_OURS = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers", "message/global")
_ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded")
_FAILED = frozenset({"fail", "hardfail", "permerror"})


def message_ids(*headers: str) -> tuple[str, ...]:
    """Every Message-ID in these headers, in order, each once.

    >>> message_ids("<a.1@court.example>", "<b@x.example> <a.1@court.example>")
    ('<a.1@court.example>', '<b@x.example>')
    """
    found = (one for header in headers for one in _ID.findall(header[:8_000]))
    return tuple(dict.fromkeys(found))[:MOST_IDS]


def field(message: Message, name: str) -> str:
    """The first header of that name, as it stands; empty when there is none."""
    return str(message.get(name, ""))


def kind_of_report(mail: Message) -> str:
    """The report-type of a multipart/report in small letters; empty for any other mail."""
    if mail.get_content_type() != "multipart/report":
        return ""
    kind = mail.get_param("report-type", "")
    return kind.strip().lower() if isinstance(kind, str) else ""


def bounce_in(mail: Message, parts: Iterable[Message]) -> Bounce | None:
    """What a delivery status notification says of the first recipient that failed, else of the first there is."""
    known = list(parts)
    status = next((part for part in known if part.get_content_type() in _STATUS), None)
    if status is None:
        return None
    blocks = [block for block in _blocks(status) if block.get("Action") or block.get("Status")]
    if not blocks:
        return None
    worst = min(blocks, key=_severity)
    diagnosis = header_text(field(worst, "Diagnostic-Code"))[:LONGEST_WORDS]
    code = _CODE.search(field(worst, "Status")) or _CODE.search(diagnosis)
    return Bounce(
        message_ids=_about(mail, known, _blocks(status)),
        action=_action(worst),
        code=code[0] if code else "",
        words=diagnosis,
    )


_STATUS = ("message/delivery-status", "message/global-delivery-status")


def _action(block: Message) -> str:
    said = field(block, "Action").strip().lower()
    return said if said in _ACTIONS else "failed" if field(block, "Status").strip().startswith("5") else "delayed"


def _severity(block: Message) -> int:
    return _ACTIONS.index(_action(block))


def receipt_in(mail: Message, parts: Iterable[Message]) -> Receipt | None:
    """What a disposition notification says: `displayed` is opened, anything else is not."""
    known = list(parts)
    said = next((part for part in known if part.get_content_type() in _DISPOSITION), None)
    if said is None:
        return None
    blocks = _blocks(said)
    words = next((field(block, "Disposition") for block in blocks if block.get("Disposition")), "")
    if not words:
        return None
    was_opened = words.rpartition(";")[2].strip().lower().startswith("displayed")
    return Receipt(message_ids=_about(mail, known, blocks), was_opened=was_opened)


_DISPOSITION = ("message/disposition-notification", "message/global-disposition-notification")


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a report, whether the parser took them apart or left them as text."""
    if part.is_multipart():
        return [each for block in _inside(part)[:20] for each in _with_text(block)]
    blocks = text_of(part)[:8_000].replace("\r\n", "\n").split("\n\n")
    return [HeaderParser().parsestr(block) for block in blocks[:20]]


def _with_text(block: Message) -> Iterator[Message]:
    """A group of fields, and those that a parser took for the body of the first."""
    yield block
    if not block.is_multipart() and ":" in (below := text_of(block)[:8_000]):
        yield HeaderParser().parsestr(below)


def _about(mail: Message, parts: list[Message], blocks: list[Message]) -> tuple[str, ...]:
    """The Message-IDs that the report may be about: what it returns of the mail, what it says, what it answers."""
    returned = [field(part, "Message-ID") for part in _returned(parts)]
    said = [field(block, "Original-Message-ID") for block in blocks]
    answered = [field(mail, name) for name in ("X-Original-Message-ID", "In-Reply-To", "References")]
    return message_ids(*returned, *said, *answered)


def _returned(parts: list[Message]) -> Iterator[Message]:
    for part in parts:
        if part.get_content_type() not in _OURS:
            continue
        if part.is_multipart():
            yield from _inside(part)[:1]
        else:
            yield HeaderParser().parsestr(text_of(part)[:64_000])


def _inside(part: Message) -> list[Message]:
    found = part.get_payload()
    return [one for one in found if isinstance(one, Message)] if isinstance(found, list) else []


def is_doubted(headers: Iterable[str], *, authserv: str) -> bool:
    """Whether the trusted mail server says that the sender is not genuine; what others wrote is not believed.

    DMARC looks at the address in From, so where it passes or fails that decides; otherwise a failure of DKIM or SPF.

    >>> is_doubted(["mx.court.example; spf=fail (x) smtp.mailfrom=a@b; dkim=none"], authserv="mx.court.example")
    True
    >>> is_doubted(["mx.court.example; dmarc=pass header.from=b; spf=fail"], authserv="mx.court.example")
    False
    """
    found: dict[str, set[str]] = {}
    for header in headers:
        clauses = _without_comments(header[:2_000]).split(";")
        if not authserv or clauses[0].lower().split()[:1] != [authserv.lower()]:
            continue
        for result in filter(None, map(_RESULT.match, clauses[1:])):
            found.setdefault(result[1].lower(), set()).add(result[2].lower())
    if "fail" in found.get("dmarc", ()):
        return True
    if "pass" in found.get("dmarc", ()):
        return False
    dkim, spf = found.get("dkim", set()), found.get("spf", set())
    return bool(spf & _FAILED) or bool(dkim & _FAILED and "pass" not in dkim)


def _without_comments(text: str) -> str:
    for _ in range(5):
        text = _COMMENT.sub(" ", text)
    return text
