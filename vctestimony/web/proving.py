"""The one place that asks somebody once more who they are, before a view marked `@requires(…, fresh=True)`.

A page is asked for again afterwards. A form is not lost and not stored: its fields travel through the page that asks,
and the answer to that page is the form itself, with the proof beside it. Files cannot travel so, and what opens a key
must not: the page says so, and the form is shown again with its text, to be given them once more.
"""

from flask import Blueprint, Flask, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.errors import Invalid
from vctestimony.domain.passphrases import LONGEST
from vctestimony.services import fresh_proof, passkeys, second_steps
from vctestimony.web.context import ProofNeeded, current_actor, here, reading, requires, service, signed_in
from vctestimony.web.forms import Form
from vctestimony.web.passkeys import ANSWER_LENGTH
from vctestimony.web.paths import local_path
from vctestimony.web.second_steps import CODE_LENGTH
from vctestimony.web.sessions import renewed_by, this_session
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("proof", __name__)

PASSWORD, CODE, ANEW, PASSKEY = "proof_password", "proof_code", "proof_anew", "proof_passkey"
_OF_THE_PROOF = frozenset({"csrf_token", PASSWORD, CODE, ANEW, PASSKEY})
_OPENS_A_KEY = frozenset({"passphrase", "pin"})
PASSKEY_ASKED = "proof_passkey_asked"


def bind(app: Flask) -> None:
    """Take the proof that comes with a kept form. The form token must have been looked at before."""
    app.before_request(take)


def take() -> None:
    """Judge the proof that came with a form. What is wrong with it is shown by the page that asks once more."""
    view = current_app.view_functions.get(request.endpoint or "")
    asks = getattr(view, "fresh", False) and request.method == "POST" and PASSWORD in request.form
    if asks and signed_in() is not None and not g.get("is_proved", False):
        try:
            _prove()
        except Invalid as refusal:
            g.refused_attempt = refusal


@bp.app_errorhandler(ProofNeeded)
def needed(_: ProofNeeded) -> ResponseReturnValue:
    """Lead to the page that asks, or put it in the way of the form that was sent."""
    if request.method != "POST":
        return redirect(url_for("proof.ask", next=here()))
    left = _OF_THE_PROOF | _OPENS_A_KEY
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in left]
    has_file = any(sent.filename for sent in request.files.values())
    anew = has_file or ANEW in request.form or not _OPENS_A_KEY.isdisjoint(request.form)
    return _page(here(), [*kept, (ANEW, "yes")] if anew else kept, anew=anew), 403


@bp.get("/account/proof")
@requires(Action.OWN_ACCOUNT)
def ask() -> ResponseReturnValue:
    """Ask who sits there, before the page that was asked for."""
    wanted = local_path(request.values.get("next", ""))
    return _page(url_for(".give"), [("next", wanted)])


@bp.post("/account/proof")
@requires(Action.OWN_ACCOUNT)
@shown_again_by(ask)
def give() -> ResponseReturnValue:
    """Take the proof and go on to the page."""
    _prove()
    return redirect(local_path(request.form.get("next", "")), code=303)


def _page(target: str, kept: list[tuple[str, str]], *, anew: bool = False) -> str:
    with reading() as unit:
        account_id = current_actor().account_id
        standing = second_steps.standing(unit, account_id)
        question = passkeys.ask_to_show(unit, account_id, alone=True) if account_id is not None else None
    if question is not None:
        session[PASSKEY_ASKED] = question.challenge
    return render_template(
        "account/proof.html",
        form=shown_form(),
        target=target,
        kept=kept,
        has_code=standing.has_app or standing.codes_left > 0,
        options=question.options if question else "",
        anew=anew,
        is_form=target != url_for("proof.give"),
    )


def _prove() -> None:
    session_id = this_session()
    if session_id is None:
        raise ProofNeeded()
    by_passkey = bool(request.form.get(PASSKEY))
    with Form(request.form) as form:
        answer = form.secret(PASSKEY, limit=ANSWER_LENGTH) if by_passkey else ""
        code = "" if by_passkey else form.optional_text(CODE, limit=CODE_LENGTH)
        password = "" if by_passkey or code else form.secret(PASSWORD, limit=LONGEST)
    units, by, asked = service().units, current_actor(), session.pop(PASSKEY_ASKED, None)
    with renewed_by() as token:
        if by_passkey:
            challenge = asked if isinstance(asked, str) else ""
            fresh_proof.prove_by_passkey(units, answer, challenge=challenge, session_id=session_id, token=token, by=by)
        else:
            fresh_proof.prove(units, password=password, code=code, session_id=session_id, token=token, by=by)
    g.is_proved = True
