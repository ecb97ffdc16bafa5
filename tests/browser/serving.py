"""The real service in a process of its own, on a folder of its own, at an hour of our choosing.

The hour comes from Debian's `faketime`, which stands between the process and the system's clock; the service itself
knows nothing of tests.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def sweep(memory: Path = Path("/dev/shm")) -> None:
    """Remove what faketime left of processes that were stopped: it refuses to start under a number used again."""
    for left in memory.glob("*faketime_s*_*"):
        number = left.name.rpartition("_")[2]
        if number.isdecimal() and not Path(f"/proc/{number}").exists():
            left.unlink(missing_ok=True)


def at_the_hour(command: list[str], at: datetime) -> list[str]:
    """The command with its clock running on from `at` (UTC).

    Two threads that take turns would cost forty times the processor time by what faketime does, where a clock leaves
    it alone, for a fault that glibc no longer has: it ends every wait of theirs at once.
    """
    sweep()
    told = ("env", "FAKETIME_FORCE_MONOTONIC_FIX=0", "faketime", "--exclude-monotonic")
    return [*told, "-f", f"@{at:%Y-%m-%d %H:%M:%S}", *command]


@dataclass(slots=True)
class Server:
    """One installation: `start(at)` and `stop()` as often as one likes; what it keeps stays in `folder`."""

    folder: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Everything the service printed."""
        return self.folder.with_name(f"{self.folder.name}.log")

    @property
    def environment(self) -> dict[str, str]:
        """What the service is told."""
        told = {name: value for name, value in os.environ.items() if not name.startswith(("VCT_", "FLASK_"))}
        return told | {"VCT_INSTANCE": str(self.folder), "PORT": str(self.port), "TZ": "UTC"} | self.settings

    def command(self, *words: str, at: datetime) -> subprocess.CompletedProcess[str]:
        """`flask --app wsgi …` at that hour, to its end."""
        whole = at_the_hour([sys.executable, "-m", "flask", "--app", "wsgi", *words], at)
        return subprocess.run(whole, cwd=PROJECT, env=self.environment, capture_output=True, text=True, check=False)

    def start(self, at: datetime) -> None:
        """Serve from that hour on; returns when the first page can be had."""
        self.stop()
        whole = at_the_hour([sys.executable, "-m", "flask", "--app", "wsgi", "serve"], at)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                whole, cwd=PROJECT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self._wait(self.process)

    def stop(self) -> None:
        """End the process and those it started."""
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)
        self.process = None

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except urllib.error.HTTPError:  # it serves, and says what is wrong: days have passed since it was stopped
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text(encoding="utf-8", errors="replace")[-3000:])

    def mails(self, to: str, *, hearing: str) -> list[EmailMessage]:
        """The mails in the local mailbox for that address about that hearing, the oldest first."""
        found = []
        for path in sorted((self.folder / "mailbox").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns):
            mail = message_from_bytes(path.read_bytes(), policy=default)
            if to in str(mail["To"]) and hearing in str(mail["Subject"]) + body_of(mail):
                found.append(mail)
        return found

    def mail(self, to: str, *, hearing: str, method: str, sequence: int) -> EmailMessage:
        """The mail about the hearing whose calendar object has that METHOD and SEQUENCE; waits for the worker."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for mail in self.mails(to, hearing=hearing):
                text = calendar_of(mail)
                if f"METHOD:{method}\n" in text and f"SEQUENCE:{sequence}\n" in text:
                    return mail
            time.sleep(0.2)
        raise AssertionError([str(mail["Subject"]) for mail in self.mails(to, hearing=hearing)])


def calendar_of(mail: EmailMessage) -> str:
    """The mail's calendar object with its folded lines joined; empty when there is none."""
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            raw = part.get_payload(decode=True)
            assert isinstance(raw, bytes)
            return re.sub(r"\n[ \t]", "", raw.decode("utf-8").replace("\r\n", "\n"))
    return ""


def body_of(mail: EmailMessage) -> str:
    """The words of the mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def copied(template: Path, folder: Path) -> Server:
    """A server on a copy of a finished installation."""
    shutil.copytree(template, folder)
    folder.chmod(0o700)
    return Server(folder)
