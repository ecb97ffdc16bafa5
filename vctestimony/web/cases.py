"""Pages of cases: the court's list, one case, its form, and the form of an order."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action, may_ever
from vctestimony.domain.casework import (
    ASKED_OF_CASE,
    ASKED_OF_ORDER,
    HIGH_COURTS,
    INSTANCE_LABELS,
    REGIME_LABELS,
    ROUTE_LABELS,
    SIGNING_LABELS,
    Instance,
    Regime,
    Route,
    Signing,
)
from vctestimony.domain.facts import FACTS
from vctestimony.domain.wording import N_
from vctestimony.services import casefiles, cases, submissions
from vctestimony.services.casefiles import CaseFile
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("cases", __name__, url_prefix="/cases")


@bp.get("")
@requires(Action.REGISTER)
def index() -> ResponseReturnValue:
    """The court's cases."""
    with reading() as unit:
        lines = casefiles.own_cases(unit, by=current_actor())
    return render_template("cases/index.html", cases=lines)


@bp.get("/new")
@requires(Action.REGISTER)
def new() -> ResponseReturnValue:
    """The empty form of a case."""
    return _case_page(shown_form(), target=url_for(".create"), reference="")


@bp.post("/new")
@requires(Action.REGISTER)
@shown_again_by(new)
def create() -> ResponseReturnValue:
    """Register the case; the same form sent twice leads to the same case."""
    with Form(request.form) as form:
        entry, key = _case_entry(form), form.key()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            outcome = url_for(".detail", reference=cases.register(unit, entry, by=current_actor()))
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


@bp.get("/<reference>")
@requires(Action.REGISTER)
def detail(reference: str) -> ResponseReturnValue:
    """One case with its orders, witnesses and hearings."""
    with reading() as unit:
        file = casefiles.open_file(unit, reference, by=current_actor())
    role = current_actor().role
    may_hold = role is not None and may_ever(role, Action.HOLD_CASE)
    return render_template("cases/detail.html", case=file, may_hold=may_hold)


@bp.get("/<reference>/edit")
@requires(Action.REGISTER)
def edit(reference: str) -> ResponseReturnValue:
    """The case's form with what is stored."""
    with reading() as unit:
        stored = casefiles.case_form(unit, reference, by=current_actor())
    answers = {f"fact_{name}": "yes" if value else "no" for name, value in stored.facts.items()}
    fields = {name: getattr(stored, name) for name in _CASE_FIELDS}
    form = shown_form(**fields, **answers)
    return _case_page(form, target=url_for(".revise", reference=reference), reference=reference, version=stored.version)


@bp.post("/<reference>/edit")
@requires(Action.REGISTER)
@shown_again_by(edit)
def revise(reference: str) -> ResponseReturnValue:
    """Store the changes, unless somebody else made others meanwhile."""
    with Form(request.form) as form:
        entry, version = _case_entry(form), form.version()
    with writing() as unit:
        cases.revise(unit, reference, entry, version=version, by=current_actor())
    return redirect(url_for(".detail", reference=reference), code=303)


@bp.get("/<reference>/order")
@requires(Action.REGISTER)
def order(reference: str) -> ResponseReturnValue:
    """The empty form of an order; with `off_hours` that of the newest once more, but outside court hours."""
    off_hours = "off_hours" in request.args
    with reading() as unit:
        file = casefiles.open_file(unit, reference, by=current_actor())
        newest = casefiles.newest_order(unit, reference, by=current_actor()) if off_hours else None
    return render_template(
        "cases/order.html",
        case=file,
        begun=newest is not None,
        kept={name: request.args[name] for name in ("off_hours", "for") if name in request.args},
        form=shown_form(**_off_hours(newest) if off_hours else {}),
        facts=[(name, FACTS[name]) for name in ASKED_OF_ORDER],
        routes=ROUTE_LABELS,
        signings=SIGNING_LABELS,
    )


