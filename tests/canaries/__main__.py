"""`python -m tests.canaries [REPORT]`: the demonstration with canaries, the service used for long, everything searched.

A real server and worker, a real SMTP server, a folder of its own for temporary files. Prints a table, writes it to
REPORT, and ends with 1 where a canary was found.
"""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode, urljoin, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from bs4 import BeautifulSoup

from tests.browser.serving import free_port
from tests.canaries.planting import plant
from tests.canaries.searching import CANARIES, Found
from vctestimony.composition import create_app
from vctestimony.config import PROJECT, Settings
from vctestimony.demo.people import ADMINISTRATOR, SHARED_WORDS
from vctestimony.web.context import EXTENSION

PEOPLE = ("coordinator@mumbai.court.example", "judge@mumbai.court.example", ADMINISTRATOR)
MOST_PAGES = 150
PATIENCE = 120.0
_NEVER = ("/sign-out", "/sign-in")


class Sink:
    """Takes every mail, and keeps it as it came."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Keep the bytes."""
        self._count += 1
        (self._folder / f"{self._count}.eml").write_bytes(bytes(envelope.original_content or b""))
        return "250 OK"


class Crawler:
    """One person, or nobody, who follows every link, and asks for what is not there with a canary in the address."""

    def __init__(self, port: int) -> None:
        self._port, self._cookies = port, dict[str, str]()
        self.visited: list[str] = []

    def sign_in(self, email: str) -> None:
        """By the form."""
        _, _, page = self.ask("GET", "/sign-in")
        token = BeautifulSoup(page, "lxml").select_one("form[action='/sign-in'] input[name=csrf_token]")
        assert token is not None
        fields = {"csrf_token": str(token["value"]), "email": email, "password": SHARED_WORDS}
        status, _, _ = self.ask("POST", "/sign-in", fields)
        assert status == 303, (email, status)

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Every answer, with its headers before it."""
        waiting, known = deque(["/"]), {"/"}
        while waiting and len(self.visited) < MOST_PAGES:
            path = waiting.popleft()
            self.visited.append(path)
            _, headers, content = self.ask("GET", path)
            yield path, headers + content
            if b"text/html" not in headers:
                continue
            for link in BeautifulSoup(content, "lxml").select("a[href]"):
                to = urlsplit(urljoin(path, str(link["href"])))
                address = f"{to.path}?{to.query}" if to.query else to.path
                if not to.netloc and address not in known and not address.startswith(_NEVER):
                    known.add(address)
                    waiting.append(address)

    def ask(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> tuple[int, bytes, bytes]:
        """Status, headers and content."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if fields is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        content = answer.read()
        connection.close()
        return answer.status, f"{answer.status}\n{answer.headers}".encode(), content


def run(folder: Path) -> list[Found]:
    """All of it; the places in the order of the table."""
    for name in ("mails", "tmp"):
        (folder / name).mkdir()
    sink = Controller(Sink(folder / "mails"), hostname="127.0.0.1", port=free_port())
    sink.start()
    environment = _environment(folder, smtp=sink.port)
    log = (folder / "service.log").open("wb")
    for command in (("init",), ("demo", "--if-empty")):
        subprocess.run(_flask(*command), env=environment, stdout=log, stderr=log, check=True, cwd=PROJECT)
    app = create_app(Settings.from_env(environment))
    with app.app_context():
        plant(app.extensions[EXTENSION].units)
    served = subprocess.Popen(_flask("serve"), env=environment, stdout=log, stderr=log, cwd=PROJECT)
    try:
        answers = _used(int(environment["PORT"]))
        for name in ("copy.sqlite",):
            subprocess.run(_flask("backup", str(folder / name)), env=environment, check=True, stdout=log, cwd=PROJECT)
        return [*answers, *_left_behind(folder)]
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait(timeout=PATIENCE)
        sink.stop()
        log.close()


def _used(port: int) -> list[Found]:
    answers, papers = Found("pages, with headers and error pages"), Found("papers and feeds (PDF, ICS, CSV, ZIP)")
    urls = Found("addresses visited")
    for email in ("", *PEOPLE):
        crawler = Crawler(port)
        _wait_for(crawler)
        if email:
            crawler.sign_in(email)
        for path, content in crawler.pages():
            place = answers if b"text/html" in content[:2000].lower() else papers
            place.search(f"{path} for {email or 'nobody'}", content)
        urls.search(email or "nobody", "\n".join(crawler.visited).encode())
        for wrong in (f"/hearings/{quote(CANARIES['name'])}", f"/verify/{CANARIES['identity number']}"):
            crawler.ask("GET", wrong)  # what is asked for may come back to whoever asked, but stay nowhere
    return [answers, papers, urls]


def _left_behind(folder: Path) -> Iterator[Found]:
    instance = folder / "instance"
    places = {
        "mails at the SMTP server": list((folder / "mails").rglob("*")),
        "mails of the demonstration": list((instance / "mailbox").rglob("*")),
        "log and error output": [folder / "service.log"],
        "database and journal files": list(instance.glob("*.sqlite*")),
        "backup": [folder / "copy.sqlite"],
        "temporary files": list((folder / "tmp").rglob("*")),
        "all other files of the installation": [
            path for path in instance.rglob("*") if ".sqlite" not in path.name and "mailbox" not in path.parts
        ],
    }
    for place, paths in places.items():
        found = Found(place)
        for path in paths:
            found.search(f"the name of {path.name}", path.name.encode())
            if path.is_file():
                found.search(path.name, path.read_bytes())
        yield found


def _wait_for(crawler: Crawler) -> None:
    for _ in range(600):
        try:
            crawler.ask("GET", "/healthz")
        except (OSError, HTTPException):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the service did not start")


def _environment(folder: Path, *, smtp: int) -> dict[str, str]:
    own = {
        "VCT_INSTANCE": str(folder / "instance"),
        "TMPDIR": str(folder / "tmp"),
        "PORT": str(free_port()),
        "VCT_SMTP_HOST": "127.0.0.1",
        "VCT_SMTP_PORT": str(smtp),
        "VCT_SMTP_SECURITY": "none",
    }
    return {name: value for name, value in os.environ.items() if not name.startswith("VCT_")} | own


def _flask(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "flask", "--app", "wsgi", *words)


def report(found: list[Found]) -> str:
    """The table, as Markdown."""
    lines = ["| place | files or answers | bytes | hits |", "|---|---|---|---|"]
    lines += [f"| {one.place} | {one.files} | {one.size:,} | {len(one.hits)} |" for one in found]
    return "\n".join(lines)


def main(target: Path | None) -> int:
    """Run, print, write; 1 where anything was found."""
    with TemporaryDirectory(prefix="canaries-") as name:
        found = run(Path(name))
    table = report(found)
    hits = [f"{one.place}: {hit}" for one in found for hit in one.hits]
    sys.stdout.write("\n".join([table, *hits]) + "\n")
    if target is not None:
        head, _, _ = target.read_text().partition("| place |")
        target.write_text(f"{head}{table}\n")
    return 1 if hits else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
