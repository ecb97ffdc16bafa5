"""Pages of a week: seven days of a post or of an official, on two clocks, with what is taken."""

from datetime import date

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.calendars import REASON_LABELS, STATUS_LABELS
from vctestimony.services import calendar_weeks
from vctestimony.services.calendar_weeks import WeekPage
from vctestimony.web.board_drawing import drawn
from vctestimony.web.context import current_actor, reading, requires
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_form
from vctestimony.web.week_board import lines_of, week_board

bp = Blueprint("weeks", __name__)


@bp.get("/posts/<code>/week")
@requires(Action.SEE_PLACES)
def post(code: str) -> ResponseReturnValue:
    """A week of a post: the one of the date in the address, else the present one."""
    on = _asked()
    with reading() as unit:
        page = calendar_weeks.post_week(unit, code, on, by=current_actor())
    return _shown(page)


@bp.get("/officials/<int:official_id>/week")
@requires(Action.SEE_OWN_CALENDAR)
def official(official_id: int) -> ResponseReturnValue:
    """A week of an official, for those who keep the post and for that person."""
    on = _asked()
    with reading() as unit:
        page = calendar_weeks.official_week(unit, official_id, on, by=current_actor())
    return _shown(page)


def _asked() -> date | None:
    with Form(request.args) as form:
        return form.optional_date("on")


def _shown(page: WeekPage) -> str:
    g.ends = (page.own, page.other)
    return render_template(
        "places/week.html",
        page=page,
        lines=lines_of(page),
        svg=drawn(week_board(page)),
        form=shown_form(on=page.first_on),
        reasons=REASON_LABELS,
        statuses=STATUS_LABELS,
    )
