"""The page of finding a time: the two-clock board, the offered times, why not others, and what would help."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.sittings import LongerThanOrdered
from vctestimony.services import finding
from vctestimony.services.finding import FindPage
from vctestimony.web.board import drawn
from vctestimony.web.context import current_actor, reading, requires
from vctestimony.web.finding_board import board_of
from vctestimony.web.forms import Form
from vctestimony.web.shown import Shown, shown_form

bp = Blueprint("finding", __name__, url_prefix="/hearings/<reference>")
STEPS = ("15", "30", "60")
SHOWN, BOARD_DAYS = 40, 14


@bp.get("/find")
@requires(Action.BOOK)
def find(reference: str) -> ResponseReturnValue:
    """Times both sides can sit, in the days of the address or the next two weeks."""
    from_on, to_on, step = _asked()
    try:
        page = _page(reference, from_on=from_on, to_on=to_on, step=step)
    except LongerThanOrdered:
        return redirect(url_for("splitting.show", reference=reference))
    g.ends = ((page.court_zone, page.court_city), (page.remote_zone, page.remote_city))
    near = replace(page, days=page.days[:BOARD_DAYS])
    board = board_of(near, booking=url_for("booking.check", reference=reference))
    return render_template(
        "hearings/find.html",
        page=page,
        refused=near.refused,
        later=page.days[BOARD_DAYS].on if len(page.days) > BOARD_DAYS else None,
        board=board,
        svg=drawn(board),
        form=_form(page),
        steps=STEPS,
        shown=SHOWN,
    )


def _page(reference: str, *, from_on: date | None, to_on: date | None, step: int) -> FindPage:
    with reading() as unit:
        return finding.find(unit, reference, from_on=from_on, to_on=to_on, step_minutes=step, by=current_actor())


def _asked() -> tuple[date | None, date | None, int]:
    with Form(request.args) as form:
        from_on, to_on = form.optional_date("from"), form.optional_date("to")
        step = int(form.one_of("step", STEPS)) if "step" in request.args else 30
    return from_on, to_on, step


def _form(page: FindPage) -> Shown:
    return shown_form(**{"from": page.from_on, "to": page.to_on, "step": page.step_minutes})
