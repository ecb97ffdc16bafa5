"""The one place that tells the public internet from everything a server must not be made to speak to."""

import ipaddress
import socket
from collections.abc import Callable
from threading import Thread

Resolve = Callable[[str, float], tuple[str, ...]]
IsPublic = Callable[[str], bool]

_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# Parts of global unicast through which an IPv4 address can be reached that would be refused by itself, or that lead
# nowhere: Teredo, documentation, 6to4. Mapped addresses, NAT64 and local ones lie outside of 2000::/3.
_DETOURS = tuple(ipaddress.ip_network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))


def is_public(number: str) -> bool:
    """Whether the numeric address is an ordinary one of the public internet.

    >>> [is_public(one) for one in ("8.8.8.8", "127.0.0.1", "169.254.169.254", "100.64.0.1", "::ffff:10.0.0.1")]
    [True, False, False, False, False]
    """
    try:
        address = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id or address not in _GLOBAL_UNICAST or any(address in net for net in _DETOURS):
            return False
        return address.is_global
    return address.is_global and not (address.is_multicast or address.is_reserved)


def resolved(host: str, seconds: float) -> tuple[str, ...]:
    """The numeric addresses of the host, in the system's order; none if it has none or the answer takes too long.

    The system's resolver cannot be told to hurry, so it is asked in a thread that may be left behind.
    """
    found: list[str] = []
    asking = Thread(target=_ask, args=(host, found), daemon=True)
    asking.start()
    asking.join(seconds)
    return () if asking.is_alive() else tuple(dict.fromkeys(found))


def _ask(host: str, found: list[str]) -> None:
    try:
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    found.extend(str(address[0]) for *_, address in answers)
