"""Pages of what is kept for how long and what is due, and of the numbers of the own court that remain."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.retention import FATE_LABELS, HAND_LABELS
from vctestimony.services import numbers, retention
from vctestimony.web.context import current_actor, reading, requires
from vctestimony.web.language import current_language

bp = Blueprint("retention", __name__)
_NUMBERS_FILE = "court-numbers.csv"


@bp.get("/retention")
@requires(Action.SEE_RETENTION)
def schedule() -> ResponseReturnValue:
    """The schedule in words, and what is due."""
    with reading() as unit:
        page = retention.standing(unit, by=current_actor())
    return render_template("retention/schedule.html", page=page, fates=FATE_LABELS, hands=HAND_LABELS)


@bp.get("/numbers")
@requires(Action.SEE_NUMBERS)
def of_court() -> ResponseReturnValue:
    """The numbers of the own court by month."""
    with reading() as unit:
        page = numbers.page(unit, by=current_actor())
    return render_template("retention/numbers.html", page=page)


@bp.get("/numbers.csv")
@requires(Action.SEE_NUMBERS)
def of_court_as_file() -> ResponseReturnValue:
    """The same for programs for tables."""
    with reading() as unit:
        content = numbers.table(unit, language=current_language(), by=current_actor())
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_NUMBERS_FILE}"'
    return response
