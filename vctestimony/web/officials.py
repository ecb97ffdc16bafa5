"""Pages of officials: enter somebody at a post, change, move, retire, and enter when they are away."""

from dataclasses import asdict
from datetime import datetime, time, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.busy import HEALTH_LABELS
from vctestimony.domain.calendar_years import WEEK
from vctestimony.domain.instants import FIRST_YEAR, LAST_YEAR
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.services import busy_views, calendar_pages, feed_addresses, officials, place_pages, submissions
from vctestimony.services.feed_addresses import Holder
from vctestimony.services.officials import NewOfficial
from vctestimony.services.place_pages import PostLine
from vctestimony.services.places import check_manages
from vctestimony.web.calendars import WORDS
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import language_names
from vctestimony.web.shown import Shown, shown_again_by, shown_form

bp = Blueprint("officials", __name__)
OFFERED = {duty: label for duty, label in DUTY_LABELS.items() if duty not in {Duty.WITNESS, Duty.EVERYONE}}
_HIGHEST = 2**31 - 1
LONGEST_GAP = 600


@bp.get("/posts/<code>/officials/new")
@requires(Action.MANAGE_PLACES)
def new(code: str) -> ResponseReturnValue:
    """The empty form of an official of the post."""
    with reading() as unit:
        post = place_pages.one_post(unit, code)
        check_manages(current_actor(), post_id=post.id)
    return _official_form(shown_form(language="en"), post)


@bp.post("/posts/<code>/officials/new")
@requires(Action.MANAGE_PLACES)
@shown_again_by(new)
def create(code: str) -> ResponseReturnValue:
    """Enter the official; the same form sent twice enters one."""
    with reading() as unit:
        post = place_pages.one_post(unit, code)
    with Form(request.form) as form:
        entry, key = _entry(form, post_id=post.id), form.key()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            made = officials.add_official(unit, entry, by=current_actor())
            outcome = url_for(".show", official_id=made)
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


@bp.get("/officials/<int:official_id>")
@requires(Action.MANAGE_PLACES)
def show(official_id: int) -> ResponseReturnValue:
    """One official: facts, leave, and what can be done."""
    with reading() as unit:
        page = place_pages.person_page(unit, official_id, by=current_actor())
        busy = busy_views.summary(unit, official_id, by=current_actor())
        feeds = feed_addresses.card(unit, Holder(official_id), by=current_actor())
    return render_template(
        "places/official.html",
        page=page,
        busy=busy,
        feeds=feeds,
        healths=HEALTH_LABELS,
        duties=DUTY_LABELS,
        form=shown_form(),
    )


@bp.get("/officials/<int:official_id>/calendar")
@requires(Action.SEE_OWN_CALENDAR)
def calendar(official_id: int) -> ResponseReturnValue:
    """A year of the official, for those who keep the post and for that person."""
    with Form(request.args) as form:
        year = form.optional_integer("year", least=FIRST_YEAR + 1, most=LAST_YEAR - 1)
    with reading() as unit:
        page = calendar_pages.official_year(unit, official_id, year, by=current_actor())
    return render_template("places/calendar.html", page=page, week=WEEK, **WORDS)


@bp.get("/officials/<int:official_id>/edit")
@requires(Action.MANAGE_PLACES)
def edit(official_id: int) -> ResponseReturnValue:
    """The official's facts, to be changed."""
    with reading() as unit:
        page = place_pages.person_page(unit, official_id, by=current_actor())
    person = page.person
    return _official_form(shown_form(**asdict(person)), page.post, official_id=official_id, version=person.version)


@bp.post("/officials/<int:official_id>/edit")
@requires(Action.MANAGE_PLACES)
@shown_again_by(edit)
def revise(official_id: int) -> ResponseReturnValue:
    """Store the facts."""
    with Form(request.form) as form:
        entry, version = _entry(form, post_id=0), form.version()
    with writing() as unit:
        officials.revise_official(unit, official_id, entry, version=version, by=current_actor())
    return redirect(url_for(".show", official_id=official_id), code=303)


