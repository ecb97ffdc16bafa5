"""The one place that says how much may be sent: to which route, by whom, in how many fields, and never packed.

What is larger than any form is read only for somebody who is signed in and may do what the form does. Everybody else
is answered before a byte of it is read.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import IO

from flask import Flask, Request, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from vctestimony.domain import evidence
from vctestimony.domain.access import Action, may_ever
from vctestimony.services import deposition_drafts, signing, signing_acts, wellbeing
from vctestimony.web.context import service, signed_in

MOST_FIELDS = 2000
_BESIDE = 64 * 1024
"""The fields beside a file or a text."""
_BYTES_OF_A_LETTER = 9
"""A letter of Bengali or Hindi in a form without files: three bytes of three characters each."""
LARGEST = deposition_drafts.LONGEST * _BYTES_OF_A_LETTER + _BESIDE
_LONG = frozenset({"depositions.add", "depositions.revise", "deposition_drafts.keep"})
_URLENCODED = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class _Allowance:
    """How many bytes a route takes from whoever may do the action, and whether one field may be as long."""

    action: Action
    most: int
    is_text: bool = False


_LARGER: dict[str, _Allowance] = {
    **{endpoint: _Allowance(Action.TRANSCRIBE, LARGEST, is_text=True) for endpoint in _LONG},
    "checklists.settle": _Allowance(Action.TICK, evidence.MOST_BYTES + _BESIDE),
    "signing.upload": _Allowance(Action.SIGN, signing.MOST_BYTES + signing_acts.GROWTH),
    "signing_cycle.do": _Allowance(Action.KEEP_CYCLE, evidence.MOST_BYTES + _BESIDE),
}
LARGEST_OF_ALL = max(allowance.most for allowance in _LARGER.values()) + _BESIDE
"""More than this no route takes from anybody, so that a server need not keep it for us."""


class FewFields(FormDataParser):
    """Flask counts the parts of a form with files (`MAX_FORM_PARTS`), but not the fields of one without."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """As before, for at most as many fields as a form with files may have parts."""
        if mimetype == _URLENCODED and self.max_form_parts is not None:
            sent = stream.read()
            if sent.count(b"&") >= self.max_form_parts:
                raise RequestEntityTooLarge()
            stream = BytesIO(sent)
        return super().parse(stream, mimetype, content_length, options)


class BoundedRequest(Request):
    """A request whose form has a bounded number of fields."""

    form_data_parser_class = FewFields


def bind(app: Flask) -> None:
    """Once it is known who is signed in, and before anything reads what was sent."""
    app.request_class = BoundedRequest
    app.before_request(refuse_packed)
    app.before_request(allow)


def is_long_text() -> bool:
    """Whether this request sends a text to the deposition."""
    return request.endpoint in _LONG


def refuse_packed() -> None:
    """Nobody's browser packs a form; what would be unpacked here could be of any size (RFC 9110 8.4.1: 415)."""
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        abort(415)


def allow() -> ResponseReturnValue | None:
    """Let a file or long text in from who may send it; who is not signed in goes to sign in, and nothing is read."""
    allowance = _LARGER.get(request.endpoint or "")
    if allowance is None:
        return None
    actor = signed_in()
    if actor is None or actor.role is None:
        return redirect(url_for("account.sign_in"), code=303)
    if may_ever(actor.role, allowance.action):
        request.max_content_length = allowance.most
        if allowance.is_text:
            request.max_form_memory_size = allowance.most
        if (request.content_length or 0) > _BESIDE:
            wellbeing.make_sure_of_room(service().units, size=request.content_length or 0)
    return None
