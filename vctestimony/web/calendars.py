"""Pages that keep the calendar of a post or an official: enter, change, take back and confirm, each checked first."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.calendar_entries import ENTRY_KIND_LABELS, CalendarEntry, EntryKind
from vctestimony.domain.calendar_years import WEEK
from vctestimony.domain.calendars import REASON_LABELS, STATUS_LABELS, Reason, Status
from vctestimony.domain.errors import Absent
from vctestimony.services import calendar_entries, calendar_pages, submissions
from vctestimony.services.calendar_entries import Owner
from vctestimony.services.calendar_pages import Entered, Subject
from vctestimony.services.stranded import Stranded
from vctestimony.web.calendar_forms import EVERY_WEEK, OFFERED_REASONS, blank_week, entries_of, values_of
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import Shown, shown_again_by, shown_form, typed_form

bp = Blueprint("calendars", __name__)
WORDS = {"reasons": REASON_LABELS, "statuses": STATUS_LABELS, "entry_kinds": ENTRY_KIND_LABELS}
_OF_POST, _OF_PERSON = "/posts/<code>/calendar", "/officials/<int:official_id>/calendar"
_OFFERED = {kind.value: kind for kind in EntryKind if kind is not EntryKind.CONFIRMED}
_NOT_SENT_AGAIN = {"csrf_token", "checked", "again"}


@bp.get(f"{_OF_POST}/new/<kind>")
@bp.get(f"{_OF_PERSON}/new/<kind>")
@requires(Action.MANAGE_PLACES)
def new(kind: str, code: str | None = None, official_id: int | None = None) -> ResponseReturnValue:
    """The empty form of that kind of entry; a link of the year fills in dates and name."""
    offered = _kind(kind)
    asked = {name: request.args.get(name, "")[:200] for name in ("first_on", "last_on", "label")}
    form = shown_form(**asked, status=Status.CONFIRMED, reason=Reason.CLOSED, **blank_week())
    return _form_page(Owner(code, official_id), offered, form)


@bp.post(f"{_OF_POST}/new/<kind>")
@bp.post(f"{_OF_PERSON}/new/<kind>")
@requires(Action.MANAGE_PLACES)
@shown_again_by(new)
def enter(kind: str, code: str | None = None, official_id: int | None = None) -> ResponseReturnValue:
    """Show what the entry would change, then enter it; the same form sent twice enters it once."""
    owner, offered = Owner(code, official_id), _kind(kind)
    if "again" in request.form:
        return _form_page(owner, offered, typed_form())
    with Form(request.form) as form:
        entries, key = entries_of(form, offered), form.key()
    if not form.ticked("checked"):
        return _check_page(owner, entries)
    outcome = _home(owner, entries[0].first_on.year)
    with writing() as unit:
        if submissions.already(unit, key) is None:
            calendar_entries.enter_all(unit, owner, entries, by=current_actor())
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


@bp.get(f"{_OF_POST}/entries/<int:entry_id>")
@bp.get(f"{_OF_PERSON}/entries/<int:entry_id>")
@requires(Action.MANAGE_PLACES)
def edit(entry_id: int, code: str | None = None, official_id: int | None = None) -> ResponseReturnValue:
    """The entry, or the whole week it is a row of, to be changed."""
    owner = Owner(code, official_id)
    entered = _entered(owner, entry_id)
    return _form_page(owner, entered.kind, shown_form(**values_of(entered)), entered)


@bp.post(f"{_OF_POST}/entries/<int:entry_id>")
@bp.post(f"{_OF_PERSON}/entries/<int:entry_id>")
@requires(Action.MANAGE_PLACES)
@shown_again_by(edit)
def revise(entry_id: int, code: str | None = None, official_id: int | None = None) -> ResponseReturnValue:
    """Show what the change would come to, then put it in the entry's place."""
    owner = Owner(code, official_id)
    entered = _entered(owner, entry_id)
    if "again" in request.form:
        return _form_page(owner, entered.kind, typed_form(), entered)
    with Form(request.form) as form:
        entries, version = entries_of(form, entered.kind), form.version()
    if not form.ticked("checked"):
        return _check_page(owner, entries, leaving=entered)
    with writing() as unit:
        calendar_entries.revise(unit, owner, entry_id, entries, version=version, by=current_actor())
    return redirect(_home(owner, entries[0].first_on.year), code=303)


