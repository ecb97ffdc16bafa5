"""The one place that fetches from addresses people enter. It reaches public hosts only, and no longer than it wants to.

The name is resolved here, every address it has must be public, and the connection goes to exactly such an address, so
that a name that leads elsewhere the next moment changes nothing. The certificate must be valid for the name. Nothing of
ours goes along: no cookie, no sign-in. The body is never logged, and of the address no more than the host is ever said.
"""

import ssl
import zlib
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, SSLError

from vctestimony.adapters.deadlines import Deadline
from vctestimony.adapters.outbound import THIS_MACHINE, Outbound
from vctestimony.adapters.public_hosts import IsPublic, Resolve, is_public, resolved
from vctestimony.adapters.vetted_connections import Unpacked, check_status, connection_to, headers_for, validator
from vctestimony.domain.busy import (
    AddressUnusable,
    CalendarBroken,
    CalendarTooLarge,
    Fetched,
    HostNotPublic,
    HostUnknown,
    NotReached,
    NotTrusted,
    PlainHttp,
    PortRefused,
    TooManyRedirects,
    WebPageInstead,
)

PORTS = {"https": 443, "http": 80}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 3
_MOST_TRIED = 3
_BROKEN_OFF = (HTTPError, HTTPException, OSError, ValueError)
_PIECE = 64 * 1024
_LONGEST_ADDRESS = 2000
_WEB_PAGES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What one fetch, with all its redirects, may take."""

    total_s: float = 20.0
    connect_s: float = 5.0
    largest_mb: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFetcher:
    """GET, and nothing else. The last three are replaced in tests, which have servers of their own on this machine."""

    allow_http: bool = False
    limits: FetchLimits = field(default_factory=FetchLimits)
    resolve: Resolve = resolved
    public: IsPublic = is_public
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    ports: Mapping[str, int] = field(default_factory=lambda: dict(PORTS))
    outbound: Outbound = THIS_MACHINE

    def host_of(self, address: str) -> str:
        """The host of an address that could be fetched; anything else is refused."""
        return str(self._parts(address).hostname)

    def fetch(self, address: str, *, etag: str = "", modified: str = "") -> Fetched:
        """What is there; nothing new when the server says that the validators still hold."""
        parts = self._parts(address)
        with Deadline(self.limits.total_s) as deadline, ExitStack() as opened:
            for _ in range(_MOST_REDIRECTS + 1):
                response = self._asked(parts, deadline, opened, etag=etag, modified=modified)
                if response.status not in _REDIRECTS:
                    return self._taken(response, parts, deadline, conditional=bool(etag or modified))
                target = response.headers.get("Location", "")
                parts = self._parts(urljoin(urlunsplit(parts), target))
        raise TooManyRedirects(host=parts.hostname)

    def _parts(self, address: str) -> SplitResult:
        """The address taken apart, if it may be fetched at all."""
        try:
            parts = urlsplit(address.strip())
            port = parts.port
        except ValueError:
            raise AddressUnusable() from None
        if parts.scheme in {"webcal", "webcals"}:
            parts = parts._replace(scheme="https")
        printable = address.isascii() and address.strip().isprintable() and " " not in address.strip()
        if parts.scheme not in PORTS or not parts.hostname or not printable or len(address) > _LONGEST_ADDRESS:
            raise AddressUnusable()
        if parts.username is not None or parts.password is not None:
            raise AddressUnusable()
        if parts.scheme == "http" and not self.allow_http:
            raise PlainHttp()
        if port is not None and port != self.ports[parts.scheme]:
            raise PortRefused(port=port)
        return parts

    def _asked(
        self, parts: SplitResult, deadline: Deadline, opened: ExitStack, *, etag: str, modified: str
    ) -> BaseHTTPResponse:
        """The answer of the first of the host's public addresses that takes the connection."""
        host, path = str(parts.hostname), urlunsplit(("", "", parts.path or "/", parts.query, ""))
        trust = None if parts.scheme == "http" else self.trust()
        for number in self._vetted(host, deadline):
            connection = connection_to(
                number,
                self.ports[parts.scheme],
                host=host,
                trust=trust,
                seconds=self.limits.connect_s,
                deadline=deadline,
            )
            opened.callback(connection.close)
            try:
                self.outbound.ask(number, self.ports[parts.scheme])
                connection.connect()
                connection.timeout = deadline.left()
            except (ssl.SSLError, SSLError):
                deadline.check(host)
                raise NotTrusted(host=host) from None
            except (HTTPError, OSError):
                deadline.check(host)
                continue
            try:
                said = headers_for(parts, etag=etag, modified=modified)
                connection.request("GET", path, headers=said, preload_content=False)
                return opened.enter_context(closing(connection.getresponse()))
            except _BROKEN_OFF:
                deadline.check(host)
                raise NotReached(host=host) from None
        raise NotReached(host=host)

    def _vetted(self, host: str, deadline: Deadline) -> tuple[str, ...]:
        """Numeric addresses of the host: all of them must be public, or none is used."""
        found = self.resolve(host, deadline.left())
        deadline.check(host)
        if not found:
            raise HostUnknown(host=host)
        if not all(self.public(number) for number in found):
            raise HostNotPublic(host=host)
        return found[:_MOST_TRIED]

    def _taken(
        self, response: BaseHTTPResponse, parts: SplitResult, deadline: Deadline, *, conditional: bool
    ) -> Fetched:
        host = str(parts.hostname)
        if response.status == 304 and conditional:
            return Fetched(content=None)
        check_status(response.status, host)
        if response.headers.get("Content-Type", "").partition(";")[0].strip().lower() in _WEB_PAGES:
            raise WebPageInstead()
        return Fetched(
            content=self._body(response, host, deadline),
            etag=validator(response.headers.get("ETag", "")),
            modified=validator(response.headers.get("Last-Modified", "")),
        )

    def _body(self, response: BaseHTTPResponse, host: str, deadline: Deadline) -> bytes:
        """The body, unpacked piece by piece: neither what is sent nor what it unpacks to may exceed the limit."""
        most = self.limits.largest_mb << 20
        unpacked = Unpacked(response.headers.get("Content-Encoding", ""))
        body, sent = bytearray(), 0
        try:
            while piece := response.read1(_PIECE, decode_content=False):
                deadline.check(host)
                sent += len(piece)
                body += unpacked.next(piece, most=most - len(body) + 1)
                if len(body) > most or sent > most:
                    raise CalendarTooLarge(megabytes=self.limits.largest_mb)
        except _BROKEN_OFF:
            deadline.check(host)
            raise NotReached(host=host) from None
        except zlib.error:
            raise CalendarBroken() from None
        deadline.check(host)
        return bytes(body)
