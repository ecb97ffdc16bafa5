"""Pages that take, move, call off and confirm a time. Each says first who will be told what; nothing is sent before."""

from datetime import datetime

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain import entered
from vctestimony.domain.access import Action
from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_
from vctestimony.services import booking_views, offering, proposal_views, scheduling, submissions
from vctestimony.services.booking_views import Subject
from vctestimony.services.finding import chosen_wall
from vctestimony.services.offering import Offer
from vctestimony.services.unit import Unit
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.numbers import asked
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("booking", __name__, url_prefix="/hearings/<reference>")
_REASON = 1000


class NotAStart(Invalid):
    """No day and time of day can be read from the address."""

    text = N_("Choose one of the offered times, or write a day and a time of day.")


@bp.get("/book")
@requires(Action.BOOK)
def check(reference: str) -> ResponseReturnValue:
    """The chosen time on both clocks, and exactly who will be mailed what."""
    starts_wall = start_asked_for()
    with reading() as unit:
        page = booking_views.book_page(unit, reference, starts_wall=starts_wall, by=current_actor())
    show_ends(page.subject)
    return render_template("hearings/book.html", page=page, form=shown_form(reason=_proposed_reason(reference)))


@bp.post("/book")
@requires(Action.BOOK)
@shown_again_by(check)
def book(reference: str) -> ResponseReturnValue:
    """Book or hold the time, as the pressed button says; a double click books once."""
    starts_wall = start_asked_for()
    with Form(request.form) as form:
        what, zone = form.one_of("what", ("book", "hold")), form.text("zone", limit=60)
        version, key = form.version(), form.key()
    by = current_actor()
    with writing() as unit:
        if submissions.already(unit, key) is None:
            if what == "book":
                scheduling.book(unit, reference, starts_wall=starts_wall, zone=zone, version=version, by=by)
            else:
                offering.offer(unit, reference, Offer(starts=(starts_wall,), zone=zone), version=version, by=by)
            remember(unit, key, reference)
    return done(reference)


@bp.post("/move")
@requires(Action.BOOK)
@shown_again_by(check)
def move(reference: str) -> ResponseReturnValue:
    """Move the hearing; everybody gets the old and the new time."""
    starts_wall = start_asked_for()
    with Form(request.form) as form:
        zone, reason = form.text("zone", limit=60), form.long_text("reason", limit=_REASON)
        version, key = form.version(), form.key()
    by = current_actor()
    with writing() as unit:
        if submissions.already(unit, key) is None:
            scheduling.move(unit, reference, starts_wall=starts_wall, zone=zone, reason=reason, version=version, by=by)
            remember(unit, key, reference)
    return done(reference)


@bp.get("/cancel")
@requires(Action.BOOK)
def ask_cancel(reference: str) -> ResponseReturnValue:
    """What calling off would do, before it is done."""
    with reading() as unit:
        page = booking_views.cancel_page(unit, reference, by=current_actor())
    show_ends(page.subject)
    return render_template("hearings/cancel.html", page=page, form=shown_form())


@bp.post("/cancel")
@requires(Action.BOOK)
@shown_again_by(ask_cancel)
def cancel(reference: str) -> ResponseReturnValue:
    """Call the hearing off."""
    with Form(request.form) as form:
        reason, version, key = form.long_text("reason", limit=_REASON), form.version(), form.key()
    with writing() as unit:
        if submissions.already(unit, key) is None:
            scheduling.cancel(unit, reference, reason=reason, version=version, by=current_actor())
            remember(unit, key, reference)
    return done(reference)


@bp.get("/confirm")
@requires(Action.CONFIRM)
def ask_confirm(reference: str) -> ResponseReturnValue:
    """What still stands before confirming, or the button."""
    with reading() as unit:
        page = booking_views.confirm_page(unit, reference, by=current_actor())
    show_ends(page.subject)
    return render_template("hearings/confirm.html", page=page, form=shown_form())


@bp.post("/confirm")
@requires(Action.CONFIRM)
@shown_again_by(ask_confirm)
def confirm(reference: str) -> ResponseReturnValue:
    """Confirm the hearing, unless a step or a person is missing."""
    with Form(request.form) as form:
        version, key, anyway = form.version(), form.key(), form.ticked("all_the_same")
    with writing() as unit:
        if submissions.already(unit, key) is None:
            scheduling.confirm(unit, reference, version=version, by=current_actor(), all_the_same=anyway)
            remember(unit, key, reference)
    return done(reference)


def start_asked_for() -> datetime:
    """The start in the address or form: one of those offered, or a day and a time of day typed by hand."""
    wall = chosen_wall(request.values.get("start", ""))
    if wall is None and "on" in request.values:
        wall = datetime.combine(entered.day(request.values["on"]), entered.clock(request.values.get("at", "")))
    if wall is None:
        raise NotAStart(field="start")
    return wall


def _proposed_reason(reference: str) -> str:
    """The reason of a move that accepts the proposal in the address; nothing without one."""
    number = asked(request.args, "proposal")
    if number is None:
        return ""
    with reading() as unit:
        return proposal_views.reason_for(unit, reference, number, by=current_actor())


def show_ends(subject: Subject) -> None:
    """Let the clocks of the page's head be those of the hearing."""
    g.ends = ((subject.court_zone, subject.court_city), (subject.remote_zone, subject.remote_city))


def remember(unit: Unit, key: submissions.FormKey, reference: str) -> None:
    """Keep that the form with this key led to the hearing's page."""
    submissions.remember(unit, key, url_for("hearings.detail", reference=reference), by=current_actor())


def done(reference: str) -> ResponseReturnValue:
    """On to the hearing's page."""
    return redirect(url_for("hearings.detail", reference=reference), code=303)
