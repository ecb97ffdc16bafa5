"""The one place for how a conference is joined: what may be entered as its address, and what stands for it elsewhere.

The text itself is sealed where it is stored (services/joining.py). Whatever is compared, journalled or kept in clear
is its mark.
"""

import re
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlsplit

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

LONGEST_ADDRESS, LONGEST_PASSCODE = 1000, 60
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


def checked(address: str) -> str:
    """The address as it is, or JoiningAddressRefused: encrypted, with a host, and nobody's name before it.

    >>> checked("https://meet.example/h-7?pwd=a1")
    'https://meet.example/h-7?pwd=a1'
    """
    if not _OF_A_URI.fullmatch(address) or len(address) > LONGEST_ADDRESS or not _is_encrypted(address):
        raise JoiningAddressRefused(field="address")
    return address


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
