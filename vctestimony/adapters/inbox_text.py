"""The one place that turns the parts of a foreign mail into plain text: decoded, without its HTML, in linear time."""

import codecs
import html
import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

from vctestimony.adapters.ical import many_lines, one_line

LONGEST_TEXT = 20_000
LONGEST_HEADER = 1_000
# Some of Python's codecs are no character sets, and some take time that grows with the square of the text.
_CHARSETS = re.compile(
    r"utf-8|ascii|utf-16(-[bl]e)?|iso8859-\d{1,2}|cp\d{3,4}|gb2312|gbk|gb18030|big5|euc_(jp|kr)|iso2022_(jp|kr)"
    r"|shift_jis|koi8-[ru]|mac-roman"
)
_BREAKING = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote", "hr"})
_UNREAD = frozenset({"script", "style", "head", "title"})
_TAG = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]{0,11})")
_ANSWER_LINK = re.compile(r"(/(?:answer|options|feeds)/)[A-Za-z0-9._~%-]{8,}")


def decoded(content: bytes, charset: str) -> str:
    """The bytes as text: UTF-8 wherever they can be, else as the part says, with marks for what is unreadable."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode(_known(charset), "replace")


def text_of(part: Message) -> str:
    """The text of a part that has no parts of its own."""
    content = part.get_payload(decode=True)
    return decoded(content, str(part.get_content_charset("utf-8"))) if isinstance(content, bytes) else ""


def _known(charset: str) -> str:
    try:
        name = codecs.lookup(charset[:40]).name
    except (LookupError, ValueError):
        return "utf-8"
    return name if _CHARSETS.fullmatch(name) else "utf-8"


def shown(text: str) -> str:
    """Text as a page may show it: cut, without controls, and without the secret in anybody's answer link.

    >>> shown("> http://127.0.0.1:8000/answer/WyJILUxJTksiXQ.abc")
    '> http://127.0.0.1:8000/answer/…'
    """
    return _ANSWER_LINK.sub(r"\1…", many_lines(text[:LONGEST_TEXT])).strip()


def header_text(raw: str) -> str:
    """A header as one line of text, its encoded words decoded where that can be done.

    >>> header_text("=?utf-8?q?Accepted=3A_hearing?="), header_text("=?utf-8?b?A?=")
    ('Accepted: hearing', '=?utf-8?b?A?=')
    """
    cut = raw[:LONGEST_HEADER]
    try:
        return one_line(str(make_header(decode_header(cut))))
    except (MessageError, ValueError, LookupError):
        return one_line(cut)


def text_of_html(page: str) -> str:
    """What a page says, without its tags. Not parsed as a browser would: one pass, whatever is fed in.

    >>> text_of_html("<style>p{}</style><p>I accept.<br>R. Das &amp; Co</p><!-- no -->")
    'I accept.\\nR. Das & Co'
    """
    before, *pieces = page[: 10 * LONGEST_TEXT].split("<")
    found, unread = [before], ""
    for piece in pieces:
        inside, closed, after = piece.partition(">")
        tag = _TAG.match(inside)
        name = tag[1].lower() if tag else ""
        if unread:
            unread = "" if name == unread and inside.startswith("/") else unread
        elif name in _UNREAD and not inside.startswith("/"):
            unread = name
        if unread or not closed:
            continue
        found.append("\n" if name in _BREAKING else "")
        found.append(after)
    lines = (" ".join(line.split()) for line in html.unescape("".join(found)).split("\n"))
    return "\n".join(line for line in lines if line)
