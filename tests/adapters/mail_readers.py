"""Mails taken apart by programs that are not ours: Python's email, Perl's MIME::Parser, and the tools of mblaze."""

import json
import re
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

SCRIPT = Path(__file__).with_name("mail_parts.pl")


class NoReader(Exception):
    """The program is not installed here; the text says what would install it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part that holds something, as a program of mail sees it."""

    type: str
    charset: str
    method: str
    disposition: str
    filename: str
    content: bytes


def by_python(paths: Sequence[Path]) -> list[list[Part]]:
    """The library that comes with Python."""
    return [_by_python(path.read_bytes()) for path in paths]


def _by_python(mail: bytes) -> list[Part]:
    found = []
    for part in message_from_bytes(mail).walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found.append(
            Part(
                type=part.get_content_type(),
                charset=str(part.get_content_charset() or ""),
                method=str(part.get_param("method") or ""),
                disposition=part.get_content_disposition() or "",
                filename=part.get_filename() or "",
                content=content,
            )
        )
    return found


def by_perl(paths: Sequence[Path]) -> list[list[Part]]:
    """MIME::Parser."""
    if (
        shutil.which("perl") is None
        or subprocess.run(["perl", "-MMIME::Parser", "-e1"], capture_output=True, check=False).returncode
    ):
        raise NoReader("no MIME::Parser: apt-get install libmime-tools-perl")
    done = subprocess.run(["perl", str(SCRIPT), *map(str, paths)], capture_output=True, text=True, check=True)
    return [
        [Part(**{**part, "content": b64decode(part["content"])}) for part in json.loads(line)]
        for line in done.stdout.splitlines()
    ]


def by_mblaze(paths: Sequence[Path]) -> list[list[Part]]:
    """The Unix tools called mblaze."""
    if shutil.which("mshow") is None:
        raise NoReader("no mshow: apt-get install mblaze")
    return [_by_mblaze(path) for path in paths]


def _by_mblaze(path: Path) -> list[Part]:
    listed = re.findall(r"^ *(\d+): (\S+) size=\d+(?: name=\"(.*)\")?$", _mshow("-t", str(path)).decode(), re.MULTILINE)
    found = []
    for number, content_type, name in listed:
        if content_type.startswith("multipart/"):
            continue
        head = _mshow("-r", "-O", str(path), number).partition(b"\n\n")[0].decode("ascii").replace("\n ", " ")
        found.append(
            Part(
                type=content_type,
                charset=_said(head, r"charset=\"?([\w-]+)"),
                method=_said(head, r"method=\"?(\w+)"),
                disposition=_said(head, r"(?m)^Content-Disposition: (\w+)"),
                filename=name,
                content=_mshow("-O", str(path), number),
            )
        )
    return found


def _said(head: str, pattern: str) -> str:
    found = re.search(pattern, head)
    return found[1] if found else ""


def _mshow(*words: str) -> bytes:
    return subprocess.run(["mshow", *words], capture_output=True, check=True).stdout
