"""A server that nobody may ever ask: its address stands in hostile texts, and who asks it has fetched something.

Start one for the whole run with the fixture `canary` of tests/conftest.py; at the end of the run it must have been
asked for nothing.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SANG = b"the-canary-sang"


class CanaryServer:
    """Counts who asks, by whatever method, and answers each."""

    def __init__(self) -> None:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(f"{self.command} {self.path}")
                self.send_response(200)
                self.end_headers()
                self.wfile.write(SANG)

            do_HEAD = do_POST = do_PROPFIND = do_GET  # noqa: N815 - the names that http.server asks for

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        self.asked = asked
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        self.address = f"http://127.0.0.1:{self.port}/canary"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
