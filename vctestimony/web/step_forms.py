"""The one place that reads the forms of a step and does with the step what the button of the form sent says."""

import datetime as dt
from dataclasses import dataclass

from flask import request

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Invalid
from vctestimony.domain.evidence import MOST_BYTES, FileMissing
from vctestimony.services import checklists
from vctestimony.services.evidence import Sent
from vctestimony.services.unit import Unit
from vctestimony.web.forms import Form
from vctestimony.web.uploads import uploaded

WAYS = TICK, WAIVE, TAKE_BACK, ADD_FILE = ("tick", "waive", "take_back", "add_file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody tells of a step: which button, what the page showed, and what stood in the fields."""

    what: str
    version: int
    note: str
    reason: str
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
        reason=form.optional_long_text("reason", limit=2000),
        on=form.optional_date("done_on"),
        at=form.optional_clock("done_time"),
        ordered_by=form.optional_text("ordered_by"),
        sent=_sent(form),
    )


def settle(unit: Unit, reference: str, step_id: str, what: Told, *, by: Actor) -> None:
    """Do to the step what was told, and keep the file with it."""
    if what.what in (WAIVE, TAKE_BACK):
        _open_or_waive(unit, reference, step_id, what, by=by)
        return
    if what.what == TICK:
        done_at = checklists.instant_told(unit, reference, what.on, what.at, by=by)
        checklists.tick(unit, reference, step_id, version=what.version, note=what.note, by=by, done_at=done_at)
    if what.sent is not None:
        checklists.add_evidence(unit, reference, step_id, what.sent, by=by)


def _open_or_waive(unit: Unit, reference: str, step_id: str, what: Told, *, by: Actor) -> None:
    """Waive or take back with the reason of that form; what is wrong with the reason stands beside its own field."""
    version, reason, order = what.version, what.reason, what.ordered_by
    try:
        if what.what == WAIVE:
            checklists.waive(unit, reference, step_id, version=version, reason=reason, by=by, ordered_by=order)
        else:
            checklists.take_back(unit, reference, step_id, version=version, reason=reason, by=by)
    except Invalid as refusal:
        refusal.field = "reason" if refusal.field == "note" else refusal.field
        raise


def _sent(form: Form) -> Sent | None:
    content, is_asked = uploaded("file", most=MOST_BYTES + 1), request.form.get("what") == ADD_FILE
    if content:
        return _judged(form, content, form.text("description", limit=300))
    if is_asked or form.optional_text("description", limit=300):
        form.refuse("file", FileMissing())
    return None


def _judged(form: Form, content: bytes, description: str) -> Sent | None:
    try:
        return Sent(content, description)
    except Invalid as refusal:
        form.refuse("file", refusal)
        return None
