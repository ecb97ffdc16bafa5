"""What hostile hands type, and every form of the running application into which it can be typed.

A form is found by walking the addresses of all routes as somebody who may open them (tests/web/matrix_walk.py), not by
naming it, so that a new form is walked without anybody thinking of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.web.browsing import Browser
from tests.web.matrix_walk import Object, steps
from vctestimony.domain.access import may_ever
from vctestimony.domain.people import Role
from vctestimony.web.forms import KEY_FIELD, fresh_key

COUNTED = "{{7*191}}"
CALCULATED = "1337"
FOREIGN = "hostile-element"
"""The class of an element that must never be one."""
LONG = 100_000
EVERYWHERE: Mapping[str, str] = {
    "a break and a header": "a\r\nBcc: x@evil.example",
    "a null": "a\x00b",
    "a bell and a line separator": "a\x07\x0b\u2028b\ufeff",
    "half a character": "a\ud800b",
    "turned around": "\u202elive\u2066x",
    "long": "x" * LONG,
    "markup": f'"><b class="{FOREIGN}">{COUNTED}${{7*191}}%s%n{{0.__class__}}</b><img src="@canary@">',
    "a formula": "=cmd|'/C calc'!A0",
    "nothing that is seen": "\u200b \u00a0\u200b",
}
STORABLE = ("a break and a header", "markup", "a formula")
"""Typed into free text alone, with the other fields as they should be, so that it is kept where it can be."""
_DAY, _CLOCK, _NUMBER, _MAIL = "14/9/2026", "10:30", "10", "new@office.example"
_TEXT = {"text", "search", "tel", "email", "url", "password", "date", "time", "number"}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who opens pages: nobody signed in, or a role; and what the arguments of addresses name for them."""

    role: Role | None
    known: Mapping[str, str]
    references: Mapping[Object, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Typed:
    """One form as a browser has it: where it is sent, what it holds, which fields one can type into."""

    endpoint: str
    address: str
    filled: Mapping[str, list[str]]
    fields: tuple[str, ...]
    free: frozenset[str]

    def body(self, text: str, *, only_free: bool) -> bytes:
        """The form with the text in its fields; half a character goes as the bytes that some programs send."""
        told = {name: list(values) for name, values in self.filled.items()}
        told |= {name: [text] for name in self.fields if not only_free or name in self.free}
        if KEY_FIELD in told:
            told[KEY_FIELD] = [fresh_key()]
        pairs = [(name, value) for name, values in told.items() for value in values]
        return urlencode(pairs, errors="surrogatepass").encode("ascii")


def forms(app: Flask, browser: Browser, reader: Reader, seen: set[str]) -> Iterator[Typed]:
    """Every form with a field to type into, of every page that this person may open; of each route one, and none of
    those that were seen before."""
    for path in _pages(app, reader):
        with browser.ask(path) as answer:
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            soup = BeautifulSoup(answer.data, "lxml")
        for form in soup.select("form[method=post]"):
            address = str(form.get("action") or path)
            endpoint = _endpoint(app, address)
            found = typed(endpoint, address, form)
            if endpoint and found.fields and endpoint not in seen:
                seen.add(endpoint)
                yield found


def typed(endpoint: str, address: str, form: Tag) -> Typed:
    """What the form holds, every choice made and every field filled in somehow."""
    filled: dict[str, list[str]] = {}
    fields: list[str] = []
    free: set[str] = set()
    for field in form.select("input[name], select[name], textarea[name]"):
        name, kind = str(field["name"]), str(field.get("type", "text"))
        if field.name == "select":
            chosen = [str(one["value"]) for one in field.select("option[selected]") if one.get("value")]
            offered = [str(one["value"]) for one in field.select("option[value]") if one["value"]]
            filled[name] = (chosen or offered)[:1]
        elif field.name == "textarea" or kind in _TEXT:
            fields.append(name)
            usual = _usual(name, field)
            filled[name] = [str(field.get("value") or "") or usual or "As it should be"]
            free |= set() if usual else {name}
        elif kind in {"radio", "checkbox"}:
            filled.setdefault(name, [str(field.get("value", "on"))] if kind == "radio" else [])
        elif kind == "hidden":
            filled[name] = [str(field.get("value", ""))]
    return Typed(endpoint, address, filled, tuple(dict.fromkeys(fields)), frozenset(free))


def _usual(name: str, field: Tag) -> str:
    """What belongs into a field that is no free text; empty for one that is."""
    if field.get("type") == "email" or "email" in name:
        return _MAIL
    if field.get("inputmode") == "numeric" or "minutes" in name or name == "number":
        return _NUMBER
    ends = name.rpartition("_")[2]
    return {"on": _DAY, "until": _DAY, "from": _DAY, "at": _CLOCK, "time": _CLOCK}.get(ends, "")


def _pages(app: Flask, reader: Reader) -> Iterator[str]:
    if reader.role is None:
        yield from (one.rule for one in app.url_map.iter_rules() if "GET" in (one.methods or ()) and not one.arguments)
        return
    for step in steps(app):
        if step.method == "GET" and may_ever(reader.role, step.action):
            for reference in reader.references.get(step.object or Object.HEARING, ("x",)):
                yield step.address({**reader.known, "reference": reference})


def _endpoint(app: Flask, address: str) -> str:
    try:
        found, _ = app.url_map.bind("127.0.0.1").match(address.partition("?")[0], "POST")
    except HTTPException:
        return ""
    return str(found)
