"""Pages of mails: those that did not arrive and what to do about each, and what was written about one hearing."""

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import mail_lists, resending, submissions
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("mails", __name__)


@bp.get("/mails")
@requires(Action.KEEP_MAILS)
def index() -> ResponseReturnValue:
    """Mails that did not arrive and that nobody saw to, and how many have still to leave."""
    with reading() as unit:
        lines = mail_lists.undelivered(unit, by=current_actor())
        waiting = mail_lists.count_waiting(unit, by=current_actor())
    return render_template("mails/undelivered.html", lines=lines, waiting=waiting)


@bp.post("/mails/<int:mail_id>/send")
@requires(Action.KEEP_MAILS)
def send_again(mail_id: int) -> ResponseReturnValue:
    """Let it leave once more."""
    with writing() as unit:
        resending.send_again(unit, mail_id, by=current_actor())
    return redirect(url_for(".index"), code=303)


@bp.post("/mails/<int:mail_id>/settle")
@requires(Action.KEEP_MAILS)
def settle(mail_id: int) -> ResponseReturnValue:
    """Note that the person was told in another way."""
    with writing() as unit:
        resending.settle(unit, mail_id, by=current_actor())
    return redirect(url_for(".index"), code=303)


@bp.get("/mails/<int:mail_id>/address")
@requires(Action.KEEP_MAILS)
def address(mail_id: int) -> ResponseReturnValue:
    """The form for another address."""
    with reading() as unit:
        found = mail_lists.to_correct(unit, mail_id, by=current_actor())
    return render_template("mails/address.html", page=found, form=shown_form(email=found.official_email))


@bp.post("/mails/<int:mail_id>/address")
@requires(Action.KEEP_MAILS)
@shown_again_by(address)
def correct(mail_id: int) -> ResponseReturnValue:
    """Give the official another address, and invite them there; the same form sent twice does it once."""
    with Form(request.form) as form:
        email, version, key = form.text("email", limit=254), form.version(), form.key()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            resending.correct_address(unit, mail_id, email, version=version, by=current_actor())
            outcome = url_for(".index")
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


@bp.get("/hearings/<reference>/mails")
@requires(Action.SEE_MAILS)
def of_hearing(reference: str) -> ResponseReturnValue:
    """Every mail about the hearing, and what became of it."""
    with reading() as unit:
        page = mail_lists.of_hearing(unit, reference, by=current_actor())
        g.ends = page.ends
    return render_template("mails/hearing.html", page=page)


@bp.post("/hearings/<reference>/mails/<int:mail_id>.eml")
@requires(Action.TAKE_MAILS)
def raw(reference: str, mail_id: int) -> ResponseReturnValue:
    """The mail as a file, which a mail program opens; taking it is written down."""
    with writing() as unit:
        content = resending.raw(unit, reference, mail_id, by=current_actor())
    response = Response(content, mimetype="message/rfc822")
    response.headers["Content-Disposition"] = f'attachment; filename="{reference}-{mail_id}.eml"'
    return response
