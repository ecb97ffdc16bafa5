"""Downloads of one hearing as a calendar file: from its page, and from the page behind an answer link."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import answers, event_files
from vctestimony.services.calendar_exports import Download
from vctestimony.web.answers import closed, wrong_links_counted
from vctestimony.web.context import current_actor, open_to_all, reading, requires

bp = Blueprint("event_files", __name__)
bp.register_error_handler(answers.AnswerClosed, closed)


@bp.get("/hearings/<reference>/event.ics")
@requires(Action.SEE_HEARINGS)
def of_hearing(reference: str) -> ResponseReturnValue:
    """The hearing as one's own calendar should hold it."""
    with reading() as unit:
        return _file(event_files.of_hearing(unit, reference, by=current_actor()))


@bp.get("/answer/<token>/event.ics")
@open_to_all
def of_answer_link(token: str) -> ResponseReturnValue:
    """The same for the holder of an answer link; nothing is answered by it."""
    with wrong_links_counted(), reading() as unit:
        return _file(event_files.of_answer_link(unit, token))


def _file(found: Download) -> Response:
    response = Response(found.content, content_type=f"{found.mimetype}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response
