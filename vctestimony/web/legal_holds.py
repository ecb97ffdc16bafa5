"""Pages of a case's legal hold: what holds, placed and lifted by order, and what held once."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import legal_holds, submissions
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("legal_holds", __name__, url_prefix="/cases/<reference>/hold")


@bp.get("")
@requires(Action.HOLD_CASE)
def show(reference: str) -> ResponseReturnValue:
    """The holds of the case."""
    with reading() as unit:
        page = legal_holds.page(unit, reference, by=current_actor())
    return render_template("retention/hold.html", page=page, form=shown_form())


@bp.post("")
@requires(Action.HOLD_CASE, fresh=True)
@shown_again_by(show)
def place(reference: str) -> ResponseReturnValue:
    """Put the case on hold; the same form sent twice places one."""
    with Form(request.form) as form:
        order, reason = form.text("order", limit=120), form.text("reason", limit=500)
        key = form.key()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            outcome = url_for(".show", reference=reference)
            legal_holds.place(unit, reference, order_reference=order, reason=reason, by=current_actor())
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


def _page_of(reference: str, hold: str) -> ResponseReturnValue:
    del hold  # the page shows all of them
    return show(reference)


@bp.post("/<hold>/lift")
@requires(Action.HOLD_CASE, fresh=True)
@shown_again_by(_page_of)
def lift(reference: str, hold: str) -> ResponseReturnValue:
    """Lift one hold."""
    with Form(request.form) as form:
        order, reason = form.text("lift_order", limit=120), form.text("lift_reason", limit=500)
    with writing() as unit:
        legal_holds.lift(unit, reference, hold, order_reference=order, reason=reason, by=current_actor())
    return redirect(url_for(".show", reference=reference), code=303)
