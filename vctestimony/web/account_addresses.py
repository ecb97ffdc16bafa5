"""Pages of another e-mail address for one's account: asked for, then confirmed by the link that came to it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.wording import N_
from vctestimony.services import account_lists, address_changes
from vctestimony.services.account_links import LinkDead
from vctestimony.web.account_links import dead
from vctestimony.web.context import current_actor, open_to_all, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("account_address", __name__)
bp.register_error_handler(LinkDead, dead)

ASKED = N_(
    "Look into that mailbox: a link is on its way there. Until you open it, nothing changes. Nothing comes? Then the "
    "address may be written wrongly, or belong to another account."
)
CHANGED = N_("Your address is changed. Sign in with it now.")


@bp.get("/account/address")
@requires(Action.OWN_ACCOUNT, fresh=True)
def show() -> ResponseReturnValue:
    """The form for another address."""
    with reading() as unit:
        account = account_lists.own_account(unit, by=current_actor())
    return render_template("account/address.html", account=account, form=shown_form())


@bp.post("/account/address")
@requires(Action.OWN_ACCOUNT, fresh=True)
@shown_again_by(show)
def ask() -> ResponseReturnValue:
    """Mail a link to the address."""
    with Form(request.form) as form:
        email = form.text("email", limit=254)
    with writing() as unit:
        address_changes.ask(unit, email, by=current_actor())
    flash(translate(ASKED))
    return redirect(url_for("account.show"), code=303)


@bp.get("/sign-in/address/<token>")
@open_to_all
def look(token: str) -> ResponseReturnValue:
    """Ask whether it shall be; looking uses nothing up."""
    with reading() as unit:
        address = address_changes.wanted_by(unit, token)
    return render_template("account/address_confirm.html", token=token, address=address, form=shown_form())


@bp.post("/sign-in/address/<token>")
@open_to_all
def confirm(token: str) -> ResponseReturnValue:
    """Change the address. One signs in with it like everybody."""
    with writing() as unit:
        address_changes.confirm(unit, token)
    flash(translate(CHANGED))
    return redirect(url_for("account.sign_in"), code=303)
