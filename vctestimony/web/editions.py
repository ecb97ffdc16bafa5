"""Pages of moving a hearing's checklist to the newest edition of the rule packs."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import edition_moving
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import current_language
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("editions", __name__, url_prefix="/hearings/<reference>/checklist/edition")


@bp.get("")
@requires(Action.SEE_CHECKLIST)
def show(reference: str) -> ResponseReturnValue:
    """What the newest edition would change for this hearing."""
    with reading() as unit:
        page = edition_moving.page(unit, reference, language=current_language(), by=current_actor())
    return render_template("checklists/edition.html", page=page, form=shown_form())


@bp.post("")
@requires(Action.PLAN)
@shown_again_by(show)
def move(reference: str) -> ResponseReturnValue:
    """Move the hearing, as the page showed it."""
    with Form(request.form) as form:
        seen = form.text("seen", limit=80)
    with writing() as unit:
        edition_moving.move(unit, reference, seen=seen, by=current_actor())
    return redirect(url_for("checklists.show", reference=reference), code=303)
