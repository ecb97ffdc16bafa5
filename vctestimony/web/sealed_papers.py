"""The one page from which a paper with a witness's name is printed: it asks for the reason and gives the file once."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import sealed_papers
from vctestimony.web.context import current_actor, reading, requires, service
from vctestimony.web.download import pdf
from vctestimony.web.forms import Form
from vctestimony.web.language import current_language, language_names
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("sealed_papers", __name__, url_prefix="/hearings/<reference>/papers/sealed-summons")


@bp.get("")
@requires(Action.OPEN_VAULT)
def ask(reference: str) -> ResponseReturnValue:
    """Ask for the reason before anything is opened."""
    with reading() as unit:
        asked = sealed_papers.about(unit, reference, by=current_actor())
    form = shown_form(lang=current_language())
    target = url_for(".give", reference=reference)
    return render_template("papers/sealed.html", reference=reference, asked=asked, form=form, target=target)


@bp.post("")
@requires(Action.OPEN_VAULT, fresh=True)
@shown_again_by(ask)
def give(reference: str) -> ResponseReturnValue:
    """The summons with the full name; the look and its reason are in the journal before it is drawn."""
    with Form(request.form) as form:
        reason, lang = form.text("reason", limit=500), form.one_of("lang", tuple(language_names()))
    printed = sealed_papers.print_summons(service().units, reference, lang=lang, reason=reason, by=current_actor())
    return pdf(printed)
