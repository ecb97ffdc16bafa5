"""Somebody at a browser: opens pages, fills in forms, presses buttons. What the browser complains of is kept."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Response

from vctestimony.demo.people import SHARED_WORDS

HEAVIEST = 100_000
PICTURES = os.environ.get("BROWSER_PICTURES", "")
"""A folder for a picture of every page, for looking at; none are taken unless it is set."""
_SESSIONS: dict[tuple[str, str], list[Any]] = {}


class Desk:
    """One browser at one address."""

    def __init__(
        self, browser: Browser, url: str, *, width: int = 1200, javascript: bool = True, bypass_csp: bool = False
    ) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            timezone_id="Asia/Kolkata",
            accept_downloads=True,
            bypass_csp=bypass_csp,
        )
        self.context.set_default_timeout(60_000)
        self.page: Page = self.context.new_page()
        self._url = url
        self.complaints: list[str] = []
        self.visited: list[str] = []
        self.expected: set[int] = set()
        self.width, self.javascript, self._pictures = width, javascript, 0
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not (self.expected and "Failed to load resource" in message.text):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _on_response(self, response: Response) -> None:
        self.visited.append(response.url)
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.status} {response.request.method} {response.url}")

    def picture(self) -> None:
        """Take a picture of the page, if pictures are wanted."""
        if PICTURES:
            self._pictures += 1
            name = re.sub(r"[^a-z]+", "-", re.sub(r"[CHW]-[0-9A-Z]{8}", "", self.page.url.partition("/")[2]))[-40:]
            target = Path(PICTURES) / f"{self.width}-{id(self) % 1000:03}-{self._pictures:03}{name}.png"
            self.page.screenshot(path=str(target), full_page=True)

    def go(self, path: str, *, status: int = 200) -> Response:
        """Open a page; the status must be that one."""
        with self.expecting(status):
            answer = self._gone_to(path)
        assert answer is not None
        answer = self._still_here(answer, status)
        assert answer.status == status, (path, answer.status, self.text()[:500])
        self.picture()
        return answer

    def _gone_to(self, path: str) -> Response | None:
        """Open the page; once more where the page that was left moved on by itself just then, as a sheet does."""
        try:
            return self.page.goto(path)
        except Error as error:
            if "ERR_ABORTED" not in str(error):
                raise
            return self.page.goto(path)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Let the browser meet these refusals without counting them as complaints."""
        self.expected = {status for status in statuses if status >= 400}
        yield
        self.expected = set()

    def press(self, name: str, *, status: int = 200) -> None:
        """Press the button or follow the link with this name; ends on the page it leads to."""
        button = self.page.get_by_role("button", name=name, exact=True)
        target = button if button.count() else self.page.get_by_role("link", name=name, exact=True)
        with self.expecting(status, 403), self.page.expect_navigation(wait_until="load") as moved:
            target.first.click()
        assert moved.value is not None
        answer = self._still_here(moved.value, status)
        assert answer.status == status, (name, answer.status, self.text()[:800])
        self.picture()

    def _still_here(self, answer: Response, status: int) -> Response:
        """Show once more who sits there, where the page asks; the answer is the one to what was wanted."""
        if not self.page.locator("main [name='proof_password']").count():
            return answer
        self.page.locator("main [name='proof_password']").fill(SHARED_WORDS)
        with self.expecting(status), self.page.expect_navigation(wait_until="load") as moved:
            self.page.get_by_role("button", name="Go on", exact=True).click()
        assert moved.value is not None
        return moved.value

    def fill(self, **values: str) -> None:
        """Fill in fields by name; a choice is given by its value."""
        for name, value in values.items():
            field = self.page.locator(f"main [name='{name}']")
            kind = field.first.evaluate("field => field.type") if self.javascript else self._kind(name)
            if kind in {"radio", "checkbox"}:
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            elif kind == "select-one":
                field.first.select_option(value)
            else:
                field.first.fill(value)

    def _kind(self, name: str) -> str:
        field = self.page.locator(f"main [name='{name}']").first
        if self.page.locator(f"main select[name='{name}']").count():
            return "select-one"
        return field.get_attribute("type") or "text"

    def choose(self, name: str, label: str) -> None:
        """Choose the option whose words contain the label."""
        options = self.page.locator(f"main select[name='{name}'] option")
        found = [one for one in options.all() if label in (one.text_content() or "")]
        assert len(found) == 1, (label, options.all_text_contents())
        self.page.locator(f"main select[name='{name}']").select_option(found[0].get_attribute("value"))

    def answer_all(self, *yes: str) -> None:
        """Answer every question of the procedure: yes to those named, no to the others."""
        names = {one.get_attribute("name") or "" for one in self.page.locator("main input[name^='fact_']").all()}
        assert names
        for name in sorted(names):
            self.fill(**{name: "yes" if name.removeprefix("fact_") in yes else "no"})

    def text(self) -> str:
        """What one reads on the page, blanks joined."""
        return " ".join(self.page.locator("main").inner_text().split())

    def sign_in(self, email: str, password: str = SHARED_WORDS) -> None:
        """Sign in as somebody of the demonstration; who did so at this server before takes the session up again."""
        self.context.add_cookies(_SESSIONS.get((self._url, email), []))
        self.go("/")
        if "/sign-in" not in self.page.url:
            return
        self.fill(email=email, password=password)
        self.press("Sign in")
        self.take_second_step()
        _SESSIONS[self._url, email] = self.context.storage_state()["cookies"]

    def take_second_step(self) -> None:
        """Use the code that the demonstration offers; another where it was used, or ran out on a busy machine."""
        while "/sign-in/second-step" in self.page.url:
            offered = self.page.locator("main .card button, main .card a.btn").first
            if offered.evaluate("one => one.tagName") == "A":
                time.sleep(2)  # the codes of this half minute have been used
            with self.expecting(422), self.page.expect_navigation(wait_until="load"):
                offered.click()

    def sign_out(self) -> None:
        """Forget who was here."""
        self.context.clear_cookies()

    def close(self) -> None:
        """Leave; whatever the browser complained of on the way fails the test."""
        self.context.close()
        assert not self.complaints, "\n".join(self.complaints)
