"""The one door through which tests fetch pages, and the rules that every page keeps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from tests.second_steps import code, give_app
from vctestimony.services import sessions
from vctestimony.services.references import new_secret
from vctestimony.services.sessions import Lifetime
from vctestimony.services.unit import Units
from vctestimony.store import accounts
from vctestimony.web.context import EXTENSION, Service

HEAVIEST = 100_000
LANGUAGES = ("en", "hi", "bn")
_BRACES = re.compile(r"\{[a-z_]*\}|%\([a-z_]+\)s")
_UNNAMED = {"hidden", "submit", "button"}
Values = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page that keeps the rules."""

    response: TestResponse
    soup: BeautifulSoup

    @property
    def title(self) -> str:
        """What the window is called."""
        return _text(self.soup.title)

    @property
    def language(self) -> str:
        """In which language it says to be."""
        return str(self.soup.html["lang"]) if self.soup.html else ""

    @property
    def heading(self) -> str:
        """The one h1."""
        return _text(self.soup.h1)

    @property
    def text(self) -> str:
        """Everything one reads between header and footer, blanks joined."""
        return _text(self.soup.main)

    def rows(self) -> list[list[str]]:
        """The cells of every table row in the page, as texts."""
        return [[_text(cell) for cell in row.find_all(["th", "td"])] for row in self.soup.select("main tbody tr")]

    def links(self) -> list[str]:
        """Where the links of the page itself lead."""
        return [str(link["href"]) for link in self.soup.select("main a[href]")]

    def form(self, to: str | None = None) -> Tag:
        """The form that is sent to that address; without one, the only form of the page."""
        forms = [form for form in self.soup.select("form") if to is not None or form.find_parent("main")]
        found = [form for form in forms if to is None or form.get("action") == to]
        assert len(found) == 1, [form.get("action") for form in forms]
        return found[0]

    def fields(self, to: str | None = None) -> dict[str, list[str]]:
        """What the form would send if one only pressed its button."""
        return _filled(self.form(to))


class Browser:
    """Keeps cookies, sends forms as a browser on our own pages does, checks every page it is given."""

    def __init__(self, app: Flask) -> None:
        self.app, self.client = app, app.test_client()
        self.base = str(app.extensions["vctestimony"].ports.addresses.public_url)

    def fresh(self) -> Self:
        """Another browser at the same place, without any cookie."""
        return type(self)(self.app)

    def get(self, path: str, *, status: int = 200) -> Page:
        """The page at the address, redirections not followed."""
        return self._page(self.ask(path), status)

    def ask(self, path: str, method: str = "GET", **options: object) -> TestResponse:
        """Whatever the address answers, unchecked."""
        return self.client.open(path, method=method, base_url=self.base, **options)  # type: ignore[arg-type]  # werkzeug's own options

    def send(self, page: Page, values: Values, *, to: str | None = None, status: int = 303) -> TestResponse:
        """Fill in a form of the page and send it; a key without the form's field is sent too."""
        filled = page.fields(to) | {name: [v] if isinstance(v, str) else v for name, v in values.items()}
        address = str(page.form(to)["action"])
        answer = self.ask(address, "POST", data=filled, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == status, answer.text
        return answer

    def sent(self, page: Page, values: Values, *, to: str | None = None, status: int = 200) -> Page:
        """The same, where the answer is a page: the form once more with its errors, or a page shown once."""
        return self._page(self.send(page, values, to=to, status=status), status)

    def follow(self, answer: TestResponse) -> Page:
        """The page to which an answer leads."""
        return self.get(str(answer.headers["Location"]))

    def cookie(self, name: str = "vct") -> str:
        """The value of a cookie; empty when there is none."""
        found = self.client.get_cookie(name, domain=self.base.partition("//")[2].partition(":")[0])
        return found.value if found else ""

    def sign_in(self, email: str, password: str, **values: str) -> TestResponse:
        """Sign in as a person does, with the second step where the account has one; the answer to the last form."""
        service: Service = self.app.extensions[EXTENSION]
        answer = self.send(self.get("/sign-in"), {"email": email, "password": password, **values}, to="/sign-in")
        if not answer.headers["Location"].startswith("/sign-in/second-step"):
            return answer
        with self.app.app_context():
            with service.units.reading() as unit:
                account = accounts.by_email(unit.session, email)
                assert account is not None
                account_id = account.id
            give_app(service.units, account_id)
        page = self.follow(answer)
        return self.send(page, {"code": code(service.ports.clock.now())}, to="/sign-in/second-step")

    def seat(self, account_id: int) -> None:
        """Be signed in with this account, without the way there: for all that is not about signing in."""
        service: Service = self.app.extensions[EXTENSION]
        with self.app.app_context():
            token = seated(service.units, account_id)
        host = self.base.partition("//")[2].partition(":")[0]
        is_secure = self.base.startswith("https")
        self.client.set_cookie("__Host-vct" if is_secure else "vct", token, domain=host, secure=is_secure)

    def _page(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, response.text
        page = Page(response, BeautifulSoup(response.data, "lxml"))
        check(page)
        return page


def seated(units: Units, account_id: int) -> str:
    """The cookie of a browser in which that account is signed in, second step included."""
    token = new_secret()
    with units.writing() as unit:
        sessions.start(
            unit,
            token=token,
            account_id=account_id,
            content={},
            browser="a browser of the tests",
            lifetime=Lifetime(),
            has_passed=True,
        )
    return token


def check(page: Page) -> None:
    """Every page: our headers, its language, one heading, a title, named fields, nothing inline, not heavy."""
    headers = page.response.headers
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert len(page.response.data) < HEAVIEST
    assert page.language in LANGUAGES
    assert len(page.soup.find_all("h1")) == 1
    assert page.heading
    assert page.title
    assert not page.soup.select("style, script:not([src]), [style]"), "inline style or script"
    assert not [a for tag in page.soup.find_all(True) for a in tag.attrs if a.startswith("on")], "inline handler"
    assert not _BRACES.search(_text(page.soup.body)), _BRACES.findall(_text(page.soup.body))
    assert not unnamed(page.soup), unnamed(page.soup)
    ids = [tag["id"] for tag in page.soup.select("[id]")]
    assert len(ids) == len(set(ids)), "an id stands twice"


def unnamed(soup: BeautifulSoup) -> list[str]:
    """Fields without a label of their own."""
    labelled = {label.get("for") for label in soup.select("label")}
    return [
        str(field)
        for field in soup.select("input, select, textarea")
        if field.get("type") not in _UNNAMED and field.get("id") not in labelled and not field.get("aria-label")
    ]


def _filled(form: Tag) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        found.setdefault(str(field["name"]), []).extend(_values(field))
    return {name: values for name, values in found.items() if values}


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.get_text().removeprefix("\n")]
    if field.name == "select":
        return [str(option["value"]) for option in field.select("option[selected]")] or [""]
    if field.get("type") in {"radio", "checkbox"} and not field.has_attr("checked"):
        return []
    return [str(field.get("value", ""))]


def _text(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag else ""
