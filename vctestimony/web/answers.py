"""The page behind the signed link in an invitation: looking changes nothing, only the posted form answers.

No cookie proves anything here, so no other site can ride on one: the secret in the address is the credential, and no
page or header passes it on. What is posted must besides carry the seal of a page that was shown for this very link
(scanners that follow links post blindly), and `Sec-Fetch-Site` must not name another site (web/headers.py).
"""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from flask import Blueprint, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.errors import Absent, Invalid
from vctestimony.domain.wording import N_
from vctestimony.services import answers, limits
from vctestimony.services.answer_pages import AnswerPage
from vctestimony.web.answer_forms import OFFERED, said_in
from vctestimony.web.context import open_to_all, reading, writing
from vctestimony.web.language import COOKIE, language_names
from vctestimony.web.proxies import asked_from
from vctestimony.web.saying import said
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("answers", __name__)
MOST_WRONG, WRONG_WITHIN_MINUTES = 30, 15


class NotFromThisPage(Invalid):
    """The form does not carry the seal of the page behind this link."""

    text = N_("Nothing was recorded: the form did not come from this page. Please choose your answer here and send it.")


@bp.get("/answer/<token>")
@open_to_all
def ask(token: str) -> ResponseReturnValue:
    """Show the time in both clocks and the ways to answer."""
    page = _page(token)
    return render_template(
        "answers/ask.html", page=page, form=shown_form(), offered=OFFERED, target=_here(token), seal=seal(token)
    )


@bp.post("/answer/<token>")
@open_to_all
@shown_again_by(ask)
def give(token: str) -> ResponseReturnValue:
    """Record the answer; the same one sent twice is one."""
    with wrong_links_counted(), reading() as unit:
        answers.page(unit, token)
    if not hmac.compare_digest(request.form.get("seal", "").encode(), seal(token).encode()):
        raise NotFromThisPage()
    said = said_in(request.form)
    with writing() as unit:
        answers.give(unit, token, said)
    return render_template("answers/thanks.html", page=_page(token), target=_here(token))


@bp.errorhandler(answers.AnswerClosed)
def closed(refusal: answers.AnswerClosed) -> ResponseReturnValue:
    """Say to whom holds a genuine link why nothing is asked any more; the link is no mistake of theirs."""
    speak(str(refusal.facts.get("language", "")))
    reference = refusal.facts.get("reference", "")
    return render_template("answers/closed.html", reference=reference, sentence=said(refusal)), 410


def seal(token: str) -> str:
    """What only a page shown for this link holds; without the service's key it cannot be made."""
    key = str(current_app.config["SECRET_KEY"])
    return hmac.new(f"answer page|{key}".encode(), token.encode(), sha256).hexdigest()


def _page(token: str) -> AnswerPage:
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
def wrong_links_counted(genuine: type[Absent] = answers.AnswerClosed) -> Iterator[None]:
    """Whoever guesses at links is told to wait; a genuine link opens all the same, for an office shares one address.

    `genuine` is the refusal of a link that is no guess.
    """
    try:
        yield
    except genuine:
        raise
    except Absent:
        with writing() as unit:
            bucket = f"answer|{asked_from()}"
            limits.count(unit, bucket, most=MOST_WRONG, within_minutes=WRONG_WITHIN_MINUTES)
        raise


def _here(token: str) -> str:
    return url_for("answers.ask", token=token)
