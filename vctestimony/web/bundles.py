"""Pages of many documents at once: ask for them, see how far they are, cancel, fetch; and one's own list of them."""

from collections.abc import Callable

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import bundle_views, bundles, submissions
from vctestimony.services.unit import Unit
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.download import attached
from vctestimony.web.forms import Form
from vctestimony.web.language import language_names
from vctestimony.web.lists import index as lists_of_post
from vctestimony.web.papers import index as shelf_of_hearing
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("bundles", __name__)
_TYPES = {"zip": "application/zip", "pdf": "application/pdf"}


@bp.get("/papers")
@requires(Action.PRINT)
def index() -> ResponseReturnValue:
    """What one asked for in the last days."""
    with reading() as unit:
        own = bundle_views.own(unit, by=current_actor())
    return render_template("papers/bundles.html", own=own)


@bp.post("/hearings/<reference>/papers/everything")
@requires(Action.PRINT)
@shown_again_by(shelf_of_hearing)
def ask_for_hearing(reference: str) -> ResponseReturnValue:
    """Queue everything for the hearing; the same form sent twice asks once."""
    with Form(request.form) as form:
        language, key = form.one_of("lang", language_names()), form.key()
    by = current_actor()
    return _asked(key, lambda unit: bundles.ask_for_hearing(unit, reference, language=language, by=by))


@bp.post("/posts/<code>/papers/month")
@requires(Action.PRINT)
@shown_again_by(lists_of_post)
def ask_for_month(code: str) -> ResponseReturnValue:
    """Queue the day sheets of the month in which the date lies."""
    with Form(request.form) as form:
        month, language, key = form.date("month"), form.one_of("language", language_names()), form.key()
    by = current_actor()
    return _asked(key, lambda unit: bundles.ask_for_month(unit, code, month, language=language, by=by))


@bp.get("/papers/<reference>")
@requires(Action.PRINT)
def show(reference: str) -> ResponseReturnValue:
    """How far it is; the files when it is ready. It may be left and come back to."""
    with reading() as unit:
        page = bundle_views.page(unit, reference, by=current_actor())
    watching = page.summary.is_open and "watch" in request.args
    return render_template("papers/bundle.html", page=page, watching=watching, form=shown_form())


@bp.post("/papers/<reference>/cancel")
@requires(Action.PRINT)
@shown_again_by(show)
def cancel(reference: str) -> ResponseReturnValue:
    """Stop the making."""
    with writing() as unit:
        bundles.cancel(unit, reference, by=current_actor())
    return redirect(url_for(".show", reference=reference), code=303)


@bp.get("/papers/<reference>/all.<form>")
@requires(Action.PRINT)
def fetch(reference: str, form: str) -> ResponseReturnValue:
    """The finished file."""
    with writing() as unit:
        found = bundles.fetch(unit, reference, form, by=current_actor())
    return attached(found, mimetype=_TYPES[form])


def _asked(key: submissions.FormKey, ask: Callable[[Unit], str]) -> Response:
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            outcome = url_for("bundles.show", reference=ask(unit), watch=1)
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)  # type: ignore[return-value]  # werkzeug's own answer is Flask's here
