"""What is no proper HTTP, at the real server: every kind is refused, and the next request is answered as ever."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import pytest
from flask import Flask
from waitress.server import create_server

from vctestimony.cli.running import LONGEST_HEADERS
from vctestimony.web.sizes import LARGEST_OF_ALL

pytestmark = [pytest.mark.abuse(107), pytest.mark.threat("T25")]
HEAD = b"Host: 127.0.0.1\r\n"
BAD = {
    "headers-too-long": b"GET /healthz HTTP/1.1\r\n" + HEAD + b"X: " + b"a" * (LONGEST_HEADERS + 1) + b"\r\n\r\n",
    "two-lengths": b"POST /sign-in HTTP/1.1\r\n" + HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    "length-and-chunks": b"POST /sign-in HTTP/1.1\r\n"
    + HEAD
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
    "chunks-of-garbage": b"POST /sign-in HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
    "length-of-garbage": b"POST /sign-in HTTP/1.1\r\n" + HEAD + b"Content-Length: -1\r\n\r\n",
    "no-http": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
}


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    """The application behind the server, bounded as it is delivered."""
    served = create_server(
        app,
        host="127.0.0.1",
        port=0,
        threads=4,
        max_request_header_size=LONGEST_HEADERS,
        max_request_body_size=LARGEST_OF_ALL,
        ident=None,
    )

    def run() -> None:
        with suppress(OSError):  # closed while it waits for the next to come
            served.run()

    thread = Thread(target=run, daemon=True)
    thread.start()
    yield int(served.effective_port)
    served.close()
    thread.join(10)


def said(port: int, sent: bytes) -> bytes:
    """The beginning of what the server says to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(sent)
        return connection.recv(4096)


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_proper_request_is_refused_and_the_next_is_answered(port: int, kind: str) -> None:
    status = said(port, BAD[kind]).split(b" ")[1][:3]
    assert status in {b"400", b"413", b"431", b"501"}
    assert said(port, b"GET /healthz HTTP/1.1\r\n" + HEAD + b"\r\n").startswith(b"HTTP/1.1 200")


def test_forty_that_never_finish_keep_nobody_waiting(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(40)]
    try:
        for number, connection in enumerate(slow):
            body = b"Content-Length: 1000\r\n\r\nx" if number % 2 else b"X-Slow: "
            connection.sendall(b"POST /sign-in HTTP/1.1\r\n" + HEAD + body)
        assert said(port, b"GET /healthz HTTP/1.1\r\n" + HEAD + b"\r\n").startswith(b"HTTP/1.1 200")
    finally:
        for connection in slow:
            connection.close()
