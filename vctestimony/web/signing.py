"""Pages of signing: what there is to sign, each file with its fields and its report, the ways to sign in a field."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.errors import Invalid
from vctestimony.domain.signing import KeyFile, TokenPin
from vctestimony.domain.wording import N_
from vctestimony.services import signing_acts, signing_begun, signing_views
from vctestimony.services.printing import Printed
from vctestimony.services.signing_certificates import Confirmation
from vctestimony.web.context import current_actor, reading, requires, service, writing
from vctestimony.web.download import attached, pdf
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form
from vctestimony.web.uploads import uploaded

bp = Blueprint("signing", __name__, url_prefix="/hearings/<reference>/signing")
LARGEST_KEY = 64 * 1024
_OF_FIELD = "/<code>/<name>"


class KeyFileNeeded(Invalid):
    """Nothing was chosen, or something far too large."""

    text = N_("Choose the file, at most 64 KB.")


class SignedFileNeeded(Invalid):
    """Nothing was chosen."""

    text = N_("Choose the signed file.")


@bp.get("")
@requires(Action.SEE_SIGNED)
def index(reference: str) -> ResponseReturnValue:
    """Every file of the hearing that is signed."""
    with reading() as unit:
        view = signing_views.listed(unit, reference, by=current_actor())
    return render_template("signing/index.html", view=view)


@bp.post("")
@requires(Action.SEE_SIGNED)
def offer_sealed(reference: str) -> ResponseReturnValue:
    """Let the sealed record be signed; the same again leads to the same copy."""
    with writing() as unit:
        code = signing_begun.offer_sealed(unit, reference, by=current_actor())
    return redirect(url_for(".show", reference=reference, code=code), code=303)


@bp.get("/<code>")
@requires(Action.SEE_SIGNED)
def show(reference: str, code: str) -> ResponseReturnValue:
    """One file: who signed where, who may sign, and what its signatures are in words."""
    with reading() as unit:
        view = signing_views.page(unit, reference, code, by=current_actor())
    return render_template("signing/show.html", view=view)


@bp.get("/<code>/file.pdf")
@requires(Action.SEE_SIGNED)
def take(reference: str, code: str) -> ResponseReturnValue:
    """The file as it is now."""
    with writing() as unit:
        content = signing_acts.take(unit, reference, code, by=current_actor())
    return pdf(Printed(f"{code}.pdf", content))


@bp.post("/<code>/file.pdf")
@requires(Action.SEE_SIGNED)
def take_ready(reference: str, code: str) -> ResponseReturnValue:
    """The same with its fields in it, to be signed on the officer's own machine."""
    signing_begun.ready(service().units, reference, code, by=current_actor())
    return redirect(url_for(".take", reference=reference, code=code), code=303)


@bp.get("/<code>/to-sign.bin")
@requires(Action.SEE_SIGNED)
def to_sign(reference: str, code: str) -> ResponseReturnValue:
    """The bytes that wait for this person's signature."""
    with reading() as unit:
        waiting = signing_acts.awaited(unit, reference, code, by=current_actor())
    if waiting is None:
        return redirect(url_for(".show", reference=reference, code=code), code=303)
    return attached(Printed(f"{code}-to-sign.bin", waiting[1].to_sign), mimetype="application/octet-stream")


@bp.get(_OF_FIELD)
@requires(Action.SEE_SIGNED, fresh=True)
def ask(reference: str, code: str, name: str) -> ResponseReturnValue:
    """The ways to sign in that field."""
    with reading() as unit:
        view = signing_views.forms(unit, reference, code, name, by=current_actor())
    return render_template("signing/field.html", view=view, form=shown_form(), sent=request.form.get("way", ""))


@bp.post(f"{_OF_FIELD}/file")
@requires(Action.SIGN, fresh=True)
@shown_again_by(ask)
def sign_with_file(reference: str, code: str, name: str) -> ResponseReturnValue:
    """Sign with a certificate file, which is used for this once and kept nowhere."""
    with Form(request.form) as form:
        content, passphrase = _small(form, "key"), form.secret("passphrase")
        confirmed = _confirmation(form)
    means = KeyFile(content, passphrase)
    signing_acts.sign(service().units, reference, code, name, means, confirmed=confirmed, by=current_actor())
    return redirect(url_for(".show", reference=reference, code=code), code=303)


@bp.post(f"{_OF_FIELD}/token")
@requires(Action.SIGN, fresh=True)
@shown_again_by(ask)
def sign_with_token(reference: str, code: str, name: str) -> ResponseReturnValue:
    """Sign with the token that the service reaches; the PIN is used for this once."""
    with Form(request.form) as form:
        pin, confirmed = form.secret("pin"), _confirmation(form)
    means = TokenPin(pin)
    signing_acts.sign(service().units, reference, code, name, means, confirmed=confirmed, by=current_actor())
    return redirect(url_for(".show", reference=reference, code=code), code=303)


@bp.post(f"{_OF_FIELD}/upload")
@requires(Action.SIGN, fresh=True)
@shown_again_by(ask)
def upload(reference: str, code: str, name: str) -> ResponseReturnValue:
    """Take back the file that was signed on the officer's own machine."""
    with Form(request.form) as form:
        content, confirmed = uploaded("file"), _confirmation(form)
        if not content:
            form.refuse("file", SignedFileNeeded())
    signing_acts.upload(service().units, reference, code, name, content, confirmed=confirmed, by=current_actor())
    return redirect(url_for(".show", reference=reference, code=code), code=303)


@bp.post(f"{_OF_FIELD}/prepare")
@requires(Action.SIGN, fresh=True)
@shown_again_by(ask)
def prepare(reference: str, code: str, name: str) -> ResponseReturnValue:
    """Make the bytes ready that are to be signed elsewhere."""
    signing_acts.prepare(service().units, reference, code, name, by=current_actor())
    return redirect(url_for(".ask", reference=reference, code=code, name=name, _anchor="digest"), code=303)


@bp.post(f"{_OF_FIELD}/digest")
@requires(Action.SIGN, fresh=True)
@shown_again_by(ask)
def complete(reference: str, code: str, name: str) -> ResponseReturnValue:
    """Take back the signature over those bytes."""
    with Form(request.form) as form:
        made, confirmed = _small(form, "made"), _confirmation(form)
    signing_acts.complete(service().units, reference, code, name, made, confirmed=confirmed, by=current_actor())
    return redirect(url_for(".show", reference=reference, code=code), code=303)


def _small(form: Form, name: str) -> bytes:
    content = uploaded(name, most=LARGEST_KEY + 1)
    if not 0 < len(content) <= LARGEST_KEY:
        form.refuse(name, KeyFileNeeded())
    return content


def _confirmation(form: Form) -> Confirmation:
    return Confirmation(form.optional_text("fingerprint"), form.optional_text("reason", limit=500))
