"""Pages of what follows a seal: addenda to the record, and the words that its redacted copy leaves out."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.record.addenda import ADDENDA, AddendumKind
from vctestimony.domain.record.kinds import Answer, Asked
from vctestimony.domain.record.masking import LEFT_LABELS, Left
from vctestimony.domain.wording import LANGUAGES
from vctestimony.services import addenda, addendum_views, left_words
from vctestimony.web.context import current_actor, reading, requires, service, writing
from vctestimony.web.download import pdf
from vctestimony.web.forms import Form
from vctestimony.web.language import current_language
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("addenda", __name__, url_prefix="/hearings/<reference>")


@bp.get("/addenda")
@requires(Action.SEAL)
def choose(reference: str) -> ResponseReturnValue:
    """Which kind of addendum."""
    with reading() as unit:
        view = addendum_views.choose(unit, reference, by=current_actor())
    return render_template("records/addenda.html", view=view)


@bp.get("/addenda/new/<kind>")
@requires(Action.SEAL, fresh=True)
def new(reference: str, kind: str) -> ResponseReturnValue:
    """The form of one kind."""
    with reading() as unit:
        view = addendum_views.ask(unit, reference, _kind(kind), by=current_actor())
    return render_template(
        "records/addendum.html", view=view, form=shown_form(language=current_language(), **view.filled)
    )


@bp.post("/addenda/new/<kind>")
@requires(Action.SEAL, fresh=True)
@shown_again_by(new)
def add(reference: str, kind: str) -> ResponseReturnValue:
    """Seal it; the same form sent twice makes one."""
    chosen = _kind(kind)
    with Form(request.form) as form:
        answers = {asked.name: _answer(form, chosen, asked) for asked in ADDENDA[chosen].asks}
        language, key = form.one_of("language", LANGUAGES), form.key()
    addenda.add(service().units, reference, chosen, answers=answers, language=language, key=key, by=current_actor())
    return redirect(url_for("records.show", reference=reference) + "#added", code=303)


@bp.get("/addenda/<code>.pdf")
@requires(Action.READ_RECORD)
def print_out(reference: str, code: str) -> ResponseReturnValue:
    """The very file that was sealed."""
    with writing() as unit:
        printed = addenda.fetch(unit, reference, code, by=current_actor())
    return pdf(printed)


@bp.get("/redaction")
@requires(Action.SEAL)
def redaction(reference: str) -> ResponseReturnValue:
    """What is left out of the redacted copy, and a form for more."""
    with reading() as unit:
        view = addendum_views.redaction(unit, reference, by=current_actor())
    return render_template("records/redaction.html", view=view, labels_of_left=LEFT_LABELS, form=shown_form())


@bp.post("/redaction")
@requires(Action.SEAL)
@shown_again_by(redaction)
def leave_out(reference: str) -> ResponseReturnValue:
    """Leave one more word out."""
    with Form(request.form) as form:
        word, what = form.text("word", limit=200), form.choice("what", Left)
    with writing() as unit:
        left_words.leave_out(unit, reference, word, what=what, by=current_actor())
    return redirect(url_for(".redaction", reference=reference), code=303)


@bp.get("/redaction/<public_id>/take-back")
@requires(Action.SEAL)
def ask_back(reference: str, public_id: str) -> ResponseReturnValue:
    """Why a word is to stand again."""
    with reading() as unit:
        view = left_words.asked_back(unit, reference, public_id, by=current_actor())
    return render_template("records/take_back.html", view=view, form=shown_form())


@bp.post("/redaction/<public_id>/take-back")
@requires(Action.SEAL)
@shown_again_by(ask_back)
def take_back(reference: str, public_id: str) -> ResponseReturnValue:
    """Let a word stand again, with a reason."""
    with Form(request.form) as form:
        reason = form.long_text("reason", limit=500)
    with writing() as unit:
        left_words.take_back(unit, reference, public_id, reason=reason, by=current_actor())
    return redirect(url_for(".redaction", reference=reference), code=303)


def _kind(text: str) -> AddendumKind:
    if text not in set(AddendumKind):
        abort(404)
    return AddendumKind(text)


def _answer(form: Form, kind: AddendumKind, asked: Asked) -> str:
    """What was answered, as text; a day as it was understood."""
    if asked.name in ADDENDA[kind].days:
        return form.date(asked.name).isoformat()
    if asked.answer is Answer.CHOICE:
        return form.one_of(asked.name, tuple(asked.choices))
    return form.long_text(asked.name, limit=5000) if asked.answer is Answer.TEXT else form.text(asked.name, limit=300)
