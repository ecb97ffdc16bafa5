"""Pages of the administrator about accounts: list, open, disable, give a new first password."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.people import ROLE_LABELS, Role
from vctestimony.domain.wording import N_
from vctestimony.services import account_links, account_lists, accounts, second_steps, sessions, submissions
from vctestimony.services.accounts import NewAccount
from vctestimony.services.clocks import both_clocks
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import language_names, translate
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("people", __name__, url_prefix="/admin/accounts")

_HIGHEST = 2**31 - 1
INVITED = N_("The invitation is on its way. The link in it works once, for one hour.")
STEPS_RESET = N_("The second step was taken away. By the link in the mail the person sets it up anew.")
SIGNED_OUT = N_("This person is signed out everywhere.")


@bp.get("")
@requires(Action.ADMINISTER)
def index() -> ResponseReturnValue:
    """Every account."""
    with reading() as unit:
        lines = account_lists.all_accounts(unit)
    return render_template("admin/accounts.html", accounts=lines, roles=ROLE_LABELS)


@bp.get("/new")
@requires(Action.ADMINISTER, fresh=True)
def new() -> ResponseReturnValue:
    """The empty form of an account."""
    with reading() as unit:
        offered = account_lists.offered(unit)
    return render_template(
        "admin/account_form.html", form=shown_form(language="en", way="mail"), offered=offered, roles=ROLE_LABELS
    )


@bp.post("/new")
@requires(Action.ADMINISTER, fresh=True)
@shown_again_by(new)
def create() -> ResponseReturnValue:
    """Open the account and show its first password, this once."""
    with Form(request.form) as form:
        entry, key, way = _entry(form), form.key(), form.one_of("way", ("mail", "paper"))
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is not None:
            return redirect(outcome, code=303)
        password = ""
        if way == "paper":
            password = accounts.create_with_first_password(unit, entry, by=current_actor())
        else:
            account_links.invite(unit, entry, by=current_actor())
        submissions.remember(unit, key, url_for(".index"), by=current_actor())
    if not password:
        return redirect(url_for(".index"), code=303)
    return render_template("admin/first_password.html", name=entry.name, email=entry.email, password=password)


@bp.get("/<int:account_id>")
@requires(Action.ADMINISTER)
def detail(account_id: int) -> ResponseReturnValue:
    """One account and what can be done to it."""
    with reading() as unit:
        account = account_lists.one_account(unit, account_id)
    opened = both_clocks(account.created_at, by=current_actor())
    return render_template("admin/account.html", account=account, opened=opened, roles=ROLE_LABELS, form=shown_form())


@bp.post("/<int:account_id>/disable")
@requires(Action.ADMINISTER, fresh=True)
@shown_again_by(detail)
def disable(account_id: int) -> ResponseReturnValue:
    """Let nobody sign in with the account any more."""
    with Form(request.form) as form:
        version = form.version()
    with writing() as unit:
        accounts.disable(unit, account_id, version=version, by=current_actor())
    return redirect(url_for(".detail", account_id=account_id), code=303)


@bp.post("/<int:account_id>/sessions")
@requires(Action.ADMINISTER, fresh=True)
@shown_again_by(detail)
def end_sessions(account_id: int) -> ResponseReturnValue:
    """Sign somebody out everywhere; nothing else of the account changes."""
    with writing() as unit:
        sessions.end_all_of(unit, account_id, by=current_actor())
    flash(translate(SIGNED_OUT))
    return redirect(url_for(".detail", account_id=account_id), code=303)


@bp.post("/<int:account_id>/enable")
@requires(Action.ADMINISTER, fresh=True)
@shown_again_by(detail)
def enable(account_id: int) -> ResponseReturnValue:
    """Let a disabled account sign in again, with a new first password."""
    with Form(request.form) as form:
        version = form.version()
    with writing() as unit:
        password = accounts.enable(unit, account_id, version=version, by=current_actor())
        account = account_lists.one_account(unit, account_id)
    return render_template("admin/first_password.html", name=account.name, email=account.email, password=password)


@bp.post("/<int:account_id>/invite")
@requires(Action.ADMINISTER, fresh=True)
@shown_again_by(detail)
def invite(account_id: int) -> ResponseReturnValue:
    """Mail a link by which the person chooses a password."""
    with writing() as unit:
        account_links.send_invitation(unit, account_id, by=current_actor())
    flash(translate(INVITED))
    return redirect(url_for(".detail", account_id=account_id), code=303)


@bp.post("/<int:account_id>/second-step")
@requires(Action.ADMINISTER, fresh=True)
@shown_again_by(detail)
def reset_steps(account_id: int) -> ResponseReturnValue:
    """Take the second steps of somebody away who lost them."""
    with Form(request.form) as form:
        reason = form.text("reason", limit=500)
    with writing() as unit:
        second_steps.reset(unit, account_id, reason=reason, by=current_actor())
    flash(translate(STEPS_RESET))
    return redirect(url_for(".detail", account_id=account_id), code=303)


@bp.post("/<int:account_id>/password")
@requires(Action.ADMINISTER, fresh=True)
def renew(account_id: int) -> ResponseReturnValue:
    """A new first password for somebody who lost theirs."""
    with writing() as unit:
        password = accounts.renew_password(unit, account_id, by=current_actor())
        account = account_lists.one_account(unit, account_id)
    return render_template("admin/first_password.html", name=account.name, email=account.email, password=password)


def _entry(form: Form) -> NewAccount:
    return NewAccount(
        email=form.text("email", limit=254),
        name=form.text("name"),
        role=form.choice("role", Role),
        post_id=form.optional_integer("post", least=1, most=_HIGHEST),
        official_id=form.optional_integer("official", least=1, most=_HIGHEST),
        language=form.one_of("language", language_names()),
    )
