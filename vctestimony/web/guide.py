"""Pages anybody may read: the words used here, and whether the service is well."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vctestimony.services import wellbeing
from vctestimony.web.context import open_to_all, service

bp = Blueprint("help", __name__)


@bp.get("/glossary")
@open_to_all
def glossary() -> ResponseReturnValue:
    """The words used here."""
    return render_template("glossary.html")


@bp.get("/healthz")
@open_to_all
def healthz() -> ResponseReturnValue:
    """Whether all is well: the database, mail, the disk, the clock. Says in words what is wrong."""
    return _how_it_is("unwell")


@bp.get("/readyz")
@open_to_all
def readyz() -> ResponseReturnValue:
    """The same, for whoever waits until the service can be used."""
    return _how_it_is("not ready")


def _how_it_is(otherwise: str) -> ResponseReturnValue:
    found, seen_to = wellbeing.troubles(service().units), wellbeing.notes(service().units)
    answer: dict[str, object] = {"status": otherwise if found else "ok", "troubles": found}
    return answer | ({"notes": seen_to} if seen_to else {}), 503 if found else 200
