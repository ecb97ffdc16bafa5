"""The one place that says to which servers this process may connect. Every adapter that connects asks here first.

The list is made of the settings at composition: the mail server, the mailbox, the time-stamping authority, the
issuer that people sign in by, and the ports of public hosts where calendars are that people subscribe to. Who was
handed no list reaches this machine only.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from vctestimony.adapters.public_hosts import is_public

log = logging.getLogger(__name__)
_PORTS = {"http": 80, "https": 443}
_LONGEST = 100


class NotOnTheList(ConnectionRefusedError):
    """Nobody set this server up. To who asks it is one that cannot be reached."""


@dataclass(frozen=True, slots=True)
class Outbound:
    """The servers of the settings as host and port, and the ports at which any public host may be asked."""

    servers: frozenset[tuple[str, int]] = frozenset()
    public_ports: frozenset[int] = frozenset()
    is_to_here: bool = False

    def ask(self, host: str, port: int) -> None:
        """NotOnTheList, and a line in the log, unless one may connect there. `host` is a name or a numeric address.

        >>> Outbound(frozenset({("mail.example", 587)})).ask("Mail.Example.", 587)
        >>> Outbound(frozenset({("mail.example", 587)})).ask("mail.example", 25)
        Traceback (most recent call last):
        vctestimony.adapters.outbound.NotOnTheList: mail.example:25
        """
        name = _plain(host)
        if (name, port) in self.servers or (port in self.public_ports and is_public(name)):
            return
        if self.is_to_here and name in _HERE:
            return
        log.warning("a connection was refused that nobody set up: host=%s port=%s", name[:_LONGEST], port)
        raise NotOnTheList(f"{name[:_LONGEST]}:{port}")


_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
THIS_MACHINE = Outbound(is_to_here=True)


def allowed(
    servers: Iterable[tuple[str, int]], *, addresses: Iterable[str] = (), public_ports: Iterable[int] = ()
) -> Outbound:
    """The list: servers by host and port, those of addresses, and the ports at which public hosts are asked.

    >>> sorted(allowed([("MAIL.example", 25)], addresses=["https://tsa.example/tsr", ""]).servers)
    [('mail.example', 25), ('tsa.example', 443)]
    """
    named = {(_plain(host), port) for host, port in servers}
    for address in filter(None, addresses):
        parts = urlsplit(address)
        named.add((_plain(parts.hostname or ""), parts.port or _PORTS[parts.scheme]))
    return Outbound(frozenset(named), frozenset(public_ports))


def _plain(host: str) -> str:
    return host.strip().rstrip(".").casefold()
