"""Pages of mail held after a restore: what would leave, and the buttons that drop one mail or release the rest."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import held_mails
from vctestimony.web.context import current_actor, reading, requires, writing

bp = Blueprint("held_mails", __name__)


@bp.get("/admin/held-mails")
@requires(Action.ADMINISTER)
def index() -> ResponseReturnValue:
    """What would leave if the mail were released."""
    after = request.args.get("after", 0, type=int)
    with reading() as unit:
        found = held_mails.page(unit, by=current_actor(), after=max(0, min(after, 2**31 - 1)))
    return render_template("mails/held.html", page=found)


@bp.post("/admin/held-mails/<int:mail_id>/drop")
@requires(Action.ADMINISTER)
def drop(mail_id: int) -> ResponseReturnValue:
    """Let one mail never leave."""
    with writing() as unit:
        held_mails.drop(unit, mail_id, by=current_actor())
    return redirect(url_for(".index"), code=303)


@bp.post("/admin/held-mails/release")
@requires(Action.ADMINISTER)
def release() -> ResponseReturnValue:
    """Let the rest leave."""
    with writing() as unit:
        held_mails.release(unit, by=current_actor())
    return redirect(url_for(".index"), code=303)
