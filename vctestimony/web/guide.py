"""Pages anybody may read: the words used here, and whether the service is well."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vctestimony.services import wellbeing
from vctestimony.web.context import open_to_all, reading

bp = Blueprint("help", __name__)


@bp.get("/glossary")
@open_to_all
def glossary() -> ResponseReturnValue:
    """The words used here."""
    return render_template("glossary.html")


@bp.get("/healthz")
@open_to_all
def healthz() -> ResponseReturnValue:
    """Whether the process answers; needs no database."""
    return {"status": "ok"}


@bp.get("/readyz")
@open_to_all
def readyz() -> ResponseReturnValue:
    """Whether it can work: the database answers and mail is not stuck. Says in words what is wrong."""
    with reading() as unit:
        troubles = wellbeing.troubles(unit)
    return {"status": "not ready" if troubles else "ok", "troubles": troubles}, 503 if troubles else 200
