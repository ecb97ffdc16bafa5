"""Pages on which all that is held about one person is given away, and the name of who left is replaced."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import leaving, person_data, witness_data
from vctestimony.services.person_data import Person
from vctestimony.services.unit import Unit
from vctestimony.web.context import current_actor, reading, requires, service, writing
from vctestimony.web.download import attached
from vctestimony.web.forms import Form
from vctestimony.web.saying import said
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("person_data", __name__)
_ZIP = "application/zip"


@bp.get("/account/data")
@requires(Action.OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """What is in the archive, and the button."""
    return render_template("retention/own.html", form=shown_form())


@bp.post("/account/data")
@requires(Action.OWN_ACCOUNT, fresh=True)
def take_own() -> ResponseReturnValue:
    """All that is held about whoever asks."""
    with writing() as unit:
        made = person_data.own(unit, by=current_actor())
    return attached(made, mimetype=_ZIP)


@bp.get("/admin/accounts/<int:account_id>/data")
@requires(Action.ADMINISTER)
def of_account(account_id: int) -> ResponseReturnValue:
    """What can be done with what is held about the owner of an account."""
    with reading() as unit:
        person = person_data.of_account(unit, account_id)
        return _page(
            unit,
            person,
            back=url_for("people.detail", account_id=account_id),
            target=url_for(".of_account", account_id=account_id),
        )


@bp.post("/admin/accounts/<int:account_id>/data")
@requires(Action.ADMINISTER, fresh=True)
@shown_again_by(of_account)
def take_of_account(account_id: int) -> ResponseReturnValue:
    """All that is held about that person, as a file."""
    with writing() as unit:
        return _given(unit, person_data.of_account(unit, account_id))


@bp.post("/admin/accounts/<int:account_id>/data/replace")
@requires(Action.ADMINISTER, fresh=True)
@shown_again_by(of_account)
def replace_of_account(account_id: int) -> ResponseReturnValue:
    """Replace name and addresses of who left."""
    _check_sure()
    with writing() as unit:
        leaving.replace(unit, person_data.of_account(unit, account_id), by=current_actor())
    return redirect(url_for(".of_account", account_id=account_id), code=303)


@bp.get("/officials/<int:official_id>/data")
@requires(Action.ADMINISTER)
def of_official(official_id: int) -> ResponseReturnValue:
    """The same for somebody of the directory, with an account or without."""
    with reading() as unit:
        person = person_data.of_official_number(unit, official_id)
        back, target = (
            url_for("officials.show", official_id=official_id),
            url_for(".of_official", official_id=official_id),
        )
        return _page(unit, person, back=back, target=target)


@bp.post("/officials/<int:official_id>/data")
@requires(Action.ADMINISTER, fresh=True)
@shown_again_by(of_official)
def take_of_official(official_id: int) -> ResponseReturnValue:
    """All that is held about that official, as a file."""
    with writing() as unit:
        return _given(unit, person_data.of_official_number(unit, official_id))


@bp.post("/officials/<int:official_id>/data/replace")
@requires(Action.ADMINISTER, fresh=True)
@shown_again_by(of_official)
def replace_of_official(official_id: int) -> ResponseReturnValue:
    """Replace name and addresses of an official who left."""
    _check_sure()
    with writing() as unit:
        leaving.replace(unit, person_data.of_official_number(unit, official_id), by=current_actor())
    return redirect(url_for(".of_official", official_id=official_id), code=303)


@bp.get("/witnesses/<reference>/data")
@requires(Action.TAKE_OUT)
def of_witness(reference: str) -> ResponseReturnValue:
    """Ask for order and reason before anything is opened."""
    with reading() as unit:
        pseudonym = witness_data.pseudonym_for(unit, reference, by=current_actor())
    return render_template("retention/witness.html", reference=reference, pseudonym=pseudonym, form=shown_form())


@bp.post("/witnesses/<reference>/data")
@requires(Action.TAKE_OUT, fresh=True)
@shown_again_by(of_witness)
def take_of_witness(reference: str) -> ResponseReturnValue:
    """All that is held about the witness; the look is in the journal before it is given."""
    with Form(request.form) as form:
        order, reason = form.text("order", limit=120), form.text("reason", limit=500)
    units = service().units
    made = witness_data.take_out(units, reference, order_reference=order, reason=reason, by=current_actor())
    return attached(made, mimetype=_ZIP)


def _page(unit: Unit, person: Person, *, back: str, target: str) -> ResponseReturnValue:
    standing = leaving.standing(unit, person)
    why_not = said(standing.why_not) if standing.why_not is not None else ""
    return render_template(
        "retention/person.html",
        standing=standing,
        why_not=why_not,
        form=shown_form(),
        target=target,
        back=back,
    )


def _given(unit: Unit, person: Person) -> ResponseReturnValue:
    with Form(request.form) as form:
        reason = form.text("reason", limit=500)
    return attached(person_data.by_administrator(unit, person, reason=reason, by=current_actor()), mimetype=_ZIP)


def _check_sure() -> None:
    with Form(request.form) as form:
        form.one_of("sure", ("yes",))
