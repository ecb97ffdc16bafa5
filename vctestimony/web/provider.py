"""Pages of signing in by a provider: the way there, the way back, linking one's account and parting the two."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.errors import Refusal
from vctestimony.domain.sign_in_providers import ProviderRefused, ProviderUnreachable, RoundOver, Told
from vctestimony.domain.wording import N_
from vctestimony.services import provider_links, provider_rounds, second_steps
from vctestimony.services.provider_links import LinkedElsewhere, NotLinked
from vctestimony.services.provider_rounds import Begun
from vctestimony.web.context import current_actor, open_to_all, reading, requires, service, signed_in, writing
from vctestimony.web.errors import Trouble, answer
from vctestimony.web.language import translate
from vctestimony.web.paths import local_path
from vctestimony.web.proxies import asked_from
from vctestimony.web.saying import said
from vctestimony.web.sessions import begin, this_session

bp = Blueprint("provider", __name__)

ROUND = "provider_round"
FAILED = N_("That did not work")
NOTHING_DONE = N_("You are not signed in by it, and nothing was changed.")
LINKED = N_("Linked. From now on you may sign in by {provider}. You were signed out everywhere else.")
PARTED = N_("The link was taken away. You were signed out everywhere else.")


@bp.errorhandler(RoundOver)
@bp.errorhandler(ProviderRefused)
@bp.errorhandler(ProviderUnreachable)
@bp.errorhandler(NotLinked)
@bp.errorhandler(LinkedElsewhere)
def failed(refusal: Refusal) -> ResponseReturnValue:
    """One page for all that can go wrong on the way, with what to do; nothing of what the provider sent is on it."""
    status = 503 if isinstance(refusal, ProviderUnreachable) else 403
    sentence, advice = said(refusal), translate(NOTHING_DONE)
    return answer(Trouble(status=status, title=translate(FAILED), sentence=sentence, advice=advice, code=refusal.code))


@bp.post("/sign-in/provider")
@open_to_all
def go() -> ResponseReturnValue:
    """Lead to the provider, to sign in."""
    return _led(account_id=None, wanted=local_path(request.form.get("next", "")))


@bp.post("/account/provider")
@requires(Action.OWN_ACCOUNT, fresh=True)
def go_to_link() -> ResponseReturnValue:
    """Lead to the provider, to link one's account with whom it knows."""
    return _led(account_id=current_actor().account_id, wanted=url_for("account.show"))


@bp.get("/sign-in/provider/back")
@open_to_all
def back() -> ResponseReturnValue:
    """Where the provider sends the browser to. What it was sent with is used once."""
    begun = provider_rounds.read(session.pop(ROUND, None))
    told = provider_rounds.end(
        service().units, begun, state=request.args.get("state", ""), code=request.args.get("code", "")
    )
    return _signed_in(told, begun) if begun.account_id is None else _linked(told, begun)


@bp.post("/account/provider/part")
@requires(Action.OWN_ACCOUNT, fresh=True)
def part() -> ResponseReturnValue:
    """Take the link away."""
    with writing() as unit:
        provider_links.part(unit, session_id=this_session(), by=current_actor())
    flash(translate(PARTED))
    return redirect(url_for("account.show"), code=303)


def _led(*, account_id: int | None, wanted: str) -> ResponseReturnValue:
    """A page of ours that leads on by itself: our policy lets no form lead to another host."""
    where = asked_from()
    way, begun = provider_rounds.begin(service().units, wanted=wanted, account_id=account_id, address=where)
    session[ROUND] = begun.kept()
    page = render_template("account/onward.html", provider=provider_rounds.provider_of(service().units).name, way=way)
    response = current_app.make_response(page)
    response.headers["Refresh"] = f"0; url={way}"
    return response


def _signed_in(told: Told, begun: Begun) -> ResponseReturnValue:
    """The browser gets a session it never had before; the second step follows unless the provider took one."""
    with writing() as unit:
        account_id = provider_links.sign_in(unit, told)
    if account_id is None:
        raise NotLinked(provider=provider_rounds.provider_of(service().units).name)
    begin(account_id, has_passed=told.has_passed)
    with reading() as unit:
        is_done = told.has_passed or not second_steps.standing(unit, account_id).is_asked
    return redirect(begun.wanted if is_done else url_for("second_step.ask", next=begun.wanted), code=303)


def _linked(told: Told, begun: Begun) -> ResponseReturnValue:
    actor = signed_in()
    if actor is None or actor.account_id != begun.account_id:
        raise RoundOver()
    with writing() as unit:
        provider_links.link(unit, told, session_id=this_session(), by=actor)
    flash(translate(LINKED).format(provider=provider_rounds.provider_of(service().units).name))
    return redirect(begun.wanted, code=303)
