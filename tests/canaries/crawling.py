"""Somebody, or nobody, who follows every kind of link of a running service, and asks for what is not there."""

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup

from tests.canaries.searching import CANARIES

MOST_PAGES, MOST_OF_A_KIND = 250, 2
PATIENCE = 120.0
_NEVER = ("/sign-out", "/sign-in")
_NAMES = re.compile(r"(?<=/)(?=[^/]*[\dA-Z_~-])[^/.]{3,}|\d+")
"""What stands for one thing in an address: a reference, a number, a token."""


def kind_of(address: str) -> str:
    """The address without what differs from one page of its kind to the next.

    >>> kind_of("/hearings/H-7F3K/papers/record.pdf?lang=bn"), kind_of("/officials/12?week=2026-W40")
    ('/hearings/*/papers/record.pdf?lang=bn', '/officials/*?week')
    """
    path, _, query = address.partition("?")
    words = (word if word.startswith("lang=") else word.partition("=")[0] for word in query.split("&") if word)
    return "?".join(filter(None, (_NAMES.sub("*", path), "&".join(sorted(words)))))


class Crawler:
    """Follows links, a few of each kind, so that every kind of page and paper is reached."""

    def __init__(self, port: int, *, cookie: str = "", seeds: Sequence[str] = ()) -> None:
        self._port, self._cookie, self._seeds = port, cookie, seeds
        self.visited: list[str] = []
        self.statuses: Counter[int] = Counter()

    def pages(self) -> Iterator[tuple[str, str, bytes]]:
        """Every address with its kind of content and its answer, headers before it."""
        waiting = deque(("/", *self._seeds))
        known, kinds = set(waiting), Counter[str]()
        while waiting and len(self.visited) < MOST_PAGES:
            path = waiting.popleft()
            self.visited.append(path)
            status, headers, content = self.ask(path)
            self.statuses[status] += 1
            yield path, headers.get("Content-Type", ""), _head(status, headers) + content
            for address in _links(path, headers, content):
                kind = kind_of(address)
                if address not in known and kinds[kind] < MOST_OF_A_KIND:
                    known.add(address)
                    kinds[kind] += 1
                    waiting.append(address)

    def wrong(self) -> Iterator[tuple[str, bytes]]:
        """Answers to what is not there, asked for with a canary."""
        for canary in (CANARIES["name"], CANARIES["name, Bengali"], CANARIES["identity number"]):
            for path in (f"/hearings/{quote(canary)}", f"/verify/{quote(canary)}", f"/answer/{quote(canary)}"):
                status, headers, content = self.ask(path)
                self.statuses[status] += 1
                yield path, _head(status, headers) + content

    def ask(self, path: str) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and content."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Cookie": f"vct={self._cookie}"} if self._cookie else {})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, dict(answer.headers), content

    def is_answered(self) -> bool:
        """Whether the service answers yet."""
        try:
            self.ask("/healthz")
        except (OSError, HTTPException):
            return False
        return True


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    return "\n".join((str(status), *(f"{name}: {value}" for name, value in headers.items()), "")).encode()


def _links(path: str, headers: Mapping[str, str], content: bytes) -> Iterator[str]:
    """Where the page leads: its links, what its forms that change nothing ask for, and where it sends one on."""
    found = [headers["Location"]] if "Location" in headers else []
    if headers.get("Content-Type", "").startswith("text/html"):
        soup = BeautifulSoup(content, "lxml")
        found += [str(link["href"]) for link in soup.select("a[href], link[href]")]
        found += [_asked(form) for form in soup.select("form[method=get][action], form:not([method])[action]")]
    for link in found:
        to = urlsplit(urljoin(f"http://127.0.0.1{path}", link))
        address = f"{to.path}?{to.query}" if to.query else to.path
        if to.hostname == "127.0.0.1" and not address.startswith(_NEVER):
            yield address


def _asked(form: object) -> str:
    """The address a form asks for as it stands."""
    fields = {}
    for one in form.select("input[name], select[name]"):  # type: ignore[attr-defined]
        chosen = one.select_one("option[selected]") or one.select_one("option")
        fields[str(one["name"])] = str((chosen or one).get("value", ""))
    return f"{form['action']}?{urlencode(fields)}"  # type: ignore[index]
