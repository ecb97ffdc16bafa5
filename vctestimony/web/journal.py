"""The page of the journal: what was done to the hearings, cases and witnesses of one's own court."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import journal_pages
from vctestimony.web.context import current_actor, reading, requires
from vctestimony.web.forms import Form

bp = Blueprint("journal", __name__, url_prefix="/journal")

_HIGHEST = 2**31 - 1


@bp.get("")
@requires(Action.READ_JOURNAL)
def index() -> ResponseReturnValue:
    """A hundred entries, the newest first."""
    with Form(request.args) as form:
        before = form.optional_integer("before", least=1, most=_HIGHEST)
    with reading() as unit:
        page = journal_pages.page(unit, before=before, by=current_actor())
    return render_template("journal/index.html", page=page)
