"""Pages of the day: the run sheet with its buttons and log, one entry, an open gate, opening, closing, adjourning."""

from datetime import date

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.errors import Refusal
from vctestimony.domain.record.adjourning import ABOUT_ASKED
from vctestimony.domain.record.causes import CAUSE_LABELS, Cause
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.gate_names import GateKey
from vctestimony.domain.record.kinds import STANDS, WITHDRAWN, Answer, Asked, Kind
from vctestimony.domain.record.speech import STAGE_LABELS
from vctestimony.services import conduct, day_asking, day_ending, day_views, live_views, submissions
from vctestimony.services.conduct import Adjournment
from vctestimony.services.day_asking import AskView
from vctestimony.services.day_forms import form_marks
from vctestimony.services.unit import Crossed
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import current_language, translate
from vctestimony.web.numbers import asked as asked_number
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("day", __name__, url_prefix="/hearings/<reference>/day")


@bp.get("")
@requires(Action.CONDUCT)
def show(reference: str) -> ResponseReturnValue:
    """The run sheet."""
    with reading() as unit:
        view = day_views.page(unit, reference, language=current_language(), by=current_actor())
        marks = form_marks(unit, reference, language=current_language(), by=current_actor())
        mark = live_views.mark(unit, reference, by=current_actor()).text
    g.ends = view.zones
    number = asked_number(request.args, "written")
    written = next((entry for entry in view.entries if entry.number == number), None)
    form = shown_form()
    return render_template(
        "day/show.html", view=view, marks=marks, mark=mark, written=written, stage_labels=STAGE_LABELS, form=form
    )


@bp.get("/gates")
@requires(Action.CONDUCT)
def listed(reference: str) -> ResponseReturnValue:
    """Every gate of the day, with its state and what it rests on."""
    with reading() as unit:
        view = day_views.page(unit, reference, language=current_language(), by=current_actor())
    g.ends = view.zones
    return render_template("day/listed.html", view=view)


@bp.post("/start")
@requires(Action.CONDUCT)
@shown_again_by(show)
def start(reference: str) -> ResponseReturnValue:
    """The court opens the hearing."""
    with Form(request.form) as form:
        version, reason = form.version(), form.optional_text("reason", limit=500)
    with writing() as unit:
        conduct.start(unit, reference, version=version, reason=reason, by=current_actor())
    return redirect(url_for(".show", reference=reference), code=303)


@bp.get("/end")
@requires(Action.CONDUCT)
def end(reference: str) -> ResponseReturnValue:
    """Before the hearing is closed or adjourned, which cannot be undone."""
    with reading() as unit:
        view = day_views.page(unit, reference, language=current_language(), by=current_actor())
        next_date = day_ending.suggested(unit, reference, by=current_actor())
    g.ends = view.zones
    causes = tuple((one, translate(label), translate(ABOUT_ASKED.get(one, ""))) for one, label in CAUSE_LABELS.items())
    shown = {"stage_labels": STAGE_LABELS, "next_date": next_date, "causes": causes}
    return render_template("day/end.html", view=view, form=shown_form(), **shown)


@bp.post("/complete")
@requires(Action.CONDUCT)
@shown_again_by(end)
def complete(reference: str) -> ResponseReturnValue:
    """The court closes the hearing."""
    with Form(request.form) as form:
        version = form.version()
    with writing() as unit:
        conduct.complete(unit, reference, version=version, by=current_actor())
    return redirect(url_for("records.show", reference=reference), code=303)


@bp.post("/adjourn")
@requires(Action.CONDUCT)
@shown_again_by(end)
def adjourn(reference: str) -> ResponseReturnValue:
    """The court adjourns the hearing, part-heard; whoever plans is led to finding the next time."""
    with Form(request.form) as form:
        version, reason = form.version(), form.text("reason", limit=500)
        cause, about = form.choice("cause", Cause), form.optional_text("about", limit=500)
        next_on = form.optional_date("next_on")
    why = Adjournment(reason, cause, about, next_on)
    with writing() as unit:
        conduct.adjourn(unit, reference, why, version=version, by=current_actor())
    return redirect(_goes_on(reference, next_on), code=303)


def _goes_on(reference: str, next_on: date | None) -> str:
    """Where the next time is found; the run sheet for whoever does not plan, and where no continuation can be made.

    The hearing stays adjourned whatever comes of it.
    """
    try:
        with writing() as unit:
            after = day_ending.continued(unit, reference, by=current_actor())
    except (Refusal, Crossed):
        after = ""
    if not after:
        return url_for(".show", reference=reference)
    return url_for("finding.find", reference=after) + (f"?from={next_on.isoformat()}" if next_on else "")


