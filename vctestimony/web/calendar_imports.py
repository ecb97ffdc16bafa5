"""Pages that bring in a calendar file: send it, see what it would change, enter it."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.calendar_changes import Effect, Remark
from vctestimony.domain.calendar_entries import ENTRY_KIND_LABELS
from vctestimony.domain.calendar_files import MOST_BYTES, MOST_ENTRIES, RowProblem
from vctestimony.domain.calendars import REASON_LABELS, STATUS_LABELS, Reason
from vctestimony.domain.entry_checks import SOURCE_LIMIT
from vctestimony.services import calendar_import, submissions
from vctestimony.services.calendar_entries import Owner
from vctestimony.services.calendar_import import ImportPage, Judged, Sent
from vctestimony.web.calendar_forms import OFFERED_REASONS
from vctestimony.web.carried import packed, unpacked
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate_number
from vctestimony.web.shown import shown_again_by, shown_form
from vctestimony.web.uploads import uploaded
from vctestimony.web.week_board import closure_text, said

bp = Blueprint("calendar_imports", __name__)
SHOWN = 15
"""Rows of each kind that a page lists; of the others it says how many there are."""
_OF_POST, _OF_PERSON = "/posts/<code>/calendar", "/officials/<int:official_id>/calendar"
_WORDS = {"reasons": REASON_LABELS, "statuses": STATUS_LABELS, "entry_kinds": ENTRY_KIND_LABELS}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on a line, in the language of the request."""

    line: int
    column: str
    reason: str
    fix: str


@bp.get(f"{_OF_POST}/import")
@bp.get(f"{_OF_PERSON}/import")
@requires(Action.MANAGE_PLACES)
def ask(code: str | None = None, official_id: int | None = None) -> ResponseReturnValue:
    """Ask for the file, and say what is read from it."""
    with reading() as unit:
        page = calendar_import.ask(unit, Owner(code, official_id), by=current_actor())
    return render_template(
        "places/import.html",
        page=page,
        form=shown_form(reason=Reason.CLOSED),
        offered_reasons=OFFERED_REASONS,
        megabytes=MOST_BYTES // 2**20,
        most=MOST_ENTRIES,
    )


@bp.post(f"{_OF_POST}/import")
@bp.post(f"{_OF_PERSON}/import")
@requires(Action.MANAGE_PLACES)
@shown_again_by(ask)
def check(code: str | None = None, official_id: int | None = None) -> ResponseReturnValue:
    """Show what the file would change; nothing is stored."""
    with Form(request.form) as form:
        source, reason = form.optional_text("source", limit=SOURCE_LIMIT), form.choice("reason", Reason)
    sent = Sent(_content(), source, reason)
    with reading() as unit:
        page = calendar_import.preview(unit, Owner(code, official_id), sent, by=current_actor())
    return _preview(page)


@bp.post(f"{_OF_POST}/import/enter")
@bp.post(f"{_OF_PERSON}/import/enter")
@requires(Action.MANAGE_PLACES)
@shown_again_by(ask)
def enter(code: str | None = None, official_id: int | None = None) -> ResponseReturnValue:
    """Enter the rows that the preview showed; the same form sent twice enters them once."""
    owner = Owner(code, official_id)
    with Form(request.form) as form:
        key, with_against = form.key(), form.ticked("against")
    rows = unpacked(request.form.get("rows", ""))
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            count = calendar_import.enter(unit, owner, Sent(rows), with_against=with_against, by=current_actor())
            outcome = _home(owner)
            submissions.remember(unit, key, outcome, by=current_actor())
            flash(_brought_in(count))
    return redirect(outcome, code=303)


def _content() -> bytes:
    """The file, else the text that was pasted."""
    return uploaded("file", most=MOST_BYTES + 1) or request.form.get("pasted", "").encode("utf-8", "replace")


def _home(owner: Owner) -> str:
    if owner.official_id is not None:
        return url_for("officials.calendar", official_id=owner.official_id, _anchor="entered")
    return url_for("places.calendar", code=owner.post_code, _anchor="entered")


def _preview(page: ImportPage) -> str:
    fresh, against, there = (page.of(effect) for effect in (Effect.FRESH, Effect.AGAINST, Effect.THERE))
    return render_template(
        "places/import_check.html",
        page=page,
        subject=page.subject,
        form=shown_form(),
        fresh=fresh,
        against=against,
        there=there,
        problems=tuple(_problem(one) for one in page.problems[:SHOWN]),
        rows=packed(page.rows) if fresh or against else "",
        remarks=remarks_text,
        most=SHOWN,
        **_WORDS,
    )


def remarks_text(one: Judged) -> str:
    """What the entry would change, in sentences."""
    return " ".join(_remark(remark) for remark in one.change.remarks)


def _remark(remark: Remark) -> str:
    sentence = said(remark.text, remark.values)
    why = "; ".join(closure_text(closure) for closure in remark.closures)
    return f"{sentence} {why}." if why else sentence


def _problem(one: RowProblem) -> Problem:
    return Problem(one.line, one.column, said(one.reason, one.values), said(one.fix, one.values))


def _brought_in(count: int) -> str:
    return translate_number("{count} entry was brought in.", "{count} entries were brought in.", count).format(
        count=count
    )
