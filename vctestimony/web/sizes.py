"""The one place that lets forms of the deposition be as large as the longest text, for those who may take it down."""

from flask import Flask, request

from vctestimony.domain.access import Action, may_ever
from vctestimony.services import deposition_drafts
from vctestimony.web.context import signed_in

_BYTES_OF_A_LETTER = 9
"""A letter of Bengali or Hindi in a form without files: three bytes of three characters each."""
LARGEST = deposition_drafts.LONGEST * _BYTES_OF_A_LETTER + 64 * 1024
_LONG = frozenset({"depositions.add", "depositions.revise", "deposition_drafts.keep"})


def bind(app: Flask) -> None:
    """Once it is known who is signed in, and before anything reads what was sent."""
    app.before_request(_allow)


def is_long_text() -> bool:
    """Whether this request sends a text to the deposition."""
    return request.endpoint in _LONG


def _allow() -> None:
    actor = signed_in()
    if is_long_text() and actor is not None and actor.role is not None and may_ever(actor.role, Action.TRANSCRIBE):
        request.max_content_length = request.max_form_memory_size = LARGEST
