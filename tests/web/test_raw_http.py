"""What is no proper HTTP, at the real server: every kind is refused, and the next request is answered as ever."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import pytest
from flask import Flask

from vctestimony.cli import server
from vctestimony.cli.server import LONGEST_HEADERS, MOST_DISCARDED
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
    served = server.opened(app, port=0, threads=4)

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


def test_who_sends_more_than_any_form_holds_reads_that_it_is_too_large(port: int) -> None:
    """The whole body is sent before anything is read, as browsers do; the page comes with every header it must have."""
    size = LARGEST_OF_ALL * 3
    head = (
        b"POST /sign-in HTTP/1.1\r\n"
        + HEAD
        + b"Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head + b"Content-Length: %d\r\n\r\n" % size)
        for _ in range(size // 65536):
            connection.sendall(b"a" * 65536)
        connection.sendall(b"a" * (size % 65536))
        answer = connection.makefile("rb").read()
        assert answer.startswith(b"HTTP/1.1 413")
        assert b"Content-Security-Policy" in answer
        assert answer.strip().endswith(b"</html>")


def test_who_declares_more_than_is_worth_reading_is_cut_off(port: int) -> None:
    head = b"POST /sign-in HTTP/1.1\r\n" + HEAD + b"Content-Length: %d\r\n\r\n" % (MOST_DISCARDED + 1)
    assert said(port, head).startswith(b"HTTP/1.1 413")
    assert said(port, b"GET /healthz HTTP/1.1\r\n" + HEAD + b"\r\n").startswith(b"HTTP/1.1 200")