@bp.post("/officials/<int:official_id>/move")
@requires(Action.ADMINISTER)
@shown_again_by(show)
def move(official_id: int) -> ResponseReturnValue:
    """Let the official belong to another post."""
    with Form(request.form) as form:
        post_id, version = form.integer("post", least=1, most=_HIGHEST), form.version()
    with writing() as unit:
        officials.move_official(unit, official_id, post_id, version=version, by=current_actor())
    return redirect(url_for(".show", official_id=official_id), code=303)


@bp.post("/officials/<int:official_id>/retire")
@requires(Action.MANAGE_PLACES)
@shown_again_by(show)
def retire(official_id: int) -> ResponseReturnValue:
    """Name the official on no more hearings."""
    with Form(request.form) as form:
        version = form.version()
    with writing() as unit:
        officials.retire_official(unit, official_id, version=version, by=current_actor())
    return redirect(url_for(".show", official_id=official_id), code=303)


@bp.post("/officials/<int:official_id>/restore")
@requires(Action.MANAGE_PLACES)
@shown_again_by(show)
def restore(official_id: int) -> ResponseReturnValue:
    """Let the official be named again."""
    with Form(request.form) as form:
        version = form.version()
    with writing() as unit:
        officials.restore_official(unit, official_id, version=version, by=current_actor())
    return redirect(url_for(".show", official_id=official_id), code=303)


@bp.get("/officials/<int:official_id>/leave")
@requires(Action.MANAGE_PLACES)
def leave(official_id: int) -> ResponseReturnValue:
    """The empty form of a leave."""
    with reading() as unit:
        page = place_pages.person_page(unit, official_id, by=current_actor())
    return render_template("places/leave_form.html", page=page, form=shown_form())


@bp.post("/officials/<int:official_id>/leave")
@requires(Action.MANAGE_PLACES)
@shown_again_by(leave)
def add_leave(official_id: int) -> ResponseReturnValue:
    """Enter the leave; whole days where no time is given."""
    with Form(request.form) as form:
        starts_wall, ends_wall = _walls(form)
        key = form.key()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            officials.add_leave(unit, official_id, starts_wall=starts_wall, ends_wall=ends_wall, by=current_actor())
            outcome = url_for(".show", official_id=official_id)
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


@bp.post("/officials/<int:official_id>/leave/<int:leave_id>/withdraw")
@requires(Action.MANAGE_PLACES)
def withdraw(official_id: int, leave_id: int) -> ResponseReturnValue:
    """Take a leave back."""
    with writing() as unit:
        officials.withdraw_leave(unit, official_id, leave_id, by=current_actor())
    return redirect(url_for(".show", official_id=official_id), code=303)


def _walls(form: Form) -> tuple[datetime, datetime]:
    """Both ends by the clock of the post; without a time of day, from the first to the last midnight."""
    first_on, last_on = form.date("first_on"), form.date("last_on")
    first_clock, last_clock = form.optional_clock("first_clock"), form.optional_clock("last_clock")
    form.check()
    starts_wall = datetime.combine(first_on, first_clock or time.min)
    whole = last_clock is None
    return starts_wall, datetime.combine(last_on + timedelta(days=1 if whole else 0), last_clock or time.min)


def _official_form(form: Shown, post: PostLine, *, official_id: int | None = None, version: int = 0) -> str:
    return render_template(
        "places/official_form.html", form=form, post=post, official_id=official_id, version=version, duties=OFFERED
    )


def _entry(form: Form, *, post_id: int) -> NewOfficial:
    ticked = form.choices("duties", Duty)
    return NewOfficial(
        name=form.text("name"),
        designation=form.text("designation"),
        post_id=post_id,
        duties=tuple(duty for duty in OFFERED if duty in ticked),
        email=form.text("email", limit=254),
        phone=form.optional_text("phone", limit=40),
        language=form.one_of("language", language_names()),
        gap_minutes=form.optional_integer("gap_minutes", least=0, most=LONGEST_GAP) or 0,
    )
