"""The one place where refusals and failures become HTTP answers: a page for people, a problem document for programs."""

import errno
import logging
import traceback
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, current_app, g, json, render_template, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from vctestimony.domain.errors import Absent, Conflict, Gone, Invalid, NotAllowed, Refusal, Unavailable
from vctestimony.domain.sealing import FileSealedForGood
from vctestimony.domain.wording import N_
from vctestimony.services.deposition_lines import MOST_LETTERS
from vctestimony.services.wellbeing import NoRoom
from vctestimony.web import kept, request_log, sizes
from vctestimony.web.forms import FormRefused
from vctestimony.web.language import settle_without_account, translate
from vctestimony.web.saying import said

PROGRAMS = "/api/"
PROBLEM_TYPE = "application/problem+json"
log = logging.getLogger(__name__)

STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (Invalid, 422),
    (Conflict, 409),
    (Absent, 404),
    (Gone, 410),
    (NotAllowed, 403),
    (Unavailable, 503),
)

TITLES: dict[int, str] = {
    400: N_("This request cannot be understood"),
    401: N_("Sign in first"),
    403: N_("You may not do this"),
    404: N_("There is nothing here"),
    405: N_("This page does not take that"),
    409: N_("This clashes with what is already recorded"),
    410: N_("This no longer exists"),
    413: N_("This is too large"),
    415: N_("This kind of file or message is not taken"),
    422: N_("Some answers cannot be used"),
    428: N_("The version you read must be named"),
    429: N_("Too many tries"),
    500: N_("Something went wrong on our side"),
    503: N_("The service is not available at the moment"),
}
ADVICE: dict[int, str] = {
    400: N_("Go back, open the page again and send the form from there. Nothing was saved."),
    401: N_("Your session has ended, or you have not signed in yet. Nothing was saved."),
    403: N_("Ask a coordinator of the court if you think you should be able to."),
    404: N_("Check the address. If a colleague sent it, you may not be named in that hearing."),
    405: N_("Go back and use the buttons of the page."),
    409: N_("Go back, open the page again and compare. Nothing was saved."),
    410: N_("Look for the hearing in the list; it may have been replaced."),
    413: N_("Send a smaller file, or several smaller ones. Nothing was saved."),
    415: N_("Use the form of the page. Nothing was saved."),
    422: N_("Go back and correct them. Nothing was saved."),
    428: N_("Read it again and send its version with the change."),
    429: N_("Wait a few minutes and try again."),
    500: N_("Nothing was saved. Try again; if it happens again, tell the administrator the number below."),
    503: N_("Nothing was saved. Wait a moment and try again. What you typed is still in the form if you go back."),
}
NOT_SAVED = N_("This was not saved")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
TEXT_TOO_LARGE = N_(
    "The text is far longer than a deposition can be: at most {limit} characters fit. Nothing was saved. "
    "Go back, divide the text, and add it in parts."
)
FORM_EXPIRED = N_(
    "The form was open too long, or it was not opened from this service. Go back, open the page again and send it from "
    "there. Nothing was saved."
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a page or a problem document says, already in the language of the request."""

    status: int
    title: str
    sentence: str
    advice: str
    code: str
    errors: tuple[tuple[str, str, str], ...] = ()
    reference: str = ""
    back: str = ""
    run_sheet: str = ""
    """The address of the run sheet, where its buttons were refused to somebody who may open it."""


def bind(app: Flask) -> None:
    """Answer every refusal and failure of `app` in our own words."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, stopped)
    app.register_error_handler(Exception, failed)


def status_of(refusal: Refusal) -> int:
    """The HTTP status for a kind of refusal; one of no kind is a conflict.

    >>> status_of(Absent()), status_of(FormRefused(()))
    (404, 422)
    """
    return next((status for kind, status in STATUS if isinstance(refusal, kind)), 409)


def refused(refusal: Refusal) -> ResponseReturnValue:
    """The answer to a refusal of the domain: its own sentence, then the general one unless that says all."""
    status = status_of(refusal)
    is_told_whom = status == 403 and refusal.text != NotAllowed.text
    is_whole = is_told_whom or isinstance(refusal, FileSealedForGood)
    _prepare(status)
    single = (refusal,) if isinstance(refusal, Invalid) else ()
    errors = refusal.errors if isinstance(refusal, FormRefused) else single
    return answer(
        Trouble(
            status=status,
            title=translate(NOT_SAVED if status == 503 and request.method == "POST" else TITLES[status]),
            sentence=said(refusal),
            advice="" if is_whole else translate(ADVICE[status]),
            code=refusal.code,
            errors=tuple((error.field, error.code, said(error)) for error in errors if error.field),
            run_sheet=url_for("day.show", reference=(request.view_args or {})["reference"])
            if is_told_whom and _is_on_run_sheet()
            else "",
        )
    )


def _is_on_run_sheet() -> bool:
    return request.blueprint == "day" and request.endpoint != "day.show"


def stopped(error: HTTPException) -> ResponseReturnValue:
    """The answer to what the framework refused (400, 404, 405, 413…); its headers stay, its English text goes."""
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    status = error.code
    _prepare(status)
    known = status if status in TITLES else (500 if status >= 500 else 400)
    own = _own_sentence(error)
    response = answer(
        Trouble(
            status=status,
            title=translate(TITLES[known]),
            sentence=own,
            advice="" if own else translate(ADVICE[known]),
            code=HTTPStatus(status).name.lower(),
            back=request.path if status == 413 and sizes.is_long_text() else "",
        )
    )
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def _own_sentence(error: HTTPException) -> str:
    """What is said where the usual advice would not help."""
    if isinstance(error, CSRFError):
        return translate(FORM_EXPIRED)
    if error.code == 413 and sizes.is_long_text():
        return translate(TEXT_TOO_LARGE).format(limit=MOST_LETTERS)
    return ""


def failed(error: Exception) -> ResponseReturnValue:
    """The answer to a fault of ours. The log gets a reference and where it happened, never the values involved."""
    if _raised_in_tests():
        raise error
    if isinstance(error, OSError) and error.errno in _FULL:
        return refused(NoRoom())
    reference = request_log.reference()
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("fault %s: %s at %s\n%s", reference, type(error).__name__, request.endpoint, frames)
    _prepare(500)
    return answer(
        Trouble(
            status=500,
            title=translate(TITLES[500]),
            sentence="",
            advice=translate(ADVICE[500]),
            code="internal_server_error",
            reference=reference,
        )
    )


def _prepare(status: int) -> None:
    """A fault's page must not ask the account for its language: what holds the account may be what failed."""
    if status >= 500:
        settle_without_account()


def _raised_in_tests() -> bool:
    """Whether a fault should reach the caller, as Flask does it in tests and when debugging."""
    chosen = current_app.config["PROPAGATE_EXCEPTIONS"]
    return bool(current_app.testing or current_app.debug) if chosen is None else bool(chosen)


def answer(trouble: Trouble) -> Response:
    """The page, or for programs the problem document (RFC 9457)."""
    g.refusal_code = trouble.code
    if request_ctx.url_adapter is None:  # asked of a host that is not ours: no page can be drawn, for it has no address
        return Response(trouble.title, trouble.status, content_type="text/plain; charset=utf-8")
    if request.path.startswith(PROGRAMS):
        return Response(json.dumps(problem(trouble)), trouble.status, content_type=PROBLEM_TYPE)
    sent = kept.fields() if trouble.status in {409, 503} else ()
    page = "errors/refusal.html" if trouble.status < 500 else "errors/fault.html"
    again = trouble.status == 503
    content = render_template(page, trouble=trouble, kept=sent, typed=kept.typed(sent), again=again)
    return Response(content, trouble.status)


def problem(trouble: Trouble) -> dict[str, object]:
    """The members of the problem document (RFC 9457 3.1); `errors` points at each field that was refused."""
    members: dict[str, object] = {
        "type": f"urn:vctestimony:problem:{trouble.code}",
        "title": trouble.title,
        "status": trouble.status,
        "detail": trouble.sentence or trouble.advice,
        "code": trouble.code,
    }
    if trouble.errors:
        members["errors"] = [{"field": name, "code": code, "detail": text} for name, code, text in trouble.errors]
    if trouble.reference:
        members["instance"] = f"urn:vctestimony:fault:{trouble.reference}"
    return members
