"""Pages of one's own account: sign in and out, password, language, sessions."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action, may_ever
from vctestimony.domain.passphrases import LONGEST, SHORTEST
from vctestimony.domain.people import ROLE_LABELS
from vctestimony.domain.wording import N_
from vctestimony.services import (
    account_lists,
    accounts,
    feed_addresses,
    provider_links,
    second_steps,
    sessions,
    signing_in,
)
from vctestimony.services.limits import TooManyTries
from vctestimony.web.context import current_actor, open_to_all, reading, requires, service, signed_in, writing
from vctestimony.web.errors import TITLES, Trouble, answer
from vctestimony.web.forms import Form
from vctestimony.web.headers import FORGET_EVERYTHING
from vctestimony.web.language import language_names, remember, translate
from vctestimony.web.paths import local_path
from vctestimony.web.proxies import asked_from
from vctestimony.web.saying import said
from vctestimony.web.sessions import begin, forget, has_passed, this_session
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("account", __name__)

PASSWORD_CHANGED = N_("Your password has been changed. You were signed out everywhere else.")


@bp.app_errorhandler(TooManyTries)
def too_many(refusal: TooManyTries) -> ResponseReturnValue:
    """429, and when to come again (RFC 6585 4)."""
    sentence = said(refusal)
    response = answer(
        Trouble(status=429, title=translate(TITLES[429]), sentence=sentence, advice="", code=refusal.code)
    )
    response.headers["Retry-After"] = str(refusal.seconds)
    return response


@bp.get("/sign-in")
@open_to_all
def sign_in() -> ResponseReturnValue:
    """The form; who is signed in already goes on."""
    wanted = local_path(request.values.get("next", ""))
    if signed_in() is not None:
        return redirect(wanted)
    if g.get("waiting_id") is not None:
        return redirect(url_for("second_step.ask", next=wanted))
    return render_template("account/sign_in.html", form=shown_form(next=wanted), provider=provider_name())


@bp.post("/sign-in")
@open_to_all
@shown_again_by(sign_in)
def enter() -> ResponseReturnValue:
    """Sign in. The browser gets a session it never had before."""
    with Form(request.form) as form:
        email, password = form.text("email", limit=254), form.secret("password", limit=LONGEST)
    account_id = signing_in.sign_in(service().units, email=email, password=password, address=asked_from())
    begin(account_id)
    wanted = local_path(request.form.get("next", ""))
    with reading() as unit:
        is_done = not second_steps.standing(unit, account_id).is_asked
    return redirect(wanted if is_done else url_for("second_step.ask", next=wanted), code=303)


@bp.post("/sign-out")
@requires(Action.OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """End this session and let the browser forget what it holds of us."""
    session_id = this_session()
    with writing() as unit:
        if session_id is not None:
            sessions.sign_out(unit, session_id, by=current_actor())
    forget()
    response = current_app.make_response(redirect(url_for(".sign_in"), code=303))
    response.headers["Clear-Site-Data"] = FORGET_EVERYTHING
    return response


@bp.get("/account")
@requires(Action.OWN_ACCOUNT)
def show() -> ResponseReturnValue:
    """One's own account and where it is signed in."""
    with reading() as unit:
        account = account_lists.own_account(unit, by=current_actor())
        open_sessions = sessions.own(unit, by=current_actor(), this_id=this_session())
        feeds = feed_addresses.own_card(unit, by=current_actor())
        is_linked = provider_links.is_linked(unit, current_actor().account_id)
    form = shown_form(language=account.language)
    return render_template(
        "account/show.html",
        account=account,
        official_id=current_actor().official_id,
        sessions=open_sessions,
        feeds=feeds,
        provider=provider_name(),
        is_linked=is_linked,
        form=form,
        roles=ROLE_LABELS,
        may_print=may_ever(account.role, Action.PRINT),
        sees_retention=may_ever(account.role, Action.SEE_RETENTION),
        sees_numbers=may_ever(account.role, Action.SEE_NUMBERS),
    )


@bp.get("/account/password")
@requires(Action.OWN_ACCOUNT)
def password() -> ResponseReturnValue:
    """The form for another password."""
    with reading() as unit:
        account = account_lists.own_account(unit, by=current_actor())
    return render_template("account/password.html", account=account, form=shown_form(), shortest=SHORTEST)


@bp.post("/account/password")
@requires(Action.OWN_ACCOUNT)
@shown_again_by(password)
def change_password() -> ResponseReturnValue:
    """Take the other password; every session ends, and this browser gets a new one."""
    with Form(request.form) as form:
        present, wanted = form.secret("present", limit=LONGEST), form.secret("wanted", limit=LONGEST)
    actor, passed = current_actor(), has_passed()
    signing_in.change_password(service().units, present=present, wanted=wanted, by=actor)
    if actor.account_id is not None:
        begin(actor.account_id, has_passed=passed)
    flash(translate(PASSWORD_CHANGED))
    return redirect(url_for(".show"), code=303)


def provider_name() -> str:
    """What people call the provider by which they may sign in; empty where none is set."""
    provider = service().ports.provider
    return provider.name if provider else ""


@bp.post("/account/language")
@requires(Action.OWN_ACCOUNT)
@shown_again_by(show)
def choose_language() -> ResponseReturnValue:
    """Read the service, and get its mail, in this language."""
    with Form(request.form) as form:
        language = form.one_of("language", language_names())
    with writing() as unit:
        accounts.choose_language(unit, language, by=current_actor())
    response = current_app.make_response(redirect(url_for(".show"), code=303))
    remember(response, language)
    return response


@bp.post("/account/sessions/<int:session_id>/end")
@requires(Action.OWN_ACCOUNT, fresh=True)
def end_session(session_id: int) -> ResponseReturnValue:
    """End one of one's own sessions."""
    with writing() as unit:
        sessions.end_own(unit, session_id, by=current_actor())
    return redirect(url_for(".show"), code=303)


@bp.post("/account/sessions/end-others")
@requires(Action.OWN_ACCOUNT, fresh=True)
def end_others() -> ResponseReturnValue:
    """End every session but this one."""
    with writing() as unit:
        sessions.end_others(unit, by=current_actor(), this_id=this_session())
    return redirect(url_for(".show"), code=303)
