"""Pages of where a line of the deposition stands: put more beside one that is there, move one elsewhere."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.record.speech import STAGE_LABELS, Stage
from vctestimony.services import deposition_drafts, deposition_lines, deposition_places, depositions, submissions
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form
from vctestimony.web.speech_forms import besides, languages

bp = Blueprint("deposition_places", __name__, url_prefix="/hearings/<reference>/deposition/<int:number>")
BEFORE, BEHIND = "before", "behind"


@bp.get("/insert")
@requires(Action.TRANSCRIBE)
def ask(reference: str, number: int) -> ResponseReturnValue:
    """Ask for what is to stand before or behind a line, with what was typed there and not put in yet."""
    with reading() as unit:
        view = deposition_places.at(unit, reference, number, by=current_actor())
    usual = {"stage": view.line.stage.value, "where": BEHIND, **languages(view.line.details)}
    usual |= view.draft.fields if view.draft else {}
    return render_template(
        "records/insert.html",
        view=view,
        form=shown_form(**usual),
        stages=STAGE_LABELS,
        tongues=deposition_lines.offered_tongues(),
        speakers=deposition_lines.offered_speakers(),
    )


@bp.post("/insert")
@requires(Action.TRANSCRIBE)
@shown_again_by(ask)
def insert(reference: str, number: int) -> ResponseReturnValue:  # noqa: ARG001  # the form names the line for good
    """Add the lines there, wherever that line stands by now; sent twice, they are added once."""
    with Form(request.form) as form:
        stage, text = form.choice("stage", Stage), form.long_text("text", limit=deposition_lines.MOST_LETTERS)
        where, ordinal = form.one_of("where", (BEFORE, BEHIND)), form.integer("line", least=1, most=10**9)
        key, more = form.key(), besides(form)
    with writing() as unit:
        by = current_actor()
        known = submissions.already(unit, key)
        if known is None:
            at = deposition_lines.said_at(unit, reference, more.spoken_wall, by=by)
            after = deposition_places.number_of(unit, reference, ordinal, by=by) - (where == BEFORE)
            details = replace(more.details, spoken_at=at)
            depositions.paste(unit, reference, stage=stage, text=text, by=by, details=details, after=after)
            deposition_drafts.discard(unit, reference, deposition_drafts.beside(ordinal), by=by)
            known = _shown(reference, after + 1)
            submissions.remember(unit, key, known, by=by)
    return redirect(known, code=303)


@bp.get("/move")
@requires(Action.TRANSCRIBE)
def ask_move(reference: str, number: int) -> ResponseReturnValue:
    """Ask where a line is to stand."""
    with reading() as unit:
        view = deposition_places.at(unit, reference, number, by=current_actor())
    return render_template("records/move.html", view=view, form=shown_form())


@bp.post("/move")
@requires(Action.TRANSCRIBE)
@shown_again_by(ask_move)
def move(reference: str, number: int) -> ResponseReturnValue:  # noqa: ARG001  # the form names the line for good
    """Put it there, unless anything was changed since the numbers were shown."""
    with Form(request.form) as form:
        ordinal, change = form.integer("line", least=1, most=10**9), form.version()
        after = form.integer("after", least=0, most=deposition_lines.MOST_LINES)
    with writing() as unit:
        there = deposition_places.move(unit, reference, ordinal=ordinal, after=after, change=change, by=current_actor())
    return redirect(_shown(reference, there), code=303)


def _shown(reference: str, number: int) -> str:
    page = (number - 1) // depositions.ON_A_PAGE + 1
    return url_for("depositions.show", reference=reference, page=page, _anchor=f"line-{number}")
