"""Whose word on who asks is believed: that of the proxies named in the settings, and of nobody else."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from tests.web.browsing import Browser
from tests.web.tiny_app import tiny_app
from vctestimony.web import headers, proxies
from vctestimony.web.proxies import FromNamedProxies

SPOOFED = {
    "HTTP_X_FORWARDED_FOR": "198.51.100.7",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_PREFIX": "/evil",
}


def seen(proxies_named: tuple[str, ...], **said: str) -> tuple[str, str, str]:
    """Who asks, how, and of which host, as the application is told."""
    kept: dict[str, object] = {}

    def inner(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        kept.update(environ)
        return ()

    asked = {"REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "HTTP_HOST": "court.example", **SPOOFED, **said}
    FromNamedProxies(inner, proxies_named)(asked, lambda *_words: lambda _sent: None)
    return str(kept["REMOTE_ADDR"]), str(kept["wsgi.url_scheme"]), str(kept["HTTP_HOST"])


@pytest.mark.abuse(106)
@pytest.mark.asvs("4.1.3", "15.3.4")
def test_a_named_proxy_says_who_asks_and_how_but_not_of_which_host() -> None:
    assert seen(("127.0.0.1",)) == ("198.51.100.7", "https", "court.example")


@pytest.mark.abuse(106)
@pytest.mark.asvs("4.1.3", "15.3.4")
def test_what_anybody_else_says_is_not_believed() -> None:
    assert seen(("127.0.0.1",), REMOTE_ADDR="192.0.2.9") == ("192.0.2.9", "http", "court.example")


@pytest.mark.abuse(106)
def test_of_several_addresses_only_the_one_the_proxy_added_counts() -> None:
    chain = {"HTTP_X_FORWARDED_FOR": "127.0.0.1, 198.51.100.8"}
    assert seen(("127.0.0.1",), **chain)[0] == "198.51.100.8"


@pytest.mark.asvs("3.4.1")
@pytest.mark.parametrize(("named", "promised"), [((), False), (("127.0.0.1",), True)])
def test_transport_security_is_promised_behind_a_named_proxy_that_speaks_tls(
    named: tuple[str, ...], promised: bool
) -> None:
    app = tiny_app()
    proxies.bind(app, named)
    answer = app.test_client().get("/", headers={"X-Forwarded-Proto": "https"})
    assert answer.headers.get("Strict-Transport-Security") == (headers.TRANSPORT if promised else None)


@pytest.mark.abuse(106)
def test_the_service_as_delivered_believes_nobody(browser: Browser) -> None:
    answer = browser.ask(
        "/hearings", environ_base={"REMOTE_ADDR": "127.0.0.1"}, headers={"X-Forwarded-Host": "evil.example"}
    )
    assert "evil.example" not in answer.headers["Location"] + answer.text
