"""The page behind the signed link in an invitation: looking changes nothing, only the posted form answers."""

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.itip import PART_STAT_LABELS, PartStat
from vctestimony.services import answers
from vctestimony.web.context import open_to_all, reading, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("answers", __name__)

OFFERED = (PartStat.ACCEPTED, PartStat.TENTATIVE, PartStat.DECLINED)


@bp.get("/answer/<token>")
@open_to_all
def ask(token: str) -> ResponseReturnValue:
    """Show the time in both clocks and the three answers."""
    with reading() as unit:
        page = answers.page(unit, token)
    g.setdefault("language", page.language)
    options = tuple((choice.value, PART_STAT_LABELS[choice]) for choice in OFFERED)
    return render_template("answers/ask.html", page=page, form=shown_form(), options=options, target=_here(token))


@bp.post("/answer/<token>")
@open_to_all
@shown_again_by(ask)
def give(token: str) -> ResponseReturnValue:
    """Record the answer; the same one sent twice is one."""
    with Form(request.form) as form:
        choice = PartStat(form.one_of("choice", [option.value for option in OFFERED]) or PartStat.NEEDS_ACTION)
        comment = form.optional_long_text("comment", limit=answers.LONGEST_COMMENT)
        seen = form.text("seen")
    with writing() as unit:
        answers.give(unit, token, choice=choice, comment=comment, seen_start=seen)
    with reading() as unit:
        page = answers.page(unit, token)
    return render_template("answers/thanks.html", page=page, target=_here(token))


def _here(token: str) -> str:
    return url_for("answers.ask", token=token)
