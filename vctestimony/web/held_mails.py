"""Pages of mail held after a restore: what would leave, and the buttons that drop or release some of it, or all."""

from enum import StrEnum

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.wording import N_
from vctestimony.services import held_mails
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("held_mails", __name__)


class What(StrEnum):
    """What becomes of the mails that were ticked."""

    RELEASE = "release"
    DROP = "drop"


_DONE = {What.RELEASE: N_("Mails that leave now: %(count)s."), What.DROP: N_("Mails that will not leave: %(count)s.")}


@bp.get("/admin/held-mails")
@requires(Action.ADMINISTER)
def index() -> ResponseReturnValue:
    """What would leave if the mail were released."""
    after = request.args.get("after", 0, type=int)
    with reading() as unit:
        found = held_mails.page(unit, by=current_actor(), after=max(0, min(after, 2**31 - 1)))
    return render_template("mails/held.html", page=found, form=shown_form())


@bp.post("/admin/held-mails/choose")
@requires(Action.ADMINISTER)
@shown_again_by(index)
def choose() -> ResponseReturnValue:
    """Let the ticked mails leave, or let them never leave; the rest stays held."""
    with Form(request.form) as form:
        what, chosen = form.choice("what", What), form.integers("mail")
    with writing() as unit:
        act = held_mails.let_go if what is What.RELEASE else held_mails.drop
        count = act(unit, chosen, by=current_actor())
    flash(translate(_DONE[what]) % {"count": count}, "ok")
    return redirect(url_for(".index"), code=303)


@bp.post("/admin/held-mails/release")
@requires(Action.ADMINISTER)
def release() -> ResponseReturnValue:
    """Let the rest leave."""
    with writing() as unit:
        held_mails.release(unit, by=current_actor())
    return redirect(url_for(".index"), code=303)
