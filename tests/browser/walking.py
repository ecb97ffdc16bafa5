"""Walks through every page that somebody can reach by links, and says what breaks the rules that all pages keep."""

import re
from collections import Counter, deque

from axe_playwright_python.sync_playwright import Axe

from tests.browser.desk import HEAVIEST, Desk

WIDTHS = (1200, 360, 320)
_REFERENCE = re.compile(r"[A-Z]-[0-9A-Z]{8}")
_DAY = re.compile(r"(?<=/)\d{4}-\d{2}-\d{2}")
_NO_PAGE = re.compile(r"\.pdf|\.zip|\.ics|\.csv|/raw|/static/|/feeds/")
_MANY = {"/hearings/X": 8, "/hearings/X/day": 3, "/hearings/X/record": 4, "/": 1}
_FEW = 2
_WEIGHT = """() => ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
    .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_SQUEEZED = """() => [...document.querySelectorAll('td .at')].filter(
    at => at.offsetHeight > 2.5 * parseFloat(getComputedStyle(at).lineHeight)).length"""
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def kind_of(path: str) -> str:
    """The page without what differs from one to the next of its kind.

    >>> kind_of("/hearings/H-0123ABCD/checklist/O01?open=1")
    '/hearings/X/checklist/N'
    >>> kind_of("/hearings/H-0123ABCD/find/2026-09-14?of=week")
    '/hearings/X/find/DAY'
    """
    plain = _DAY.sub("DAY", _REFERENCE.sub("X", path.partition("?")[0].partition("#")[0]))
    plain = re.sub(
        r"(?<=/)(checklist|record|day/log|posts|procedures|mailbox|papers)/(?!new|try|waiting)[^/]+", r"\1/N", plain
    )
    return re.sub(r"(?<=/)\d+", "N", plain)


def walk(desk: Desk, start: str = "/", *, most: int = max(_MANY.values())) -> list[str]:
    """Every page that can be reached from there, a few of each kind; what is wrong with them, a line each."""
    waiting, known, seen = deque([start]), {start}, Counter[str]()
    wrong: list[str] = []
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        if seen[kind] >= min(_MANY.get(kind, _FEW), most):
            continue
        seen[kind] += 1
        _go(desk, path)
        wrong += [f"{path}: {problem}" for problem in problems(desk)]
        for link in desk.page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))"):
            target = str(link).partition("#")[0]
            if target.startswith("/") and target not in known and not _NO_PAGE.search(target):
                known.add(target)
                waiting.append(target)
    return wrong


def _go(desk: Desk, path: str) -> None:
    """Open the page. That of an identity refuses whoever has no leave, with a form to ask for it."""
    if not path.endswith("/identity"):
        desk.go(path)
        return
    with desk.expecting(403):
        answer = desk.page.goto(path)
    assert answer is not None
    assert answer.status in {200, 403}


def problems(desk: Desk) -> list[str]:
    """What is wrong with the page that is open: too heavy, wider than the window, or its times hard to read."""
    found = []
    weight = desk.page.evaluate(_WEIGHT)
    if weight >= HEAVIEST:
        found.append(f"weighs {weight} bytes")
    for width in WIDTHS:
        desk.page.set_viewport_size({"width": width, "height": 900})
        over = desk.page.evaluate(_OVERFLOW)
        if over > 0:
            found.append(f"{over} px wider than a window of {width} px")
        if width == WIDTHS[0] and (squeezed := desk.page.evaluate(_SQUEEZED)):
            found.append(f"{squeezed} times in its tables take more than two lines")
        if width == 360:
            desk.picture()
    desk.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return found


def barriers(desk: Desk) -> list[str]:
    """What axe finds on the page that is open, by WCAG 2.2 A and AA."""
    found = Axe().run(desk.page, options=AXE_RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
