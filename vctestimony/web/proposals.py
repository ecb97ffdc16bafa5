"""Pages of what people propose: one proposal with what the search says of it, and what to do about it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import proposal_settling, proposal_views, submissions, substitutes
from vctestimony.web.booking import done, remember, show_ends
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("proposals", __name__, url_prefix="/hearings/<reference>/proposals/<int:number>")
_WORDS = 1000


@bp.get("")
@requires(Action.BOOK)
def show(reference: str, number: int) -> ResponseReturnValue:
    """The proposal, whether it is possible, and the ways to settle it."""
    with reading() as unit:
        page = proposal_views.open_page(unit, reference, number, by=current_actor())
    show_ends(page.subject)
    known = page.registered
    form = shown_form(name=known.name if known else "", designation=known.designation if known else "")
    return render_template("proposals/show.html", page=page, form=form)


@bp.post("/decline")
@requires(Action.BOOK)
@shown_again_by(show)
def decline(reference: str, number: int) -> ResponseReturnValue:
    """Decline with words for the author; the same form sent twice is one."""
    with Form(request.form) as form:
        words = form.long_text("words", limit=_WORDS)
    with writing() as unit:
        proposal_settling.decline(unit, reference, number, words=words, by=current_actor())
    return done(reference)


@bp.post("/accept")
@requires(Action.BOOK)
@shown_again_by(show)
def accept(reference: str, number: int) -> ResponseReturnValue:
    """Let the substitute take the place; a double click does it once."""
    with Form(request.form) as form:
        name, designation = form.text("name"), form.text("designation")
        version, key = form.version(), form.key()
    by = current_actor()
    with writing() as unit:
        if submissions.already(unit, key) is None:
            substitutes.accept(unit, reference, number, name=name, designation=designation, version=version, by=by)
            remember(unit, key, reference)
    return done(reference)
