"""The page of one's own steps over the checklists of all hearings."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.people import Role
from vctestimony.services import cycle_waiting, own_steps
from vctestimony.web.context import current_actor, reading, requires
from vctestimony.web.language import current_language

bp = Blueprint("steps", __name__)


@bp.get("/steps")
@requires(Action.TICK)
def index() -> ResponseReturnValue:
    """What is overdue, due within a day and within a week, by hearing."""
    actor, asked = current_actor(), request.args.get("whole") == "1"
    with reading() as unit:
        piles = own_steps.page(unit, language=current_language(), by=actor, whole_court=asked)
        transcripts = cycle_waiting.page(unit, by=actor)
    may_see_all = actor.role is Role.COORDINATOR
    shown = {"piles": piles, "transcripts": transcripts, "whole": asked and may_see_all, "may_see_all": may_see_all}
    return render_template("steps/index.html", **shown)
