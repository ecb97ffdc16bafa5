"""A real IMAP server for tests: pymap over a Maildir, in a process of its own, and a door with TLS before it."""

import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from mailbox import Maildir, MaildirMessage
from pathlib import Path

from pysasl.hashing import BuiltinHash

from tests.adapters.test_mail import free_port
from vctestimony.adapters.inbox_imap import KEYWORD

USER, PASSWORD = "calendar", "quiet harbour nine"
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The account's mailbox on the server's disk."""

    folder: Path
    port: int

    def deliver(self, *contents: bytes) -> None:
        """Lay mails into the inbox as a mail system does."""
        for content in contents:
            Maildir(str(self.folder)).add(MaildirMessage(content))

    def flags(self) -> list[str]:
        """The letters of the flags of each mail in the inbox; a keyword is a small letter."""
        return sorted(mail.get_flags() for mail in Maildir(str(self.folder)))

    def moved(self, name: str) -> int:
        """How many mails lie in another folder of the account."""
        return len(Maildir(str(self.folder / f".{name}"), create=False))


@contextmanager
def serving(base: Path, *, keeps_keywords: bool = True, certificate: Path | None = None) -> Iterator[Mailbox]:
    """The server at work; `keeps_keywords` says whether it knows the keyword, a certificate lets it offer STARTTLS."""
    folder = base / USER
    Maildir(str(folder), create=True)
    (base / "pymap-etc-passwd").write_text(f"{USER}::1000:1000::{USER}:\n")
    (base / "pymap-etc-shadow").write_text(f"{USER}:{BuiltinHash(rounds=1).hash(PASSWORD)}:::::::\n")
    (base / "pymap-etc-group").write_text("")
    if keeps_keywords:
        (folder / "dovecot-keywords").write_text(f"0 {KEYWORD}\n")
    port = free_port()
    tls = ("--cert", str(certificate), "--key", str(certificate)) if certificate else ("--no-tls",)
    command = (str(Path(sys.executable).parent / "pymap"), "--host", "127.0.0.1", "--port", str(port), *tls)
    with subprocess.Popen((*command, "maildir", str(base)), stderr=subprocess.DEVNULL) as process:
        try:
            _await(port)
            yield Mailbox(folder, port)
        finally:
            process.terminate()


def _await(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError("the IMAP server did not begin to serve")


@contextmanager
def tls_door(behind: int, context: ssl.SSLContext) -> Iterator[int]:
    """A port that speaks TLS from the first byte and hands everything on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_hand_on, args=(listening, behind, context), daemon=True).start()
        yield int(listening.getsockname()[1])


def _hand_on(listening: socket.socket, behind: int, context: ssl.SSLContext) -> None:
    with suppress(OSError):
        while True:
            plain, _ = listening.accept()
            with suppress(OSError), plain:
                outer = context.wrap_socket(plain, server_side=True)
                inner = socket.create_connection(("127.0.0.1", behind))
                for source, target in ((inner, outer), (outer, inner)):
                    threading.Thread(target=_pour, args=(source, target), daemon=True).start()


def _pour(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError), source, target:
        while content := source.recv(1 << 16):
            target.sendall(content)
