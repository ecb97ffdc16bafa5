"""The wire of the run sheet: what is new since a mark, entries that a device kept, and the sheet that it keeps.

Pages ask every few seconds instead of holding a stream open: the server has eight threads, and a stream would take one
for each open page for hours. A question that finds nothing new reads one row and is answered with nothing (204).
"""

from hashlib import sha256

from flask import Blueprint, current_app, g, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from vctestimony.domain.access import Action
from vctestimony.domain.errors import Invalid
from vctestimony.domain.hearing import State
from vctestimony.domain.live_log import LARGEST_SENDING, Sending, Unreadable, read_sending
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.record.speech import STAGE_LABELS
from vctestimony.services import day_views, live_log, live_views
from vctestimony.services.day_views import DayView
from vctestimony.services.live_log import Answered
from vctestimony.web.context import current_actor, reading, requires, service, writing
from vctestimony.web.errors import TITLES
from vctestimony.web.formats import clock_text
from vctestimony.web.language import current_language, translate
from vctestimony.web.saying import said
from vctestimony.web.shown import shown_form

bp = Blueprint("live", __name__, url_prefix="/hearings/<reference>/day")
MOST_ANNOUNCED = 10


@bp.get("/news")
@requires(Action.CONDUCT)
def news(reference: str) -> ResponseReturnValue:
    """What changed since the mark that the page has: the parts of the run sheet anew; nothing where nothing did.

    A page that asks for the first time tells the mark it was made at (`have`): what it holds already is not sent again.
    """
    language, by = current_language(), current_actor()
    with reading() as unit:
        mark = live_views.mark(unit, reference, by=by)
        g.unattended = mark.state is not State.IN_SESSION
        if mark.text == request.args.get("since"):
            return "", 204
        view = day_views.page(unit, reference, language=language, by=by)
        remarks = live_views.remarks(unit, reference, language=language, by=by)
    parts = "day/remarks.html" if request.args.get("have") == mark.text else "day/news.html"
    return jsonify(
        mark=mark.text,
        state=mark.state,
        now=service().ports.clock.now().isoformat(),
        token=generate_csrf(),
        times={button.key: button.times for _, buttons in view.groups for button in buttons},
        lines=[{"number": number, "text": text} for number, text in _lines(view)],
        parts=render_template(parts, view=view, remarks=remarks, stage_labels=STAGE_LABELS, form=shown_form()),
    )


@bp.post("/entries")
@requires(Action.CONDUCT)
def receive(reference: str) -> ResponseReturnValue:
    """Take the entries that a device kept, and answer each singly."""
    if (request.content_length or 0) > LARGEST_SENDING:
        return jsonify(sentence=translate(TITLES[413])), 413
    try:
        sending = _sending()
    except Invalid as refusal:
        return jsonify(sentence=said(refusal)), 422
    with writing() as unit:
        answered = live_log.take(unit, reference, sending, by=current_actor())
    return jsonify(answers=[_answer(one) for one in answered])


@bp.get("/refused")
@requires(Action.CONDUCT)
def refused(reference: str) -> ResponseReturnValue:
    """What devices sent and the log did not take, on a page of its own."""
    with reading() as unit:
        view = live_views.kept(unit, reference, by=current_actor())
        remarks = live_views.remarks(unit, reference, language=current_language(), by=current_actor())
    g.ends = view.zones
    return render_template("day/refused.html", view=view, remarks=remarks)


@bp.get("/kept")
@requires(Action.CONDUCT)
def kept(reference: str) -> ResponseReturnValue:
    """The run sheet as a device keeps it; it holds nothing of what was said."""
    with reading() as unit:
        view = live_views.kept(unit, reference, by=current_actor())
    return render_template("day/kept.html", view=view, form=shown_form())


@bp.get("/worker.js")
@requires(Action.CONDUCT)
def worker(reference: str) -> ResponseReturnValue:
    """What keeps the run sheet on a device. It lies beneath the sheet and is allowed to look after the sheet itself."""
    answer = current_app.send_static_file("day-worker.js")
    answer.headers["Service-Worker-Allowed"] = url_for("day.show", reference=reference)
    return answer


@bp.app_template_global()
def device_mark() -> str:
    """Under which name a device keeps what this account wrote; it says nothing of whose it is."""
    return sha256(f"device|{current_actor().account_id}".encode()).hexdigest()[:12]


def _lines(view: DayView) -> list[tuple[int, str]]:
    """The newest entries as they are read out, in the order in which they were written."""
    newest = sorted(view.entries, key=lambda entry: entry.number)[-MOST_ANNOUNCED:]
    return [(one.number, ", ".join((one.label, _clocks(one.happened), one.by))) for one in newest]


def _clocks(both: BothClocks) -> str:
    faces = (both.own.reading, both.other.reading)
    return " / ".join(f"{clock_text(reading)} {translate(reading.city)}" for reading in faces)


def _answer(one: Answered) -> dict[str, object]:
    sentence = live_views.in_words(one.text, one.facts, word=translate)
    return {"id": one.key, "outcome": one.outcome, "number": one.number, "text": sentence}


def _sending() -> Sending:
    try:
        return read_sending(request.get_json(silent=True))
    except RecursionError as nested:
        raise Unreadable() from nested
