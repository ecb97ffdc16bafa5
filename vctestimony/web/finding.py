"""The pages of finding a time: the board by weeks, the offered times, why not others, what would help; and one day."""

from datetime import date

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.errors import Absent
from vctestimony.domain.sittings import LongerThanOrdered
from vctestimony.domain.slot_ranking import RANKING
from vctestimony.services import explaining, finding, relaxing, reliance
from vctestimony.services.finding import FindPage
from vctestimony.services.relaxing import Relaxation
from vctestimony.services.reliance import Doubt
from vctestimony.services.timetables import LONGEST_SEARCH
from vctestimony.web.board import Board
from vctestimony.web.board_drawing import drawn
from vctestimony.web.board_narrow import strip
from vctestimony.web.board_sheet import NARROW, hatching
from vctestimony.web.context import current_actor, reading, requires
from vctestimony.web.finding_board import board_of
from vctestimony.web.forms import Form
from vctestimony.web.shown import Shown, shown_form

bp = Blueprint("finding", __name__, url_prefix="/hearings/<reference>")
STEPS = ("15", "30", "60")
SHOWN, WEEK = 40, 7


@bp.get("/find")
@requires(Action.BOOK)
def find(reference: str) -> ResponseReturnValue:
    """Times both sides can sit, in the days of the address or the next two weeks, and what would open more."""
    from_on, to_on, step = _asked(30)
    try:
        page, helps, doubts = _searched(reference, from_on=from_on, to_on=to_on, step=step)
    except LongerThanOrdered:
        return redirect(url_for("splitting.show", reference=reference))
    g.ends = _ends(page)
    first = _first_day(page)
    days = page.days[first : first + WEEK]
    board = board_of(page, days, booking=_booking(reference), detail=lambda on: _detail(page, on))
    return render_template(
        "hearings/find.html",
        page=page,
        helps=helps,
        doubts=doubts,
        days=days,
        weeks=[day.on for day in page.days[::WEEK]],
        board=board,
        **_drawings(board),
        form=_form(page),
        steps=STEPS,
        **_listed(),
    )


def _searched(
    reference: str, *, from_on: date | None, to_on: date | None, step: int
) -> tuple[FindPage, tuple[Relaxation, ...], tuple[Doubt, ...]]:
    with reading() as unit:
        question = finding.ask(unit, reference, from_on=from_on, to_on=to_on, step_minutes=step, by=current_actor())
        helps, doubts = relaxing.what_would_help(unit, question), reliance.doubts_of(unit, question)
        return finding.page_of(question), helps, doubts


@bp.get("/find/<on>")
@requires(Action.BOOK)
def one_day(reference: str, on: str) -> ResponseReturnValue:
    """One day with a lane for everybody, and every start of the grid with all that stands against it."""
    _, _, step = _asked(15)
    day_on = _date(on)
    with reading() as unit:
        page = explaining.day_page(unit, reference, day_on, step_minutes=step, by=current_actor())
    g.ends = _ends(page.found)
    board = board_of(page.found, page.found.days, booking=_booking(reference), in_detail=True)
    return render_template(
        "hearings/find_day.html",
        page=page.found,
        runs=page.runs,
        on=day_on,
        around=page.around,
        board=board,
        **_drawings(board),
        steps=STEPS,
        **_listed(),
    )


def _asked(usual_step: int) -> tuple[date | None, date | None, int]:
    with Form(request.args) as form:
        from_on, to_on = form.optional_date("from"), form.optional_date("to")
        step = int((form.one_of("step", STEPS) if "step" in request.args else "") or usual_step)
    return from_on, to_on, step


def _date(text: str) -> date:
    """The day in an address of this service; anything else is no page."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Absent() from None


def _first_day(page: FindPage) -> int:
    """Which of the days the board begins with: the first, or the week in the address."""
    weeks = range(0, len(page.days), WEEK)
    return next((at for at in weeks if page.days[at].on.isoformat() == request.args.get("week", "")), 0)


def _ends(page: FindPage) -> tuple[tuple[str, str], tuple[str, str]]:
    return (page.court_zone, page.court_city), (page.remote_zone, page.remote_city)


def _booking(reference: str) -> str:
    return url_for("booking.check", reference=reference)


def _detail(page: FindPage, on: date) -> str:
    return url_for("finding.one_day", reference=page.reference, on=on)


def _drawings(board: Board) -> dict[str, object]:
    """The picture, and the small one of each day."""
    return {"svg": drawn(board), "strips": [strip(day, board) for day in board.days], "hatching": hatching(NARROW)}


def _listed() -> dict[str, object]:
    """What the list of offered times and the notes about the search need beside the page."""
    return {"shown": SHOWN, "ranking": RANKING, "longest": LONGEST_SEARCH.days + 1}


def _form(page: FindPage) -> Shown:
    return shown_form(**{"from": page.from_on, "to": page.to_on, "step": page.step_minutes})
