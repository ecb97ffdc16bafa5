"""Pages that show a document before it is printed: what is missing in it, and itself in a frame or as a whole page."""

import gzip

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.paper import Preview
from vctestimony.services import paper_shelf, printing
from vctestimony.web.context import current_actor, reading, requires, service
from vctestimony.web.headers import held_by_our_frame, holding_our_frame
from vctestimony.web.papers import asked_language

bp = Blueprint("previews", __name__)
_HOUR = "private, max-age=3600"


@bp.get("/hearings/<reference>/papers/<kind>")
@requires(Action.PRINT)
def show(reference: str, kind: str) -> ResponseReturnValue:
    """The document in the frame of the site, with its blanks and the way to the print."""
    person = request.args.get("for", "")
    with reading() as unit:
        named = paper_shelf.named(unit, reference, kind, person, by=current_actor())
    found = _preview(reference, kind)
    holding_our_frame()
    return render_template("papers/preview.html", named=named, found=found, lang=asked_language())


@bp.get("/hearings/<reference>/papers/<kind>/preview")
@requires(Action.PRINT)
def document(reference: str, kind: str) -> ResponseReturnValue:
    """The document alone, as a browser shows it."""
    found = _preview(reference, kind)
    held_by_our_frame()
    return _light(Response(found.html, mimetype="text/html"))


@bp.get("/papers/document.css")
@requires(Action.PRINT)
def style() -> ResponseReturnValue:
    """The style sheets of the printed documents as one; a browser leaves out what is for paper only."""
    response = Response(service().ports.press.style, mimetype="text/css")
    response.headers["Cache-Control"] = _HOUR
    return _light(response)


def _light(response: Response) -> Response:
    """The same packed, for browsers that unpack: a long checklist is light on a phone. It holds no secret to guess."""
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"]:
        response.set_data(gzip.compress(response.get_data(), mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _preview(reference: str, kind: str) -> Preview:
    return printing.preview_for(
        service().units,
        reference,
        kind,
        lang=asked_language(),
        by=current_actor(),
        person=request.args.get("for", ""),
        styles=(url_for("previews.style"), url_for("static", filename="paper.css")),
    )
