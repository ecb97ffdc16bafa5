"""Downloads of a calendar: the table to fill in, what was entered as such a table, closures as a calendar file."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import calendar_exports
from vctestimony.services.calendar_entries import Owner
from vctestimony.services.calendar_exports import Download
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.language import translate

bp = Blueprint("calendar_files", __name__)
_OF_POST, _OF_PERSON = "/posts/<code>/calendar", "/officials/<int:official_id>/calendar"


@bp.get("/posts/calendar-template.csv")
@requires(Action.MANAGE_PLACES)
def template() -> ResponseReturnValue:
    """The columns, what stands in them, and an example of each kind."""
    with reading() as unit:
        return _file(calendar_exports.template(unit, translate, by=current_actor()))


@bp.get(f"{_OF_POST}/entries.csv")
@bp.get(f"{_OF_PERSON}/entries.csv")
@requires(Action.MANAGE_PLACES)
def entries(code: str | None = None, official_id: int | None = None) -> ResponseReturnValue:
    """Everything that was entered over the shared calendar."""
    with writing() as unit:
        return _file(calendar_exports.entries(unit, Owner(code, official_id), by=current_actor()))


@bp.get(f"{_OF_POST}/closures.ics")
@requires(Action.SEE_PLACES)
def closures(code: str) -> ResponseReturnValue:
    """The closed days of the place, from this year on."""
    with reading() as unit:
        return _file(calendar_exports.closures_of_post(unit, code, by=current_actor()))


@bp.get(f"{_OF_PERSON}/closures.ics")
@requires(Action.MANAGE_PLACES)
def closures_of_official(official_id: int) -> ResponseReturnValue:
    """The same of an official."""
    with reading() as unit:
        return _file(calendar_exports.closures_of_official(unit, official_id, by=current_actor()))


def _file(found: Download) -> Response:
    response = Response(found.content, mimetype=found.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response
