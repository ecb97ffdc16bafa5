"""The page by which a presiding officer orders a time at which officials are taken: each is named, the reason asked."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import overlap_views, overlaps, submissions
from vctestimony.services.overlaps import Order
from vctestimony.web.booking import done, remember, show_ends, start_asked_for
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.saying import said
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("overlaps", __name__, url_prefix="/hearings/<reference>")
_REASON = 2000
_MARK = 4000


@bp.get("/overlap")
@requires(Action.OVERLAP)
def check(reference: str) -> ResponseReturnValue:
    """Ask for a time, or name everybody whom that time would take twice; nothing is booked yet."""
    starts_wall = start_asked_for() if any(name in request.values for name in ("start", "on")) else None
    with reading() as unit:
        page = overlap_views.overlap_page(unit, reference, starts_wall=starts_wall, by=current_actor())
    show_ends(page.subject)
    problem = said(page.problem) if page.problem else ""
    return render_template("options/overlap.html", page=page, form=shown_form(), problem=problem)


@bp.post("/overlap")
@requires(Action.OVERLAP)
@shown_again_by(check)
def order(reference: str) -> ResponseReturnValue:
    """Book or move the hearing by order; a double click orders once."""
    starts_wall = start_asked_for()
    with Form(request.form) as form:
        zone, reason = form.text("zone", limit=60), form.long_text("reason", limit=_REASON)
        seen, version, key = form.optional_text("seen", limit=_MARK), form.version(), form.key()
    what = Order(starts_wall=starts_wall, zone=zone, reason=reason, clashes_seen=seen)
    with writing() as unit:
        if submissions.already(unit, key) is None:
            overlaps.book(unit, reference, what, version=version, by=current_actor())
            remember(unit, key, reference)
    return done(reference)
