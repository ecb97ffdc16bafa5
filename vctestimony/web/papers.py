"""Pages of a hearing's documents: which there are, and each as PDF."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import paper_shelf, printing
from vctestimony.web.context import current_actor, reading, requires, service
from vctestimony.web.download import pdf
from vctestimony.web.language import current_language, language_names
from vctestimony.web.shown import shown_form

bp = Blueprint("papers", __name__, url_prefix="/hearings/<reference>/papers")


@bp.get("")
@requires(Action.PRINT)
def index(reference: str) -> ResponseReturnValue:
    """Every document of the hearing, by what it is for, in the language chosen for the paper."""
    with reading() as unit:
        shelf = paper_shelf.shelf(unit, reference, language=current_language(), by=current_actor())
    g.ends = shelf.zones
    return render_template("papers/index.html", shelf=shelf, lang=asked_language(), form=shown_form())


@bp.get("/<kind>.pdf")
@requires(Action.PRINT)
def print_out(reference: str, kind: str) -> ResponseReturnValue:
    """The document on A4, in the asked language, for the asked person."""
    person = request.args.get("for", "")
    printed = printing.print_for(
        service().units, reference, kind, lang=asked_language(), by=current_actor(), person=person
    )
    return pdf(printed)


def asked_language() -> str:
    """The language that the address asks for, or the reader's own."""
    asked = request.args.get("lang", "")
    return asked if asked in language_names() else current_language()
