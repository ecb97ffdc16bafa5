"""Pages of the backlog: choose what waits, ask for a plan, watch it being made, book what is accepted, export it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.backlog.asked import (
    CHILD_RULE,
    DEADLINE_LABELS,
    IMPORTANCE_LABELS,
    PRIORITIES,
    Asked,
    Deadlines,
    Importance,
)
from vctestimony.services import backlog, backlog_booking, backlog_views, submissions
from vctestimony.services.backlog import Request
from vctestimony.services.backlog_views import PlanLine, WaitingLine
from vctestimony.web.backlog_calendar import drawn
from vctestimony.web.backlog_csv import as_csv
from vctestimony.web.context import current_actor, reading, requires, service, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate_number
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("backlog", __name__, url_prefix="/backlog")
SHOWN = 50
SECONDS = ("20", "60", "180")
_LARGEST_SEED = 2**31 - 1


@bp.get("")
@bp.get("/new", endpoint="asked_anew")
@requires(Action.BOOK)
def choose() -> ResponseReturnValue:
    """What waits for a time, with the form that asks for a plan of it, and the court's latest plans."""
    actor = current_actor()
    with reading() as unit:
        lines = backlog_views.waiting(unit, by=actor)
        plans = backlog_views.plans(unit, by=actor)
        first_on = backlog.tomorrow(unit, actor.zone or "UTC")
    last_on = first_on + timedelta(weeks=backlog.WEEKS) - timedelta(days=1)
    found = [line for line in lines if _fits(line)]
    return render_template(
        "backlog/choose.html",
        lines=found[:SHOWN],
        hidden=len(found) - SHOWN,
        waiting=len(lines),
        plans=plans,
        remotes=sorted({(line.remote_id, line.remote) for line in lines}, key=lambda pair: pair[1]),
        form=shown_form(from_on=first_on, to_on=last_on, **_stored(Asked())),
        child_rule=CHILD_RULE,
        deadlines=DEADLINE_LABELS,
        importance=IMPORTANCE_LABELS,
        seconds=SECONDS,
    )


@bp.post("/new")
@requires(Action.BOOK)
@shown_again_by(choose)
def ask() -> ResponseReturnValue:
    """Queue the plan; the same form sent twice asks once."""
    with Form(request.form) as form:
        wanted, key = _request(form), form.key()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            reference = backlog.ask(unit, wanted, by=current_actor())
            outcome = url_for(".show", reference=reference, watch=1)
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


@bp.get("/<reference>")
@requires(Action.BOOK)
def show(reference: str) -> ResponseReturnValue:
    """The plan as far as it is made: how good, when whom, what was left out and why."""
    with reading() as unit:
        page = backlog_views.page(unit, reference, by=current_actor())
    placed, start = page.placed, _number("start")
    by_place = request.args.get("by") == "mission"
    part = sorted(placed, key=lambda line: line.remote) if by_place else placed
    return render_template(
        "backlog/show.html",
        page=page,
        groups=_groups(part[start : start + SHOWN], by_place=by_place),
        by_place=by_place,
        start=start,
        shown=SHOWN,
        all_ticked="all" in request.args,
        watching=page.summary.is_open and "watch" in request.args,
        svg=drawn(page),
        form=shown_form(),
        importance=IMPORTANCE_LABELS,
        deadlines=DEADLINE_LABELS,
    )


@bp.post("/<reference>")
@requires(Action.BOOK)
@shown_again_by(show)
def book(reference: str) -> ResponseReturnValue:
    """Book the ticked lines one by one; what was booked already stays as it is."""
    with Form(request.form) as form:
        lines = form.integers("line")
    booked = backlog_booking.book(service().units, reference, lines, by=current_actor())
    tried = min(len(lines), backlog_booking.MOST_AT_ONCE)
    text = translate_number("%(booked)s of one hearing booked.", "%(booked)s of %(tried)s hearings booked.", tried)
    flash(text % {"booked": booked, "tried": tried}, "ok" if booked == tried else "warn")
    by, start = request.args.get("by"), request.args.get("start")
    return redirect(url_for(".show", reference=reference, by=by, start=start), code=303)


@bp.post("/<reference>/stop")
@requires(Action.BOOK)
@shown_again_by(show)
def stop(reference: str) -> ResponseReturnValue:
    """Stop the planning and keep the best plan until now."""
    with writing() as unit:
        backlog.cancel(unit, reference, by=current_actor())
    return redirect(url_for(".show", reference=reference), code=303)


@bp.get("/<reference>.csv")
@requires(Action.BOOK)
def export(reference: str) -> ResponseReturnValue:
    """The plan for a spreadsheet."""
    with writing() as unit:
        page = backlog_views.page(unit, reference, by=current_actor())
        backlog.exported(unit, reference, by=current_actor())
    response = Response(as_csv(page), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{page.summary.reference}.csv"'
    return response


def _request(form: Form) -> Request:
    numbers = form.integers("hearing")
    asked = Asked(
        deadlines=form.choice("deadlines", Deadlines),
        apart_minutes=form.integer("apart_minutes", least=0, most=240),
        per_day=form.optional_integer("per_day", least=1, most=50),
        per_week=form.optional_integer("per_week", least=1, most=200),
        per_court=form.optional_integer("per_court", least=1, most=200),
        seed=form.integer("seed", least=0, most=_LARGEST_SEED),
        seconds=int(form.one_of("seconds", SECONDS) or SECONDS[0]),
        waiting=form.choice("waiting", Importance),
        late=form.choice("late", Importance),
        travel=form.choice("travel", Importance),
        spread=form.choice("spread", Importance),
        share=form.choice("share", Importance),
    )
    least, most = PRIORITIES[0], PRIORITIES[-1]
    return Request(
        priorities={number: form.integer(f"priority-{number}", least=least, most=most) for number in numbers},
        from_on=form.date("from_on"),
        to_on=form.date("to_on"),
        asked=replace(asked, rounds=asked.seconds, seconds=asked.seconds * 2),
    )


def _stored(asked: Asked) -> dict[str, object]:
    return {**asked.to_raw(), "seconds": SECONDS[1]}


def _fits(line: WaitingLine) -> bool:
    words = request.args.get("q", "").casefold().split()
    text = f"{line.reference} {line.case_number} {line.pseudonym}".casefold()
    remote, least = request.args.get("remote", ""), _number("least")
    return (
        all(word in text for word in words) and (not remote or remote == str(line.remote_id)) and line.priority >= least
    )


def _number(name: str) -> int:
    """A small number in the address; 0 for anything else."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _groups(lines: Sequence[PlanLine], *, by_place: bool) -> list[tuple[object, list[PlanLine]]]:
    """Lines with a time under the Court Point's day or the Remote Point, in the order they come."""
    found: dict[object, list[PlanLine]] = {}
    for line in lines:
        if line.time is not None:
            found.setdefault(line.remote if by_place else line.time.start_wall.date(), []).append(line)
    return list(found.items())
