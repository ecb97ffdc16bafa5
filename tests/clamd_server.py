"""A tiny server that speaks as clamd does (clamd(8), INSTREAM and PING): what holds EICAR is found."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer, ThreadingUnixStreamServer
from threading import Thread

FOUND = b"stream: Eicar-Test-Signature FOUND\0"


class _Talk(StreamRequestHandler):
    said = b""

    def handle(self) -> None:
        """Answer one question."""
        question = b""
        while not question.endswith(b"\0"):
            question += self.rfile.read(1)
        content, length = b"", -1
        while question == b"zINSTREAM\0" and length != 0:
            length = int.from_bytes(self.rfile.read(4), "big")
            content += self.rfile.read(length)
        answer = {b"zPING\0": b"PONG\0", b"zINSTREAM\0": FOUND if b"EICAR" in content else b"stream: OK\0"}
        self.wfile.write(self.said or answer[question])


def _port(server: ThreadingTCPServer | ThreadingUnixStreamServer) -> int:
    number: int = server.socket.getsockname()[1]
    return number


@contextmanager
def listening(folder: Path | None = None, *, said: bytes = b"") -> Iterator[str]:
    """Its place: a socket in the folder, else a port. `said` is what it answers whatever it is asked."""
    talk = type("Talk", (_Talk,), {"said": said})
    server = (
        ThreadingUnixStreamServer(str(folder / "clamd.ctl"), talk)
        if folder is not None
        else ThreadingTCPServer(("127.0.0.1", 0), talk)
    )
    with server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield str(folder / "clamd.ctl") if folder is not None else f"127.0.0.1:{_port(server)}"
        finally:
            server.shutdown()
            thread.join()
