"""The one place that says whose word on who asks, and how, is believed: `X-Forwarded-*` of the proxies named."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


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
