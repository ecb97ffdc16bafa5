"""The one place that looks at the machine around the service: files, disk, clocks, mail server. It sends nothing.

Each check gives lines: what is wrong and what to do. What is in order says nothing.
"""

import os
import pkgutil
import socket
import ssl
import stat
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from vctestimony.adapters.inbox_imap import ImapInbox
from vctestimony.adapters.outbound import Outbound
from vctestimony.domain.inbound import InboxUnreachable
from vctestimony.domain.instants import TZ_VERSION

LEAST_FREE, LEAST_INODES = 500 * 1024 * 1024, 1000
OLDEST_BACKUP = OLDEST_ANCHOR = timedelta(days=2)
LONGEST_OPEN = timedelta(days=1)
_NETWORKED = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "glusterfs", "ceph", "lustre"})
_PATIENCE = 10
FIRST_FREE_PORT = 1024


def look_at_files(folder: Path) -> list[str]:
    """The instance folder and what lies in it: nobody else may read any of it."""
    found = []
    for path in (folder, *sorted(folder.iterdir())):
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = 0o700 if path.is_dir() else 0o600
        if mode & 0o077:
            found.append(f"files: {path} is open to others (mode {mode:o}); run: chmod {wanted:o} {path}")
    return found


def look_at_open_copies(folder: Path, now: datetime) -> list[str]:
    """Unencrypted copies of the database: one left by a backup that was ended, one kept by a restore some days ago."""
    left = [path for pattern in ("backup-*.part", "*-replaced-*.sqlite") for path in folder.glob(pattern)]
    old = [path for path in sorted(left) if now.timestamp() - path.stat().st_mtime > LONGEST_OPEN.total_seconds()]
    return [
        f"files: {path} is an unencrypted copy of the database; if nothing in it is missed: rm {path}" for path in old
    ]


def look_at_keys(paths: Iterable[Path]) -> list[str]:
    """Files that are secrets wherever they lie; of a folder everything in it."""
    found = []
    for path in paths:
        if path.is_dir():
            found += look_at_files(path)
        elif path.exists() and (mode := stat.S_IMODE(path.stat().st_mode)) & 0o077:
            found.append(f"files: {path} is open to others (mode {mode:o}); run: chmod 600 {path}")
    return found


def look_at_port(port: int) -> list[str]:
    """Whether the service can open its port, or has done so already."""
    if port < FIRST_FREE_PORT and os.geteuid() != 0:
        return [f"port: only root opens {port}; set PORT to 8000, and let a proxy hold {port}"]
    try:
        with socket.create_server(("127.0.0.1", port)):
            return []
    except OSError:
        return [] if _is_ours(port) else [f"port: another program holds {port}; stop it, or set another PORT"]


def _is_ours(port: int) -> bool:
    """Whether what listens there answers as this service does."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/healthz")
        return b'"troubles"' in connection.getresponse().read(4096)
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def look_at_proxies(public_url: str, proxies: Sequence[str]) -> list[str]:
    """Whether the service knows the proxy that people come through."""
    if public_url.startswith("https://") and not proxies:
        return ["proxies: people come by https, but no proxy is known, so all seem to be one; set VCT_TRUSTED_PROXIES"]
    if not public_url.startswith("https://") and proxies:
        return [f"proxies: {' '.join(proxies)} is trusted, but VCT_PUBLIC_URL is no https address; correct one of them"]
    return []


def look_at_stamps(url: str, outbound: Outbound) -> list[str]:
    """Whether the time-stamping authority answers at all. No stamp is asked for."""
    place = urlsplit(url)
    host, port = place.hostname or "", place.port or (443 if place.scheme == "https" else 80)
    try:
        outbound.ask(host, port)
        with socket.create_connection((host, port), timeout=_PATIENCE) as plain:
            if place.scheme == "https":
                ssl.create_default_context().wrap_socket(plain, server_hostname=host).close()
            return []
    except ssl.SSLError as error:
        return [f"time stamps: the certificate of {host}:{port} is not trusted ({error.reason}); correct VCT_TSA_URL"]
    except OSError as error:
        why = error.strerror or "no answer"
        return [f"time stamps: {host}:{port} cannot be reached ({why}); correct VCT_TSA_URL, or unset it"]


def look_at_inbox(inbox: ImapInbox) -> list[str]:
    """Whether the IMAP server lets the service in and has the folder. No mail is read or marked."""
    try:
        inbox.greet()
    except InboxUnreachable as error:
        return [f"inbox: {inbox.name} lets nobody in ({error.facts['words']}); correct VCT_INBOX and its user"]
    return []


def look_at_disk(folder: Path, *, least_free: int = LEAST_FREE) -> list[str]:
    """Room for what will be written."""
    room = os.statvfs(folder)
    free = room.f_bavail * room.f_frsize
    found = []
    if free < least_free:
        found.append(f"disk: {free // 1024**2} MB are free where {folder} lies; make room, {least_free // 1024**2} MB")
    if room.f_files and room.f_favail < LEAST_INODES:
        found.append(f"disk: only {room.f_favail} files more fit where {folder} lies; delete small files there")
    return found


def look_at_place(folder: Path, mounts: str) -> list[str]:
    """Whether a SQLite database lies on a disk of this machine. `mounts` is what /proc/mounts says."""
    rows = [line.split() for line in mounts.splitlines() if len(line.split()) > 2]
    inside = [(place, kind) for _, place, kind, *_ in rows if folder.resolve().is_relative_to(place)]
    place, kind = max(inside, key=lambda row: len(row[0]), default=("", ""))
    if kind not in _NETWORKED:
        return []
    return [f"disk: {folder} lies on {place}, a network file system ({kind}); move it to a disk here, or: flask move"]


def look_at_clock(now: datetime, last_entry_at: datetime | None) -> list[str]:
    """The machine's clock against the journal."""
    if last_entry_at is None or last_entry_at - now <= timedelta(seconds=5):
        return []
    behind = int((last_entry_at - now).total_seconds())
    return [f"clock: it is {behind} s behind the newest entry of the journal; set it right, switch on NTP"]


