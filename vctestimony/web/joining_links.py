"""Pages of joining without an account: behind the answer link, with a code by mail. Looking sends and shows nothing.

What is posted carries the seal of a page shown for this very link (web/answers.py says why).
"""

import hmac

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.joining import CODE_DIGITS, typed_code
from vctestimony.services import joining, joining_by_link
from vctestimony.web.answers import NotFromThisPage, seal, speak, wrong_links_counted
from vctestimony.web.context import open_to_all, reading, service
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("joining_links", __name__, url_prefix="/answer/<token>/joining")


@bp.get("")
@open_to_all
def show(token: str) -> ResponseReturnValue:
    """When the address is shown; then the button that sends a code, and the field for it."""
    with wrong_links_counted(joining.NotEntered), reading() as unit:
        page = joining_by_link.page(unit, token)
    speak(page.language)
    return render_template("answers/joining.html", page=page, form=shown_form(), token=token, seal=seal(token))


@bp.post("/code")
@open_to_all
@shown_again_by(show)
def send(token: str) -> ResponseReturnValue:
    """Mail a code to the address on file."""
    _check_seal(token)
    with wrong_links_counted(joining.NotEntered):
        joining_by_link.send_code(service().units, token)
    return redirect(url_for("joining_links.show", token=token), code=303)


@bp.post("")
@open_to_all
@shown_again_by(show)
def look(token: str) -> ResponseReturnValue:
    """Show the address once; the look is in the journal before the page is made."""
    _check_seal(token)
    with Form(request.form) as form:
        code = form.text("code", limit=4 * CODE_DIGITS)
    with wrong_links_counted(joining.NotEntered):
        page = joining_by_link.look(service().units, token, typed_code(code))
    speak(page.language)
    return render_template("answers/joining_shown.html", page=page, token=token)


def _check_seal(token: str) -> None:
    if not hmac.compare_digest(request.form.get("seal", "").encode(), seal(token).encode()):
        raise NotFromThisPage()
