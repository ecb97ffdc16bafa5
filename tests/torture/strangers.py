"""Somebody at the door with a watch: asks over real connections, from as many addresses as wanted, and keeps time."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from itertools import combinations
from statistics import median
from urllib.parse import urlencode

from bs4 import BeautifulSoup

PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, and how long after the question was sent it was there whole."""

    status: int
    content: bytes
    milliseconds: float


@dataclass(slots=True)
class Stranger:
    """One browser; `cookie` where it is signed in already."""

    port: int
    cookie: str = ""

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._asked("GET", path, None, 1)  # from another address than the server's: no port can meet itself

    def fields(self, page: str, to: str) -> dict[str, str]:
        """The hidden fields of the page's form for that address."""
        form = BeautifulSoup(self.get(page).content, "lxml").find("form", action=to)
        assert form is not None, page
        return {str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden]")}

    def post(self, path: str, fields: dict[str, str], *, place: int) -> Answer:
        """Send a form from the address with that number."""
        return self._asked("POST", path, urlencode(fields), place)

    def _asked(self, method: str, path: str, body: str | None, place: int) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=(address_of(place), 0))
        headers = {"Cookie": f"vct={self.cookie}"} if self.cookie else {}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        try:
            connection.connect()
            began = time.perf_counter()
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            took = (time.perf_counter() - began) * 1000
            for sent in answer.headers.get_all("Set-Cookie", []):
                self.cookie = next((one.value for one in SimpleCookie(sent).values() if one.key == "vct"), self.cookie)
            return Answer(answer.status, content, took)
        finally:
            connection.close()


def address_of(place: int) -> str:
    """One of this machine's many addresses: the service takes each for another place.

    >>> address_of(0), address_of(300)
    ('127.0.0.1', '127.0.1.47')
    """
    return f"127.0.{place // 254}.{place % 254 + 1}"


def largest_gap(times: dict[str, list[float]]) -> float:
    """The largest difference between the medians of two kinds.

    >>> largest_gap({"absent": [1.0, 2.0, 9.0], "wrong": [3.0, 4.0, 5.0]})
    2.0
    """
    middles = [median(kind) for kind in times.values()]
    return max(middles) - min(middles)


def by_chance(times: dict[str, list[float]], *, tries: int = 400) -> float:
    """The gap that nineteen of twenty runs stay below where the kinds differ in nothing but luck.

    The times of each round are dealt out to the kinds anew. A busy machine makes it large.

    >>> by_chance({"absent": [1.0, 1.0, 9.0], "wrong": [1.0, 1.0, 9.0]})
    0.0
    """
    deal, rounds = random.Random(0), list(zip(*times.values(), strict=True))
    gaps = []
    for _ in range(tries):
        dealt = zip(*(deal.sample(one, len(one)) for one in rounds), strict=True)
        gaps.append(largest_gap({kind: list(found) for kind, found in zip(times, dealt, strict=True)}))
    return sorted(gaps)[tries * 19 // 20]


def best_guess(times: dict[str, list[float]]) -> float:
    """How often who goes by one answer's time tells the two kinds apart that are farthest apart; 0.5 is mere luck.

    The guess is the slower kind wherever the time lies above the middle of the two medians.

    >>> best_guess({"absent": [1.0, 2.0, 9.0], "wrong": [3.0, 4.0, 5.0, 6.0]})
    0.7083333333333333
    """
    return max(_guessed(*sorted(pair, key=median)) for pair in combinations(times.values(), 2))


def _guessed(quick: Sequence[float], slow: Sequence[float]) -> float:
    border = (median(quick) + median(slow)) / 2
    right = sum(time <= border for time in quick) / len(quick) + sum(time > border for time in slow) / len(slow)
    return right / 2
