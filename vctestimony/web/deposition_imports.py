"""Pages that bring in a deposition typed elsewhere: send the file, see what would become what, add it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.record.speech import STAGE_LABELS, Stage
from vctestimony.domain.typed_files import MOST_BYTES
from vctestimony.services import deposition_import, deposition_lines, depositions, submissions
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate_number
from vctestimony.web.numbers import asked
from vctestimony.web.shown import shown_again_by, shown_form
from vctestimony.web.speech_forms import besides, languages
from vctestimony.web.uploads import uploaded

bp = Blueprint("deposition_imports", __name__, url_prefix="/hearings/<reference>/deposition/import")


@bp.get("")
@requires(Action.TRANSCRIBE)
def ask(reference: str) -> ResponseReturnValue:
    """Ask for the file, and say what is read from it."""
    with reading() as unit:
        view = depositions.page(unit, reference, by=current_actor())
    last = view.stages[-1].stage.value if view.stages else Stage.CHIEF.value
    return render_template(
        "records/import.html",
        view=view,
        form=shown_form(stage=last),
        stages=STAGE_LABELS,
        megabytes=MOST_BYTES // 2**20,
        most_lines=deposition_lines.MOST_LINES,
        most_letters=deposition_lines.MOST_LETTERS,
    )


@bp.post("")
@requires(Action.TRANSCRIBE)
@shown_again_by(ask)
def read(reference: str) -> ResponseReturnValue:
    """Read the file; nothing of it is added."""
    with Form(request.form) as form:
        stage = form.choice("stage", Stage)
    content = uploaded("file", most=MOST_BYTES + 1)
    with writing() as unit:
        deposition_import.read(unit, reference, content, stage=stage, by=current_actor())
    return redirect(url_for(".check", reference=reference), code=303)


@bp.get("/check")
@requires(Action.TRANSCRIBE)
def check(reference: str) -> ResponseReturnValue:
    """What would become what."""
    number = asked(request.args, "page") or 1
    with reading() as unit:
        view = depositions.page(unit, reference, by=current_actor())
        found = deposition_import.check(unit, reference, by=current_actor(), number=number)
    form = shown_form(**languages(view.usual))
    tongues = deposition_lines.offered_tongues()
    return render_template("records/import_check.html", view=view, found=found, form=form, tongues=tongues)


@bp.post("/check")
@requires(Action.TRANSCRIBE)
@shown_again_by(check)
def enter(reference: str) -> ResponseReturnValue:
    """Add the lines; the same form sent twice adds them once."""
    with Form(request.form) as form:
        key, more = form.key(), besides(form)
    outcome = url_for("depositions.show", reference=reference)
    with writing() as unit:
        if submissions.already(unit, key) is None:
            count = deposition_import.enter(unit, reference, details=more.details, by=current_actor())
            submissions.remember(unit, key, outcome, by=current_actor())
            said = translate_number("%(num)s line was added.", "%(num)s lines were added.", count)
            flash(said % {"num": count}, "ok")
    return redirect(outcome, code=303)
