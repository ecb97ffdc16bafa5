"""The page of the people of a hearing that is in session: add somebody at once, take somebody off at once."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.people import Duty
from vctestimony.domain.sides import SIDE_LABELS, Side
from vctestimony.domain.wording import N_
from vctestimony.services import day_people
from vctestimony.services.seating import NotOfferedHere, Seat
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("day_people", __name__, url_prefix="/hearings/<reference>/day/people")

ADDED = N_("Added. The invitation is on its way; write in the log when they came in.")
TAKEN_OFF = N_("Taken off. Put them out of the conference and of the room too, and write that in the log.")
_REASON, _HIGHEST = 500, 2**31 - 1


@bp.get("")
@requires(Action.CHANGE_IN_SESSION)
def show(reference: str) -> ResponseReturnValue:
    """Who takes part now, who could come, and what happens."""
    with reading() as unit:
        page = day_people.page(unit, reference, by=current_actor())
    g.ends = page.zones
    return render_template("day/people.html", page=page, sides=SIDE_LABELS, form=shown_form())


@bp.post("")
@requires(Action.CHANGE_IN_SESSION)
@shown_again_by(show)
def add(reference: str) -> ResponseReturnValue:
    """Let somebody take part from now on."""
    with Form(request.form) as form:
        who, side = form.text("who", limit=40), form.optional_choice("side", Side)
        reason, version = form.text("reason", limit=_REASON), form.version()
    with writing() as unit:
        day_people.add(unit, reference, _seat(who, side), reason=reason, version=version, by=current_actor())
    flash(translate(ADDED))
    return redirect(url_for(".show", reference=reference), code=303)


@bp.post("/off")
@requires(Action.CHANGE_IN_SESSION)
@shown_again_by(show)
def take_off(reference: str) -> ResponseReturnValue:
    """Let somebody take part no longer."""
    with Form(request.form) as form:
        participant = form.integer("participant", least=1, most=_HIGHEST)
        reason, version = form.text("why", limit=_REASON), form.version()
    with writing() as unit:
        day_people.take_off(unit, reference, participant, reason=reason, version=version, by=current_actor())
    flash(translate(TAKEN_OFF))
    return redirect(url_for(".show", reference=reference), code=303)


def _seat(who: str, side: Side | None) -> Seat:
    """The seat of the form: a duty and the number of an official, as the page offers them."""
    duty, _, number = who.partition(".")
    if duty not in set(Duty) or not number.isascii() or not number.isdecimal() or int(number) > _HIGHEST:
        raise NotOfferedHere(field="who")
    return Seat(int(number), Duty(duty), side=side)