def look_at_anchor(now: datetime, newest_at: datetime | None) -> list[str]:
    """Whether the journal was anchored outside its database lately; None is a journal without an entry."""
    if newest_at is None or now - newest_at <= OLDEST_ANCHOR:
        return []
    days = (now - newest_at).days
    return [f"journal: not anchored outside the database for {days} days; start the worker: flask --app wsgi worker"]


def look_at_rules(packaged: str) -> list[str]:
    """Whether the two libraries of clock rules have the same rules. `packaged` is what the other one says."""
    own = TZ_VERSION
    if not packaged or packaged == own:
        return []
    return [f"clock rules: two libraries disagree ({own}, {packaged}); install both from requirements.lock"]


def packaged_rules() -> str:
    """The version of the package tzdata; empty where it is not installed."""
    try:
        return str(pkgutil.resolve_name("tzdata:IANA_VERSION"))
    except (ImportError, AttributeError):
        return ""


def look_at_mail(host: str, port: int, security: str, outbound: Outbound) -> list[str]:
    """Whether the mail server answers, and with a certificate that is trusted. No mail is sent, nobody signs in."""
    try:
        outbound.ask(host, port)
        with socket.create_connection((host, port), timeout=_PATIENCE) as plain:
            if security == "tls":
                return _greeted(ssl.create_default_context().wrap_socket(plain, server_hostname=host), host, port)
            return _offered(plain, host, port, security)
    except ssl.SSLError as error:
        return [f"mail: the certificate of {host}:{port} is not trusted ({error.reason}); correct VCT_SMTP_HOST"]
    except OSError as error:
        why = error.strerror or "no answer"
        return [f"mail: {host}:{port} cannot be reached ({why}); correct VCT_SMTP_HOST and VCT_SMTP_PORT"]


def _greeted(connection: socket.socket, host: str, port: int) -> list[str]:
    connection.settimeout(_PATIENCE)
    if connection.recv(512).startswith(b"220"):
        return []
    return [f"mail: {host}:{port} does not greet as a mail server does; correct VCT_SMTP_PORT"]


def _offered(plain: socket.socket, host: str, port: int, security: str) -> list[str]:
    found = _greeted(plain, host, port)
    if found or security == "none":
        return found
    plain.sendall(b"EHLO doctor.invalid\r\n")
    if b"STARTTLS" not in plain.recv(4096).upper():
        return [f"mail: {host}:{port} offers no STARTTLS, so nothing is sent; set VCT_SMTP_SECURITY=tls, port 465"]
    plain.sendall(b"STARTTLS\r\n")
    plain.recv(512)
    with ssl.create_default_context().wrap_socket(plain, server_hostname=host):
        return []


def look_at_address(public_url: str, *, loopback: tuple[str, ...]) -> list[str]:
    """Whether people reach the service in a way that nobody reads along."""
    if public_url.startswith("https://") or any(f"://{host}" in public_url for host in loopback):
        return []
    return [f"address: people reach the service by {public_url}, readable on the way; put a proxy with TLS before it"]
