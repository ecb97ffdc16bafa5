"""Pages of an official's own calendars: what is kept of them, how each stands, subscribing, uploading, removing."""

from contextlib import suppress

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.busy import HEALTH_LABELS
from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_
from vctestimony.services import busy_refreshing, busy_times, busy_views, limits, submissions
from vctestimony.web.context import current_actor, reading, requires, service, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate
from vctestimony.web.shown import shown_again_by, shown_form
from vctestimony.web.uploads import uploaded

bp = Blueprint("busy", __name__, url_prefix="/officials/<int:official_id>/busy")
MOST_UPLOADS = 10


class CalendarFileNeeded(Invalid):
    """Nothing was chosen to be read."""

    text = N_("Choose the calendar file (.ics) that is to be read.")


@bp.get("")
@requires(Action.KEEP_BUSY_TIMES)
def show(official_id: int) -> ResponseReturnValue:
    """The calendars of the official and what they take."""
    with reading() as unit:
        page = busy_views.busy_page(unit, official_id, by=current_actor())
    return render_template("places/busy.html", page=page, healths=HEALTH_LABELS, form=shown_form(), translate=translate)


@bp.post("/subscribe")
@requires(Action.KEEP_BUSY_TIMES)
@shown_again_by(show)
def subscribe(official_id: int) -> ResponseReturnValue:
    """Have the calendar at an address read from now on, and read it for the first time."""
    with Form(request.form) as form:
        address, key = form.text("address", limit=2000), form.key()
    made = None
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            made = busy_times.subscribe(unit, official_id, address, by=current_actor())
            outcome = url_for(".show", official_id=official_id)
            submissions.remember(unit, key, outcome, by=current_actor())
    if made is not None:
        with suppress(limits.TooManyTries):  # then the worker reads it
            busy_refreshing.refresh_now(service().units, official_id, made, by=current_actor())
    return redirect(outcome, code=303)


@bp.post("/upload")
@requires(Action.KEEP_BUSY_TIMES)
@shown_again_by(show)
def upload(official_id: int) -> ResponseReturnValue:
    """Read a calendar file."""
    content = uploaded("file")
    with Form(request.form) as form:
        if not content:
            form.refuse("file", CalendarFileNeeded())
    with writing() as unit:
        busy_times.official_with_calendars(unit, official_id, by=current_actor())
        limits.count(unit, f"busy-file|{official_id}", most=MOST_UPLOADS, within_minutes=15)
    busy_times.upload(service().units, official_id, content, by=current_actor())
    return redirect(url_for(".show", official_id=official_id), code=303)


def _shown(official_id: int, source_id: int) -> ResponseReturnValue:  # noqa: ARG001  # the address names the calendar
    return show(official_id)


@bp.post("/<int:source_id>/refresh")
@requires(Action.KEEP_BUSY_TIMES)
@shown_again_by(_shown)
def refresh(official_id: int, source_id: int) -> ResponseReturnValue:
    """Read a subscribed calendar at once."""
    busy_refreshing.refresh_now(service().units, official_id, source_id, by=current_actor())
    return redirect(url_for(".show", official_id=official_id), code=303)


@bp.post("/<int:source_id>/remove")
@requires(Action.KEEP_BUSY_TIMES)
def remove(official_id: int, source_id: int) -> ResponseReturnValue:
    """Forget a calendar and all that it takes."""
    with writing() as unit:
        busy_times.remove(unit, official_id, source_id, by=current_actor())
    return redirect(url_for(".show", official_id=official_id), code=303)
