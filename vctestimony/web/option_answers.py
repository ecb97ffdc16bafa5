"""The page behind the signed link in a mail about options: looking changes nothing, only the posted form answers."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.options import LONGEST_REMARK, OptionAnswer
from vctestimony.domain.wording import N_
from vctestimony.services import option_answers
from vctestimony.services.answers import AnswerClosed
from vctestimony.services.option_answers import OptionsAsked
from vctestimony.web.answers import closed, speak, wrong_links_counted
from vctestimony.web.context import open_to_all, reading, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("option_answers", __name__)
bp.register_error_handler(AnswerClosed, closed)

OFFERED = {
    OptionAnswer.CAN: N_("Yes, I can"),
    OptionAnswer.IF_NEEDED: N_("Only if I am needed"),
    OptionAnswer.CANNOT: N_("No, I cannot"),
}


@bp.get("/options/<token>")
@open_to_all
def ask(token: str) -> ResponseReturnValue:
    """Every option on both clocks with its three answers, or what has become of them."""
    page = _page(token)
    stored = {f"choice-{one.number}": one.answer for one in page.times}
    form = shown_form(**stored, **{f"remark-{one.number}": one.remark for one in page.times})
    return render_template("options/ask.html", page=page, form=form, offered=OFFERED, target=_here(token))


@bp.post("/options/<token>")
@open_to_all
@shown_again_by(ask)
def give(token: str) -> ResponseReturnValue:
    """Record an answer for every option that is still held; the same ones sent twice are one."""
    page = _page(token)
    said: dict[int, tuple[OptionAnswer, str]] = {}
    with Form(request.form) as form:
        for one in (time for time in page.times if time.is_held):
            choice = form.one_of(f"choice-{one.number}", OFFERED)
            remark = form.optional_text(f"remark-{one.number}", limit=LONGEST_REMARK)
            said[one.number] = (OptionAnswer(choice or OptionAnswer.CANNOT), remark)
    with writing() as unit:
        option_answers.give(unit, token, said)
    return render_template("options/thanks.html", page=_page(token), offered=OFFERED, target=_here(token))


def _page(token: str) -> OptionsAsked:
    with wrong_links_counted(), reading() as unit:
        page = option_answers.page(unit, token)
    speak(page.language)
    return page


def _here(token: str) -> str:
    return url_for("option_answers.ask", token=token)
