"""The page behind the signed link in an invitation: looking changes nothing, only the posted form answers."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.errors import Absent
from vctestimony.domain.itip import PartStat
from vctestimony.domain.wording import N_
from vctestimony.services import answering, answers, limits
from vctestimony.web.context import open_to_all, reading, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import COOKIE, language_names, translate
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("answers", __name__)

OFFERED = {
    PartStat.ACCEPTED: N_("Yes, I will be there"),
    PartStat.TENTATIVE: N_("Only if I am needed"),
    PartStat.DECLINED: N_("No, I cannot come"),
}
MOST_WRONG, WRONG_WITHIN_MINUTES = 30, 15


@bp.get("/answer/<token>")
@open_to_all
def ask(token: str) -> ResponseReturnValue:
    """Show the time in both clocks and the three answers."""
    page = _page(token)
    return render_template("answers/ask.html", page=page, form=shown_form(), offered=OFFERED, target=_here(token))


@bp.post("/answer/<token>")
@open_to_all
@shown_again_by(ask)
def give(token: str) -> ResponseReturnValue:
    """Record the answer; the same one sent twice is one."""
    with wrong_links_counted(), reading() as unit:
        answers.page(unit, token)
    with Form(request.form) as form:
        choice = PartStat(form.one_of("choice", OFFERED) or PartStat.NEEDS_ACTION)
        comment = form.optional_long_text("comment", limit=answering.LONGEST_COMMENT)
        seen = form.text("seen")
    with writing() as unit:
        answers.give(unit, token, choice=choice, comment=comment, seen_start=seen)
    return render_template("answers/thanks.html", page=_page(token), target=_here(token))


@bp.errorhandler(answers.AnswerClosed)
def closed(refusal: answers.AnswerClosed) -> ResponseReturnValue:
    """Say to whom holds a genuine link why nothing is asked any more; the link is no mistake of theirs."""
    speak(str(refusal.facts.get("language", "")))
    reference = refusal.facts.get("reference", "")
    return render_template("answers/closed.html", reference=reference, sentence=refusal.sentence(translate)), 410


def _page(token: str) -> answers.AnswerPage:
    """What the link opens, in the official's own language unless another was chosen in this browser."""
    with wrong_links_counted(), reading() as unit:
        page = answers.page(unit, token)
    speak(page.language)
    return page


def speak(language: str) -> None:
    """Show the page in the official's own language, unless another was chosen in this browser."""
    if language and request.cookies.get(COOKIE) not in language_names():
        g.language = language


@contextmanager
def wrong_links_counted() -> Iterator[None]:
    """Whoever guesses at links is told to wait; a genuine link opens all the same, for an office shares one address."""
    try:
        yield
    except answers.AnswerClosed:
        raise
    except Absent:
        with writing() as unit:
            bucket = f"answer|{request.remote_addr}"
            limits.count(unit, bucket, most=MOST_WRONG, within_minutes=WRONG_WITHIN_MINUTES)
        raise


def _here(token: str) -> str:
    return url_for("answers.ask", token=token)
