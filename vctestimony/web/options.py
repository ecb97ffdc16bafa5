"""Pages that offer several times, show who can come to which, and book one of them."""

from datetime import datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.errors import Invalid
from vctestimony.domain.options import HOURS_OFFERED, USUAL_HOURS, NoOptions
from vctestimony.domain.wording import N_
from vctestimony.services import offering, option_views, submissions
from vctestimony.services.finding import chosen_wall
from vctestimony.services.offering import Offer
from vctestimony.web.booking import done, remember, show_ends
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.saying import said
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("options", __name__, url_prefix="/hearings/<reference>")
_MOST_NUMBER = 3


class NotStarts(Invalid):
    """The address holds something that is no start."""

    text = N_("Choose the times again from those offered.")


@bp.get("/offer")
@requires(Action.BOOK)
def check(reference: str) -> ResponseReturnValue:
    """The ticked times on both clocks, who will be asked, and the words of the mail; holds nothing yet."""
    with reading() as unit:
        page = option_views.offer_page(unit, reference, starts=_starts(), by=current_actor())
    show_ends(page.subject)
    problem = said(page.problem) if page.problem else ""
    form = shown_form(hours=str(USUAL_HOURS))
    return render_template("options/offer.html", page=page, form=form, problem=problem, hours=HOURS_OFFERED)


@bp.post("/offer")
@requires(Action.BOOK)
@shown_again_by(check)
def offer(reference: str) -> ResponseReturnValue:
    """Hold all of the times or none, and ask or not, as the pressed button says; a double click offers once."""
    with Form(request.form) as form:
        hours, zone = form.one_of("hours", tuple(map(str, HOURS_OFFERED))), form.text("zone", limit=60)
        asks = form.one_of("what", ("ask", "hold")) == "ask"
        version, key = form.version(), form.key()
    what = Offer(starts=_starts(), zone=zone, hours=int(hours), asks=asks)
    with writing() as unit:
        if submissions.already(unit, key) is None:
            offering.offer(unit, reference, what, version=version, by=current_actor())
            remember(unit, key, reference)
    return done(reference)


@bp.get("/options")
@requires(Action.BOOK)
def show(reference: str) -> ResponseReturnValue:
    """Everybody's answer to every option."""
    with reading() as unit:
        page = option_views.options_page(unit, reference, by=current_actor())
    show_ends(page.subject)
    return render_template("options/show.html", page=page, form=shown_form())


@bp.post("/options")
@requires(Action.BOOK)
@shown_again_by(show)
def book(reference: str) -> ResponseReturnValue:
    """Book the option whose button was pressed; the others are given back."""
    with Form(request.form) as form:
        number = form.integer("number", least=1, most=_MOST_NUMBER)
        seen, version, key = form.optional_text("seen"), form.version(), form.key()
    by = current_actor()
    with writing() as unit:
        if submissions.already(unit, key) is None:
            offering.book(unit, reference, number=number, answers_seen=seen, version=version, by=by)
            remember(unit, key, reference)
    return done(reference)


def _starts() -> tuple[datetime, ...]:
    """The starts in the address or form."""
    walls = [chosen_wall(text) for text in request.values.getlist("start")]
    if not walls:
        raise NoOptions(field="start")
    found = tuple(wall for wall in walls if wall is not None)
    if len(found) < len(walls) or len(found) > 2 * _MOST_NUMBER:
        raise NotStarts(field="start")
    return found
