"""The page on which somebody who is signed in answers for themselves: the same form as behind the link."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import own_answers
from vctestimony.services.answers import AnswerClosed
from vctestimony.web.answer_forms import OFFERED, said_in
from vctestimony.web.answers import closed
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("own_answers", __name__, url_prefix="/hearings/<reference>/answer")
bp.register_error_handler(AnswerClosed, closed)


@bp.get("")
@requires(Action.ANSWER)
def ask(reference: str) -> ResponseReturnValue:
    """What one is asked, and the ways to answer."""
    with reading() as unit:
        page = own_answers.page(unit, reference, by=current_actor())
    target = url_for(".give", reference=reference)
    return render_template("answers/ask.html", page=page, form=shown_form(), offered=OFFERED, target=target, seal="")


@bp.post("")
@requires(Action.ANSWER)
@shown_again_by(ask)
def give(reference: str) -> ResponseReturnValue:
    """Record one's answer and go back to the hearing."""
    said = said_in(request.form)
    with writing() as unit:
        own_answers.give(unit, reference, said, by=current_actor())
    return redirect(url_for("hearings.detail", reference=reference, _anchor="own-answer"), code=303)
