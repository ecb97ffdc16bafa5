"""Pages of the court's recordings: what is kept of each, a file compared with its hash, and what follows them."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.recordings.entries import EntryKind
from vctestimony.services import recording_asks, recording_entries, recording_views, recordings, submissions
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import current_language
from vctestimony.web.numbers import asked
from vctestimony.web.recording_forms import answers_of, as_logged, as_said, typed_of
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("recordings", __name__, url_prefix="/hearings/<reference>/recordings")


@bp.get("")
@requires(Action.READ_RECORD)
def show(reference: str) -> ResponseReturnValue:
    """Every recording, the file check, access, certificate, keeping."""
    with reading() as unit:
        view = recording_views.page(unit, reference, language=current_language(), by=current_actor())
    return render_template("recordings/show.html", view=view)


@bp.get("/new")
@requires(Action.KEEP_RECORDINGS)
def new(reference: str) -> ResponseReturnValue:
    """The form of a description; of an entry of the log, filled with what it says."""
    with reading() as unit:
        view, entry = recording_asks.to_describe(unit, reference, _log(), by=current_actor())
    g.ends = view.zones
    form = shown_form(**as_logged(entry, view))
    return render_template("recordings/describe.html", view=view, entry=entry, recording=None, form=form)


@bp.post("/new")
@requires(Action.KEEP_RECORDINGS)
@shown_again_by(new)
def describe(reference: str) -> ResponseReturnValue:
    """Keep the description; sent twice, it is kept once."""
    with Form(request.form) as form:
        typed, key = typed_of(form), form.key()
    outcome = url_for(".show", reference=reference)
    with writing() as unit:
        if submissions.already(unit, key) is None:
            recordings.describe(unit, reference, typed, log_number=_log(), by=current_actor())
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


@bp.get("/<int:number>/correct")
@requires(Action.KEEP_RECORDINGS)
def correction(reference: str, number: int) -> ResponseReturnValue:
    """The same form with what is said now."""
    with reading() as unit:
        view, _ = recording_asks.to_describe(unit, reference, None, by=current_actor())
        found = recording_asks.described(unit, reference, number, by=current_actor())
    g.ends = view.zones
    form = shown_form(**as_said(found.now))
    return render_template("recordings/describe.html", view=view, entry=None, recording=found, form=form)


@bp.post("/<int:number>/correct")
@requires(Action.KEEP_RECORDINGS)
@shown_again_by(correction)
def correct(reference: str, number: int) -> ResponseReturnValue:
    """Keep what is right beside what was said before."""
    with Form(request.form) as form:
        typed, revision, reason = typed_of(form), form.version(), form.text("reason", limit=500)
    with writing() as unit:
        recordings.correct(unit, reference, number, typed, revision=revision, reason=reason, by=current_actor())
    return redirect(url_for(".show", reference=reference), code=303)


@bp.get("/enter/<kind>")
@requires(Action.KEEP_RECORDINGS)
def entry(reference: str, kind: str) -> ResponseReturnValue:
    """The form of an entry, or of one that replaces another."""
    with reading() as unit:
        view = recording_asks.ask(
            unit, reference, _kind(kind), replaces=_number("replaces"), language=current_language(), by=current_actor()
        )
    target = url_for(".enter", reference=reference, kind=kind, about=_number("about"), replaces=_number("replaces"))
    return render_template("recordings/entry.html", view=view, target=target, form=shown_form(**view.filled))


@bp.post("/enter/<kind>")
@requires(Action.KEEP_RECORDINGS)
@shown_again_by(entry)
def enter(reference: str, kind: str) -> ResponseReturnValue:
    """Write the entry; sent twice, it is written once."""
    chosen, by = _kind(kind), current_actor()
    with reading() as unit:
        asks = recording_asks.ask(unit, reference, chosen, replaces=None, language="en", by=by).asks
    with Form(request.form) as form:
        answers, key = answers_of(form, asks), form.key()
    outcome, about, replaces = url_for(".show", reference=reference), _number("about"), _number("replaces")
    with writing() as unit:
        if submissions.already(unit, key) is None:
            recording_entries.enter(unit, reference, chosen, answers=answers, about=about, replaces=replaces, by=by)
            submissions.remember(unit, key, outcome, by=by)
    return redirect(outcome, code=303)


def _kind(text: str) -> EntryKind:
    found = next((kind for kind in EntryKind if kind.value == text), None)
    if found is None:
        abort(404)
    return found


def _log() -> int | None:
    return _number("log")


def _number(name: str) -> int | None:
    """A number in the address; what is none is not there."""
    return asked(request.args, name)
