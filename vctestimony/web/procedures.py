"""Pages of procedure: the rule packs, to be read by anybody who signs in."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import procedures
from vctestimony.web.context import reading, requires
from vctestimony.web.language import current_language

bp = Blueprint("procedures", __name__, url_prefix="/procedures")


@bp.get("")
@requires(Action.READ_PROCEDURES)
def index() -> ResponseReturnValue:
    """Every pack with its version and whether a lawyer has signed it off."""
    with reading() as unit:
        packs = procedures.index(unit, language=current_language())
    return render_template("procedures/index.html", packs=packs)


@bp.get("/<pack>")
@requires(Action.READ_PROCEDURES)
def show(pack: str) -> ResponseReturnValue:
    """One pack: its steps, or those of one duty, of one phase, or both."""
    duty, phase = request.args.get("duty", ""), request.args.get("phase", "")
    with reading() as unit:
        page = procedures.page(unit, pack, language=current_language(), duty=duty, phase=phase)
    return render_template("procedures/show.html", page=page, duty=duty, phase=phase)
