"""A small application for testing what all pages share, before and beside the real one."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path

from flask import Flask, abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined

from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.domain import instants
from vctestimony.domain.errors import Absent, Conflict, Invalid, NotAllowed, Stale, Unavailable
from vctestimony.domain.hearing import End
from vctestimony.web import chrome, errors, formats, headers, language, shown
from vctestimony.web.board import Board, Day, Lane, Start, Stretch
from vctestimony.web.board_drawing import drawn
from vctestimony.web.board_narrow import strip
from vctestimony.web.board_sheet import NARROW, hatching
from vctestimony.web.forms import Form

ROOT = Path(__file__).parents[2]
CREATED = "created"
LATE_SUNDAY = datetime(2026, 9, 13, 20, 30, tzinfo=UTC)
MONDAY_AFTERNOON = datetime(2026, 9, 14, 8, 30, tzinfo=UTC)
EMPTY = shown.Shown()


class Colour(StrEnum):
    """Something to choose from."""

    RED = "red"
    BLUE = "blue"


def reading(at: datetime, place: str) -> instants.Reading:
    """The instant on the clock of a place, by its zone's city."""
    return instants.read(at, place, place.partition("/")[2])


def kolkata(at: datetime = MONDAY_AFTERNOON) -> instants.Reading:
    return reading(at, "Asia/Kolkata")


def dhaka(at: datetime = MONDAY_AFTERNOON) -> instants.Reading:
    return reading(at, "Asia/Dhaka")


def frame() -> chrome.Chrome:
    """A frame with everything in it."""
    names = ("Today", "Hearings", "Calendars", "Procedures", "Records")
    return chrome.Chrome(
        nav=tuple(chrome.NavItem(name, f"/{name.lower()}", current=name == "Hearings") for name in names),
        clocks=(kolkata(), dhaka()),
        account="coordinator@example.org",
        account_href="/account",
        sign_out_href="/account/sign-out",
        glossary_href="/glossary",
        demonstration=True,
    )


def board() -> Board:
    """Three days: two with lanes, one closed."""
    monday = instants.to_min(instants.resolve(datetime(2026, 9, 14), "Asia/Kolkata"))

    def stretch(day: int, start: str, end: str) -> Stretch:
        edges = [monday + day * 1440 + int(text[:2]) * 60 + int(text[3:]) for text in (start, end)]
        return Stretch(edges[0], edges[1], f"{start}–{end}")

    def start(day: int, court: str, remote: str) -> Start:
        at = stretch(day, court, court).start_min
        words = f"{court} Kolkata, {remote} Dhaka, 90 minutes"
        return Start(at, court, remote, words, f"/hold?at={at}&way=1", chosen=court == "14:00")

    def lanes(day: int, taken: tuple[Stretch, ...]) -> tuple[Lane, ...]:
        sittings = (stretch(day, "10:30", "13:30"), stretch(day, "14:00", "16:30"))
        mission = (stretch(day, "09:00", "12:30"), stretch(day, "13:30", "17:00"))
        return (
            Lane("Court 3", End.COURT, sittings, taken),
            Lane("Magistrate", End.REMOTE, mission),
            Lane("High Commission", End.REMOTE, mission, (stretch(day, "15:00", "16:00"),)),
        )

    return Board(
        title="Common free time, 14 to 18 September 2026",
        description="The same information is in the table below.",
        court_city="Kolkata",
        remote_city="Dhaka",
        days=(
            Day(
                date(2026, 9, 14),
                "Mon 14 Sep",
                monday,
                30,
                lanes(0, (stretch(0, "11:00", "12:00"),)),
                (start(0, "14:00", "14:30"), start(0, "14:15", "14:45"), start(0, "14:30", "15:00")),
            ),
            Day(
                date(2026, 9, 15),
                "Tue 15 Sep",
                monday + 1440,
                30,
                lanes(1, ()),
                notes=("Nothing is free for everybody",),
            ),
            Day(date(2026, 9, 18), "Fri 18 Sep", monday + 4 * 1440, 30, closed=("Dhaka: weekly holiday <Fri>",)),
        ),
        note="Every start leaves room for 15 minutes before and 15 minutes after.",
    )


def gallery() -> ResponseReturnValue:
    """Every component on one page."""
    flash("The hearing was moved.")
    form = shown.Shown(values={"title": ("CRL 214/2026",), "colour": ("blue",)}, errors={"heard_on": "Fill this in."})
    return render_template(
        "gallery.html",
        form=form,
        court=kolkata(),
        remote=dhaka(),
        london=reading(LATE_SUNDAY, "Europe/London"),
        night=kolkata(LATE_SUNDAY),
        board=board(),
        svg=drawn(board()),
        strips=[strip(day, board()) for day in board().days],
        hatching=hatching(NARROW),
    )


def entry() -> ResponseReturnValue:
    """A page with a form over a stored thing."""
    return render_template("entry.html", form=shown.shown_form(title="Stored title", starts=time(10, 30)))


@shown.shown_again_by(entry)
def enter() -> ResponseReturnValue:
    """Reads the form of `entry`."""
    with Form(request.form) as form:
        title = form.text("title", limit=20)
        day = form.date("heard_on")
    if title == "stale":
        raise Stale()
    if title == "clash":
        raise Conflict()
    if title == "service":
        raise Invalid(field="title")
    return f"{CREATED} {title} {day.isoformat()}"


def refusing(kind: str) -> ResponseReturnValue:
    """Refuses in the way named."""
    kinds: dict[str, type[Exception]] = {
        "invalid": Invalid,
        "conflict": Conflict,
        "absent": Absent,
        "not-allowed": NotAllowed,
        "unavailable": Unavailable,
        "fault": KeyError,
    }
    if kind in kinds:
        raise kinds[kind]()
    abort(int(kind))


def protected(app: Flask) -> None:
    """CSRF protection as in the real application."""
    CSRFProtect(app)


def unprotected(app: Flask) -> None:
    """The token is offered but not asked for."""
    app.config["WTF_CSRF_ENABLED"] = False
    CSRFProtect(app)


def tiny_app(
    protect: Callable[[Flask], None] = unprotected, of_account: Callable[[], str | None] = lambda: None
) -> Flask:
    """The application; its templates are the real ones and those beside this file."""
    static = ROOT / "vctestimony" / "web" / "static"
    app = Flask("tiny", static_folder=str(static), static_url_path="/static")
    app.config["SECRET_KEY"] = "only for tests"
    own = Path(__file__).parent / "templates"
    app.jinja_loader = ChoiceLoader([FileSystemLoader(str(ROOT / "templates")), FileSystemLoader(str(own))])
    app.jinja_env.undefined = StrictUndefined
    protect(app)
    language.bind(app, Languages(FOLDER), of_account=of_account)
    for part in (formats, headers, errors, shown):
        part.bind(app)
    chrome.bind(app, frame)
    app.add_url_rule("/", "home", lambda: render_template("glossary.html"))
    app.add_url_rule("/gallery", "gallery", gallery)
    app.add_url_rule("/entry", "entry", entry)
    app.add_url_rule("/entry", "enter", enter, methods=["POST"])
    app.add_url_rule("/refusing/<kind>", "refusing", refusing)
    app.add_url_rule("/api/v1/refusing/<kind>", "api_refusing", refusing)
    app.add_url_rule("/api/v1/enter", "api_enter", api_enter, methods=["POST"])
    return app


def api_enter() -> ResponseReturnValue:
    """Reads a form for programs."""
    with Form(request.form) as form:
        form.text("title")
        form.date("heard_on")
    return json.dumps(CREATED)
