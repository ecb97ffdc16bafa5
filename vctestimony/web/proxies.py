"""The one place that says who asks, from where tries are counted, and whose word on it is believed."""

from collections.abc import Iterable
from ipaddress import IPv6Address, IPv6Network, ip_address
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

_NETWORK_BITS = 64
"""One line of IPv6 has so many addresses that each try could come from another; what they share is its network."""


def asked_from() -> str:
    """The place from which this request came, as tries are counted."""
    return place_of(request.remote_addr or "unknown")


def place_of(address: str) -> str:
    """An address as tries from it are counted: of IPv6 its network of 64 bits, for one line has them all.

    >>> place_of("2001:db8:1:2:3:4:5:6"), place_of("::ffff:192.0.2.7"), place_of("192.0.2.7"), place_of("unknown")
    ('2001:db8:1:2::/64', '192.0.2.7', '192.0.2.7', 'unknown')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), _NETWORK_BITS), strict=False))


class FromNamedProxies:
    """Believes the headers of the named proxies, one step back, and nobody else's. The host is never theirs to say:
    links go to the one public address, and what a proxy passes on as Host is checked like everybody's."""

    def __init__(self, inner: WSGIApplication, proxies: tuple[str, ...]) -> None:
        self.inner, self.proxies = inner, frozenset(proxies)
        self.believing = ProxyFix(inner, x_for=1, x_proto=1, x_host=0, x_port=0, x_prefix=0)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as if the client had come itself, where a named proxy says so."""
        is_named = environ.get("REMOTE_ADDR") in self.proxies
        return (self.believing if is_named else self.inner)(environ, start_response)


def bind(app: Flask, proxies: tuple[str, ...]) -> None:
    """Believe these proxies; without any, nobody."""
    if proxies:
        app.wsgi_app = FromNamedProxies(app.wsgi_app, proxies)  # type: ignore[method-assign]  # Flask's own way