@bp.get(f"{_OF_POST}/entries/<int:entry_id>/withdraw")
@bp.get(f"{_OF_PERSON}/entries/<int:entry_id>/withdraw")
@requires(Action.MANAGE_PLACES)
def take_back(entry_id: int, code: str | None = None, official_id: int | None = None) -> ResponseReturnValue:
    """What taking the entry back would change."""
    owner = Owner(code, official_id)
    with reading() as unit:
        page = calendar_pages.entry_page(unit, owner, entry_id, by=current_actor())
        found = calendar_entries.preview(unit, owner, instead_of=entry_id, by=current_actor())
    return _render_check(page.subject, (), found, leaving=page.entered)


@bp.post(f"{_OF_POST}/entries/<int:entry_id>/withdraw")
@bp.post(f"{_OF_PERSON}/entries/<int:entry_id>/withdraw")
@requires(Action.MANAGE_PLACES)
def withdraw(entry_id: int, code: str | None = None, official_id: int | None = None) -> ResponseReturnValue:
    """Take the entry back, or the whole week it is a row of."""
    owner = Owner(code, official_id)
    with Form(request.form) as form:
        version = form.version()
    with writing() as unit:
        calendar_entries.withdraw(unit, owner, entry_id, version=version, by=current_actor())
    return redirect(_home(owner), code=303)


@bp.post(f"{_OF_POST}/confirm")
@bp.post(f"{_OF_PERSON}/confirm")
@requires(Action.MANAGE_PLACES)
def confirm(code: str | None = None, official_id: int | None = None) -> ResponseReturnValue:
    """Say that a tentative date stands as it is."""
    owner = Owner(code, official_id)
    with Form(request.form) as form:
        label, first_on, last_on = form.text("label"), form.date("first_on"), form.date("last_on")
    with writing() as unit:
        calendar_entries.confirm(unit, owner, label=label, first_on=first_on, last_on=last_on, by=current_actor())
    return redirect(_home(owner, first_on.year), code=303)


def _kind(text: str) -> EntryKind:
    if text not in _OFFERED:
        raise Absent()
    return _OFFERED[text]


def _entered(owner: Owner, entry_id: int) -> Entered:
    """The entry, if the form can show all of it."""
    with reading() as unit:
        entered = calendar_pages.entry_page(unit, owner, entry_id, by=current_actor()).entered
    if entered is None or not entered.fits_form:
        raise Absent()
    return entered


def _home(owner: Owner, year: int | None = None) -> str:
    if owner.official_id is not None:
        return url_for("officials.calendar", official_id=owner.official_id, year=year, _anchor="entered")
    return url_for("places.calendar", code=owner.post_code, year=year, _anchor="entered")


def _form_page(owner: Owner, kind: EntryKind, form: Shown, entered: Entered | None = None) -> str:
    with reading() as unit:
        subject = calendar_pages.entry_page(unit, owner, by=current_actor()).subject
    template = "places/week_form.html" if kind is EntryKind.HOURS else "places/entry_form.html"
    offered = {"offered_reasons": OFFERED_REASONS, "week": WEEK, "weeks": EVERY_WEEK}
    return render_template(template, subject=subject, kind=kind, form=form, entered=entered, **offered, **WORDS)


def _check_page(owner: Owner, entries: tuple[CalendarEntry, ...], leaving: Entered | None = None) -> str:
    instead_of = None if leaving is None else leaving.id
    with reading() as unit:
        page = calendar_pages.entry_page(unit, owner, by=current_actor())
        found = calendar_entries.preview(unit, owner, entries, instead_of=instead_of, by=current_actor())
    coming = calendar_pages.shown(entries)
    return _render_check(page.subject, coming, found, leaving=leaving, over=page.are_over(coming))


def _render_check(
    subject: Subject,
    coming: tuple[Entered, ...],
    found: tuple[Stranded, ...],
    *,
    leaving: Entered | None,
    over: bool = False,
) -> str:
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_SENT_AGAIN]
    facts = {"subject": subject, "coming": coming, "leaving": leaving, "stranded": found, "over": over}
    return render_template("places/entry_check.html", **facts, sent=sent, **WORDS)
