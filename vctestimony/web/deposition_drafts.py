"""What the page of the deposition asks for while somebody types: keep it, who else types; and to throw it away."""

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import N_
from vctestimony.services import deposition_drafts, depositions, submissions
from vctestimony.services.deposition_drafts import OtherWindow
from vctestimony.services.pseudonymity import RealName
from vctestimony.services.unit import Unit
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.errors import status_of
from vctestimony.web.forms import KEY_FIELD, Form
from vctestimony.web.language import translate
from vctestimony.web.saying import said

bp = Blueprint("deposition_drafts", __name__, url_prefix="/hearings/<reference>/deposition/typing")
_OURS = frozenset({"csrf_token", "once", "version", "what", "window"})
_LONGEST_WINDOW = 40
THROWN_AWAY = N_("What was kept is thrown away.")


@bp.post("/<place>")
@requires(Action.TRANSCRIBE)
def keep(reference: str, place: str) -> ResponseReturnValue:
    """Keep the fields of the form as they are; when they were kept, and what the others do."""
    typed = {name: value for name, value in request.form.items() if name not in _OURS}
    try:
        with Form(request.form) as form:
            version, window = form.version(), form.text("window", limit=_LONGEST_WINDOW)
        with writing() as unit:
            told = _others(unit, reference)
            if not _is_added(unit, request.form.get(KEY_FIELD, "")):
                when = deposition_drafts.keep(
                    unit, reference, place, typed, line_version=version, window=window, by=current_actor()
                )
                told["kept"] = translate(N_("Kept {when}")).format(when=when)
    except Refusal as refusal:
        told = {"again": isinstance(refusal, OtherWindow), "named": isinstance(refusal, RealName)}
        return jsonify({"refused": said(refusal), **told}), status_of(refusal)
    return jsonify(told)


@bp.get("")
@requires(Action.TRANSCRIBE)
def others(reference: str) -> ResponseReturnValue:
    """What the others do, and how far the deposition has come."""
    with reading() as unit:
        return jsonify(_others(unit, reference))


@bp.post("/<place>/discard")
@requires(Action.TRANSCRIBE)
def discard(reference: str, place: str) -> ResponseReturnValue:
    """Throw away what was kept at this place."""
    with writing() as unit:
        deposition_drafts.discard(unit, reference, place, by=current_actor())
    flash(translate(THROWN_AWAY))
    return redirect(url_for("depositions.show", reference=reference), code=303)


@bp.app_template_global()
def longest_draft() -> int:
    """More characters than this are neither kept nor sent."""
    return deposition_drafts.LONGEST


def _is_added(unit: Unit, key: str) -> bool:
    """Whether the form was added while this was on its way; then there is nothing to keep."""
    return bool(key) and submissions.is_known(unit, key)


def _others(unit: Unit, reference: str) -> dict[str, object]:
    state = depositions.state(unit, reference, by=current_actor())
    return {"others": list(state.others), "kept": "", "change": state.change, "fixed": state.fixed}
