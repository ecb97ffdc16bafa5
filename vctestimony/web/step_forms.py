"""The one place that reads the form of a step and does with the step what its pressed button says."""

import datetime as dt
from contextlib import closing
from dataclasses import dataclass

from flask import request

from vctestimony.domain.access import Actor
from vctestimony.domain.evidence import MOST_BYTES, FileMissing
from vctestimony.services import checklists
from vctestimony.services.evidence import Sent
from vctestimony.services.unit import Unit
from vctestimony.web.forms import Form

WAYS = TICK, WAIVE, TAKE_BACK, ADD_FILE = ("tick", "waive", "take_back", "add_file")
LARGEST = MOST_BYTES + 64 * 1024
"""A file and the fields beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody tells of a step: which button, what the page showed, and what stood in the fields."""

    what: str
    version: int
    note: str
    on: dt.date | None
    at: dt.time | None
    ordered_by: str
    sent: Sent | None


def told(form: Form) -> Told:
    """The form as it came, with its file; a file comes with words of what it shows, and words with a file."""
    return Told(
        what=form.one_of("what", WAYS),
        version=form.version(),
        note=form.optional_long_text("note", limit=2000),
        on=form.optional_date("done_on"),
        at=form.optional_clock("done_time"),
        ordered_by=form.optional_text("ordered_by"),
        sent=_sent(form),
    )


def settle(unit: Unit, reference: str, step_id: str, what: Told, *, by: Actor) -> None:
    """Do to the step what was told, and keep the file with it."""
    version, note = what.version, what.note
    if what.what == TICK:
        done_at = checklists.instant_told(unit, reference, what.on, what.at, by=by)
        checklists.tick(unit, reference, step_id, version=version, note=note, by=by, done_at=done_at)
    elif what.what == WAIVE:
        ordered_by = what.ordered_by
        checklists.waive(unit, reference, step_id, version=version, reason=note, by=by, ordered_by=ordered_by)
    elif what.what == TAKE_BACK:
        checklists.take_back(unit, reference, step_id, version=version, reason=note, by=by)
    if what.sent is not None and what.what != TAKE_BACK:
        checklists.add_evidence(unit, reference, step_id, what.sent, by=by)


def _sent(form: Form) -> Sent | None:
    content, is_asked = _content(), request.form.get("what") == ADD_FILE
    if content:
        return Sent(content, form.text("description", limit=300))
    if is_asked or form.optional_text("description", limit=300):
        form.refuse("file", FileMissing())
    return None


def _content() -> bytes:
    file = request.files.get("file")
    if file is None:
        return b""
    with closing(file):
        content: bytes = file.read(MOST_BYTES + 1)
    return content
