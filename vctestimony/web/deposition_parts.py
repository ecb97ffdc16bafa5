"""Pages that put right what a file was read as: divide a line, join it, change what it is, who speaks, in what."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.people import Duty
from vctestimony.domain.record.parts import KIND_LABELS, Part, PartKind
from vctestimony.domain.record.speech import STAGE_LABELS, Stage, Tongue
from vctestimony.services import deposition_import, deposition_lines, deposition_parts
from vctestimony.services.deposition_parts import Change, Edit
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form
from vctestimony.web.speech_forms import LONGEST_MARKS

bp = Blueprint("deposition_parts", __name__, url_prefix="/hearings/<reference>/deposition/import/check")


@bp.get("/<int:place>")
@requires(Action.TRANSCRIBE)
def line(reference: str, place: int) -> ResponseReturnValue:
    """One line of what would be added, to be put right."""
    with reading() as unit:
        view = deposition_parts.line(unit, reference, place, by=current_actor())
    part = view.part
    stored = {name: getattr(part, name) for name in Part.__slots__} | {"kind": part.kind.value}
    return render_template(
        "records/import_line.html",
        view=view,
        form=shown_form(**stored),
        kinds=KIND_LABELS,
        stages=STAGE_LABELS,
        tongues=deposition_lines.offered_tongues(),
        speakers=deposition_lines.offered_speakers(),
    )


@bp.post("/<int:place>")
@requires(Action.TRANSCRIBE)
@shown_again_by(line)
def change(reference: str, place: int) -> ResponseReturnValue:
    """Take what was typed, then do what the pressed button says."""
    with Form(request.form) as form:
        asked = Change(
            part=_part(form),
            what=form.choice("what", Edit),
            kind=form.choice("kind", PartKind),
            at=form.optional_text("at"),
        )
        edit = form.version()
    with writing() as unit:
        after = deposition_parts.change(unit, reference, place, asked, edit=edit, by=current_actor())
    if asked.what is Edit.DIVIDE:
        return redirect(url_for(".line", reference=reference, place=after), code=303)
    page = (after - 1) // deposition_import.ON_A_PAGE + 1
    return redirect(
        url_for("deposition_imports.check", reference=reference, page=page, _anchor=f"part-{after}"), code=303
    )


def _part(form: Form) -> Part:
    def words(name: str) -> str:
        return form.optional_long_text(name, limit=deposition_lines.MOST_LETTERS)

    def language(name: str) -> str:
        found = form.optional_choice(name, Tongue)
        return found.value if found else ""

    speaker = form.optional_choice("speaker", Duty)
    return Part(
        stage=form.choice("stage", Stage).value,
        question=words("question"),
        answer=words("answer"),
        question_translation=words("question_translation"),
        answer_translation=words("answer_translation"),
        exhibits=form.optional_text("exhibits", limit=LONGEST_MARKS),
        speaker=speaker.value if speaker else "",
        question_language=language("question_language"),
        answer_language=language("answer_language"),
    )
