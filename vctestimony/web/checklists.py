"""Pages of a hearing's checklist: look, tick, waive, take back, print."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import checklist_views, checklists, printing
from vctestimony.web.context import current_actor, reading, requires, service, writing
from vctestimony.web.download import pdf
from vctestimony.web.forms import Form
from vctestimony.web.language import current_language, language_names
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("checklists", __name__, url_prefix="/hearings/<reference>")


@bp.get("/checklist")
@requires(Action.SEE_HEARINGS)
def show(reference: str) -> ResponseReturnValue:
    """All steps by phase, or those of one duty, or only the open ones."""
    with reading() as unit:
        view = checklist_views.page(unit, reference, language=current_language(), by=current_actor())
    duty, only_open = request.args.get("duty", ""), request.args.get("open", "") == "1"
    return render_template("checklists/show.html", view=view, form=shown_form(), duty=duty, only_open=only_open)


@bp.get("/checklist.pdf")
@requires(Action.PRINT)
def print_out(reference: str) -> ResponseReturnValue:
    """The checklist on A4, to be ticked by hand."""
    asked = request.args.get("lang", "")
    language = asked if asked in language_names() else current_language()
    printed = printing.print_for(service().units, reference, printing.CHECKLIST, lang=language, by=current_actor())
    return pdf(printed)


@bp.get("/checklist/<step_id>")
@requires(Action.TICK)
def step(reference: str, step_id: str) -> ResponseReturnValue:
    """One step with everything about it, and what can be done to it."""
    with reading() as unit:
        view = checklist_views.page(unit, reference, language=current_language(), by=current_actor())
    found = checklist_views.one_step(view, step_id)
    return render_template("checklists/step.html", view=view, step=found, form=shown_form())


@bp.post("/checklist/<step_id>")
@requires(Action.TICK)
@shown_again_by(step)
def settle(reference: str, step_id: str) -> ResponseReturnValue:
    """Tick, waive or take back, as the pressed button says."""
    with Form(request.form) as form:
        what = form.one_of("what", ("tick", "waive", "take_back"))
        version, note = form.version(), form.optional_long_text("note", limit=2000)
    with writing() as unit:
        if what == "tick":
            checklists.tick(unit, reference, step_id, version=version, note=note, by=current_actor())
        elif what == "waive":
            checklists.waive(unit, reference, step_id, version=version, reason=note, by=current_actor())
        else:
            checklists.take_back(unit, reference, step_id, version=version, reason=note, by=current_actor())
    return redirect(url_for(".show", reference=reference, _anchor=f"step-{step_id}"), code=303)
