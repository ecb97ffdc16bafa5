"""Pages behind the signed link to one's own checklist, and what a phone sends that was without a network.

No cookie proves anything here (web/answers.py says the same of answers): the secret in the address is the credential.
What a phone sends is JSON, which no page of another site can send without asking first.
"""

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.field_ticks import LARGEST_SENDING, LONGEST_NOTE, Sending, Unreadable, pressed, read_sending
from vctestimony.services import checklists, field_checklists, field_links, field_ticks, limits
from vctestimony.services.field_links import LinkClosed
from vctestimony.services.unit import Unit
from vctestimony.web.answers import wrong_links_counted
from vctestimony.web.context import open_to_all, reading, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import language_names, translate
from vctestimony.web.saying import said
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("field", __name__, url_prefix="/field")
MOST_SENDINGS, WITHIN_MINUTES = 60, 15


@bp.get("/<token>")
@open_to_all
def show(token: str) -> ResponseReturnValue:
    """The holder's own steps; looking changes nothing."""
    with wrong_links_counted(LinkClosed), reading() as unit:
        language = _speak(field_checklists.language_of(unit, token))
        page = field_checklists.page(unit, token, language=language)
    return render_template("field/show.html", page=page, form=shown_form(), token=token, longest=LONGEST_NOTE)


@bp.post("/<token>")
@open_to_all
@shown_again_by(show)
def settle(token: str) -> ResponseReturnValue:
    """Tick the step whose button was pressed, or take it back; the page then says beside it what came of it."""
    what = "back" if "back" in request.form else "step"
    with wrong_links_counted(LinkClosed), reading() as unit:
        _speak(field_checklists.language_of(unit, token))
        bucket = _bucket(unit, token)
    with Form(request.form) as form:
        button = form.text(what, limit=40)
        step_id, version = pressed(button) or ("", -1)
        note, key = form.optional_long_text(f"note-{step_id}", limit=LONGEST_NOTE), form.key()
    if version < 0:
        raise checklists.StepChanged(step=button.rpartition(".")[0])
    _count(bucket)
    with writing() as unit:
        if what == "back":
            field_ticks.take_back(unit, token, step_id, version=version, reason=note)
        else:
            field_ticks.take_here(unit, token, step_id, version=version, note=note, once=key.key)
    return redirect(url_for(".show", token=token, lang=request.args.get("lang"), _anchor=f"step-{step_id}"), code=303)


@bp.post("/<token>/ticks")
@open_to_all
def receive(token: str) -> ResponseReturnValue:
    """Take what a phone kept, answer each tick singly, and say how things stand; with no tick, only the latter."""
    _check_ours()
    sending = _sending()
    with wrong_links_counted(LinkClosed), reading() as unit:
        _speak(field_checklists.language_of(unit, token))
        bucket = _bucket(unit, token)
    answered: tuple[field_ticks.Answered, ...] = ()
    if sending.ticks:
        _count(bucket)
        with writing() as unit:
            answered = field_ticks.take(unit, token, sending)
    said = [
        {"id": one.key, "outcome": one.outcome, "text": translate(one.text).format(who=one.who)} for one in answered
    ]
    return jsonify(answers=said, **_state(token))


@bp.get("/worker.js")
@open_to_all
def worker() -> ResponseReturnValue:
    """What keeps the page on the phone; it lies here, for it may only look after the addresses beneath its own."""
    return current_app.send_static_file("field-worker.js")


@bp.errorhandler(LinkClosed)
def closed(refusal: LinkClosed) -> ResponseReturnValue:
    """Say so to who holds a link that is no longer in use, and let the phone send what it still keeps."""
    _speak(str(refusal.facts.get("language", "")))
    token = (request.view_args or {}).get("token", "")
    return render_template("field/closed.html", sentence=said(refusal), token=token), 410


def _bucket(unit: Unit, token: str) -> str:
    return f"field|{field_links.holder_of(unit, token).person.public_id}"


def _count(bucket: str) -> None:
    """One more from this person, by whichever way; in a unit of its own, for what follows may be refused."""
    with writing() as unit:
        limits.count(unit, bucket, most=MOST_SENDINGS, within_minutes=WITHIN_MINUTES)


def _state(token: str) -> dict[str, str]:
    """What a page that was kept compares itself with."""
    with reading() as unit:
        holder = field_links.holder_of(unit, token)
        if not holder.is_open:
            return {"mark": "", "starts": "", "closed": translate(LinkClosed.text)}
        mark, starts = field_checklists.mark_of(unit, holder), field_checklists.starts_mark(holder)
    return {"mark": mark, "starts": starts, "closed": ""}


def _speak(language: str) -> str:
    """Show this in the language that the address asks for, else in the official's own."""
    asked = request.args.get("lang", "")
    if asked in language_names() or language:
        g.language = asked if asked in language_names() else language
        return str(g.language)
    return language


def _check_ours() -> None:
    """Refuse what a page of another site sends (Fetch Metadata is looked at by web/headers.py, Origin here)."""
    origin = request.headers.get("Origin", "")
    if (origin and urlsplit(origin).netloc != request.host) or request.mimetype != "application/json":
        abort(403)


def _sending() -> Sending:
    request.max_content_length = LARGEST_SENDING
    try:
        return read_sending(request.get_json(silent=True))
    except RecursionError as nested:
        raise Unreadable() from nested
