"""Pages of the second step: taking it at sign-in, and setting it up. Passkeys are in `passkeys.py`."""

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.wording import N_
from vctestimony.services import account_lists, passkeys, second_step_taking, second_steps, sessions, setting_up_anew
from vctestimony.web.context import current_actor, open_to_all, reading, requires, service, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate
from vctestimony.web.paths import local_path
from vctestimony.web.sessions import forget, renewed_by, this_session
from vctestimony.web.shown import shown_again_by, shown_form
from vctestimony.web.square_codes import square_code

bp = Blueprint("second_step", __name__)

OFFERED, PASSKEY_SHOWN = "second_step_offered", "passkey_shown"
CODE_LENGTH = 60
FEW_LEFT = N_("You used one of your recovery codes. {left} are left; make new ones before they run out.")
SWITCHED_ON = N_("The app is set up. From now on signing in asks for its code. You were signed out everywhere else.")
ON_ITS_WAY = N_("A link is on its way to your mailbox. It works once, for one hour; those before it no more.")
TAKEN_AWAY = N_("It was taken away. You were signed out everywhere else.")


@bp.get("/sign-in/second-step")
@open_to_all
def ask() -> ResponseReturnValue:
    """Ask for the code; who has nothing to show here goes on."""
    wanted = local_path(request.values.get("next", ""))
    account_id: int | None = g.get("waiting_id")
    if account_id is None:
        return redirect(wanted)
    with reading() as unit:
        standing = second_steps.standing(unit, account_id)
        shown = service().is_demo and not standing.waits_for_link and second_steps.is_demonstration(unit, account_id)
        code = second_steps.demonstration_code(unit, account_id) if shown else None
        question = passkeys.ask_to_show(unit, account_id)
    if question is not None:
        session[PASSKEY_SHOWN] = question.challenge
    return render_template(
        "account/second_step.html",
        form=shown_form(next=wanted),
        standing=standing,
        shown=shown,
        code=code,
        options=question.options if question else "",
    )


@bp.post("/sign-in/second-step")
@open_to_all
@shown_again_by(ask)
def take() -> ResponseReturnValue:
    """Take the code. The browser gets a session it never had before."""
    account_id, session_id = g.get("waiting_id"), this_session()
    if account_id is None or session_id is None:
        return redirect(url_for("account.sign_in"), code=303)
    with Form(request.form) as form:
        given = form.text("code", limit=CODE_LENGTH)
    units = service().units
    with renewed_by() as token:
        how = second_step_taking.take(units, account_id=account_id, given=given, session_id=session_id, token=token)
    if how == second_step_taking.PAPER:
        with reading() as unit:
            flash(translate(FEW_LEFT).format(left=second_steps.standing(unit, account_id).codes_left))
    return redirect(local_path(request.form.get("next", "")), code=303)


@bp.post("/sign-in/second-step/link")
@open_to_all
def mail_link() -> ResponseReturnValue:
    """Mail another link to whoever gave the password, and whose second step was taken away."""
    account_id: int | None = g.get("waiting_id")
    if account_id is not None:
        with writing() as unit:
            setting_up_anew.mail_again(unit, account_id)
        flash(translate(ON_ITS_WAY))
    return redirect(url_for(".ask"), code=303)


@bp.post("/sign-in/again")
@open_to_all
def leave() -> ResponseReturnValue:
    """Begin anew, as somebody else or with another password."""
    session_id = this_session()
    if session_id is not None and g.get("waiting_id") is not None:
        with writing() as unit:
            sessions.end(unit, session_id)
        forget()
    return redirect(url_for("account.sign_in"), code=303)


@bp.get("/account/second-step")
@requires(Action.OWN_ACCOUNT)
def show() -> ResponseReturnValue:
    """What one has besides the password."""
    with reading() as unit:
        standing = second_steps.standing(unit, current_actor().account_id)
    return render_template("account/second_steps.html", standing=standing, form=shown_form())


@bp.post("/account/second-step/app")
@requires(Action.OWN_ACCOUNT, fresh=True)
def begin_app() -> ResponseReturnValue:
    """Make a secret for an app; it counts once a first code was typed."""
    with reading() as unit:
        session[OFFERED] = list(second_steps.new_secret(unit, current_actor().account_id))
    return redirect(url_for(".app"), code=303)


@bp.get("/account/second-step/app")
@requires(Action.OWN_ACCOUNT)
def app() -> ResponseReturnValue:
    """The square code for the app, and the field for its first code."""
    sealed = _offered()
    if sealed is None:
        return redirect(url_for(".show"), code=303)
    with reading() as unit:
        offer = second_steps.offer(unit, sealed, by=current_actor())
    code = square_code(offer.address)
    return render_template("account/authenticator.html", offer=offer, code=code, form=shown_form())


@bp.post("/account/second-step/app/confirm")
@requires(Action.OWN_ACCOUNT, fresh=True)
@shown_again_by(app)
def confirm_app() -> ResponseReturnValue:
    """Take the first code; who has no recovery codes yet is shown ten."""
    sealed = _offered()
    if sealed is None:
        return redirect(url_for(".show"), code=303)
    with Form(request.form) as form:
        code = form.text("code", limit=CODE_LENGTH)
    by, session_id = current_actor(), this_session()
    with writing() as unit:
        second_steps.confirm_app(unit, sealed, code=code, session_id=session_id, by=by)
        has_codes = second_steps.standing(unit, by.account_id).codes_left > 0
        codes = () if has_codes else second_steps.new_codes(unit, by=by)
    session.pop(OFFERED, None)
    flash(translate(SWITCHED_ON))
    return codes_page(codes) if codes else redirect(url_for(".show"), code=303)


@bp.post("/account/second-step/app/remove")
@requires(Action.OWN_ACCOUNT, fresh=True)
@shown_again_by(show)
def remove_app() -> ResponseReturnValue:
    """Take the app away."""
    with writing() as unit:
        second_steps.remove_app(unit, session_id=this_session(), by=current_actor())
    flash(translate(TAKEN_AWAY))
    return redirect(url_for(".show"), code=303)


@bp.post("/account/second-step/codes")
@requires(Action.OWN_ACCOUNT, fresh=True)
@shown_again_by(show)
def new_codes() -> ResponseReturnValue:
    """Ten new recovery codes, shown this once."""
    with writing() as unit:
        codes = second_steps.new_codes(unit, by=current_actor())
    return codes_page(codes)


def codes_page(codes: tuple[str, ...]) -> str:
    """The only time the codes are shown; they are stored nowhere."""
    with reading() as unit:
        account = account_lists.own_account(unit, by=current_actor())
    return render_template("account/recovery_codes.html", codes=codes, account=account)


def _offered() -> tuple[str, str] | None:
    kept = session.get(OFFERED)
    return (str(kept[0]), str(kept[1])) if isinstance(kept, list) and len(kept) == len(("key", "sealed")) else None