@bp.post("/<reference>/order")
@requires(Action.REGISTER)
@shown_again_by(order)
def add_order(reference: str) -> ResponseReturnValue:
    """Register the order, and go on to the hearing for which it was made, if there is one."""
    with Form(request.form) as form:
        entry, key = _order_entry(form), form.key()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            order_id = cases.add_order(unit, reference, entry, by=current_actor())
            outcome = _after_order(casefiles.open_file(unit, reference, by=current_actor()), order_id)
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


def _after_order(file: CaseFile, order_id: int) -> str:
    """The page that puts the hearing in the address under the new order; the case's, where there is no such hearing."""
    wanted, role = request.args.get("for", ""), current_actor().role
    if role is not None and may_ever(role, Action.PLAN) and wanted in {line.reference for line in file.hearings}:
        flash(translate(_ORDER_SAVED))
        return url_for("planning.order", reference=wanted, order=order_id)
    return url_for(".detail", reference=file.reference)


def _off_hours(newest: cases.OrderEntry | None) -> dict[str, object]:
    """What stands in the form of an order for a sitting outside court hours: its date and reference are its own."""
    if newest is None:
        return {"fact_off_hours": "yes"}
    answers = {f"fact_{name}": "yes" if value else "no" for name, value in newest.facts.items()}
    kept = {name: getattr(newest, name) for name in _ORDER_KEPT}
    return {**kept, **answers, "fact_off_hours": "yes"}


_ORDER_SAVED = N_("The order is saved. Put the hearing under it here.")
_LIMITS_IN_MINUTES = ("longest_minutes", "break_after_minutes", "break_minutes")
_ORDER_KEPT = (
    *("conditions", "route", "host_consent", "signing", "not_before_on", "not_after_on", "daylight_only"),
    *_LIMITS_IN_MINUTES,
)
_LONGEST_DAY = 600
_CASE_FIELDS = (
    "number",
    "cnr",
    "cause_title",
    "sections",
    "stage",
    "instance",
    "regime",
    "instituted_on",
    "cognizance_on",
    "rule_pack",
)


def _case_page(form: object, *, target: str, reference: str, version: int | None = None) -> ResponseReturnValue:
    return render_template(
        "cases/form.html",
        form=form,
        target=target,
        reference=reference,
        version=version,
        facts=[(name, FACTS[name]) for name in ASKED_OF_CASE],
        regimes=REGIME_LABELS,
        instances=INSTANCE_LABELS,
        high_courts=HIGH_COURTS,
    )


def _case_entry(form: Form) -> cases.CaseEntry:
    return cases.CaseEntry(
        number=form.text("number", limit=80),
        cnr=form.optional_text("cnr", limit=20),
        cause_title=form.optional_text("cause_title", limit=300),
        sections=form.text("sections", limit=500),
        stage=form.text("stage", limit=200),
        instance=form.choice("instance", Instance),
        regime=form.choice("regime", Regime),
        instituted_on=form.date("instituted_on"),
        cognizance_on=form.optional_date("cognizance_on"),
        rule_pack=form.one_of("rule_pack", HIGH_COURTS),
        facts={name: form.yes_no(f"fact_{name}") for name in ASKED_OF_CASE},
    )


def _order_entry(form: Form) -> cases.OrderEntry:
    return cases.OrderEntry(
        made_on=form.date("made_on"),
        reference=form.text("order_reference", limit=120),
        conditions=form.optional_long_text("conditions", limit=5000),
        route=form.optional_choice("route", Route),
        host_consent=form.optional_text("host_consent"),
        signing=form.choice("signing", Signing),
        not_before_on=form.optional_date("not_before_on"),
        not_after_on=form.optional_date("not_after_on"),
        facts={name: form.yes_no(f"fact_{name}") for name in ASKED_OF_ORDER},
        daylight_only=form.ticked("daylight_only"),
        court_hours_only=form.ticked("court_hours_only"),
        **{name: form.optional_integer(name, least=1, most=_LONGEST_DAY) for name in _LIMITS_IN_MINUTES},
    )