@bp.get("/pass/<gate>")
@requires(Action.CONDUCT)
def passing(reference: str, gate: str) -> ResponseReturnValue:
    """The form that passes an open gate; for whoever may not, who can."""
    with reading() as unit:
        view = day_asking.ask_passing(unit, reference, _gate(gate), language=current_language(), by=current_actor())
    g.ends = view.zones
    return render_template("day/pass.html", view=view, form=shown_form())


@bp.post("/pass/<gate>")
@requires(Action.CONDUCT)
@shown_again_by(passing)
def pass_gate(reference: str, gate: str) -> ResponseReturnValue:
    """The presiding officer passes an open gate, with the reason."""
    with Form(request.form) as form:
        reason, key = form.long_text("reason", limit=2000), form.key()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            number = conduct.pass_gate(unit, reference, _gate(gate), reason=reason, by=current_actor())
            outcome = url_for(".show", reference=reference, written=number)
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


@bp.get("/log/<kind>")
@requires(Action.CONDUCT)
def entry(reference: str, kind: str) -> ResponseReturnValue:
    """The form of one entry; the minute in which it was opened stands in it."""
    with reading() as unit:
        view = day_asking.ask(unit, reference, _kind(kind), language=current_language(), by=current_actor())
    return _form_page(view, target=url_for(".log", reference=reference, kind=kind), **_chosen(view))


@bp.post("/log/<kind>")
@requires(Action.CONDUCT)
@shown_again_by(entry)
def log(reference: str, kind: str) -> ResponseReturnValue:
    """Write the entry; pressed twice, it is written once."""
    chosen = _kind(kind)
    with Form(request.form) as form:
        answers = {asked.name: _answer(form, asked) for asked in ENTRIES[chosen].asks}
        note, at_wall, key = form.optional_text("note", limit=1000), form.optional_clock("at"), form.key()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            by = current_actor()
            number = conduct.log(unit, reference, chosen, answers=answers, note=note, at_wall=at_wall, by=by)
            outcome = url_for(".show", reference=reference, written=number)
            submissions.remember(unit, key, outcome, by=by)
    return redirect(outcome, code=303)


@bp.get("/correct/<int:number>")
@requires(Action.CONDUCT)
def correction(reference: str, number: int) -> ResponseReturnValue:
    """The form that corrects an entry by a new one."""
    with reading() as unit:
        view = day_asking.ask_correction(unit, reference, number, language=current_language(), by=current_actor())
    return _form_page(view, target=url_for(".correct", reference=reference, number=number))


@bp.post("/correct/<int:number>")
@requires(Action.CONDUCT)
@shown_again_by(correction)
def correct(reference: str, number: int) -> ResponseReturnValue:
    """Write the correction."""
    with Form(request.form) as form:
        text, effect = form.long_text("text", limit=5000), form.one_of("effect", (STANDS, WITHDRAWN))
        key = form.key()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            written = conduct.correct(unit, reference, number, text=text, effect=effect, by=current_actor())
            outcome = url_for(".show", reference=reference, written=written)
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


def _form_page(view: AskView, *, target: str, **chosen: str) -> ResponseReturnValue:
    g.ends = view.zones
    form = shown_form(at=view.at, **{**view.filled, **chosen})
    return render_template("day/entry.html", view=view, target=target, form=form)


def _chosen(view: AskView) -> dict[str, str]:
    """What the address already answers: a link from the deposition names the stage."""
    asked = {one.name: one.choices for one in view.entry.asks if one.answer is Answer.CHOICE}
    return {name: value for name, value in request.args.items() if value in asked.get(name, {})}


def _kind(text: str) -> Kind:
    """A kind that has a key of its own; the others are written by other actions."""
    found = next((kind for kind in Kind if kind.value == text and ENTRIES[kind].key), None)
    if found is None:
        abort(404)
    return found


def _gate(text: str) -> GateKey:
    """A gate of the table, or no such page."""
    if text not in set(GateKey):
        abort(404)
    return GateKey(text)


def _answer(form: Form, asked: Asked) -> str:
    """What was answered, as text; what is needed must be there."""
    if asked.answer is Answer.CHOICE:
        return form.one_of(asked.name, tuple(asked.choices))
    if asked.answer is Answer.TEXT:
        return form.long_text(asked.name, limit=5000) if asked.needed else form.optional_long_text(asked.name)
    return form.text(asked.name, limit=300) if asked.needed else form.optional_text(asked.name, limit=300)
