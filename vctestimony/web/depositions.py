"""Pages of the deposition: read it, type or paste into it, correct or strike a line."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.record.speech import STAGE_LABELS, Stage
from vctestimony.services import depositions, submissions
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("depositions", __name__, url_prefix="/hearings/<reference>/deposition")
LONGEST_PASTE = 400_000


@bp.get("")
@requires(Action.PRINT)
def show(reference: str) -> ResponseReturnValue:
    """What was taken down, and the form for more."""
    with reading() as unit:
        view = depositions.page(unit, reference, by=current_actor())
    last = view.stages[-1].stage.value if view.stages else Stage.CHIEF.value
    form = shown_form(stage=request.args.get("stage", last))
    return render_template("records/deposition.html", view=view, form=form, stages=STAGE_LABELS)


@bp.post("")
@requires(Action.TRANSCRIBE)
@shown_again_by(show)
def add(reference: str) -> ResponseReturnValue:
    """Add typed or pasted questions and answers; sent twice, they are added once."""
    with Form(request.form) as form:
        stage, text, key = form.choice("stage", Stage), form.long_text("text", limit=LONGEST_PASTE), form.key()
    outcome = url_for(".show", reference=reference, stage=stage.value, _anchor="add")
    with writing() as unit:
        if submissions.already(unit, key) is None:
            depositions.paste(unit, reference, stage=stage, text=text, by=current_actor())
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


@bp.get("/<int:number>")
@requires(Action.TRANSCRIBE)
def line(reference: str, number: int) -> ResponseReturnValue:
    """One line, to be corrected."""
    with reading() as unit:
        found = depositions.line(unit, reference, number, by=current_actor())
    form = shown_form(stage=found.stage.value, question=found.question, answer=found.answer)
    return render_template("records/line.html", reference=reference, line=found, form=form, stages=STAGE_LABELS)


@bp.post("/<int:number>")
@requires(Action.TRANSCRIBE)
@shown_again_by(line)
def revise(reference: str, number: int) -> ResponseReturnValue:
    """Store the corrected line, or strike it out, as the pressed button says."""
    with Form(request.form) as form:
        what, version = form.one_of("what", ("save", "strike")), form.version()
        stage, question = form.choice("stage", Stage), form.optional_long_text("question", limit=depositions.LONGEST)
        answer = form.long_text("answer", limit=depositions.LONGEST)
    with writing() as unit:
        by = current_actor()
        if what == "strike":
            depositions.strike(unit, reference, number, version=version, by=by)
        else:
            depositions.revise(
                unit, reference, number, stage=stage, question=question, answer=answer, version=version, by=by
            )
    return redirect(url_for(".show", reference=reference, _anchor=f"line-{number}"), code=303)
