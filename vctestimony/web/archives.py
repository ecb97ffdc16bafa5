"""The one address at which a whole hearing is given away as one file."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import archives
from vctestimony.web.context import current_actor, requires, service
from vctestimony.web.download import attached
from vctestimony.web.papers import asked_language

bp = Blueprint("archives", __name__, url_prefix="/hearings/<reference>")


@bp.get("/archive.zip")
@requires(Action.READ_JOURNAL)
def give(reference: str) -> ResponseReturnValue:
    """The archive in the asked language, with the files that show steps done where they are asked for."""
    made = archives.export(
        service().units,
        reference,
        language=asked_language(),
        by=current_actor(),
        with_files=request.args.get("files") == "yes",
    )
    return attached(made, mimetype="application/zip")
