"""Pages of posts: the list, one post, the year of its calendar; entering and revising it. Rooms are `rooms.py`."""

from dataclasses import asdict
from enum import StrEnum

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action, may_administer
from vctestimony.domain.calendar_years import WEEK
from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.daylight import NotOnEarth
from vctestimony.domain.instants import FIRST_YEAR, LAST_YEAR
from vctestimony.domain.people import DUTY_LABELS, POST_KIND_LABELS, PostKind
from vctestimony.domain.wording import N_
from vctestimony.services import calendar_pages, place_pages, places, submissions
from vctestimony.services.place_pages import Filters
from vctestimony.services.places import NewPost
from vctestimony.web.calendars import WORDS
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form, FormRefused
from vctestimony.web.saying import said
from vctestimony.web.shown import Shown, shown_again_by, shown_form

bp = Blueprint("places", __name__, url_prefix="/posts")


class Kept(StrEnum):
    """Whether name and address of a place are kept confidential, where somebody says so."""

    YES = "yes"
    NO = "no"


_KEPT_LABELS = {Kept.YES: N_("Yes"), Kept.NO: N_("No")}
_SAID: dict[bool | None, str] = {None: "", True: Kept.YES, False: Kept.NO}
_LONGEST_NOTICE = 24 * 90
_LABELS = {"kinds": POST_KIND_LABELS, "courts": HIGH_COURTS, "duties": DUTY_LABELS}


@bp.get("")
@requires(Action.SEE_PLACES)
def index() -> ResponseReturnValue:
    """Every post, or those that fit the filters in the address."""
    filters, form = _filters()
    with reading() as unit:
        lines = place_pages.listed(unit, filters, by=current_actor())
    return render_template(
        "places/index.html",
        posts=lines,
        form=form,
        kinds=POST_KIND_LABELS,
        may_administer=may_administer(current_actor()),
    )


@bp.get("/<code>")
@requires(Action.SEE_PLACES)
def show(code: str) -> ResponseReturnValue:
    """One post: its facts and calendar for all, its rooms, links and people for who keeps it."""
    with reading() as unit:
        page = place_pages.post_page(unit, code, by=current_actor())
    return render_template("places/show.html", page=page, **_LABELS, **WORDS)


@bp.get("/<code>/calendar")
@requires(Action.SEE_PLACES)
def calendar(code: str) -> ResponseReturnValue:
    """A year of the post: the one in the address, else the present one."""
    with Form(request.args) as form:
        year = form.optional_integer("year", least=FIRST_YEAR + 1, most=LAST_YEAR - 1)
    with reading() as unit:
        page = calendar_pages.post_year(unit, code, year, by=current_actor())
    return render_template("places/calendar.html", page=page, week=WEEK, **WORDS)


@bp.get("/new")
@requires(Action.ADMINISTER)
def new() -> ResponseReturnValue:
    """The empty form of a post."""
    return _post_form(
        shown_form(country="IN", zone="Asia/Kolkata", notice_hours=places.NOTICE_MINUTES // 60), heading=""
    )


@bp.post("/new")
@requires(Action.ADMINISTER)
@shown_again_by(new)
def create() -> ResponseReturnValue:
    """Enter the post and show it; the same form sent twice enters it once."""
    with Form(request.form) as form:
        entry, key = _entry(form), form.key()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            places.add_post(unit, entry, by=current_actor())
            outcome = url_for(".show", code=entry.code)
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


@bp.get("/<code>/edit")
@requires(Action.ADMINISTER)
def edit(code: str) -> ResponseReturnValue:
    """What a post is, to be changed."""
    with reading() as unit:
        post = place_pages.one_post(unit, code)
    known = {**asdict(post), "confidential": _SAID[post.confidential]}
    form = shown_form(**known, notice_hours=post.notice_minutes // 60)
    return _post_form(form, heading=post.name, code=code, version=post.version)


@bp.post("/<code>/edit")
@requires(Action.ADMINISTER)
@shown_again_by(edit)
def revise(code: str) -> ResponseReturnValue:
    """Store what a post is."""
    with Form(request.form) as form:
        entry, version = _entry(form), form.version()
    with writing() as unit:
        places.revise_post(unit, code, entry, version=version, by=current_actor())
    return redirect(url_for(".show", code=entry.code), code=303)


def _post_form(form: Shown, *, heading: str, code: str = "", version: int = 0) -> str:
    with reading() as unit:
        calendars = place_pages.calendar_choices(unit)
    return render_template(
        "places/post_form.html",
        form=form,
        heading=heading,
        code=code,
        version=version,
        kinds=POST_KIND_LABELS,
        courts=HIGH_COURTS,
        kept=_KEPT_LABELS,
        calendars=calendars,
    )


def _entry(form: Form) -> NewPost:
    return NewPost(
        code=form.text("code", limit=60),
        name=form.text("name"),
        kind=form.choice("kind", PostKind),
        address=form.optional_long_text("address", limit=1000),
        city=form.text("city", limit=80),
        country=form.text("country", limit=2),
        zone=form.text("zone", limit=60),
        calendar_id=form.text("calendar_id", limit=60),
        high_court=form.optional_text("high_court", limit=40) or None,
        phone=form.optional_text("phone", limit=40),
        email=form.optional_text("email", limit=254),
        latitude=_degrees(form, "latitude"),
        longitude=_degrees(form, "longitude"),
        notice_minutes=_notice(form),
        confidential=_confidential(form),
    )


def _confidential(form: Form) -> bool | None:
    said = form.optional_choice("confidential", Kept)
    return None if said is None else said is Kept.YES


def _notice(form: Form) -> int:
    hours = form.optional_integer("notice_hours", least=0, most=_LONGEST_NOTICE)
    return places.NOTICE_MINUTES if hours is None else hours * 60


def _degrees(form: Form, name: str) -> float | None:
    """Degrees as typed, with a decimal point; None when the field is empty."""
    typed = form.optional_text(name, limit=20)
    try:
        return float(typed) if typed else None
    except ValueError:
        form.refuse(name, NotOnEarth())
        return None


def _filters() -> tuple[Filters, Shown]:
    """The filters in the address; what cannot be read filters nothing and is said beside its field."""
    values = {name: tuple(found) for name, found in request.args.lists()}
    try:
        with Form(request.args) as form:
            filters = Filters(words=form.optional_text("q"), kind=form.optional_choice("kind", PostKind))
    except FormRefused as refused:
        errors = {error.field: said(error) for error in refused.errors if error.field}
        return Filters(), Shown(values=values, errors=errors)
    return filters, Shown(values=values)
