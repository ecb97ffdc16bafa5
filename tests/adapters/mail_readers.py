"""Mails taken apart by programs that are not ours: Python's email, Perl's MIME::Parser, and reformime of maildrop."""

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
_MULTIPART = "multipart/"


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
        or subprocess.run(["perl", "-MMIME::Parser", "-e1"], capture_output=True).returncode
    ):
        raise NoReader("no MIME::Parser: apt-get install libmime-tools-perl")
    done = subprocess.run(["perl", str(SCRIPT), *map(str, paths)], capture_output=True, text=True, check=True)
    return [
        [Part(**{**part, "content": b64decode(part["content"])}) for part in json.loads(line)]
        for line in done.stdout.splitlines()
    ]


def by_reformime(paths: Sequence[Path]) -> list[list[Part]]:
    """The tool of the courier mail server."""
    if shutil.which("reformime") is None:
        raise NoReader("no reformime: apt-get install maildrop")
    return [_by_reformime(path) for path in paths]


def _by_reformime(path: Path) -> list[Part]:
    told = _reformime(path, "-i").decode("utf-8")
    sections = [dict(re.findall(r"^([a-z-]+): (.*)$", one, re.MULTILINE)) for one in told.split("\n\n") if one.strip()]
    return [
        Part(
            type=one["content-type"].casefold(),
            charset=one["charset"].casefold() if "charset=" in _head(path, one) else "",
            method=_parameter(_head(path, one), "method"),
            disposition=one.get("content-disposition", ""),
            filename=one.get("content-disposition-filename", one.get("content-name", "")),
            content=_reformime(path, "-e", "-s", one["section"]),
        )
        for one in sections
        if not one["content-type"].startswith(_MULTIPART)
    ]


def _head(path: Path, section: dict[str, str]) -> str:
    """The part's own header lines, cut out of the mail where reformime says they are."""
    mail = path.read_bytes()
    begins, body = int(section["starting-pos"]), int(section["starting-pos-body"])
    return re.sub(r"\r?\n[ \t]", " ", mail[begins:body].decode("ascii"))


def _parameter(head: str, name: str) -> str:
    found = re.search(rf"{name}=\"?([A-Za-z]+)", head)
    return found[1] if found else ""


def _reformime(path: Path, *words: str) -> bytes:
    with path.open("rb") as mail:
        return subprocess.run(["reformime", *words], stdin=mail, capture_output=True, check=True).stdout
