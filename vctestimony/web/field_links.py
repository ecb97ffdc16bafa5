"""Pages on which the coordinator hands out checklists for phones, and sees what came by them and was not taken."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.wording import N_
from vctestimony.services import field_links, field_remarks, submissions
from vctestimony.services.field_remarks import OnChecklist
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate
from vctestimony.web.shown import shown_again_by, shown_form
from vctestimony.web.square_codes import square_code

bp = Blueprint("field_links", __name__, url_prefix="/hearings/<reference>/phones")
_DOERS = {"make": field_links.make, "send": field_links.send, "withdraw": field_links.withdraw}
_DONE = {
    "make": N_("The link is made. Let them scan it here, or send it."),
    "send": N_("The mail with the link is on its way."),
    "withdraw": N_("The link is withdrawn. It opens nothing any more."),
}


@bp.get("")
@requires(Action.BOOK)
def index(reference: str) -> ResponseReturnValue:
    """Who may have a link and how it stands, and every tick that was not taken."""
    with reading() as unit:
        links = field_links.of_hearing(unit, reference, by=current_actor())
        remarks = field_remarks.of_hearing(unit, reference, by=current_actor())
    return render_template("field/links.html", reference=reference, links=links, remarks=remarks)


@bp.get("/<int:participant>")
@requires(Action.BOOK)
def show(reference: str, participant: int) -> ResponseReturnValue:
    """One person's link: to be scanned, copied, mailed or withdrawn."""
    with reading() as unit:
        link = field_links.of_person(unit, reference, participant, by=current_actor())
    code = square_code(link.address) if link.address else None
    return render_template("field/link.html", link=link, code=code, form=shown_form())


@bp.post("/<int:participant>")
@requires(Action.BOOK)
@shown_again_by(show)
def change(reference: str, participant: int) -> ResponseReturnValue:
    """Make, mail or withdraw the link; a double click does it once."""
    with Form(request.form) as form:
        what, key = form.one_of("what", _DOERS), form.key()
    here = url_for(".show", reference=reference, participant=participant)
    with writing() as unit:
        if submissions.already(unit, key) is None:
            _DOERS[what](unit, reference, participant, by=current_actor())
            submissions.remember(unit, key, here, by=current_actor())
            flash(translate(_DONE[what]))
    return redirect(here, code=303)


@bp.app_template_global("phones_of")
def on_checklist(reference: str, step_id: str = "") -> OnChecklist:
    """For the pages of a checklist: what is to be said about ticks that came by a link, of all steps or of one."""
    with reading() as unit:
        return field_remarks.on_checklist(unit, reference, step_id, by=current_actor())
