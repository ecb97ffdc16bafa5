"""Somebody at a browser, over real connections: keeps the cookie, fills in the forms that the pages offer."""

from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from io import BytesIO
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

PATIENCE = 20.0
SEE_OTHER = 303
FORM = "application/x-www-form-urlencoded"


class NotThere(Exception):
    """The web process is dead, or died over this question: nobody knows what it still did."""


class Visitor:
    """Gets itself a session when it must: `enter` gives the cookie.

    Every page may be the last one: the server is being killed.
    """

    def __init__(self, port: int, *, enter: Callable[[], str], patience: float = PATIENCE) -> None:
        self._port, self._enter, self._patience = port, enter, patience
        self._cookies: dict[str, str] = {}

    def send(self, page: str, to: str, **values: str) -> bool:
        """Fill in the page's form for that address and send it; False where the page has none, or it was refused."""
        fields = self.opened(page, to)
        return fields is not None and self.answer(to, fields | values)[0] == SEE_OTHER

    def opened(self, page: str, to: str) -> dict[str, str] | None:
        """The hidden fields of the page's form for that address; None where it has none."""
        if not self._cookies:
            self._sign_in()
        return self._fields(page, to)

    def answer(self, to: str, fields: dict[str, str]) -> tuple[int, str]:
        """Send a form: status, and the page that came."""
        return self._ask("POST", to, urlencode(fields))

    def upload(self, to: str, fields: dict[str, str], content: bytes) -> tuple[int, str]:
        """Send a form with a file."""
        boundary, body = encode_multipart({**fields, "file": FileStorage(BytesIO(content), filename="file")})
        return self._ask("POST", to, body, f"multipart/form-data; boundary={boundary}")

    def _sign_in(self) -> None:
        self._cookies["vct"] = self._enter()

    def _fields(self, page: str, to: str) -> dict[str, str] | None:
        status, text = self._ask("GET", page)
        if status in {302, SEE_OTHER}:
            self._cookies.clear()  # the session is over: sign in again next time
            return None
        form = BeautifulSoup(text, "lxml").find("form", action=to)
        if form is None:
            return None
        return {str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden]")}

    def _ask(self, method: str, path: str, body: str | bytes | None = None, kind: str = FORM) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=self._patience)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers |= {"Content-Type": kind, "Sec-Fetch-Site": "same-origin"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
            return answer.status, answer.read().decode("utf-8")
        except (OSError, HTTPException) as gone:
            raise NotThere(type(gone).__name__) from gone
        finally:
            connection.close()
