"""Pages of the record: what it states and what is missing, one statement's form, the print, the seal."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.record.shown import MARK_LIMIT
from vctestimony.domain.wording import LANGUAGES
from vctestimony.services import order_sheets, printing, records, seal_shown, seals
from vctestimony.services.seal_shown import Overtaken
from vctestimony.web.context import current_actor, reading, requires, service, writing
from vctestimony.web.download import pdf
from vctestimony.web.forms import Form
from vctestimony.web.language import current_language
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("records", __name__, url_prefix="/hearings/<reference>")


@bp.get("/record")
@requires(Action.READ_RECORD)
def show(reference: str) -> ResponseReturnValue:
    """Every statement of the record, the missing ones on top with who can supply them."""
    with reading() as unit:
        view = records.page(unit, reference, language=current_language(), by=current_actor())
        order_sheet = order_sheets.before_seal(unit, reference, language=current_language(), by=current_actor())
    g.ends = view.zones
    form = shown_form(language=current_language())
    return render_template("records/show.html", view=view, order_sheet=order_sheet, form=form)


@bp.get("/record.pdf")
@requires(Action.READ_RECORD)
def print_out(reference: str) -> ResponseReturnValue:
    """The record on paper: a draft, or the very file that was sealed."""
    language = request.args.get("lang", current_language())
    printed = printing.print_for(service().units, reference, printing.RECORD, lang=language, by=current_actor())
    return pdf(printed)


@bp.get("/record/<key>")
@requires(Action.FILL_RECORD)
def statement(reference: str, key: str) -> ResponseReturnValue:
    """One statement, to be filled in."""
    with reading() as unit:
        found = records.one(unit, reference, key, language=current_language(), by=current_actor())
    return render_template(
        "records/statement.html", reference=reference, statement=found, form=shown_form(value=found.entered)
    )


@bp.post("/record/<key>")
@requires(Action.FILL_RECORD)
@shown_again_by(statement)
def fill(reference: str, key: str) -> ResponseReturnValue:
    """Store it; then the next missing one, if the pressed button says so."""
    with Form(request.form) as form:
        value, version = form.optional_long_text("value", limit=10_000), form.version()
        what = form.one_of("what", ("back", "next"))
    with writing() as unit:
        following = records.fill(unit, reference, key, value=value, version=version, by=current_actor())
    if what == "next" and following:
        return redirect(url_for(".statement", reference=reference, key=following), code=303)
    return redirect(url_for(".show", reference=reference), code=303)


@bp.get("/seal")
@requires(Action.SEAL)
def ask_seal(reference: str) -> ResponseReturnValue:
    """What sealing means, before it is done: it cannot be undone."""
    with reading() as unit:
        view = records.page(unit, reference, language=current_language(), by=current_actor())
        mark = seal_shown.shown(unit, reference, by=current_actor()) if view.ready else ""
    g.ends = view.zones
    refused = g.get("refused_attempt")
    form = shown_form() if refused else shown_form(language=current_language())
    new = refused.new if isinstance(refused, Overtaken) else ()
    return render_template("records/seal.html", view=view, mark=mark, new=new, form=form)


@bp.post("/seal")
@requires(Action.SEAL, fresh=True)
@shown_again_by(ask_seal)
def seal(reference: str) -> ResponseReturnValue:
    """Seal the record in the chosen language."""
    with Form(request.form) as form:
        language, seen = form.one_of("language", LANGUAGES), form.text("seen", limit=MARK_LIMIT)
    seals.seal(service().units, reference, language=language, seen=seen, by=current_actor())
    return redirect(url_for(".show", reference=reference), code=303)
