"""Pages of passkeys: adding one, and showing one at sign-in. Only these need a script (static/passkey.js)."""

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.passkeys import PasskeyRefused
from vctestimony.domain.wording import N_
from vctestimony.services import passkeys, second_steps
from vctestimony.web.context import current_actor, open_to_all, reading, requires, service, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate
from vctestimony.web.paths import local_path
from vctestimony.web.second_steps import PASSKEY_SHOWN, ask, codes_page
from vctestimony.web.sessions import renewed_by, this_session
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("passkey", __name__)

MADE = "passkey_made"
ANSWER_LENGTH = 20_000
ADDED = N_("The passkey was added. You were signed out everywhere else.")
TAKEN_AWAY = N_("The passkey was taken away. You were signed out everywhere else.")


@bp.get("/account/second-step/passkey")
@requires(Action.OWN_ACCOUNT, fresh=True)
def new() -> ResponseReturnValue:
    """Name the passkey, and let the browser make it."""
    with reading() as unit:
        question = passkeys.ask_to_make(unit, by=current_actor())
    session[MADE] = question.challenge
    return render_template("account/passkey.html", form=shown_form(), options=question.options)


@bp.post("/account/second-step/passkey")
@requires(Action.OWN_ACCOUNT, fresh=True)
@shown_again_by(new)
def add() -> ResponseReturnValue:
    """Take the browser's answer; who has no recovery codes yet is shown ten."""
    challenge = session.pop(MADE, None)
    with Form(request.form) as form:
        name, answer = form.text("name", limit=100), form.secret("answer", limit=ANSWER_LENGTH)
    if not isinstance(challenge, str):
        raise PasskeyRefused()
    by, session_id = current_actor(), this_session()
    with writing() as unit:
        passkeys.add(unit, answer, challenge=challenge, name=name, session_id=session_id, by=by)
        has_codes = second_steps.standing(unit, by.account_id).codes_left > 0
        codes = () if has_codes else second_steps.new_codes(unit, by=by)
    flash(translate(ADDED))
    return codes_page(codes) if codes else redirect(url_for("second_step.show"), code=303)


@bp.post("/account/second-step/passkey/<int:passkey_id>/remove")
@requires(Action.OWN_ACCOUNT, fresh=True)
def remove(passkey_id: int) -> ResponseReturnValue:
    """Take a passkey away."""
    with writing() as unit:
        second_steps.remove_passkey(unit, passkey_id, session_id=this_session(), by=current_actor())
    flash(translate(TAKEN_AWAY))
    return redirect(url_for("second_step.show"), code=303)


@bp.post("/sign-in/passkey")
@open_to_all
@shown_again_by(ask)
def take() -> ResponseReturnValue:
    """Take the browser's answer as the second step. The browser gets a session it never had before."""
    account_id, session_id, challenge = g.get("waiting_id"), this_session(), session.pop(PASSKEY_SHOWN, None)
    if account_id is None or session_id is None or not isinstance(challenge, str):
        return redirect(url_for("account.sign_in"), code=303)
    with Form(request.form) as form:
        answer = form.secret("answer", limit=ANSWER_LENGTH)
    with renewed_by() as token:
        passkeys.take(
            service().units, answer, challenge=challenge, account_id=account_id, session_id=session_id, token=token
        )
    return redirect(local_path(request.form.get("next", "")), code=303)
