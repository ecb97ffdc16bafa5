"""The one place that opens connections to the OpenID provider: to the issuer's host alone, no redirection, no proxy."""

import http.client
import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from vctestimony.adapters.deadlines import Deadline
from vctestimony.adapters.outbound import Outbound
from vctestimony.domain.busy import TooSlow

LARGEST = 256 * 1024
PATIENCE_S = 10
Answer = tuple[int, dict[str, object]]


class NoAnswer(Exception):
    """Nothing came that could be used; says in plain words why, and repeats nothing of what was sent."""


class IssuersHost:
    """The host of one issuer, and nothing else."""

    def __init__(self, issuer: str, outbound: Outbound) -> None:
        self._home, self._outbound = urlsplit(issuer), outbound

    def is_home(self, address: str) -> bool:
        """Whether the address is at the issuer's own host and port, reached in the same way."""
        parts = urlsplit(address)
        return (parts.scheme, parts.netloc) == (self._home.scheme, self._home.netloc)

    def get(self, address: str) -> Answer:
        """The status, and the object that the address answers with."""
        return self._asked("GET", address, None, {})

    def post(self, address: str, body: str, headers: Mapping[str, str]) -> Answer:
        """The status, and the object that the form is answered with."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._asked("POST", address, body, {**headers, **kind})

    def _asked(self, method: str, address: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        if not self.is_home(address):
            raise NoAnswer("it names an address at another host than the issuer's")
        secure = self._home.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection, path = kind(self._home.netloc, timeout=PATIENCE_S), address.split(self._home.netloc, 1)[1] or "/"
        try:
            with Deadline(PATIENCE_S) as deadline:
                self._outbound.ask(connection.host, connection.port)
                connection.connect()
                deadline.put_under(connection.sock)
                connection.request(method, path, body, {"Accept": "application/json", **headers})
                response = connection.getresponse()
                content = response.read(LARGEST + 1)
                deadline.check(str(self._home.hostname))
        except (OSError, http.client.HTTPException, TooSlow) as error:
            raise NoAnswer(f"it cannot be reached ({type(error).__name__})") from error
        finally:
            connection.close()
        return response.status, _read(content)


def _read(content: bytes) -> dict[str, object]:
    try:
        found = json.loads(content) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NoAnswer("its answer is no object of JSON, or too long")
    return found
