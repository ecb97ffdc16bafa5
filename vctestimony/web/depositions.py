"""Pages of the deposition: read it, type or paste into it, correct or strike a line."""

from dataclasses import replace

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.record.speech import STAGE_LABELS, Stage
from vctestimony.services import deposition_lines, deposition_places, deposition_versions, depositions, submissions
from vctestimony.services.deposition_lines import Details, LineView
from vctestimony.services.deposition_versions import Clash
from vctestimony.services.unit import Unit
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import VERSION_FIELD, Form
from vctestimony.web.numbers import asked
from vctestimony.web.shown import Shown, shown_again_by, shown_form
from vctestimony.web.speech_forms import Besides, besides, languages, stored

bp = Blueprint("depositions", __name__, url_prefix="/hearings/<reference>/deposition")
LONGEST_PASTE = deposition_lines.MOST_LETTERS


@bp.get("")
@requires(Action.READ_RECORD)
def show(reference: str) -> ResponseReturnValue:
    """What was taken down, and the form for more, with what was typed and not added yet."""
    number = asked(request.args, "page") or 0
    with reading() as unit:
        view = depositions.page(unit, reference, by=current_actor(), number=number)
    g.ends = view.zones
    last = view.stages[-1].stage.value if view.stages else Stage.CHIEF.value
    usual = {"stage": request.args.get("stage", view.beside.stage or last), **languages(view.usual)}
    usual["translated_by"] = view.usual.translated_by or view.beside.interpreter
    kept = dict(view.draft.fields) if view.draft else {}
    return render_template("records/deposition.html", view=view, form=shown_form(**{**usual, **kept}), **_offered())


@bp.post("")
@requires(Action.TRANSCRIBE)
@shown_again_by(show)
def add(reference: str) -> ResponseReturnValue:
    """Add typed or pasted questions and answers; sent twice, they are added once."""
    with Form(request.form) as form:
        stage, text, key = form.choice("stage", Stage), form.long_text("text", limit=LONGEST_PASTE), form.key()
        more = besides(form)
    outcome = url_for(".show", reference=reference, stage=stage.value, _anchor="add")
    with writing() as unit:
        by = current_actor()
        if submissions.already(unit, key) is None:
            at = deposition_lines.said_at(unit, reference, more.spoken_wall, by=by)
            details = replace(more.details, spoken_at=at)
            depositions.paste(unit, reference, stage=stage, text=text, by=by, details=details)
            submissions.remember(unit, key, outcome, by=by)
    return redirect(outcome, code=303)


@bp.get("/<int:number>")
@requires(Action.TRANSCRIBE)
def line(reference: str, number: int) -> ResponseReturnValue:
    """One line, to be corrected; where somebody else changed it meanwhile, both versions with their difference."""
    with reading() as unit:
        found = depositions.line(unit, reference, number, by=current_actor(), ordinal=asked(request.form, "line"))
        draft = depositions.draft_of(unit, reference, found, by=current_actor())
        kept = draft.fields if draft else {}
        form = shown_form(**{**stored(found), **kept})
        known = draft.line_version if draft else found.version
        sent = asked(request.form, VERSION_FIELD)
        clashes = _clashes(unit, reference, found, form, opened_version=known if sent is None else sent)
    return render_template(
        "records/line.html", reference=reference, line=found, form=form, draft=draft, clashes=clashes, **_offered()
    )


def _clashes(unit: Unit, reference: str, found: LineView, form: Shown, *, opened_version: int) -> tuple[Clash, ...]:
    """Nothing while the line is as it was when the form was opened."""
    if opened_version == found.version:
        return ()
    mine = {name: form.value(name) for name in deposition_versions.MERGED}
    return deposition_versions.clashes(
        unit, reference, found, mine=mine, opened_version=opened_version, by=current_actor()
    )


@bp.post("/<int:number>")
@requires(Action.TRANSCRIBE)
@shown_again_by(line)
def revise(reference: str, number: int) -> ResponseReturnValue:
    """Store the corrected line, or strike it out, as the pressed button says."""
    with Form(request.form) as form:
        what, version = form.one_of("what", ("save", "strike")), form.version()
        ordinal = form.integer("line", least=1, most=10**9)
        stage, question = form.choice("stage", Stage), form.optional_long_text("question", limit=depositions.LONGEST)
        answer, more = form.long_text("answer", limit=depositions.LONGEST), besides(form, longest=depositions.LONGEST)
    with writing() as unit:
        by = current_actor()
        number = deposition_places.number_of(unit, reference, ordinal, by=by)
        if what == "strike":
            depositions.strike(unit, reference, number, version=version, by=by)
            return redirect(url_for(".show", reference=reference, page=_page(number)), code=303)
        details, said = _details(unit, reference, number, more), {"question": question, "answer": answer}
        depositions.revise(unit, reference, number, stage=stage, details=details, version=version, by=by, **said)
    return redirect(url_for(".show", reference=reference, page=_page(number), _anchor=f"line-{number}"), code=303)


def _details(unit: Unit, reference: str, number: int, more: Besides) -> Details:
    """What was typed besides the words; a time that was not touched keeps its seconds."""
    by = current_actor()
    known = depositions.line(unit, reference, number, by=by).details.spoken_at
    at = deposition_lines.said_at(unit, reference, more.spoken_wall, by=by, known=known)
    return replace(more.details, spoken_at=at)


def _page(number: int) -> int:
    """The page on which the line stands."""
    return (number - 1) // depositions.ON_A_PAGE + 1


def _offered() -> dict[str, object]:
    return {
        "stages": STAGE_LABELS,
        "tongues": deposition_lines.offered_tongues(),
        "speakers": deposition_lines.offered_speakers(),
    }
