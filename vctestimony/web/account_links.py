"""Pages reached by a link in a mail, and the one where it is asked for: to choose a password, to set up a new step."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.passphrases import LONGEST, SHORTEST
from vctestimony.domain.wording import N_
from vctestimony.services import account_links, setting_up_anew
from vctestimony.services.account_links import LinkDead
from vctestimony.web.answers import wrong_links_counted
from vctestimony.web.context import open_to_all, reading, service
from vctestimony.web.errors import Trouble, answer
from vctestimony.web.forms import Form
from vctestimony.web.language import translate
from vctestimony.web.proxies import asked_from
from vctestimony.web.saying import said
from vctestimony.web.sessions import begin
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("account_link", __name__, url_prefix="/sign-in")

DEAD = N_("This link does not work")
CHOSEN = N_("Your password is chosen. Sign in with it now.")


@bp.errorhandler(LinkDead)
def dead(refusal: LinkDead) -> ResponseReturnValue:
    """One page for every link that does not work, whatever the reason."""
    return answer(Trouble(status=404, title=translate(DEAD), sentence=said(refusal), advice="", code=refusal.code))


@bp.get("/lost")
@open_to_all
def lost() -> ResponseReturnValue:
    """Where a link is asked for."""
    return render_template("account/lost.html", form=shown_form())


@bp.post("/lost")
@open_to_all
@shown_again_by(lost)
def ask() -> ResponseReturnValue:
    """The same words whether there is an account or not."""
    with Form(request.form) as form:
        email = form.text("email", limit=254)
    account_links.ask_for_link(service().units, email=email, address=asked_from())
    return render_template("account/link_asked.html")


@bp.get("/link/<token>")
@open_to_all
def choose(token: str) -> ResponseReturnValue:
    """The form for a password; looking uses nothing up."""
    with wrong_links_counted(), reading() as unit:
        email = account_links.owner_of(unit, token)
    return render_template("account/choose.html", form=shown_form(), token=token, email=email, shortest=SHORTEST)


@bp.post("/link/<token>")
@open_to_all
@shown_again_by(choose)
def take(token: str) -> ResponseReturnValue:
    """Take the password. One signs in with it like everybody."""
    with Form(request.form) as form:
        wanted = form.secret("wanted", limit=LONGEST)
    with wrong_links_counted():
        account_links.choose_password(service().units, token, wanted=wanted)
    flash(translate(CHOSEN))
    return redirect(url_for("account.sign_in"), code=303)


@bp.get("/set-up/<token>")
@open_to_all
def anew(token: str) -> ResponseReturnValue:
    """The form for the password, before a second step is set up anew; looking uses nothing up."""
    with reading() as unit:
        email = setting_up_anew.owner_of(unit, token)
    return render_template("account/set_up_anew.html", form=shown_form(), token=token, email=email)


@bp.post("/set-up/<token>")
@open_to_all
@shown_again_by(anew)
def enter_anew(token: str) -> ResponseReturnValue:
    """Use the link up; the session gets as far as the page where a second step is set up."""
    with Form(request.form) as form:
        password = form.secret("password", limit=LONGEST)
    where = asked_from()
    begin(setting_up_anew.enter(service().units, token, password=password, address=where), has_passed=True)
    return redirect(url_for("second_step.show"), code=303)
