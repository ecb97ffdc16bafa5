"""Pages of hearings: what waits today, the list with its filters, and the page of one hearing."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action, may_ever
from vctestimony.domain.hearing import STATE_LABELS, State
from vctestimony.domain.waiting import LABELS, Cause
from vctestimony.services import (
    court_tasks,
    hearing_index,
    hearing_lists,
    hearing_views,
    inbox_views,
    joining,
    leave_waiting,
    mail_lists,
    offering,
    planning,
    reminder_views,
)
from vctestimony.services.hearing_index import Filters
from vctestimony.web.answer_forms import OFFERED
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form, FormRefused
from vctestimony.web.language import current_language
from vctestimony.web.numbers import asked
from vctestimony.web.saying import said
from vctestimony.web.shown import Shown, shown_form

bp = Blueprint("hearings", __name__)
_FILTERS = ("q", "state", "waits", "from", "to")


@bp.get("/")
@requires(Action.OWN_ACCOUNT)
def today() -> ResponseReturnValue:
    """What waits for the person, and the next hearings; an administrator sees none and has another first page."""
    actor = current_actor()
    if actor.role is None or not may_ever(actor.role, Action.SEE_HEARINGS):
        return redirect(url_for("admin.index"), code=303)
    with reading() as unit:
        page = hearing_lists.today(unit, by=actor, language=current_language())
        undelivered = mail_lists.count_undelivered(unit, by=actor)
        reminders, asked = reminder_views.first_page(unit, by=actor), leave_waiting.waiting(unit, by=actor)
    shown = {"undelivered": undelivered, "reminders": reminders, "asked": asked}
    return render_template("hearings/today.html", page=page, **shown)


@bp.get("/hearings")
@requires(Action.SEE_HEARINGS)
def index() -> ResponseReturnValue:
    """Every hearing one may see; the filters stand in the address and hold no identity."""
    filters, form = _filters()
    with reading() as unit:
        found = hearing_index.listed(unit, filters, number=asked(request.args, "page"), by=current_actor())
    told = {name: value for name, value in request.args.items() if name in _FILTERS and value}
    causes = {cause: LABELS[cause] for cause in court_tasks.offered(by=current_actor())}
    shown = {"found": found, "form": form, "told": told, "filtered": filters != Filters(), "causes": causes}
    return render_template("hearings/index.html", states=STATE_LABELS, **shown)


@bp.get("/hearings/<reference>")
@requires(Action.SEE_HEARINGS)
def detail(reference: str) -> ResponseReturnValue:
    """One hearing."""
    with reading() as unit:
        page = hearing_views.open_page(unit, reference, by=current_actor())
        shown = {
            "inbound": inbox_views.of_hearing(unit, reference, by=current_actor()),
            "joining": joining.card(unit, reference, by=current_actor()),
            "mails": mail_lists.count_of_hearing(unit, reference, by=current_actor()),
            "reminders": reminder_views.of_hearing(unit, reference, by=current_actor()),
        }
        g.ends = page.ends
    return render_template("hearings/detail.html", page=page, form=shown_form(), offered=OFFERED, **shown)


@bp.post("/hearings/<reference>/release")
@requires(Action.BOOK)
def release(reference: str) -> ResponseReturnValue:
    """Give a held time back."""
    with Form(request.form) as form:
        version = form.version()
    with writing() as unit:
        offering.release(unit, reference, version=version, by=current_actor())
    return redirect(url_for(".detail", reference=reference), code=303)


@bp.post("/hearings/<reference>/continue")
@requires(Action.PLAN)
def continue_part_heard(reference: str) -> ResponseReturnValue:
    """Set up the continuation of a part-heard hearing and go to it."""
    with writing() as unit:
        after = planning.continue_part_heard(unit, reference, by=current_actor())
    return redirect(url_for(".detail", reference=after), code=303)


def _filters() -> tuple[Filters, Shown]:
    """The filters in the address; what cannot be read filters nothing and is said beside its field."""
    values = {name: tuple(found) for name, found in request.args.lists()}
    try:
        with Form(request.args) as form:
            filters = Filters(
                state=form.optional_choice("state", State),
                cause=form.optional_choice("waits", Cause),
                from_on=form.optional_date("from"),
                to_on=form.optional_date("to"),
                words=form.optional_text("q"),
            )
    except FormRefused as refused:
        errors = {error.field: said(error) for error in refused.errors if error.field}
        return Filters(), Shown(values=values, errors=errors)
    return filters, Shown(values=values)
