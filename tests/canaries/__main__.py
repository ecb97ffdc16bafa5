"""`python -m tests.canaries [REPORT]`: the demonstration with canaries, the service used for long, everything searched.

A real server and worker, a real SMTP server, a folder of its own for temporary files. Prints a table, writes it to
REPORT, and ends with 1 where a canary was found or a place held nothing to search.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.browser.serving import free_port
from tests.canaries.crawling import PATIENCE, Crawler
from tests.canaries.planting import Planted, plant
from tests.canaries.searching import Found
from tests.canaries.watching import Watch
from vctestimony.adapters import backup_files
from vctestimony.adapters.backup_keys import backup_keys
from vctestimony.composition import create_app
from vctestimony.config import PROJECT, Settings
from vctestimony.web.context import EXTENSION

AT_ONCE = 2
_MAY_BE_EMPTY = {"temporary files that were left", "temporary files, while they were there"}
_CALENDARS = ("text/calendar", "text/csv", "application/json")


class Sink:
    """Takes every mail, and keeps it as it came."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Keep the bytes."""
        self._count += 1
        (self._folder / f"{self._count}.eml").write_bytes(bytes(envelope.original_content or b""))
        return "250 OK"


def run(folder: Path) -> list[Found]:
    """All of it; the places in the order of the table."""
    for name in ("mails", "tmp"):
        (folder / name).mkdir()
    sink = Controller(Sink(folder / "mails"), hostname="127.0.0.1", port=free_port())
    sink.start()
    environment = _environment(folder, smtp=sink.port)
    with (folder / "service.log").open("wb") as log, Watch(folder / "tmp") as watch:
        for command in (("init",), ("demo", "--if-empty")):
            subprocess.run(_flask(*command), env=environment, stdout=log, stderr=log, check=True, cwd=PROJECT)
        app = create_app(Settings.from_env(environment))
        with app.app_context():
            planted = plant(app.extensions[EXTENSION].units)
        served = subprocess.Popen(_flask("serve"), env=environment, stdout=log, stderr=log, cwd=PROJECT)
        watch.groups.add(served.pid)
        try:
            answers = _used(int(environment["PORT"]), planted)
            _mailed(folder / "mails")
            backup = _flask("backup", str(folder / "copy.vctb"))
            subprocess.run(backup, env=environment, check=True, stdout=log, stderr=log, cwd=PROJECT)
            left = list(_left_behind(folder))
        finally:
            served.send_signal(signal.SIGTERM)
            served.wait(timeout=PATIENCE)
            sink.stop()
    return [*answers, *left, watch.found]


def _used(port: int, planted: Planted) -> list[Found]:
    """What everybody was answered: signed in, or by the links of mails."""
    places = {name: Found(name) for name in ("pages", "error pages", "PDF", "calendars and feeds", "other files")}
    urls = Found("addresses visited")
    crawlers = {"nobody": Crawler(port, seeds=planted.open_addresses)}
    crawlers |= {who: Crawler(port, cookie=cookie) for who, cookie in planted.cookies.items()}
    _wait_for(crawlers["nobody"])

    def visit(who: str) -> None:
        crawler = crawlers[who]
        for path, kind, content in crawler.pages():
            places[_place(kind, content)].search(f"{path} for {who}", content)
        for path, content in crawler.wrong():
            places["error pages"].search(f"{path} for {who}", content)
        urls.search(who, "\n".join(crawler.visited).encode())
        told = ", ".join(f"{count} x {status}" for status, count in sorted(crawler.statuses.items()))
        sys.stdout.write(f"{who}: {told}\n")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(visit, crawlers))
    return [*places.values(), urls]


def _place(kind: str, content: bytes) -> str:
    if kind.startswith("text/html"):
        return "pages" if content[:1] in b"23" else "error pages"
    if kind.startswith("application/pdf"):
        return "PDF"
    return "calendars and feeds" if kind.startswith(_CALENDARS) else "other files"


def _mailed(folder: Path) -> None:
    """Until no mail has come for a while."""
    count = -1
    while count != (count := len(list(folder.iterdir()))):
        time.sleep(3)


def _left_behind(folder: Path) -> Iterator[Found]:
    instance = folder / "instance"
    places = {
        "mails at the SMTP server": list((folder / "mails").rglob("*")),
        "mails of the demonstration": list((instance / "mailbox").rglob("*")),
        "log and error output": [folder / "service.log"],
        "database, WAL and journal files": list(instance.glob("*.sqlite*")),
        "backup as it lies there": [folder / "copy.vctb"],
        "temporary files that were left": list((folder / "tmp").rglob("*")),
        "all other files of the installation": [
            path for path in instance.rglob("*") if ".sqlite" not in path.name and "mailbox" not in path.parts
        ],
    }
    for place, paths in places.items():
        found = Found(place)
        for path in paths:
            content = path.read_bytes() if path.is_file() else b""
            found.search(path.name, path.name.encode() + b"\n" + content)
        yield found
    opened = Found("backup, opened with its key")
    keys = backup_keys("", instance)
    opened.search("copy.vctb", b"".join(backup_files.opened(folder / "copy.vctb", keys.by_id, key_place=keys.place)))
    yield opened


def _wait_for(crawler: Crawler) -> None:
    for _ in range(600):
        if crawler.is_answered():
            return
        time.sleep(0.2)
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
    """Run, print, write; 1 where anything was found, or nothing was there to be searched."""
    began = time.monotonic()
    with TemporaryDirectory(prefix="canaries-") as name:
        found = run(Path(name))
    table = report(found)
    hits = [f"{one.place}: {hit}" for one in found for hit in one.hits]
    empty = [f"nothing was searched: {one.place}" for one in found if not one.files and one.place not in _MAY_BE_EMPTY]
    sys.stdout.write("\n".join([table, *hits, *empty, f"{time.monotonic() - began:.0f} seconds"]) + "\n")
    if target is not None:
        head, _, _ = target.read_text().partition("| place |")
        target.write_text(f"{head}{table}\n")
    return 1 if hits or empty else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
