"""Pages of a hearing's checklist: look, tick, waive, take back, print."""

from urllib.parse import urlencode

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.evidence import MOST_BYTES
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.services import checklist_choice, checklist_views, checklists, evidence, paper_shelf, printing
from vctestimony.web import step_forms
from vctestimony.web.context import current_actor, reading, requires, service, writing
from vctestimony.web.download import attachment, pdf
from vctestimony.web.forms import Form
from vctestimony.web.language import current_language, language_names
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("checklists", __name__, url_prefix="/hearings/<reference>")

_FILTERS = ("phase", "duty", "open", "all")
_OFTEN_ASKED = (
    Duty.COURT_COORDINATOR,
    Duty.REMOTE_COORDINATOR,
    Duty.JUDGE,
    Duty.PROSECUTION,
    Duty.DEFENCE,
    Duty.INTERPRETER,
    Duty.LEGAL_STAFF,
)


@bp.get("/checklist")
@requires(Action.SEE_CHECKLIST)
def show(reference: str) -> ResponseReturnValue:
    """The steps of one phase or one duty, those that come next, or all in brief."""
    with reading() as unit:
        view = checklist_views.page(unit, reference, language=current_language(), by=current_actor())
        choice = _chosen(view)
        people = paper_shelf.having(unit, reference, choice.duty, by=current_actor()) if choice.duty else ()
    g.ends = view.zones
    duties = [(duty.value, DUTY_LABELS[duty]) for duty in _OFTEN_ASKED]
    shown = {"view": view, "choice": choice, "people": people, "duties": duties}
    return render_template("checklists/show.html", **shown, form=shown_form(), asked=_asked())


@bp.post("/checklist")
@requires(Action.TICK)
@shown_again_by(show)
def tick(reference: str) -> ResponseReturnValue:
    """Tick the step whose button was pressed, as the page showed it, and stay where one was."""
    with Form(request.form) as form:
        step_id, _, version = form.text("step", limit=40).rpartition(".")
    if not (version.isascii() and version.isdigit()):
        raise checklists.StepChanged(step=step_id)
    with writing() as unit:
        checklists.tick(unit, reference, step_id, version=int(version), note="", by=current_actor())
    return redirect(f"{url_for('.show', reference=reference)}?{urlencode(_asked())}#step-{step_id}", code=303)


@bp.get("/checklist.pdf")
@requires(Action.PRINT)
def print_out(reference: str) -> ResponseReturnValue:
    """The checklist on A4, to be ticked by hand."""
    asked = request.args.get("lang", "")
    language = asked if asked in language_names() else current_language()
    printed = printing.print_for(service().units, reference, printing.CHECKLIST, lang=language, by=current_actor())
    return pdf(printed)


@bp.get("/checklist/<step_id>")
@requires(Action.SEE_CHECKLIST)
def step(reference: str, step_id: str) -> ResponseReturnValue:
    """One step with everything about it, and what can be done to it."""
    with reading() as unit:
        view = checklist_views.page(unit, reference, language=current_language(), by=current_actor())
    g.ends = view.zones
    found = checklist_views.one_step(view, step_id)
    megabytes = MOST_BYTES // 2**20
    return render_template("checklists/step.html", view=view, step=found, form=shown_form(), megabytes=megabytes)


@bp.post("/checklist/<step_id>")
@requires(Action.TICK)
@shown_again_by(step)
def settle(reference: str, step_id: str) -> ResponseReturnValue:
    """Tick, waive, take back or add a file, as the pressed button says."""
    with Form(request.form) as form:
        told = step_forms.told(form)
    with writing() as unit:
        step_forms.settle(unit, reference, step_id, told, by=current_actor())
    if told.what == step_forms.ADD_FILE:
        return redirect(url_for(".step", reference=reference, step_id=step_id, _anchor="files"), code=303)
    phase = step_id[:1]
    return redirect(url_for(".show", reference=reference, phase=phase, _anchor=f"step-{step_id}"), code=303)


@bp.get("/checklist/files/<public_id>")
@requires(Action.SEE_CHECKLIST)
def take_file(reference: str, public_id: str) -> ResponseReturnValue:
    """A file that shows what was done, to be opened elsewhere: never in the page."""
    with writing() as unit:
        taken = evidence.take(unit, reference, public_id, by=current_actor())
    return attachment(taken.content, taken.file_name)


def _asked() -> dict[str, str]:
    """What the address asks to see."""
    return {name: value for name, value in request.args.items() if name in _FILTERS}


def _chosen(view: checklist_views.ChecklistView) -> checklist_choice.Choice:
    asked = _asked()
    if asked.get("open") == "1":
        return checklist_choice.next_open(view)
    if asked.get("all") == "1":
        return checklist_choice.in_brief(view)
    if asked.get("duty") in set(Duty):
        return checklist_choice.of_duty(view, Duty(asked["duty"]))
    return checklist_choice.of_phase(view, asked.get("phase", ""))
