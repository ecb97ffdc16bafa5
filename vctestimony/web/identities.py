"""Pages of who may see an identity: leave given and withdrawn, looks listed, the key destroyed by order."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.grants import LENGTH_LABELS, Length
from vctestimony.services import destroying, vault_grants, vault_pages
from vctestimony.services.papers import destruction
from vctestimony.web.context import current_actor, reading, requires, service, writing
from vctestimony.web.download import pdf
from vctestimony.web.forms import Form
from vctestimony.web.papers import asked_language
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("identities", __name__)


@bp.get("/witnesses/<reference>/looks")
@requires(Action.GIVE_LEAVE)
def show(reference: str) -> ResponseReturnValue:
    """Who may look, who asks to, who has."""
    with reading() as unit:
        page = vault_pages.looks(unit, reference, by=current_actor())
    return render_template("identity/looks.html", page=page, form=shown_form(), lengths=LENGTH_LABELS)


@bp.post("/witnesses/<reference>/looks")
@requires(Action.GIVE_LEAVE, fresh=True)
@shown_again_by(show)
def give(reference: str) -> ResponseReturnValue:
    """Give leave to somebody."""
    with Form(request.form) as form:
        account = form.integer("account", least=1, most=2**31 - 1)
        length, reason = form.choice("length", Length), form.text("reason", limit=500)
    with writing() as unit:
        vault_grants.give(unit, reference, account, length=length, reason=reason, by=current_actor())
    return _back(reference)


def _page_of(reference: str, leave: str) -> ResponseReturnValue:
    del leave  # the page shows all of it
    return show(reference)


@bp.post("/witnesses/<reference>/looks/<leave>/answer")
@requires(Action.GIVE_LEAVE, fresh=True)
@shown_again_by(_page_of)
def settle(reference: str, leave: str) -> ResponseReturnValue:
    """Answer a request: leave for so long, or none."""
    with Form(request.form) as form:
        length = None if form.ticked("refuse") else form.choice("length", Length)
    with writing() as unit:
        vault_grants.settle(unit, reference, leave, length=length, by=current_actor())
    return _back(reference)


@bp.post("/witnesses/<reference>/looks/<leave>/withdraw")
@requires(Action.GIVE_LEAVE)
@shown_again_by(_page_of)
def withdraw(reference: str, leave: str) -> ResponseReturnValue:
    """Take leave back."""
    with writing() as unit:
        vault_grants.withdraw(unit, reference, leave, by=current_actor())
    return _back(reference)


@bp.post("/witnesses/<reference>/looks/<leave>/second")
@requires(Action.GIVE_LEAVE, fresh=True)
@shown_again_by(_page_of)
def second(reference: str, leave: str) -> ResponseReturnValue:
    """Say yes to one look of somebody else."""
    with writing() as unit:
        vault_grants.second(unit, reference, leave, by=current_actor())
    return _back(reference)


@bp.post("/witnesses/<reference>/looks/order")
@requires(Action.ORDER_DESTRUCTION, fresh=True)
@shown_again_by(show)
def order(reference: str) -> ResponseReturnValue:
    """Order that the key be destroyed."""
    with Form(request.form) as form:
        named, why = form.text("order", limit=120), form.text("why", limit=500)
    with writing() as unit:
        destroying.order(unit, reference, order_reference=named, reason=why, by=current_actor())
    return _back(reference)


@bp.post("/witnesses/<reference>/looks/recall")
@requires(Action.ORDER_DESTRUCTION)
@shown_again_by(show)
def recall(reference: str) -> ResponseReturnValue:
    """Take the order back, while nothing is destroyed."""
    with writing() as unit:
        destroying.recall(unit, reference, by=current_actor())
    return _back(reference)


@bp.get("/admin/keys")
@requires(Action.DESTROY_KEYS)
def ordered() -> ResponseReturnValue:
    """Which keys are to be destroyed, and which were."""
    with reading() as unit:
        lines = destroying.waiting(unit, by=current_actor())
    return render_template("identity/ordered.html", lines=lines, form=shown_form())


def _ordered_of(key: str) -> ResponseReturnValue:
    del key  # the page shows all of them
    return ordered()


@bp.post("/admin/keys/<key>")
@requires(Action.DESTROY_KEYS, fresh=True)
@shown_again_by(_ordered_of)
def destroy(key: str) -> ResponseReturnValue:
    """Destroy a key that was ordered to be destroyed."""
    with Form(request.form) as form:
        form.one_of("sure", ("yes",))
    destroying.carry_out(service().units, key, by=current_actor())
    return redirect(url_for(".certificate", key=key), code=303)


@bp.get("/admin/keys/<key>")
@requires(Action.DESTROY_KEYS)
def certificate(key: str) -> ResponseReturnValue:
    """What is told of one destruction; made to be printed."""
    with reading() as unit:
        told = destroying.certificate(unit, key, by=current_actor())
    return render_template("identity/certificate.html", told=told)


@bp.get("/admin/keys/<key>/certificate.pdf")
@requires(Action.DESTROY_KEYS)
def certificate_paper(key: str) -> ResponseReturnValue:
    """The same as a paper, for whoever destroyed the key."""
    printed = destruction.print_for_administrator(service().units, key, language=asked_language(), by=current_actor())
    return pdf(printed)


@bp.get("/witnesses/<reference>/destruction")
@requires(Action.GIVE_LEAVE)
def destroyed(reference: str) -> ResponseReturnValue:
    """The certificate for the court whose witness it was."""
    with reading() as unit:
        told = destruction.for_court(unit, reference, by=current_actor())
    return render_template("identity/destroyed.html", told=told, reference=reference, form=shown_form())


@bp.get("/witnesses/<reference>/destruction.pdf")
@requires(Action.GIVE_LEAVE)
def destroyed_paper(reference: str) -> ResponseReturnValue:
    """The same as a paper."""
    printed = destruction.print_for_court(service().units, reference, language=asked_language(), by=current_actor())
    return pdf(printed)


def _back(reference: str) -> ResponseReturnValue:
    return redirect(url_for(".show", reference=reference), code=303)
