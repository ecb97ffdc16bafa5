"""The one place for how a conference is joined: what may be entered as its address, and what stands for it elsewhere.

The text itself is sealed where it is stored (services/joining.py). Whatever is compared, journalled or kept in clear
is its mark.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

LONGEST_ADDRESS, LONGEST_PASSCODE = 1000, 60
SHOWN_BEFORE = timedelta(minutes=60)
"""How long before a hearing begins the address is shown to whoever may join."""
CODE_DIGITS, CODE_LIVES, MOST_WRONG_CODES = 8, timedelta(minutes=10), 5
"""Of the code by mail with which somebody joins who holds an answer link and has no account."""
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
_OF_A_URI = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")


class JoiningAddressRefused(Invalid):
    """Not an address that every program opens in the same, encrypted way (RFC 3986)."""

    text = N_(
        "Write the whole address of the conference as its invitation gives it, such as https://meet.example/room-1. "
        "It begins with https:// and has no blanks."
    )


@dataclass(frozen=True, slots=True)
class Joining:
    """Address and passcode of one conference. They stand in no repr, so that no log or fault can hold them."""

    address: str = field(repr=False)
    passcode: str = field(default="", repr=False)


class HostNotAllowed(Invalid):
    """The court has said at which hosts its conferences are."""

    text = N_("Conferences of this court are at {hosts}. Write an address there, or have the court allow another host.")


class HostUnreadable(Invalid):
    """Not a name of a host."""

    text = N_("“{host}” is not the name of a host. Write names such as meet.example, one on each line.")


def checked(address: str, *, hosts: Collection[str] = ()) -> str:
    """The address as it is, or refused: encrypted, with a host, nobody's name before it, and at one of the hosts.

    Without `hosts` at any. A host stands for itself and for what is below it.

    >>> checked("https://eu.meet.example/h-7?pwd=a1", hosts=("meet.example",))
    'https://eu.meet.example/h-7?pwd=a1'
    """
    if not _OF_A_URI.fullmatch(address) or len(address) > LONGEST_ADDRESS or not _is_encrypted(address):
        raise JoiningAddressRefused(field="address")
    host = (urlsplit(address).hostname or "").rstrip(".")
    if hosts and not any(f".{host}".endswith(f".{one}") for one in hosts):
        raise HostNotAllowed(field="address", hosts=", ".join(hosts))
    return address


def hosts_in(text: str) -> tuple[str, ...]:
    """The hosts that somebody entered, or HostUnreadable.

    >>> hosts_in("Meet.example  vc.court.example")
    ('meet.example', 'vc.court.example')
    """
    found = tuple(dict.fromkeys(word.lower().rstrip(".") for word in text.replace(",", " ").split()))
    for host in found:
        if not _HOST.fullmatch(host):
            raise HostUnreadable(field="joining_hosts", host=host)
    return found


def is_shown(now: datetime, *, starts_at: datetime | None, ends_at: datetime | None) -> bool:
    """Whether the address is shown at this instant: from sixty minutes before the start, to the end."""
    return starts_at is not None and ends_at is not None and starts_at - SHOWN_BEFORE <= now <= ends_at


def code_of(random: bytes) -> str:
    """A code out of eight random bytes.

    >>> code_of(b"\\x00\\x00\\x00\\x00\\x00\\x00\\x30\\x39")
    '00012345'
    """
    return f"{int.from_bytes(random, 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def typed_code(text: str) -> str:
    """The digits of a code as it was typed, of whatever script and with whatever between them.

    >>> typed_code("0001 2345"), typed_code("০০০১২৩৪৫")
    ('00012345', '00012345')
    """
    return "".join(str(unicodedata.decimal(one)) for one in text if one.isdecimal())


def code_digest(code: str, *, link: str) -> str:
    """What is kept of a code: useless without the link, which is kept nowhere."""
    return sha256(f"{link}|{code}".encode()).hexdigest()


def mark_of(*sealed: bytes) -> str:
    """What stands for the text wherever two are compared: a digest of its sealed form, from which nobody guesses it.

    The same text sealed again has another mark, so it is sealed again only when it changed.
    """
    return sha256(b"|".join(sha256(one).digest() for one in sealed)).hexdigest()


def _is_encrypted(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and bool(host) and "@" not in parts.netloc
