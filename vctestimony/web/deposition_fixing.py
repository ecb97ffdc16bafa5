"""Pages that fix the text of the deposition after the read-over, and open it again by the presiding officer."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.wording import N_
from vctestimony.services import deposition_fixing, depositions
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("deposition_fixing", __name__, url_prefix="/hearings/<reference>/deposition/fixing")
FIXED = N_("The text is fixed.")
HELD_OPEN = N_("The text is fixed. These people still had it open and are told so on their page: {names}.")
REOPENED = N_("The text is open again.")


@bp.get("")
@requires(Action.TRANSCRIBE)
def ask(reference: str) -> ResponseReturnValue:
    """What fixing means, or the form to open the text again."""
    with reading() as unit:
        view = depositions.page(unit, reference, by=current_actor())
    return render_template("records/fixing.html", view=view, form=shown_form())


@bp.post("")
@requires(Action.TRANSCRIBE)
@shown_again_by(ask)
def fix(reference: str) -> ResponseReturnValue:
    """Fix the text as it was shown."""
    with Form(request.form) as form:
        version = form.version()
    with writing() as unit:
        names = deposition_fixing.fix(unit, reference, version=version, by=current_actor())
    flash(translate(HELD_OPEN).format(names=", ".join(names)) if names else translate(FIXED), "ok")
    return redirect(url_for("depositions.show", reference=reference), code=303)


@bp.post("/reopen")
@requires(Action.REOPEN)
@shown_again_by(ask)
def reopen(reference: str) -> ResponseReturnValue:
    """Open it again, with the reason."""
    with Form(request.form) as form:
        reason = form.long_text("reason", limit=2_000)
    with writing() as unit:
        deposition_fixing.reopen(unit, reference, reason=reason, by=current_actor())
    flash(translate(REOPENED), "ok")
    return redirect(url_for("depositions.show", reference=reference), code=303)
