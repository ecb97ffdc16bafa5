"""The one place that looks at the machine around the service: files, disk, clocks, mail server. It sends nothing.

Each check gives lines: what is wrong and what to do. What is in order says nothing.
"""

import os
import pkgutil
import socket
import ssl
import stat
from datetime import datetime, timedelta
from pathlib import Path

from vctestimony.domain.instants import TZ_VERSION

LEAST_FREE, LEAST_INODES = 500 * 1024 * 1024, 1000
OLDEST_BACKUP = timedelta(days=2)
_NETWORKED = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "glusterfs", "ceph", "lustre"})
_PATIENCE = 10


def look_at_files(folder: Path) -> list[str]:
    """The instance folder and what lies in it: nobody else may read any of it."""
    found = []
    for path in (folder, *sorted(folder.iterdir())):
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = 0o700 if path.is_dir() else 0o600
        if mode & 0o077:
            found.append(f"files: {path} is open to others (mode {mode:o}); run: chmod {wanted:o} {path}")
    return found


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


def look_at_mail(host: str, port: int, security: str) -> list[str]:
    """Whether the mail server answers, and with a certificate that is trusted. No mail is sent, nobody signs in."""
    try:
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
