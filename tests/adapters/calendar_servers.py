"""Servers of this machine for the tests of fetching: plain, with TLS, hanging, dripping, redirecting; and a fetcher
that is told by argument to trust them. What it would refuse outside of tests, it is given as if it were public."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from vctestimony.adapters.fetching import CalendarFetcher, FetchLimits
from vctestimony.adapters.public_hosts import is_public

HOST = "calendar.example"
HERE = "127.0.0.1"
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"
Page = Callable[[BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class Server:
    """Answers with its pages; keeps the paths and headers that were asked."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append((request.path, dict(request.headers.items())))
        self.pages[request.path](request)


def answering(body: bytes = CALENDAR, *, status: int = 200, length: int | None = None, **headers: str) -> Page:
    """A page with this body."""

    def page(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content_Type": "text/calendar", **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(body) if length is None else length))
        request.end_headers()
        request.wfile.write(body)

    return page


def sending_to(address: str, status: int = 302) -> Page:
    """A redirection."""
    return answering(b"", status=status, Location=address)


def hanging(request: BaseHTTPRequestHandler) -> None:
    """Says nothing at all until the other end leaves."""
    request.rfile.read(1)


def dripping_body(request: BaseHTTPRequestHandler) -> None:
    """A byte at a time."""
    request.send_response(200)
    request.send_header("Content-Type", "text/calendar")
    request.end_headers()
    _drip(request)


def dripping_head(request: BaseHTTPRequestHandler) -> None:
    """A letter of the header at a time."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    _drip(request)


def _drip(request: BaseHTTPRequestHandler) -> None:
    try:
        while True:
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.02)
    except OSError:
        return


@contextmanager
def running(server: Server, *, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """The server on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.serve(self)

        def log_request(self, code: object = "-", size: object = "-") -> None:
            return

    listening = ThreadingHTTPServer((HERE, 0), Handler)
    listening.daemon_threads = True
    listening.handle_error = lambda request, client_address: None  # type: ignore[method-assign]  # clients hang up
    if tls is not None:
        listening.socket = tls.wrap_socket(listening.socket, server_side=True)
    server.port = listening.server_address[1]
    thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


def certificate(folder: Path, *names: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server with a certificate for these names needs, and what a client that trusts it does."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Calendars of the tests")])
    began = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=20_000))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(file)
    return serving, ssl.create_default_context(cadata=made.public_bytes(serialization.Encoding.PEM).decode())


def fetcher(server: Server, scheme: str = "http", **changes: object) -> CalendarFetcher:
    """A fetcher for which HOST leads to this machine, and this machine is public when HOST leads to it."""
    told: dict[str, object] = {
        "allow_http": True,
        "limits": FetchLimits(total_s=1.5, connect_s=1.0),
        "resolve": lambda host, seconds: (HERE,) if host.endswith(HOST) else (host,),
        "public": lambda number: number == HERE or is_public(number),
        "ports": {"http": 80, "https": 443, scheme: server.port},
        **changes,
    }
    return CalendarFetcher(**told)  # type: ignore[arg-type]  # any of its fields
