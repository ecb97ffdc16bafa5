"""Pages of how a hearing's conference is joined: the form of the coordinator, and the address behind a button."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.joining import LONGEST_ADDRESS, LONGEST_PASSCODE, Joining
from vctestimony.services import joining, joining_changes
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("joining", __name__, url_prefix="/hearings/<reference>/joining")


@bp.get("")
@requires(Action.PLAN)
def form(reference: str) -> ResponseReturnValue:
    """The empty form; what is entered already is shown only behind its button."""
    with reading() as unit:
        page = joining_changes.open_form(unit, reference, by=current_actor())
    return render_template("hearings/joining_form.html", page=page, form=shown_form())


@bp.post("")
@requires(Action.PLAN)
@shown_again_by(form)
def enter(reference: str) -> ResponseReturnValue:
    """Keep the address; everybody invited is told that it changed."""
    with Form(request.form) as form:
        address = form.text("address", limit=LONGEST_ADDRESS)
        passcode = form.optional_text("passcode", limit=LONGEST_PASSCODE)
        version = form.version()
    with writing() as unit:
        joining_changes.enter(unit, reference, Joining(address, passcode), version=version, by=current_actor())
    return redirect(url_for("hearings.detail", reference=reference), code=303)


@bp.post("/withdraw")
@requires(Action.PLAN)
@shown_again_by(form)
def withdraw(reference: str) -> ResponseReturnValue:
    """Take the address back."""
    with Form(request.form) as form:
        version = form.version()
    with writing() as unit:
        joining_changes.withdraw(unit, reference, version=version, by=current_actor())
    return redirect(url_for("hearings.detail", reference=reference), code=303)


@bp.post("/look")
@requires(Action.SEE_JOINING)
def look(reference: str) -> ResponseReturnValue:
    """Show the address once; the look is in the journal before the page is made."""
    with writing() as unit:
        page = joining.look(unit, reference, by=current_actor())
    return render_template("hearings/joining.html", page=page)
