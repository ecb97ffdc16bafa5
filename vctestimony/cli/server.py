"""The one place that opens the HTTP server, and says what becomes of what is larger than any form.

waitress answers such a request at once and closes, while the client is still sending: its reader sees a broken
connection and no page. Here the rest is read, up to a bound, and kept nowhere; then the application says on its own
page, from the length that was declared, that it is too large.
"""

from typing import Any

from flask import Flask
from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import FixedStreamReceiver
from waitress.server import BaseWSGIServer, create_server
from waitress.utilities import RequestEntityTooLarge

from vctestimony.web.sizes import LARGEST_OF_ALL

LONGEST_HEADERS = 32 * 1024
MOST_DISCARDED = 256 * 1024 * 1024
"""Whoever declares more than this is cut off."""


class _Discarded(FixedStreamReceiver):  # type: ignore[misc]  # waitress has no types
    """Reads what was declared and keeps none of it."""

    def received(self, data: bytes) -> int:
        """How many of the bytes belong to this request."""
        taken: int = min(self.remain, len(data))
        self.remain -= taken
        self.completed = self.remain < 1
        return taken


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Lets a request that is too large go on to the application without its body."""

    body_rcv: Any
    error: Any

    def received(self, data: bytes) -> int:
        """How many of the bytes belong to this request."""
        if isinstance(self.body_rcv, _Discarded):
            consumed: int = self.body_rcv.received(data)
            self.completed = self.body_rcv.completed
            return consumed
        consumed = super().received(data)
        is_too_large = isinstance(self.error, RequestEntityTooLarge) and not self.chunked
        if is_too_large and self.content_length <= MOST_DISCARDED:
            self.error, self.completed = None, False
            self.body_rcv = _Discarded(self.content_length, OverflowableBuffer(0))
        return consumed


class _Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = _Parser


def opened(app: Flask, *, port: int, threads: int = 8) -> BaseWSGIServer:
    """The server on 127.0.0.1, not yet running; OSError where the port cannot be had, and any port for 0."""
    server = create_server(
        app,
        host="127.0.0.1",
        port=port,
        threads=threads,
        channel_timeout=30,
        connection_limit=200,
        max_request_header_size=LONGEST_HEADERS,
        max_request_body_size=LARGEST_OF_ALL,
        clear_untrusted_proxy_headers=False,  # web/proxies.py looks who says it
        ident=None,
    )
    server.channel_class = _Channel
    return server
