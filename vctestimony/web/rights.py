"""Pages that say in words who may do what: everybody's own row, and the whole matrix for the administrator."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.people import ROLE_LABELS
from vctestimony.services import rights
from vctestimony.web.context import current_actor, reading, requires

bp = Blueprint("rights", __name__)


@bp.get("/account/rights")
@requires(Action.OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """What I may do here, and why not."""
    with reading() as unit:
        view = rights.own(unit, by=current_actor())
    return render_template("account/rights.html", view=view, roles=ROLE_LABELS)


@bp.get("/admin/rights")
@requires(Action.ADMINISTER)
def whole() -> ResponseReturnValue:
    """The whole matrix, a table of roles for hearings and one for everything else."""
    hearings, others = rights.whole()
    return render_template("admin/rights.html", hearings=hearings, others=others, roles=ROLE_LABELS)
