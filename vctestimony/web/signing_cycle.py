"""Pages of a transcript's way: the ladder with the form of its next step, going back, another path, the scans."""

from collections.abc import Callable

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.errors import Invalid
from vctestimony.domain.evidence import MOST_BYTES, FileMissing
from vctestimony.domain.record.cycle import Path, Rung
from vctestimony.domain.record.cycle_words import RUNGS
from vctestimony.domain.record.kinds import Answer, Asked
from vctestimony.domain.wording import LANGUAGES
from vctestimony.services import cycle_files, cycle_offering, cycle_views, signing_cycle, submissions
from vctestimony.services.cycle_files import Scan
from vctestimony.services.signing_cycle import Told
from vctestimony.services.unit import Unit
from vctestimony.web.context import current_actor, reading, requires, service, writing
from vctestimony.web.download import attachment
from vctestimony.web.forms import Form
from vctestimony.web.language import current_language
from vctestimony.web.shown import shown_again_by, shown_form
from vctestimony.web.uploads import uploaded

bp = Blueprint("signing_cycle", __name__, url_prefix="/hearings/<reference>/cycle")


@bp.get("")
@requires(Action.READ_RECORD)
def show(reference: str) -> ResponseReturnValue:
    """The ladder; the form of the next step for whoever's it is."""
    with reading() as unit:
        view = cycle_views.page(unit, reference, language=current_language(), by=current_actor())
    g.ends = view.zones
    filled = dict(view.next.filled) if view.next else {}
    form = shown_form(language=current_language(), **filled)
    return render_template("cycle/show.html", view=view, form=form, megabytes=MOST_BYTES // 2**20)


def show_step(reference: str, rung: str) -> ResponseReturnValue:  # noqa: ARG001  # the form of the step stands there
    """The same page, after a step was refused."""
    return show(reference)


@bp.post("/<rung>")
@requires(Action.KEEP_CYCLE)
@shown_again_by(show_step)
def do(reference: str, rung: str) -> ResponseReturnValue:
    """Do the step as its form says."""
    chosen = _rung(rung)
    with Form(request.form) as form:
        told, key = _told(form, chosen), form.key()
        scan = _scan(form) if RUNGS[chosen].scan else None
    by = current_actor()
    return _once(reference, key, lambda unit: signing_cycle.do(unit, reference, chosen, told, by=by, scan=scan))


@bp.post("/offer")
@requires(Action.TRANSCRIBE)
@shown_again_by(show)
def offer(reference: str) -> ResponseReturnValue:
    """Print the soft copy and make it ready to be signed; sent twice, the second is told that it is done."""
    with Form(request.form) as form:
        number, language = form.version(), form.one_of("language", LANGUAGES)
    cycle_offering.offer(service().units, reference, number=number, language=language, by=current_actor())
    return redirect(url_for(".show", reference=reference), code=303)


@bp.post("/back")
@requires(Action.KEEP_CYCLE)
@shown_again_by(show)
def go_back(reference: str) -> ResponseReturnValue:
    """Have a step done again, with the reason."""
    with Form(request.form) as form:
        rung, number = form.choice("rung", Rung), form.version()
        reason, key = form.text("reason", limit=500), form.key()
    by = current_actor()
    return _once(
        reference, key, lambda unit: signing_cycle.go_back(unit, reference, rung, number=number, reason=reason, by=by)
    )


@bp.post("/path")
@requires(Action.REOPEN)
@shown_again_by(show)
def change_path(reference: str) -> ResponseReturnValue:
    """Sign in the other way, with the presiding officer's reason."""
    with Form(request.form) as form:
        path, number = form.choice("path", Path), form.version()
        why, key = form.text("why", limit=500), form.key()
    by = current_actor()

    def change(unit: Unit) -> None:
        signing_cycle.change_path(unit, reference, path, number=number, reason=why, by=by)

    return _once(reference, key, change)


@bp.get("/scans/<public_id>")
@requires(Action.KEEP_CYCLE)
def take(reference: str, public_id: str) -> ResponseReturnValue:
    """A scan, to be opened elsewhere: never in the page."""
    with writing() as unit:
        taken = cycle_files.take(unit, reference, public_id, by=current_actor())
    return attachment(taken.content, taken.file_name)


def _once(reference: str, key: submissions.FormKey, act: Callable[[Unit], None]) -> ResponseReturnValue:
    """Do it and show what is next; the same form sent twice does it once."""
    outcome = url_for(".show", reference=reference)
    with writing() as unit:
        if submissions.already(unit, key) is None:
            act(unit)
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


def _rung(text: str) -> Rung:
    """A step that has a form; the soft copy is made ready by a button of its own."""
    found = next((rung for rung in Rung if rung.value == text and rung is not Rung.OFFERED), None)
    if found is None:
        abort(404)
    return found


def _told(form: Form, rung: Rung) -> Told:
    return Told(
        number=form.version(),
        answers={asked.name: _answer(form, asked) for asked in RUNGS[rung].asks},
        on=form.optional_date("done_on"),
        began=form.clock("began") if RUNGS[rung].timed else None,
        at=form.optional_clock("done_time"),
    )


def _answer(form: Form, asked: Asked) -> str:
    """What was answered, as text; what is needed must be there."""
    if asked.answer is Answer.CHOICE:
        return form.one_of(asked.name, tuple(asked.choices))
    if asked.answer is Answer.TEXT:
        return form.long_text(asked.name, limit=5000) if asked.needed else form.optional_long_text(asked.name)
    return form.text(asked.name, limit=300) if asked.needed else form.optional_text(asked.name, limit=300)


def _scan(form: Form) -> Scan | None:
    """The file that came with the form, looked through; what is wrong with it stands beside its field."""
    if "file" not in request.files:
        form.refuse("file", FileMissing())
        return None
    content = uploaded("file", most=MOST_BYTES + 1)
    try:
        return cycle_files.looked_through(service().ports, content)
    except Invalid as refusal:
        form.refuse("file", refusal)
        return None
